"""``order approve | confirm | refuse | withdraw | reply | official``: what becomes of an order at the station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.centre.replies import reply
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.orders.current_reply import unseen
from desktop.cli.orders.reply_document import reply_of
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.later_approval import own_approval_clock
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.look_up import order
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.confirm_order import confirm_orders, unconfirmed
from desktop.services.orders.withdraw_order import set_official_number, withdraw_order
from desktop.services.session import Session


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands below ``order``."""
    approve = order_verb(verbs, texts, "approve", approve_one)
    approve.add_argument("--by", metavar="NAME", required=True)
    approve.add_argument("--number", metavar="PAPER", default="")
    confirm = verbs.add_parser("confirm", help=texts.text("cli.help.order_confirm"))
    confirm.add_argument("orders", metavar="ORDER", nargs="*")
    confirm.set_defaults(run=confirm_some)
    refuse = order_verb(verbs, texts, "refuse", refuse_one)
    refuse.add_argument("--by", metavar="NAME", required=True)
    refuse.add_argument("--reason", metavar="TEXT", required=True)
    order_verb(verbs, texts, "withdraw", withdraw_one).add_argument(
        "--reason", metavar="TEXT", required=True
    )
    order_verb(verbs, texts, "official", number_one).add_argument("number", metavar="NUMBER")
    reply = verbs.add_parser("reply", help=texts.text("cli.help.order_reply"))
    reply.add_argument("files", metavar="FILE", nargs="+")
    reply.set_defaults(run=take_replies)


def order_verb(
    verbs: Any, texts: Catalogue, name: str, run: Callable[[CommandContext], CommandOutcome]
) -> Any:
    """Declare a command about one order."""
    parser = verbs.add_parser(name, help=texts.text(f"cli.help.order_{name}"))
    parser.add_argument("order", metavar="ORDER")
    parser.set_defaults(run=run)
    return parser


def approve_one(context: CommandContext) -> CommandOutcome:
    """Record the approval of an order."""
    args = context.args
    with context.session() as session:
        approve_order(session, args.order, args.by, args.number)
        return _moved(context, session)


def confirm_some(context: CommandContext) -> CommandOutcome:
    """Stand as the second officer for orders that one alone issued; without a name, list what waits for one."""
    keys = context.args.orders
    with context.session() as session:
        if keys:
            confirm_orders(session, keys)
            views = tuple(order(session, key) for key in dict.fromkeys(keys))
        else:
            views = unconfirmed(session)
        due = {view.order.id: _approval_due(session, view) for view in views}
    rows: list[Json] = [
        {"order": view.order.id, "number": view.order.number, "issued_by": view.order.issued_by,
         "issued_at": to_wire(view.order.issued_at), "approve_by": _wire(due[view.order.id])}
        for view in views
    ]  # fmt: skip
    lines = [_confirm_line(context, view, due[view.order.id], done=bool(keys)) for view in views]
    none = () if lines else (context.text("order_unconfirmed_none"),)
    return CommandOutcome({"confirmed" if keys else "unconfirmed": rows}, (*lines, *none))


def _approval_due(session: Session, view: OrderView) -> datetime | None:
    clock = own_approval_clock(session.rules, view.order, session.profile.as_centre)
    return clock.at if clock is not None else None


def _wire(at: datetime | None) -> str:
    return to_wire(at) if at is not None else ""


def _confirm_line(
    context: CommandContext, view: OrderView, due: datetime | None, *, done: bool
) -> str:
    item = view.order
    words = {"number": item.number, "officer": item.operator_name, "at": show_time(item.issued_at)}
    if due is not None:
        return context.text("order_unapproved", **words, due=show_time(due))
    return context.text("order_confirmed" if done else "order_unconfirmed", **words)


def refuse_one(context: CommandContext) -> CommandOutcome:
    """Record that an approval was refused."""
    args = context.args
    with context.session() as session:
        refuse_order(session, args.order, args.by, args.reason)
        return _moved(context, session)


def withdraw_one(context: CommandContext) -> CommandOutcome:
    """Take an order back."""
    with context.session() as session:
        withdraw_order(session, context.args.order, context.args.reason)
        return _moved(context, session)


def number_one(context: CommandContext) -> CommandOutcome:
    """Note the platform's number of an order."""
    with context.session() as session:
        set_official_number(session, context.args.order, context.args.number)
        return _moved(context, session)


def take_replies(context: CommandContext) -> CommandOutcome:
    """Replies that reached the station, in the same form as those of the centre; there those to a clerk."""
    items: list[Any] = []
    for name in context.args.files:
        document = read_json(name)
        items += document if isinstance(document, list) else [document]
    with context.session() as session:
        answers = [(reply_of(session, item), item) for item in items]
        baselines, refused = unseen(context, session, answers)
        if refused is not None:
            return refused
        record = reply if session.officer.only_own_institution else record_reply
        for (answer, item), stood in zip(answers, baselines, strict=True):
            record(session, str(item.get("order", "")), answer, stood)
    return CommandOutcome(
        {"replies": len(items)}, (context.text("replies_taken", count=len(items)),)
    )


def _moved(context: CommandContext, session: Session) -> CommandOutcome:
    view = order(session, context.args.order)
    state = context.texts.text(f"cli.order_state.{view.state.value}")
    document = {"order": view.order.id, "number": view.order.number, "state": view.state.value}
    return CommandOutcome(
        document, (context.text("order_moved", number=view.order.number, state=state),)
    )
