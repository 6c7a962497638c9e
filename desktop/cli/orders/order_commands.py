"""``order issue | list | slip`` and ``print``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from desktop.cli.context import CommandContext, CommandOutcome, WrongUsageError, add_second
from desktop.cli.orders import order_action_commands
from desktop.cli.orders.order_action_commands import order_verb
from desktop.cli.orders.reply_document import reply_row
from desktop.cli.revealing import add_reveal, listed, note_reveal
from desktop.domain.case_file.orders.order_words import words_in
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.errors import AppError, UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import UNHEARD, Order, OrderKind, OrderState, Terms, target_value
from desktop.domain.orders.sending.sending_checks import SEVERITIES
from desktop.domain.orders.sending.way_orders import name_key
from desktop.domain.orders.term_fields import Sort, choices_of, names_of, sort_of, written
from desktop.domain.problems import Problem
from desktop.domain.records.fields import Json
from desktop.domain.records.record_fields import flat
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.look_up import case_file, find_case, order
from desktop.services.orders.institution_orders import institution_orders
from desktop.services.orders.issue_order import issue_orders
from desktop.services.orders.make_slip import make_slip
from desktop.services.orders.number_request import PHONES
from desktop.services.orders.order_request import OrderRequest, name_target, propose_order
from desktop.services.orders.page_orders import newest_orders
from desktop.services.papers.draw_form import draw_form, list_forms, sets_in_use, signed_version
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.papers.note_print import note_saved
from desktop.services.ports import OrdersOnly
from desktop.services.where_money_is import sums_document

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_LEAST_OF_A_DIGEST = 8


def with_fields(request: OrderRequest, given: Iterable[str]) -> OrderRequest:
    """The request with each ``NAME=VALUE`` put into its terms.

    Amounts as they are written (``9.8万``), times in ISO form, choices by code, sets with commas between.

    Raises:
        UserInputError: ``order.field`` for a name the kind does not have, ``order.field_value``.
    """
    names = names_of(request.kind)
    terms = request.terms
    for item in given:
        name, _, value = item.partition("=")
        if name not in names:
            raise UserInputError("order.field", names=" ".join(names))
        try:
            terms = written(terms, name, _value(terms, name, value.strip()))
        except (AppError, ValueError) as error:
            raise UserInputError("order.field_value", name=name) from error
    return replace(request, terms=terms)


def with_evidence(
    request: OrderRequest, wanted: Iterable[str], items: tuple[Evidence, ...]
) -> OrderRequest:
    """The request with items of the case attached, each named by its id, its file name or its SHA-256.

    Raises:
        UserInputError: ``order.field`` for a kind that takes none, ``order.no_evidence``.
    """
    digests = tuple(dict.fromkeys(_digest(one, items) for one in wanted))
    if not digests:
        return request
    if isinstance(request.terms, EvidenceTerms):
        raise UserInputError("order.field", names=" ".join(names_of(request.kind)))
    return replace(request, terms=replace(request.terms, evidence=digests))


def terms_row(order: Order) -> dict[str, Json]:
    """Everything the terms say that does not go without saying, by the names ``--set`` takes."""
    if order.terms is None:
        return {}
    return {name.removeprefix("x."): value for name, value in flat(order.terms, "x").items()}


def _value(terms: Terms, name: str, value: str) -> Any:
    family, sort = type(terms), sort_of(type(terms), name)
    if sort is Sort.SUM:
        return parse_yuan(value)
    if sort is Sort.TIME:
        return from_wire(value) if value else None
    if sort is Sort.COUNT:
        return int(value)
    if sort is Sort.TICK:
        return _one_of(_YES, value.lower())
    if sort is Sort.CHOICE:
        return _one_of({choice: choice for choice in choices_of(family, name)}, value)
    if sort in {Sort.SET, Sort.DIGESTS}:
        return _several(family, name, sort, value)
    return value


def _several(family: type[Terms], name: str, sort: Sort, value: str) -> tuple[str, ...]:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if sort is Sort.SET:
        known = {choice: choice for choice in choices_of(family, name)}
        return tuple(_one_of(known, part) for part in parts)
    return tuple(parts)


def _one_of(known: dict[str, Any], value: str) -> Any:
    if value not in known:
        raise ValueError(value)
    return known[value]


def _digest(wanted: str, items: tuple[Evidence, ...]) -> str:
    sought = wanted.strip().lower()
    for item in items:
        by_digest = len(sought) >= _LEAST_OF_A_DIGEST and item.sha256.startswith(sought)
        if wanted in {item.id, item.name} or by_digest:
            return item.sha256
    raise UserInputError("order.no_evidence")


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("order", help=texts.text("cli.help.order"))
    verbs = group.add_subparsers(dest="verb", required=True)
    issue = verbs.add_parser("issue", help=texts.text("cli.help.order_issue"))
    issue.add_argument("case", metavar="CASE")
    issue.add_argument("--kind", required=True, choices=[kind.value for kind in OrderKind])
    target = issue.add_mutually_exclusive_group()
    target.add_argument("--transfer", metavar="N", type=int, default=1)
    target.add_argument("--identifier", metavar="VALUE")
    add_second(issue, texts)
    issue.add_argument("--line", choices=[line.value for line in LineKind])
    for name, meta in (("--addressee", "NAME"), ("--wanted", "TEXT"), ("--despite", "REASON")):
        issue.add_argument(name, metavar=meta, default="")
    issue.add_argument("--set", metavar="NAME=VALUE", action="append", default=[])
    issue.add_argument("--evidence", metavar="ITEM", action="append", default=[])
    issue.set_defaults(run=issue_one)
    _add_listing(verbs, texts)
    add_reveal(order_verb(verbs, texts, "show", show_order), texts)
    slip = verbs.add_parser("slip", help=texts.text("cli.help.order_slip"))
    slip.add_argument("orders", metavar="ORDER", nargs="+")
    slip.add_argument("--to", metavar="FILE", required=True)
    slip.set_defaults(run=write_slip)
    sheet = order_verb(verbs, texts, "sheet", write_sheet)
    sheet.add_argument("--to", metavar="FILE.pdf", required=True)
    order_action_commands.add(verbs, texts)
    paper = commands.add_parser("print", help=texts.text("cli.help.print"))
    paper.add_argument("--list", action="store_true")
    paper.add_argument("form", metavar="FORM", nargs="?")
    paper.add_argument("case", metavar="CASE", nargs="?")
    paper.add_argument("--to", metavar="FILE.pdf")
    paper.add_argument("--supplement", metavar="N", type=int, default=0)
    paper.add_argument("--signed", metavar="N", type=int, default=0)
    paper.set_defaults(run=print_paper)


_STATES: Final = [state.value for state in OrderState if state not in UNHEARD]
"""By which orders are found: of one nobody answered, whichever way it goes, ``acknowledged``."""


def _add_listing(verbs: Any, texts: Catalogue) -> None:
    listing = verbs.add_parser("list", help=texts.text("cli.help.order_list"))
    listing.add_argument("find", metavar="TEXT", nargs="*")
    listing.add_argument("--state", choices=_STATES, default="")
    listing.add_argument("--kind", choices=[kind.value for kind in OrderKind], default="")
    for name in ("--bank", "--unit"):
        listing.add_argument(name, metavar="NAME", default="")
    listing.add_argument("--limit", metavar="N", type=int)
    add_reveal(listing, texts)
    listing.set_defaults(run=list_orders)


def problem_rows(problems: tuple[Problem, ...], texts: Catalogue) -> list[Json]:
    """Problems with their words."""
    return [
        {
            "field": item.field,
            "code": item.code,
            "severity": item.severity.value,
            "text": texts.text(f"problems.{item.code}"),
        }
        for item in problems
    ]


def deadline_rows(deadlines: tuple[Deadline, ...]) -> list[Json]:
    """Clocks as absolute instants."""
    return [{"name": d.name, "at": to_wire(d.at), "rule": d.rule} for d in deadlines]


def issue_one(context: CommandContext) -> CommandOutcome:
    """Order something of any kind; warnings are said, blocks refuse."""
    args = context.args
    kind = OrderKind(args.kind)
    with context.session() as desk:
        case = find_case(desk, args.case)
        file = case_file(desk, case)
        about = name_target(file, kind, args.transfer, args.identifier or "")
        request = _asked(context, propose_order(desk, file, kind, about))
        request = with_evidence(with_fields(request, args.set), args.evidence, file.evidence)
        second = context.second(desk)
        try:
            (done,) = issue_orders(
                desk, case, [request], confirmed=True, second=second, despite=args.despite
            )
        except UserInputError as error:
            raise _in_words(error, context.texts) from error
        view = order(desk, done.order.id)
    document: dict[str, Json] = {
        "order": done.order.id,
        "number": done.order.number,
        "state": view.state.value,
        "problems": problem_rows(done.problems, context.texts),
        "deadlines": deadline_rows(done.deadlines),
    }
    name = context.texts.text(name_key(kind, view.way))
    lines = [context.text("order_issued", kind=name, number=done.order.number)]
    lines += [context.texts.text(f"problems.{item.code}") for item in done.problems]
    return CommandOutcome(document, tuple(lines))


def _in_words(error: UserInputError, texts: Catalogue) -> UserInputError:
    """What is wrong with an order, as the window says it beside its fields."""
    if error.code != "order.unexplained":
        return error
    words = (texts.text(f"problems.{code}") for code in str(error.params["what"]).split())
    return UserInputError(error.code, **{**error.params, "what": "; ".join(words)})


def _asked(context: CommandContext, request: OrderRequest) -> OrderRequest:
    """The request with what the arguments add to the case's facts."""
    args, terms = context.args, request.terms
    names_phone = isinstance(terms, NumberTerms) and terms.identifier_kind in PHONES
    if (args.line and not names_phone) or (args.wanted and not isinstance(terms, EvidenceTerms)):
        raise UserInputError("order.field", names=" ".join(names_of(request.kind)))
    if isinstance(terms, NumberTerms) and names_phone and terms.line is None:
        terms = replace(terms, line=LineKind(args.line or LineKind.REAL))
    if isinstance(terms, EvidenceTerms):
        holder, wanted = args.addressee or terms.holder, args.wanted or terms.wanted
        terms = replace(terms, holder=holder, wanted=wanted)
    addressee = args.addressee or request.addressee
    return replace(request, terms=terms, addressee=addressee, second_officer=args.second)


def order_row(view: OrderView) -> dict[str, Json]:
    """One order with its reply."""
    item, reply = view.order, view.order.reply
    return {
        "order": item.id,
        "number": item.number,
        "kind": item.kind.value,
        "state": view.state.value,
        "case": view.case,
        "case_number": view.case_number,
        "victim": view.victim,
        "amount_fen": item.amount_fen,
        "payee": {"name": item.payee.name, "account": item.payee.number, "bank": item.payee.bank},
        "issued_at": to_wire(item.issued_at),
        "target": target_value(item),
        "addressee": item.addressee,
        "official": item.official,
        "alone": item.alone,
        "unconfirmed": item.unconfirmed,
        "confirmed_by": item.confirmation.officer if item.confirmation else "",
        "way": view.way,
        "despite": _despite_row(view.despite),
        "terms": terms_row(item),
        "reply": reply_row(reply) if reply else None,
    }


def _despite_row(sent: SentDespite | None) -> Json:
    """Why it was sent although something on it was wrong; null where nothing was."""
    return {"codes": list(sent.codes), "reason": sent.reason} if sent is not None else None


def list_orders(context: CommandContext) -> CommandOutcome:
    """Orders, newest first; every one where none are chosen."""
    args = context.args
    only = OrdersOnly(
        OrderState(args.state) if args.state else None,
        kind=OrderKind(args.kind) if args.kind else None,
        receiver=args.bank,
        unit=args.unit,
        words=words_in(" ".join(args.find)),
    )
    with context.session() as desk:
        most = args.limit if args.limit is not None else sys.maxsize
        list_of = institution_orders if desk.officer.only_own_institution else newest_orders
        rows, now = list_of(desk, only, most), desk.clock.now()
        views = [row.view for row in rows]
        note_reveal(context, desk, (view.case for view in views))
    lines = tuple(_line(context, view) for view in views)
    found = [order_row(row.view) | sums_document(row.money.at(now)) for row in rows]
    return listed(context, {"orders": found}, lines)


def show_order(context: CommandContext) -> CommandOutcome:
    """One order as the list has it, and why it was sent although something on it was wrong."""
    with context.session() as desk:
        view = order(desk, context.args.order)
        note_reveal(context, desk, [view.case])
    lines, sent = [_line(context, view)], view.despite
    if sent is not None:
        texts = context.texts
        what = "; ".join(_problem_name(texts, code) for code in sent.codes)
        lines.append(texts.text("ordering.sent_despite", what=what, reason=sent.reason))
    return listed(context, order_row(view), lines)


def _problem_name(texts: Catalogue, code: str) -> str:
    """What was wrong; a code of a newer program as it is."""
    return texts.text(f"problems.{code}") if code in SEVERITIES else code


def _line(context: CommandContext, view: OrderView) -> str:
    item, texts = view.order, context.texts
    alone = context.text("order_alone") if item.unconfirmed else ""
    return (
        f"{item.number}  {texts.text(name_key(item.kind, view.way))}  {view.victim}  "
        f"{format_yuan(item.amount_fen)}  {target_value(item)}  "
        f"{texts.text('cli.order_state.' + view.state.value)}{alone}  {item.id}"
    )


def write_slip(context: CommandContext) -> CommandOutcome:
    """The urgent slip of one or more orders: pictures (``.png``, numbered if there are several) or pages (``.pdf``)."""
    target = Path(context.args.to)
    kind = target.suffix.lower()
    if kind not in {".png", ".pdf"}:
        raise UserInputError("slip.format")
    with context.session() as desk:
        slip = make_slip(desk, *context.args.orders)
    if kind == ".pdf":
        files = {target: slip.pdf.data}
    elif len(slip.codes) == 1:
        files = {target: slip.codes[0]}
    else:
        numbered = enumerate(slip.codes, 1)
        files = {target.with_stem(f"{target.stem}-{number}"): png for number, png in numbered}
    for path, data in files.items():
        write_atomic(path, data)
    document: dict[str, Json] = {
        "orders": [order.id for order in slip.orders],
        "files": [str(path) for path in files],
        "codes": len(slip.codes),
        "bytes": slip.size,
    }
    return CommandOutcome(
        document, tuple(context.text("written", file=str(path)) for path in files)
    )


def write_sheet(context: CommandContext) -> CommandOutcome:
    """All orders of the case that wait for the same institution, with room for its answers."""
    args = context.args
    with context.session() as desk:
        pdf = draw_order_sheet(desk, args.order)
        write_atomic(Path(args.to), pdf.data)
        note_saved(desk, pdf)
    line = context.text("written", file=args.to)
    return CommandOutcome({"file": args.to, "pages": pdf.pages}, (line,))


def print_paper(context: CommandContext) -> CommandOutcome:
    """``--list``, or one form of one case into a file."""
    args = context.args
    if args.list:
        with context.session() as desk:
            infos, used, faults = list_forms(desk), sets_in_use(desk), desk.own_forms.faults()
        forms: list[Json] = [
            {
                "id": f.id,
                "title": f.title(context.texts.language),
                "set": f.form_set,
                "in_use": f.form_set in used,
            }
            for f in infos
        ]
        problems: list[Json] = [{"file": name, "problem": why} for name, why in faults]
        lines = [
            f"{info.id}  {info.title(context.texts.language)}  {info.form_set}" for info in infos
        ]
        lines += [context.text("form_problem", file=name, problem=why) for name, why in faults]
        return CommandOutcome({"forms": forms, "problems": problems}, tuple(lines))
    if not (args.form and args.case and args.to):
        raise WrongUsageError("print.arguments")
    with context.session() as desk:
        case = find_case(desk, args.case)
        pdf = draw_form(desk, args.form, case, args.supplement, version=args.signed)
        write_atomic(Path(args.to), pdf.data)
        note_saved(desk, pdf)
        signed = signed_version(desk, pdf)
    document: dict[str, Json] = {"file": args.to, "pages": pdf.pages}
    lines = [context.text("written", file=args.to)]
    if signed is not None:
        state, at = signed.paper.state, signed.at
        document |= {"version": signed.version, "signed_at": to_wire(at), "state": state}
        lines.append(context.text(f"paper_{state}", version=signed.version, at=show_time(at)))
    return CommandOutcome(document, tuple(lines))
