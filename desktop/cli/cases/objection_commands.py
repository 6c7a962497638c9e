"""``case object | decide | withdraw``: objections of account holders to a stop or freeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from desktop.cli.context import CommandContext, CommandOutcome, WrongUsageError, add_second
from desktop.cli.revealing import add_reveal, listed, masked_outcome, note_reveal
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.orders.objection_release import open_measures
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.holder_objection import ObjectionOutcome, ObjectorRelation
from desktop.domain.cases.people.party import RESIDENT
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS
from desktop.domain.orders.order import compared, target_value
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import read_time, show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.cases.objections.decide_objection import (
    TypedDecision,
    decide_objection,
    withdraw_objection,
)
from desktop.services.cases.objections.objections_of_case import (
    ObjectionView,
    list_objections,
    open_objections,
)
from desktop.services.cases.objections.receive_objection import TypedObjection, receive_objection
from desktop.services.look_up import case_file, find_case

_LIST: Final = "list"
_TEXTS: Final = ("name", "grounds", "id_number", "phone")


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("case", help=texts.text("cli.help.case"))
    verbs = group.add_subparsers(dest="verb", required=True)
    receive = verbs.add_parser("object", help=texts.text("cli.help.case_object"))
    receive.add_argument("case", metavar="CASE|list")
    receive.add_argument("file", metavar="FILE.json|CASE", nargs="?", default="")
    add_reveal(receive, texts)
    receive.set_defaults(run=receive_or_list)
    decide = verbs.add_parser("decide", help=texts.text("cli.help.case_decide"))
    decide.add_argument("case", metavar="CASE")
    decide.add_argument("objection", metavar="OBJECTION")
    decide.add_argument(
        "--outcome", choices=list(ObjectionOutcome), type=ObjectionOutcome, required=True
    )
    decide.add_argument("--reason", metavar="TEXT", default="")
    decide.add_argument("--release", metavar="ORDER", action="append", default=[])
    add_second(decide, texts)
    decide.set_defaults(run=decide_one)
    withdraw = verbs.add_parser("withdraw", help=texts.text("cli.help.case_withdraw"))
    withdraw.add_argument("case", metavar="CASE")
    withdraw.add_argument("objection", metavar="OBJECTION")
    withdraw.add_argument("--reason", metavar="TEXT", required=True)
    withdraw.set_defaults(run=withdraw_one)


def receive_or_list(context: CommandContext) -> CommandOutcome:
    """Record an objection, or list those of a case or all that want somebody."""
    args = context.args
    if args.case == _LIST:
        return _listed(context)
    if not args.file:
        raise WrongUsageError("objection.no_file")
    document = read_json(args.file)
    with context.session() as desk:
        case = find_case(desk, args.case)
        file, _ = whole_file(desk, case)
        made = receive_objection(desk, case, _typed(document, file, desk.clock.now()))
        view = next(v for v in list_objections(desk, case) if v.objection.id == made.id)
    due = to_wire(view.due) if view.due else ""
    until = show_time(view.due) if view.due else ""
    line = context.text("objection_received", number=view.number, case=file.case.number, due=until)
    return CommandOutcome({"objection": made.id, "number": view.number, "due": due}, (line,))


def decide_one(context: CommandContext) -> CommandOutcome:
    """Record the decision; another officer than who received it, by sign-in or by ``--second``."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        file, _ = whole_file(desk, case)
        password = context.second_password() if args.second else ""
        released = [_order(file, name) for name in args.release]
        typed = TypedDecision(args.outcome, args.reason, released, args.second, password)
        made = decide_objection(desk, case, args.objection, typed)
        view = next(v for v in list_objections(desk, case) if v.objection.id == made.id)
    return masked_outcome(CommandOutcome(_row(file, view), _lines(context, file, view)))


def withdraw_one(context: CommandContext) -> CommandOutcome:
    """It counts no more."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        file, _ = whole_file(desk, case)
        made = withdraw_objection(desk, case, args.objection, args.reason)
        view = next(v for v in list_objections(desk, case) if v.objection.id == made.id)
    return masked_outcome(CommandOutcome(_row(file, view), _lines(context, file, view)))


def _listed(context: CommandContext) -> CommandOutcome:
    wanted = context.args.file
    with context.session() as desk:
        if wanted:
            case = find_case(desk, wanted)
            views = list_objections(desk, case)
        else:
            views = tuple(view for _, view in open_objections(desk))
        files = {view.owner: case_file(desk, view.owner) for view in views}
        note_reveal(context, desk, files)
    rows: list[Json] = [_row(files[view.owner], view) for view in views]
    lines = [line for view in views for line in _lines(context, files[view.owner], view)]
    none = [] if lines else [context.text("objection_none")]
    return listed(context, {"objections": rows}, [*lines, *none])


def _typed(document: Any, file: CaseFile, now: datetime) -> TypedObjection:
    """An objection as a document tells it; raises ``UserInputError("objection.document")`` for what is none."""
    if not isinstance(document, Mapping):
        raise UserInputError("objection.document", field="-")
    texts = {name: _text(document, name) for name in _TEXTS}
    relation = _text(document, "relation") or ObjectorRelation.HOLDER
    id_kind = _text(document, "id_kind") or RESIDENT
    if relation not in set(ObjectorRelation):
        raise UserInputError("objection.document", field="relation")
    if id_kind not in KINDS:
        raise UserInputError("objection.document", field="id_kind")
    typed_time = _text(document, "received_at")
    received = read_time(typed_time, now) if typed_time else None
    if typed_time and received is None:
        raise UserInputError("objection.document", field="received_at")
    orders = [_order(file, name) for name in _list(document, "orders")]
    orders += _about(file, _list(document, "accounts"), now)
    return TypedObjection(
        texts["name"],
        texts["grounds"],
        orders,
        id_kind,
        texts["id_number"],
        texts["phone"],
        relation,
        _list(document, "evidence"),
        received,
    )


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise UserInputError("objection.document", field=name)
    return value


def _list(document: Mapping[str, Any], name: str) -> Sequence[str]:
    value = document.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserInputError("objection.document", field=name)
    return value


def _order(file: CaseFile, name: str) -> str:
    """The id of an order of the case by its number or id; what is none is refused later, with what is wrong."""
    found = (
        view.order.id for view in file.orders if name.strip() in (view.order.number, view.order.id)
    )
    return next(found, name)


def _about(file: CaseFile, accounts: Sequence[str], now: datetime) -> list[str]:
    """The stops and freezes that stand against these accounts."""
    wanted = {compared(account) for account in accounts}
    found = [v.order for v in open_measures(file, now) if compared(target_value(v.order)) in wanted]
    if wanted - {compared(target_value(order)) for order in found}:
        raise UserInputError("objection.no_account")
    return [order.id for order in found]


def _row(file: CaseFile, view: ObjectionView) -> dict[str, Json]:
    objection, decision = view.objection, view.objection.decision
    numbers = {item.order.id: item.order.number for item in file.orders}
    received = objection.received_at
    return {
        "case": file.case.id,
        "case_number": file.case.number,
        "objection": objection.id,
        "number": view.number,
        "state": view.state.value,
        "due": to_wire(view.due) if view.due else "",
        "name": objection.name,
        "id_kind": objection.id_kind,
        "id_number": objection.id_number,
        "phone": objection.phone,
        "relation": objection.relation,
        "orders": [numbers.get(order, order) for order in objection.orders],
        "grounds": objection.grounds,
        "evidence": list(objection.evidence),
        "received_at": to_wire(received) if received else "",
        "received_by": objection.received_by,
        "outcome": decision.outcome if decision else "",
        "decided_at": to_wire(decision.at) if decision else "",
        "decided_by": decision.by if decision else "",
        "reason": decision.reason if decision else "",
        "withdrawn": objection.withdrawn,
        "release": [
            {
                "order": numbers.get(item.order, item.order),
                "step": item.step.value,
                "kind": item.kind.value if item.kind else "",
                "by": item.by,
            }
            for item in view.releases
        ],
    }


def _lines(context: CommandContext, file: CaseFile, view: ObjectionView) -> tuple[str, ...]:
    words, objection = context.texts.text, view.objection
    numbers = {item.order.id: item.order.number for item in file.orders}
    due = show_time(view.due) if view.due else ""
    head = (
        f"{file.case.number} #{view.number}",
        objection.name,
        words(f"objection.state.{view.state.value}"),
        context.text("objection_until", due=due) if due else "",
    )
    releases = (
        f"  {numbers.get(item.order, item.order)}  "
        + words(
            f"objection.release.{item.step.value}",
            kind=words(f"orders.kind.{item.kind.value}") if item.kind else "",
            number=item.by,
        )
        for item in view.releases
    )
    return ("  ".join(filter(None, head)), *releases)
