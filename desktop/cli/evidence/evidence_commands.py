"""``evidence add | list | verify | export | check``; the record side has modules of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.evidence import (
    check_court_handover,
    custody_commands,
    evidence_records,
    evidence_standing,
    photographing_commands,
)
from desktop.cli.revealing import add_reveal, listed, note_reveal
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.court_handover import CourtHandoverRequest
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.list_digest import list_digest
from desktop.domain.fields import Json
from desktop.domain.ids import EvidenceId
from desktop.runtime.catalogue import Catalogue
from desktop.services.audit.open_case import note_looks
from desktop.services.evidence.attach_evidence import NOTHING_TOLD, attach_files, digest_pending
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.look_up import case_evidence, find_case


def add(commands: Any, words: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("evidence", help=words.text("cli.help.evidence"))
    verbs = group.add_subparsers(dest="verb", required=True)
    attach = verbs.add_parser("add", help=words.text("cli.help.evidence_add"))
    attach.add_argument("case", metavar="CASE")
    attach.add_argument("files", metavar="FILE", nargs="+")
    evidence_records.add_arguments(attach)
    attach.set_defaults(run=add_evidence)
    evidence_records.add(verbs, words)
    custody_commands.add(verbs, words)
    photographing_commands.add(verbs, words)
    evidence_standing.add(verbs, words)
    listing = verbs.add_parser("list", help=words.text("cli.help.evidence_list"))
    listing.add_argument("case", metavar="CASE")
    add_reveal(listing, words)
    listing.set_defaults(run=list_evidence)
    check = verbs.add_parser("verify", help=words.text("cli.help.evidence_verify"))
    check.add_argument("case", metavar="CASE", nargs="?")
    check.set_defaults(run=check_evidence)
    export = verbs.add_parser("export", help=words.text("cli.help.evidence_export"))
    export.add_argument("case", metavar="CASE")
    export.add_argument("--to", metavar="DIR", required=True)
    export.add_argument(
        "--item",
        metavar="N",
        action="append",
        type=int,
        default=[],
        help=words.text("cli.help.export_item"),
    )
    export.add_argument("--receiver", default="", help=words.text("cli.help.export_receiver"))
    export.add_argument("--reason", default="", help=words.text("cli.help.export_reason"))
    export.add_argument("--md5", action="store_true", help=words.text("cli.help.export_md5"))
    export.set_defaults(run=export_evidence)
    check_court_handover.add(verbs, words)


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
        told = evidence_records.told_by(context.args, NOTHING_TOLD, desk.clock.now())
        paths = [Path(name) for name in context.args.files]
        attached = attach_files(desk, case, paths, context.progress, told=told)
        digest_pending(desk, context.progress)
        known = {item.id: item for item in case_evidence(desk, case)}
        items: list[Json] = [_item(known[done.evidence.id], new=done.blob_new) for done in attached]
    return CommandOutcome({"items": items}, _lines(items))


def list_evidence(context: CommandContext) -> CommandOutcome:
    """The items of a case."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        there = case_evidence(desk, case)
        note_looks(desk, (case,))
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
