"""``series people`` shows the persons behind a case and its series; ``person``, ``confirm``, ``untie`` and ``same`` act
on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal, listed, note_reveal
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.people.person import PersonRole, PersonTie, TieKind, TypedTie
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.money.amounts import format_yuan
from desktop.domain.records.fields import Json
from desktop.domain.series.people_sheet import PersonTarget, Thing
from desktop.domain.series.series import LinkVerdict
from desktop.domain.time.local_time import show_time
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.audit.open_case import note_opened
from desktop.services.flow.draw_people import draw_people
from desktop.services.flow.list_people import list_people
from desktop.services.flow.record_person import decide_person, record_person, withdraw_tie
from desktop.services.look_up import find_case
from desktop.services.papers.note_print import note_saved
from desktop.services.series.find_series import find_series
from desktop.services.session import Session

_BACK = "none"


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare them below ``series``."""
    shown = verbs.add_parser("people", help=texts.text("cli.help.people"))
    shown.add_argument("case", metavar="CASE")
    add_reveal(shown, texts)
    shown.add_argument("--to", metavar="FILE.pdf", help=texts.text("cli.help.people_to"))
    shown.set_defaults(run=show_people)
    person = verbs.add_parser("person", help=texts.text("cli.help.person"))
    person.add_argument("case", metavar="CASE")
    person.add_argument("--name", default="")
    person.add_argument("--id", dest="identity", metavar="NUMBER", default="")
    roles, sure = [r.value for r in PersonRole], [c.value for c in Certainty]
    person.add_argument("--role", choices=roles, default=PersonRole.SUSPECT.value)
    tied = person.add_mutually_exclusive_group()
    tied.add_argument("--account", metavar="ACCOUNT", default="")
    tied.add_argument("--phone", metavar="NUMBER", default="")
    person.add_argument("--bank", default="")
    person.add_argument("--certainty", choices=sure, default=Certainty.TOLD.value)
    person.add_argument("--note", default="")
    person.add_argument(
        "--person", metavar="KEY", default="", help=texts.text("cli.help.person_of")
    )
    person.set_defaults(run=add_person)
    confirm = verbs.add_parser("confirm", help=texts.text("cli.help.person_confirm"))
    confirm.add_argument("case", metavar="CASE")
    confirm.add_argument("target", metavar="TARGET")
    confirm.set_defaults(run=confirm_person)
    untie = verbs.add_parser("untie", help=texts.text("cli.help.person_untie"))
    untie.add_argument("case", metavar="CASE")
    untie.add_argument("tie", metavar="TIE")
    untie.add_argument("--reason", default="")
    untie.set_defaults(run=untie_person)
    same = verbs.add_parser("same", help=texts.text("cli.help.person_same"))
    same.add_argument("persons", metavar="PERSON", nargs=2)
    same.add_argument("verdict", choices=[*(item.value for item in LinkVerdict), _BACK])
    same.add_argument("--reason", default="", help=texts.text("cli.help.series_reason"))
    same.set_defaults(run=decide_same)


def show_people(context: CommandContext) -> CommandOutcome:
    """The targets of a case with those of its series; on paper too where a file is named."""
    with context.session() as session:
        cases = _cases(session, context.args.case)
        sheet = list_people(session, cases)
        note_opened(session, cases)
        note_reveal(context, session, cases)
        written: dict[str, Json] = {}
        if context.args.to:
            pdf = draw_people(session, cases, sheet)
            write_atomic(Path(context.args.to), pdf.data, mode=0o600)
            note_saved(session, pdf)
            written = {"file": context.args.to, "pages": pdf.pages}
    document: dict[str, Json] = {
        "cases": [*sheet.numbers],
        "targets": [_document(target) for target in sheet.targets],
        **written,
    }
    lines = [_line(context, target) for target in sheet.targets]
    return listed(context, document, lines or [context.text("people_none")])


def _cases(session: Session, number: str) -> tuple[CaseId, ...]:
    """The case, with the others of its series."""
    case = find_case(session, number)
    groups = (item.group.cases for item in find_series(session).series)
    return next((cases for cases in groups if case in cases), (case,))


def _line(context: CommandContext, target: PersonTarget) -> str:
    texts = context.texts
    return context.text(
        "people_line",
        state=texts.text(f"people.state.{target.state.value}"),
        name=target.name or texts.text("people.nobody"),
        things=" ".join(thing.number for thing in target.things),
        yuan=format_yuan(target.in_fen),
        missing=" ".join(texts.text(f"people.lack.{item.lack.value}") for item in target.missing),
    )


def _document(target: PersonTarget) -> dict[str, Json]:
    person = target.person
    return {
        "target": target.key,
        "state": target.state.value,
        "name": target.name,
        "id_number": target.id_number,
        "roles": [role.value for role in person.roles] if person is not None else [],
        "cases": [*target.cases],
        "in_fen": target.in_fen,
        "held_fen": target.held_fen,
        "things": [_thing(thing) for thing in target.things],
        "ties": [_tie(tie) for tie in person.ties] if person is not None else [],
        "missing": [
            {"lack": item.lack.value, "thing": item.thing, "order": item.kind.value if item.kind else ""}
            for item in target.missing
        ],
        "others": [*target.others],
        "alike": [*target.alike],
        "elsewhere": [item.number for item in target.elsewhere],
    }  # fmt: skip


def _thing(thing: Thing) -> dict[str, Json]:
    return {
        "kind": thing.kind.value,
        "value": thing.number,
        "bank": thing.bank,
        "in_fen": thing.in_fen,
        "held_fen": thing.held_fen,
        "state": thing.orders.state.value,
        "orders": [view.order.number for view in thing.orders.views],
    }


def _tie(tie: PersonTie) -> dict[str, Json]:
    typed = tie.typed
    return {
        "tie": tie.id,
        "case": tie.case,
        "role": typed.role.value,
        "kind": typed.kind.value,
        "value": typed.value,
        "source": typed.source.value,
        "ref": typed.ref,
        "certainty": typed.certainty.value,
        "note": typed.note,
        "by": tie.by,
        "at": show_time(tie.at),
    }


def add_person(context: CommandContext) -> CommandOutcome:
    """Record somebody typed."""
    args = context.args
    kind = TieKind.ACCOUNT if args.account else TieKind.PHONE if args.phone else TieKind.CASE
    typed = TypedTie(
        name=args.name,
        id_number=args.identity,
        role=PersonRole(args.role),
        kind=kind,
        value=args.account or args.phone,
        bank=args.bank,
        certainty=Certainty(args.certainty),
        note=args.note,
        person=args.person,
    )
    with context.session() as session:
        made = record_person(session, find_case(session, args.case), (typed,))
    return _recorded(context, made)


def confirm_person(context: CommandContext) -> CommandOutcome:
    """Take on what a reply or the report says of an account or a number."""
    with context.session() as session:
        cases = _cases(session, context.args.case)
        target = list_people(session, cases).target(context.args.target)
        if target is None or target.proposal is None:
            raise UserInputError("person.unknown")
        made = record_person(session, target.proposal.case, target.proposal.ties)
    return _recorded(context, made)


def _recorded(context: CommandContext, made: tuple[PersonTie, ...]) -> CommandOutcome:
    document: dict[str, Json] = {"person": made[0].person, "ties": [tie.id for tie in made]}
    return CommandOutcome(document, (context.text("person_recorded", person=made[0].person),))


def untie_person(context: CommandContext) -> CommandOutcome:
    """A tie counts no more."""
    args = context.args
    with context.session() as session:
        withdraw_tie(session, find_case(session, args.case), PersonId(args.tie), args.reason)
    return CommandOutcome({"tie": args.tie}, (context.text("series_decided"),))


def decide_same(context: CommandContext) -> CommandOutcome:
    """Two persons are one, or are not."""
    args = context.args
    verdict = None if args.verdict == _BACK else LinkVerdict(args.verdict)
    with context.session() as session:
        one, other = args.persons
        decide_person(session, one, other, verdict, args.reason)
    return CommandOutcome(
        {"persons": args.persons, "verdict": args.verdict}, (context.text("series_decided"),)
    )
