"""``evidence seal | unseal | pass | take | md5``."""

from __future__ import annotations

from typing import Any

from desktop.app.installation import Installation
from desktop.cli.context import CommandContext, CommandOutcome, secret
from desktop.cli.evidence.evidence_records import second_officer
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.custody import CustodyTransfer, Seal, keeper_of
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.evidence.digest_md5 import digest_md5
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.evidence.take_over_evidence import take_over_evidence
from desktop.services.look_up import case_evidence, find_case
from desktop.services.session import Session


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    seal = _verb(verbs, texts, "seal", seal_items)
    seal.add_argument("--number", required=True)
    for name in ("what", "second", "alone", "holder", "photos", "reason"):
        seal.add_argument(f"--{name}", metavar="TEXT", default="")
    seal.add_argument("--second-password-file", metavar="FILE")
    unseal = verbs.add_parser("unseal", help=texts.text("cli.help.evidence_unseal"))
    unseal.add_argument("case", metavar="CASE")
    unseal.add_argument("number", metavar="NUMBER")
    for name in ("second", "alone", "reason", "state", "photos"):
        unseal.add_argument(f"--{name}", metavar="TEXT", default="")
    unseal.add_argument("--second-password-file", metavar="FILE")
    unseal.set_defaults(run=unseal_items)
    passing = _verb(verbs, texts, "pass", pass_items)
    who = passing.add_mutually_exclusive_group(required=True)
    who.add_argument("--officer-taker", metavar="NUMBER")
    who.add_argument("--taker", metavar="NAME", default="")
    passing.add_argument("--taker-password-file", metavar="FILE")
    for name in ("unit", "place", "reason"):
        passing.add_argument(f"--{name}", metavar="TEXT", default="")
    taking = _verb(verbs, texts, "take", take_items)
    taking.add_argument("--giver-password-file", metavar="FILE")
    for name in ("place", "reason"):
        taking.add_argument(f"--{name}", metavar="TEXT", default="")
    _verb(verbs, texts, "md5", md5_items)


def _verb(verbs: Any, texts: Catalogue, name: str, run: Any) -> Any:
    verb = verbs.add_parser(name, help=texts.text(f"cli.help.evidence_{name}"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("items", metavar="ITEM", nargs="*")
    verb.set_defaults(run=run)
    return verb


def _items(session: Session, case: CaseId, names: list[str]) -> list[EvidenceId]:
    """The items named, all of the case without any."""
    known = [item.id for item in case_evidence(session, case)]
    wanted = [EvidenceId(name) for name in names] or known
    if not set(wanted) <= set(known):
        raise UserInputError("evidence.unknown")
    return wanted


def seal_items(context: CommandContext) -> CommandOutcome:
    """Record a seal."""
    args = context.args
    with context.signed_in() as installation:
        session = installation.session
        case = find_case(session, args.case)
        typed = TypedSeal(
            args.number, args.what, None, args.second, args.alone, args.holder, args.photos,
            args.reason,
        )  # fmt: skip
        second = second_officer(context, installation)
        made = seal_evidence(session, case, _items(session, case, args.items), typed, second)
    return CommandOutcome(_seal_json(made), (context.text("sealed", number=made.number),))


def unseal_items(context: CommandContext) -> CommandOutcome:
    """Record that a seal was opened."""
    args = context.args
    with context.signed_in() as installation:
        session = installation.session
        case = find_case(session, args.case)
        seals = {seal.number: seal for seal in whole_file(session, case)[0].seals}
        found = seals.get(args.number)
        if found is None:
            raise UserInputError("seal.unknown")
        typed = TypedSeal(
            second=args.second,
            alone=args.alone,
            photos=args.photos,
            reason=args.reason,
            state=args.state,
        )
        open_seal(session, case, found.id, typed, second_officer(context, installation))
    return CommandOutcome({"seal": found.id}, (context.text("unsealed", number=found.number),))


def pass_items(context: CommandContext) -> CommandOutcome:
    """Record that items changed hands; an officer signs with a password of their own."""
    args = context.args
    with context.signed_in() as installation:
        session = installation.session
        case = find_case(session, args.case)
        taker = _taker(context, installation) if args.officer_taker else None
        typed = TypedPassing(args.taker, args.unit, args.place, args.reason)
        items = _items(session, case, args.items)
        made = pass_evidence(session, case, items, typed, context.progress, taker)
    return CommandOutcome(_passing_json(made), (context.text("passed", count=len(made.items)),))


def take_items(context: CommandContext) -> CommandOutcome:
    """Record that who is signed in has the items from their keeper, who signs with a password or on paper."""
    args = context.args
    with context.signed_in() as installation:
        session = installation.session
        case = find_case(session, args.case)
        items = _items(session, case, args.items)
        giver = None
        if args.giver_password_file and items:
            known = {item.id: item for item in case_evidence(session, case)}
            custody = whole_file(session, case)[0].custody
            keeper = keeper_of(custody, items[0], known[items[0]].added_by)
            giver = _proved(installation, keeper, secret(args.giver_password_file, "", ""))
        typed = TypedPassing(place=args.place, reason=args.reason)
        made = take_over_evidence(session, case, items, typed, context.progress, giver)
    return CommandOutcome(_passing_json(made), (context.text("taken_over", count=len(made.items)),))


def md5_items(context: CommandContext) -> CommandOutcome:
    """Work out MD5 for forms that ask for it."""
    args = context.args
    with context.session() as session:
        case = find_case(session, args.case)
        items = _items(session, case, args.items)
        digest_md5(session, case, items, context.progress)
        rows: list[Json] = [
            {"id": item.id, "name": item.name, "md5": item.md5}
            for item in case_evidence(session, case)
            if item.id in items
        ]
    lines = tuple(f"{row['md5']}  {row['name']}" for row in rows if isinstance(row, dict))
    return CommandOutcome({"items": rows}, lines)


def _taker(context: CommandContext, installation: Installation) -> Officer:
    """The officer who takes the items, by their own password."""
    args = context.args
    password = secret(args.taker_password_file, "FANZHA_TAKER_PASSWORD", "password.not_given")
    return _proved(installation, args.officer_taker, password)


def _proved(installation: Installation, number: str, password: str) -> Officer:
    installation.confirm(number, password)
    with installation.session.store.read() as reader:
        found = reader.officer(number)
    if found is None:
        raise RuleError("custody.may_not")
    return found


def _seal_json(seal: Seal) -> dict[str, Json]:
    items: list[Json] = list(seal.items)
    return {
        "seal": seal.id,
        "number": seal.number,
        "items": items,
        "previous": seal.previous,
        "second": seal.second,
        "seconded_at": to_wire(seal.seconded_at) if seal.seconded_at else "",
    }


def _passing_json(passing: CustodyTransfer) -> dict[str, Json]:
    items: list[Json] = list(passing.items)
    return {
        "custody": passing.id,
        "items": items,
        "giver": passing.giver,
        "taker": passing.taker,
        "checked": passing.checked,
        "at": to_wire(passing.at),
    }
