"""``report template | add | show | list``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.app.pages.case_register import write_register
from desktop.cli.cases.case_filter_options import add_filter, case_filter
from desktop.cli.cases.dissuasion_commands import declare_dissuasion
from desktop.cli.cases.interview_commands import declare_interview
from desktop.cli.cases.report_template import report_template
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.case_filter import passes
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import Visit
from desktop.domain.cases.case_holder import Assignment, CaseHolder
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.money.amounts import format_yuan
from desktop.domain.money.dispositions import NOTHING
from desktop.domain.records.fields import Json
from desktop.runtime.files.atomic_file import disk_errors
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.audit.note_search import note_search
from desktop.services.audit.open_case import open_case
from desktop.services.cases.case_money import money_document, money_of_case
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.change_holder import (
    colleagues,
    decline_case,
    offer_case,
    take_on_case,
    take_over_case,
    withdraw_case_offer,
)
from desktop.services.cases.changes.convert_visit import convert_visit
from desktop.services.cases.changes.merge_cases import merge_cases, unmerge_case
from desktop.services.cases.changes.register_report import register_reports
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import (
    document_of,
    holder_document,
    merger_document,
)
from desktop.services.cases.mask_document import masked_document
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.look_up import (
    board,
    case_file,
    count_found,
    find_case,
    officer_names,
    search,
)
from desktop.services.papers.interview_document import interview_documents, report_interview
from desktop.services.papers.record_interview import check_interview, record_interview
from desktop.services.read_register import RegisterWish
from desktop.services.session import Session
from desktop.services.where_money_is import sums_by_case, sums_document


def declare_holder(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    offer = verbs.add_parser("offer", help=texts.text("cli.help.report_offer"))
    offer.add_argument("case", metavar="CASE")
    offer.add_argument("--to", metavar="LETTER|FINGERPRINT", required=True)
    offer.add_argument("--reason", metavar="TEXT", required=True)
    offer.set_defaults(run=offer_report)
    for name, run, reasoned in (
        ("accept", accept_report, False),
        ("decline", decline_report, True),
        ("return", decline_report, True),
        ("take-back", take_back_offer, False),
        ("take-over", take_over_report, True),
    ):
        key = name.replace("-", "_")
        verb = verbs.add_parser(name, help=texts.text(f"cli.help.report_{key}"))
        verb.add_argument("case", metavar="CASE")
        if reasoned:
            verb.add_argument("--reason", metavar="TEXT", required=True)
        verb.set_defaults(run=run)


def offer_report(context: CommandContext) -> CommandOutcome:
    """Offer a case to another desk of the station."""

    def offered(session: Session, case: CaseId) -> CaseHolder:
        return offer_case(session, case, _named_desk(session, context.args.to), context.args.reason)

    return _done(context, offered)


def accept_report(context: CommandContext) -> CommandOutcome:
    """Take on what was offered to this desk."""
    return _done(context, take_on_case, Assignment.ACCEPTED)


def decline_report(context: CommandContext) -> CommandOutcome:
    """Refuse what was offered to this desk."""
    reason = context.args.reason
    return _done(
        context, lambda session, case: decline_case(session, case, reason), Assignment.RETURNED
    )


def take_back_offer(context: CommandContext) -> CommandOutcome:
    """Take an unanswered offer back."""
    return _done(context, withdraw_case_offer)


def take_over_report(context: CommandContext) -> CommandOutcome:
    """Take charge of a case nobody offered."""
    return _done(context, lambda session, case: take_over_case(session, case, context.args.reason))


def _done(
    context: CommandContext,
    action: Callable[[Session, CaseId], CaseHolder],
    state: Assignment | None = None,
) -> CommandOutcome:
    """``state``: what becomes of the case where the centre had offered it to the station."""
    with context.session() as session:
        case = find_case(session, context.args.case)
        waited = case_file(session, case).holder.assignment
        holder = action(session, case)
        file = case_file(session, case)
    number = file.case.number
    key = "charge_offered" if holder.offer else "charge_stands"
    letter = holder.offer.letter if holder.offer else ""
    line = context.text(key, number=number, letter=holder.letter, to=letter)
    document: dict[str, Json] = {"number": number, "charge": holder_document(holder)}
    if waited is Assignment.OFFERED and state is not None:
        document |= {"case": case, "unit": file.case.unit_code, "state": state.value}
    return CommandOutcome(document, (line,))


def _named_desk(session: Session, wanted: str) -> DeviceId:
    """The desk with that letter, or with that fingerprint however grouped."""
    plain = "".join(mark for mark in wanted.upper() if mark.isalnum())
    found = [
        peer.card.device
        for peer in colleagues(session)
        if plain in (peer.card.device, peer.card.device_letter)
    ]
    if len(found) != 1:
        raise RuleError("charge.unknown_desk", letter=plain[:16])
    return found[0]


def declare_supplement(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    supplement = verbs.add_parser("supplement", help=texts.text("cli.help.report_supplement"))
    supplement.add_argument("case", metavar="CASE")
    supplement.add_argument("--text", metavar="TEXT", default="")
    supplement.add_argument("--lead", metavar="VALUE", action="append", default=[])
    supplement.add_argument(
        "--source", choices=list(SupplementSource), type=SupplementSource,
        default=SupplementSource.REPORTER,
    )  # fmt: skip
    supplement.set_defaults(run=supplement_report)


def supplement_report(context: CommandContext) -> CommandOutcome:
    """Record it; nothing that stands is changed."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        typed = SupplementText(
            args.source, desk.clock.now(), args.text, identifiers="\n".join(args.lead)
        )
        made = add_supplement(desk, case, typed)
    return CommandOutcome(
        {"supplement": made.id}, (context.text("supplemented", number=args.case),)
    )


def declare_merge(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    merge = verbs.add_parser("merge", help=texts.text("cli.help.report_merge"))
    merge.add_argument("lead", metavar="CASE")
    merge.add_argument("other", metavar="OTHER")
    merge.add_argument("--reason", metavar="TEXT", default="")
    merge.set_defaults(run=merge_reports)
    unmerge = verbs.add_parser("unmerge", help=texts.text("cli.help.report_unmerge"))
    unmerge.add_argument("case", metavar="CASE")
    unmerge.add_argument("--reason", metavar="TEXT", required=True)
    unmerge.set_defaults(run=unmerge_report)


def merge_reports(context: CommandContext) -> CommandOutcome:
    """Let the first case lead."""
    with context.session() as desk:
        lead, other = (find_case(desk, name) for name in (context.args.lead, context.args.other))
        group = merge_cases(desk, lead, other, context.args.reason)
        numbers = [case_file(desk, case).case.number for case in (group.lead, *group.members)]
    line = context.text("merged", number=numbers[0], others=" ".join(numbers[1:]))
    return CommandOutcome({"lead": numbers[0], "merged": list(numbers[1:])}, (line,))


def unmerge_report(context: CommandContext) -> CommandOutcome:
    """Let a merged case stand by itself again."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        lead = unmerge_case(desk, case, context.args.reason)
        numbers = [case_file(desk, name).case.number for name in (case, lead)]
    line = context.text("unmerged", number=numbers[0], lead=numbers[1])
    return CommandOutcome({"case": numbers[0], "lead": numbers[1]}, (line,))


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("report", help=texts.text("cli.help.report"))
    verbs = group.add_subparsers(dest="verb", required=True)
    example = verbs.add_parser("template", help=texts.text("cli.help.report_template"))
    example.add_argument("visit", nargs="?", choices=list(Visit), default=Visit.REPORT, type=Visit)
    example.set_defaults(run=template)
    register = verbs.add_parser("add", help=texts.text("cli.help.report_add"))
    register.add_argument("file", metavar="FILE.json")
    register.set_defaults(run=add_report)
    show = verbs.add_parser("show", help=texts.text("cli.help.report_show"))
    show.add_argument("case", metavar="CASE")
    add_reveal(show, texts)
    show.set_defaults(run=show_report)
    convert = verbs.add_parser("convert", help=texts.text("cli.help.report_convert"))
    convert.add_argument("case", metavar="CASE")
    convert.add_argument("visit", choices=list(Visit), type=Visit)
    convert.set_defaults(run=convert_report)
    declare_merge(verbs, texts)
    declare_holder(verbs, texts)
    declare_dissuasion(verbs, texts)
    declare_supplement(verbs, texts)
    declare_interview(verbs, texts)
    listing = verbs.add_parser("list", help=texts.text("cli.help.report_list"))
    listing.add_argument("--find", metavar="TEXT", default="")
    listing.add_argument("--limit", metavar="N", type=int, default=50)
    add_filter(listing, texts)
    listing.set_defaults(run=list_reports)
    register = verbs.add_parser("export", help=texts.text("cli.help.report_export"))
    register.add_argument("--to", metavar="DIR", required=True)
    register.add_argument("--find", metavar="TEXT", default="")
    add_filter(register, texts)
    add_reveal(register, texts)
    register.set_defaults(run=export_reports)


def template(context: CommandContext) -> CommandOutcome:
    """An example of a kind of visit; that of a report has every key."""
    visit = context.args.visit
    if visit is Visit.REPORT:
        document = report_template(context.texts)
    else:
        document = json.loads(resource_path(f"samples/{visit}.json").read_text("utf-8"))
    return CommandOutcome(document, (json.dumps(document, ensure_ascii=False, indent=2),))


def add_report(context: CommandContext) -> CommandOutcome:
    """Register one report, or a list of them: all or none."""
    document = read_json(context.args.file)
    with context.session() as desk:
        documents = document if isinstance(document, list) else [document]
        forms = [form_from_document(desk, item) for item in documents]
        interviews = [
            report_interview(item, [party.id for party in form.parties])
            for item, form in zip(documents, forms, strict=True)
        ]
        for interview in filter(None, interviews):
            check_interview(desk, interview)
        done = register_reports(desk, forms)
        for made, known in zip(done, interviews, strict=True):
            if known is not None:
                record_interview(desk, made.case, known)
    rows: list[Json] = [{"case": item.case, "number": item.number} for item in done]
    lines = tuple(context.text("registered", number=item.number) for item in done)
    if isinstance(document, list):
        return CommandOutcome({"cases": rows}, lines)
    return CommandOutcome({"case": done[0].case, "number": done[0].number}, lines)


def show_report(context: CommandContext) -> CommandOutcome:
    """The document of a case, personal numbers masked; in full on request, which is recorded."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        _, merger = open_case(desk, case)
        file = case_file(desk, case)
        document = document_of(file) | merger_document(merger)
        document |= interview_documents(desk, file, officer_names(desk))
        document["amounts"] = money_document(money_of_case(desk, file))
        sums = sums_by_case(desk, desk.clock.now(), {case}).get(case, NOTHING)
        document["dispositions"] = sums_document(sums)
        if context.args.reveal:
            reveal_case(desk, case)
        else:
            document = masked_document(document)
    return CommandOutcome(document, (json.dumps(document, ensure_ascii=False, indent=2),))


def convert_report(context: CommandContext) -> CommandOutcome:
    """Make a visit another kind of visit."""
    visit = context.args.visit
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        convert_visit(desk, case, visit)
        number = case_file(desk, case).case.number
    line = context.text(
        "converted", number=number, visit=context.texts.text(f"visits.kind.{visit}")
    )
    return CommandOutcome({"case": case, "number": number, "visit": visit.value}, (line,))


def list_reports(context: CommandContext) -> CommandOutcome:
    """Cases, newest first, or those that contain a text."""
    limit, only = max(context.args.limit, 0), case_filter(context)
    with context.session() as desk:
        if context.args.find:
            hits = search(desk, context.args.find, limit, only).hits
            total, more = count_found(desk, context.args.find, only)
            note_search(desk, context.args.find, total)
            money = sums_by_case(desk, desk.clock.now(), {hit.case for hit in hits})
            rows = [
                _row(hit.case, hit) | sums_document(money.get(hit.case, NOTHING)) for hit in hits
            ]
        else:
            cards = [card for card in board(desk) if passes(card, only)]
            total, more = len(cards), False
            cards = cards[:limit]
            money = sums_by_case(desk, desk.clock.now(), {card.id for card in cards})
            rows = [
                _row(card.id, card) | sums_document(money.get(card.id, NOTHING)) | _desk_of(card)
                for card in cards
            ]
    lines = tuple(
        "  ".join(
            (
                str(row["number"]),
                context.texts.text(f"visits.kind.{row['visit']}"),
                str(row["victim"]),
                str(row["type"]),
                format_yuan(int(str(row["loss_fen"]))),
            )
        )
        for row in rows
    )
    document: dict[str, Json] = {"cases": list(rows), "total": total}
    if more:  # "total" is as far as was counted
        document["more"] = True
    return CommandOutcome(document, lines)


def export_reports(context: CommandContext) -> CommandOutcome:
    """Write the register of all cases, or of those that contain a text, as tables."""
    folder, only = Path(context.args.to), case_filter(context)
    with context.session() as desk:
        if context.args.find:
            hits = search(desk, context.args.find, sys.maxsize, only).hits
            note_search(desk, context.args.find, len(hits))
            cases = [hit.case for hit in hits]
        else:
            cases = [card.id for card in board(desk) if passes(card, only)]
        with disk_errors():
            folder.mkdir(parents=True, exist_ok=True)
        files = write_register(
            desk, RegisterWish(tuple(cases), folder, context.args.reveal), context.progress
        )
    document: dict[str, Json] = {"cases": len(cases), "files": [str(path) for path in files]}
    lines = [context.text("written", file=str(path)) for path in files]
    return CommandOutcome(document, tuple(lines))


def _desk_of(card: CaseCard) -> dict[str, Json]:
    offered = card.holder.offer if card.holder else None
    row: dict[str, Json] = {
        "desk": card.desk_letter,
        "offered_to": offered.letter if offered else "",
    }
    on_its_way = card.holder.assignment if card.holder else None
    return {**row, "state": on_its_way.value} if on_its_way else row


def _row(case: str, item: Any) -> dict[str, Json]:
    return {
        "case": case,
        "number": item.number,
        "victim": item.victim,
        "type": item.type,
        "visit": item.visit,
        "loss_fen": item.loss_fen,
        "state": item.state.value,
    }
