"""``order issue | list | slip`` and ``print``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import Context, Outcome
from desktop.domain.amounts import format_yuan
from desktop.domain.clock import to_wire
from desktop.domain.deadlines import Deadline
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.fields import Json
from desktop.domain.order import OrderKind
from desktop.domain.problems import Problem
from desktop.domain.views import OrderView
from desktop.runtime.atomic_file import write_atomic
from desktop.runtime.catalogue import Catalogue
from desktop.services.issue_order import issue_order
from desktop.services.look_up import find_case, order, orders
from desktop.services.make_slip import make_slip
from desktop.services.print_form import list_forms, print_form


def add(commands: Any, words: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("order", help=words.text("cli.help.order"))
    verbs = group.add_subparsers(dest="verb", required=True)
    issue = verbs.add_parser("issue", help=words.text("cli.help.order_issue"))
    issue.add_argument("case", metavar="CASE")
    issue.add_argument("--kind", required=True, choices=[kind.value for kind in OrderKind])
    target = issue.add_mutually_exclusive_group()
    target.add_argument("--transfer", metavar="N", type=int, default=1)
    target.add_argument("--identifier", metavar="VALUE")
    issue.add_argument("--second", metavar="OFFICER", default="")
    issue.set_defaults(run=issue_one)
    verbs.add_parser("list", help=words.text("cli.help.order_list")).set_defaults(run=list_orders)
    slip = verbs.add_parser("slip", help=words.text("cli.help.order_slip"))
    slip.add_argument("order", metavar="ORDER")
    slip.add_argument("--to", metavar="FILE", required=True)
    slip.set_defaults(run=write_slip)
    paper = commands.add_parser("print", help=words.text("cli.help.print"))
    paper.add_argument("--list", action="store_true")
    paper.add_argument("form", metavar="FORM", nargs="?")
    paper.add_argument("case", metavar="CASE", nargs="?")
    paper.add_argument("--to", metavar="FILE.pdf")
    paper.set_defaults(run=print_paper)


def problem_rows(problems: tuple[Problem, ...], words: Catalogue) -> list[Json]:
    """Problems with their words."""
    return [
        {
            "field": item.field,
            "code": item.code,
            "severity": item.severity.value,
            "text": words.text(f"problems.{item.code}"),
        }
        for item in problems
    ]


def deadline_rows(deadlines: tuple[Deadline, ...]) -> list[Json]:
    """Clocks as absolute instants."""
    return [{"name": d.name, "at": to_wire(d.at), "rule": d.rule} for d in deadlines]


def issue_one(context: Context) -> Outcome:
    """Order a stop of one transfer; warnings are said, blocks refuse."""
    kind = OrderKind(context.args.kind)
    with context.desk() as desk:
        case = find_case(desk, context.args.case)
        if context.args.identifier:
            raise RuleError("order.kind_later")  # orders about numbers and sites are not issued yet
        second = context.args.second
        done = issue_order(desk, case, kind, context.args.transfer, second_officer=second)
        view = order(desk, done.order.id)
    document: dict[str, Json] = {
        "order": done.order.id,
        "number": done.order.number,
        "state": view.state.value,
        "problems": problem_rows(done.problems, context.words),
        "deadlines": deadline_rows(done.deadlines),
    }
    lines = [context.text("order_issued", number=done.order.number)]
    lines += [context.words.text(f"problems.{item.code}") for item in done.problems]
    return Outcome(document, tuple(lines))


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
        "reply": {
            "result": reply.result.value,
            "amount_fen": reply.amount_fen,
            "balance_fen": reply.balance_fen,
            "starts_at": to_wire(reply.starts_at) if reply.starts_at else "",
            "ends_at": to_wire(reply.ends_at) if reply.ends_at else "",
            "organisation": reply.organisation,
            "remark": reply.remark,
        }
        if reply
        else None,
    }


def list_orders(context: Context) -> Outcome:
    """Every order, newest first."""
    with context.desk() as desk:
        views = orders(desk)
    lines = tuple(
        f"{view.order.number}  {view.victim}  {format_yuan(view.order.amount_fen)}  "
        f"{context.words.text('cli.order_state.' + view.state.value)}  {view.order.id}"
        for view in views
    )
    return Outcome({"orders": [order_row(view) for view in views]}, lines)


def write_slip(context: Context) -> Outcome:
    """The urgent slip as a picture (``.png``) or a page (``.pdf``)."""
    target = Path(context.args.to)
    if target.suffix.lower() not in {".png", ".pdf"}:
        raise UserInputError("slip.format")
    with context.desk() as desk:
        slip = make_slip(desk, context.args.order)
    write_atomic(target, slip.png if target.suffix.lower() == ".png" else slip.pdf)
    document: dict[str, Json] = {"order": slip.order.id, "file": str(target), "bytes": slip.size}
    return Outcome(document, (context.text("written", file=str(target)),))


def print_paper(context: Context) -> Outcome:
    """``--list``, or one form of one case into a file."""
    args = context.args
    if args.list:
        with context.desk() as desk:
            infos = list_forms(desk)
        forms: list[Json] = [{"id": f.id, "title": f.title, "set": f.form_set} for f in infos]
        return Outcome({"forms": forms}, tuple(f"{info.id}  {info.title}" for info in infos))
    if not (args.form and args.case and args.to):
        raise UserInputError("print.arguments")
    with context.desk() as desk:
        pdf = print_form(desk, args.form, find_case(desk, args.case))
    write_atomic(Path(args.to), pdf.data)
    line = context.text("written", file=args.to)
    return Outcome({"file": args.to, "pages": pdf.pages}, (line,))
