"""``evidence add | list | verify | export | check``; the record side has modules of its own."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.evidence import custody_commands, evidence_records, photographing_commands
from desktop.cli.revealing import add_reveal, listed, masked_outcome, note_reveal
from desktop.domain.case_file.completeness import OPEN, FactFinding
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.court_handover import CourtHandoverRequest
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.list_digest import list_digest
from desktop.domain.ids import EvidenceId
from desktop.domain.records.fields import Json
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.audit.open_case import note_opened
from desktop.services.evidence.attach_evidence import NOTHING_TOLD, attach_files, digest_pending
from desktop.services.evidence.completeness import completeness
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.evidence.list_due_evidence import due_evidence
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.look_up import case_evidence, find_case


def declare_states(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    facts = verbs.add_parser("facts", help=texts.text("cli.help.evidence_facts"))
    facts.add_argument("case", metavar="CASE")
    facts.set_defaults(run=show_facts)
    due = verbs.add_parser("due", help=texts.text("cli.help.evidence_due"))
    due.add_argument("--verify", action="store_true")
    due.set_defaults(run=show_due)


def show_facts(context: CommandContext) -> CommandOutcome:
    """Each fact with where its proof is, or what is to be done."""
    with context.session() as desk:
        found = completeness(desk, find_case(desk, context.args.case))
    done, needed = found.count
    rows: list[Json] = [_fact(item) for item in found.all]
    language = context.texts.language
    lines = [
        f"{item.name}  {item.fact.text(language)}: {item.fact.to_do(language)}"
        for item in found.all
        if item.state in OPEN
    ]
    outcome = CommandOutcome({"done": done, "needed": needed, "facts": rows}, tuple(lines))
    return masked_outcome(outcome)


def _fact(finding: FactFinding) -> dict[str, Json]:
    proofs: list[Json] = [
        {"kind": proof.kind.value, "ref": proof.ref, "words": proof.words}
        for proof in finding.proofs
    ]
    return {
        "fact": finding.fact.id,
        "about": finding.about,
        "standing": finding.state.value,
        "proofs": proofs,
    }


def show_due(context: CommandContext) -> CommandOutcome:
    """Cases with overdue items; ``--verify`` reads these items again, and exits with 1 when one does not match."""
    bad: list[Json] = []
    with context.session() as desk:
        found = due_evidence(desk)
        if context.args.verify:
            for due in found:
                bad += verify_evidence(desk, due.case, context.progress, only=due.items).bad
    cases: list[Json] = [
        {"case": due.case, "number": due.number, "items": list[Json](due.items)} for due in found
    ]
    total = sum(len(due.items) for due in found)
    document: dict[str, Json] = {"total": total, "cases": cases}
    if context.args.verify:
        document |= {"ok": not bad, "bad": bad}
    lines = tuple(f"{due.number}  {len(due.items)}" for due in found)
    return CommandOutcome(document, lines, ok=not bad)


def declare_court_handover_check(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    check = verbs.add_parser("check", help=texts.text("cli.help.evidence_check"))
    check.add_argument("folder", metavar="DIR")
    check.add_argument("--fingerprint", default="", help=texts.text("cli.help.check_fingerprint"))
    check.set_defaults(run=check_handed_over)


def check_handed_over(context: CommandContext) -> CommandOutcome:
    """No profile and no password: whoever gets such a folder may check it. Exits with 1 when it does not hold."""
    verifier = runpy.run_path(str(resource_path("hand_over/verify.py")))
    try:
        report = verifier["check"](context.args.folder, _quiet)
    except verifier["Refused"] as refused:
        chinese = context.texts.language.startswith("zh")
        why = refused.chinese if chinese else refused.english
        return CommandOutcome({"ok": False, "problem": refused.english}, (why,), ok=False)
    wanted, normal = context.args.fingerprint, verifier["normal"]
    same = not wanted or normal(wanted) == normal(report["fingerprint"])
    lines = (
        context.text("hand_over_sound", count=report["items"], unit=report["unit"]),
        context.text("hand_over_by", fingerprint=report["fingerprint"]),
    )
    differs = () if same else (context.text("hand_over_differs"),)
    return CommandOutcome({**report, "ok": same}, (*lines, *differs), ok=same)


def _quiet(_octets: int) -> None:
    """Nobody watches how far it is."""


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("evidence", help=texts.text("cli.help.evidence"))
    verbs = group.add_subparsers(dest="verb", required=True)
    attach = verbs.add_parser("add", help=texts.text("cli.help.evidence_add"))
    attach.add_argument("case", metavar="CASE")
    attach.add_argument("files", metavar="FILE", nargs="+")
    evidence_records.add_arguments(attach)
    attach.set_defaults(run=add_evidence)
    evidence_records.add(verbs, texts)
    custody_commands.add(verbs, texts)
    photographing_commands.add(verbs, texts)
    declare_states(verbs, texts)
    listing = verbs.add_parser("list", help=texts.text("cli.help.evidence_list"))
    listing.add_argument("case", metavar="CASE")
    add_reveal(listing, texts)
    listing.set_defaults(run=list_evidence)
    check = verbs.add_parser("verify", help=texts.text("cli.help.evidence_verify"))
    check.add_argument("case", metavar="CASE", nargs="?")
    check.set_defaults(run=check_evidence)
    export = verbs.add_parser("export", help=texts.text("cli.help.evidence_export"))
    export.add_argument("case", metavar="CASE")
    export.add_argument("--to", metavar="DIR", required=True)
    export.add_argument(
        "--item",
        metavar="N",
        action="append",
        type=int,
        default=[],
        help=texts.text("cli.help.export_item"),
    )
    export.add_argument("--receiver", default="", help=texts.text("cli.help.export_receiver"))
    export.add_argument("--reason", default="", help=texts.text("cli.help.export_reason"))
    export.add_argument("--md5", action="store_true", help=texts.text("cli.help.export_md5"))
    export.set_defaults(run=export_evidence)
    declare_court_handover_check(verbs, texts)


def _item(evidence: Evidence, *, new: bool) -> dict[str, Json]:
    return {
        "id": evidence.id,
        "name": evidence.name,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "sm3": evidence.sm3,
        "md5": evidence.md5,
        "blob_new": new,
        "record": evidence_records.record_json(evidence),
    }


def _lines(items: list[Json]) -> tuple[str, ...]:
    return tuple(f"{item['sha256']}  {item['name']}" for item in items if isinstance(item, dict))


def add_evidence(context: CommandContext) -> CommandOutcome:
    """Attach files; SM3 follows at once here, since nobody waits for it at a screen."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        typed = evidence_records.record_from_arguments(context.args, NOTHING_TOLD, desk.clock.now())
        paths = [Path(name) for name in context.args.files]
        attached = attach_files(desk, case, paths, context.progress, typed=typed)
        digest_pending(desk, context.progress)
        known = {item.id: item for item in case_evidence(desk, case)}
        items: list[Json] = [_item(known[done.evidence.id], new=done.blob_new) for done in attached]
    return CommandOutcome({"items": items}, _lines(items))


def list_evidence(context: CommandContext) -> CommandOutcome:
    """The items of a case."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        there = case_evidence(desk, case)
        note_opened(desk, (case,))
        note_reveal(context, desk, (case,))
    items: list[Json] = [_item(evidence, new=False) for evidence in there]
    return listed(context, {"items": items, "list_sha256": list_digest(there)}, _lines(items))


def check_evidence(context: CommandContext) -> CommandOutcome:
    """Re-hash; exits with 1 when anything does not match."""
    with context.session() as desk:
        case = find_case(desk, context.args.case) if context.args.case else None
        found = verify_evidence(desk, case, context.progress)
    bad: list[Json] = list(found.bad)
    line = context.text("evidence_verified", checked=found.checked, bad=len(bad))
    document: dict[str, Json] = {"checked": found.checked, "ok": not bad, "bad": bad}
    return CommandOutcome(document, (line,), ok=not bad)


def export_evidence(context: CommandContext) -> CommandOutcome:
    """Hand originals over in a signed folder that public tools check."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        wish = CourtHandoverRequest(
            _chosen(case_evidence(desk, case), args.item), args.receiver, args.reason, args.md5
        )
        done = hand_over_to_court(desk, case, Path(args.to), context.progress, wish)
    document: dict[str, Json] = {
        "folder": str(done.folder),
        "files": [str(path) for path in done.files],
        "list": str(done.listing),
        "list_sha256": done.digest,
        "fingerprint": done.fingerprint,
    }
    lines = (
        context.text("exported_to", folder=str(done.folder)),
        context.text("handed_over", count=len(done.files), fingerprint=done.fingerprint),
    )
    return CommandOutcome(document, lines)


def _chosen(items: Sequence[Evidence], numbers: Sequence[int]) -> frozenset[EvidenceId] | None:
    """The items by their numbers in the list (from 1); None when no number was given."""
    if not numbers:
        return None
    if not all(1 <= number <= len(items) for number in numbers):
        raise UserInputError("evidence.unknown")
    return frozenset(items[number - 1].id for number in numbers)
