"""Make up packs of orders, one a receiver: recorded first, so that their files can be written anew at any time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.dispatch_batch import (
    DispatchBatch,
    by_receiver,
    is_to_send,
    reminders,
)
from desktop.domain.case_file.order_clocks import shutdown_rule
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import term_end
from desktop.domain.law.urgency import Urgency
from desktop.domain.orders.dispatch import Dispatch, found_receiver, named_receiver
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.orders.target import receiver
from desktop.domain.records.numbers import batch_number
from desktop.domain.records.record_fields import flat
from desktop.domain.text.hidden_signs import without_hidden
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_DISPATCHED
from desktop.services.orders.answers.record_reply import stream_of
from desktop.services.orders.list_orders import alone_on_clock
from desktop.services.ports import Transaction
from desktop.services.session import Session

LONGEST_RECEIVER: Final = 60
"""Characters of a receiver's name, and of how it was found."""


def to_send(session: Session) -> dict[str, tuple[OrderView, ...]]:
    """Receiver → orders of all stations that wait to be sent to it; ``""`` for those that name nobody."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return _grouped(session, filter(is_to_send, reader.orders()))


def batch_orders(session: Session, receivers: Iterable[str] = ()) -> tuple[DispatchBatch, ...]:
    """Put what waits into packs, for all receivers or for these; two clerks at once never pack an order twice.

    Raises:
        UserInputError: ``pack.nothing`` when nothing waits for them.
    """
    session.require(Permission.DISPATCH)
    wanted = set(receivers)
    with session.store.write() as transaction:
        views = transaction.orders()
        waiting = _grouped(session, filter(is_to_send, views))
        taken = {view.order.dispatch.pack for view in views}
        made = []
        for name, orders in waiting.items():
            if name and (not wanted or name in wanted):
                number = batch_number(session.profile.device_letter, session.today, taken)
                taken.add(number)
                sent = Dispatch(number, session.clock.now(), named_receiver(name))
                _record(session, transaction, sent, orders)
                made.append(number)
        if not made:
            raise UserInputError("pack.nothing")
    return tuple(pack for pack in dispatch_batches(session) if pack.number in made)


def dispatch_to(
    session: Session, orders: Collection[str], name: str, source: str
) -> tuple[DispatchBatch, ...]:
    """One pack of orders that name no receiver, to whom the centre found out; ``source``: from what or whom.

    Raises:
        UserInputError: ``pack.no_receiver`` without a name or a source; ``pack.nothing`` where one of them has a
            receiver or was dispatched meanwhile.
    """
    session.require(Permission.DISPATCH)
    name, source = without_hidden(name).strip(), without_hidden(source).strip()
    if not name or not source or max(len(name), len(source)) > LONGEST_RECEIVER:
        raise UserInputError("pack.no_receiver", most=LONGEST_RECEIVER)
    with session.store.write() as transaction:
        views = transaction.orders()
        waiting = _grouped(session, filter(is_to_send, views)).get("", ())
        chosen = [view for view in waiting if view.order.id in orders]
        if not chosen or len(chosen) < len(orders):
            raise UserInputError("pack.nothing")
        taken = {view.order.dispatch.pack for view in views}
        number = batch_number(session.profile.device_letter, session.today, taken)
        to = found_receiver(_head_office(session, name), source)
        sent = Dispatch(number, session.clock.now(), to)
        _record(session, transaction, sent, chosen)
    return tuple(pack for pack in dispatch_batches(session) if pack.number == number)


def dispatch_batches(session: Session) -> tuple[DispatchBatch, ...]:
    """Every pack made here, newest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        views = [view for view in reader.orders() if view.order.dispatch.at is not None]
    found: dict[tuple[str, datetime], list[OrderView]] = {}
    for view in views:
        sent = view.order.dispatch
        if sent.at is not None:
            found.setdefault((sent.pack, sent.at), []).append(view)
    made = [_batch(session, at, orders) for (_, at), orders in found.items()]
    return tuple(sorted(made, key=lambda pack: (pack.made_at, pack.number), reverse=True))


def to_chase(session: Session) -> tuple[DispatchBatch, ...]:
    """Packs with orders that should have been answered by now, the longest overdue first."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    late = [pack for pack in dispatch_batches(session) if pack.unanswered and pack.due_at <= now]
    return tuple(sorted(late, key=lambda pack: pack.due_at))


def remind(session: Session) -> tuple[DispatchBatch, ...]:
    """What each receiver is to be asked for once more: everything overdue of it at once.

    Raises:
        UserInputError: ``pack.none_late`` when every answer came or still has time.
    """
    session.require(Permission.DISPATCH)
    found = reminders(to_chase(session))
    if not found:
        raise UserInputError("pack.none_late")
    return found


def _grouped(session: Session, views: Iterable[OrderView]) -> dict[str, tuple[OrderView, ...]]:
    listed = _in_urgency(session, views, session.clock.now())
    called = {receiver(view.order).strip() for view in listed}
    return by_receiver(listed, {name: _head_office(session, name) for name in called})


def _head_office(session: Session, name: str) -> str:
    """What the tables call the institution; a branch's name stays when they do not know it."""
    known = session.directories.hotline(name) if name else None
    return known.name if known is not None else name


def _batch(session: Session, at: datetime, views: list[OrderView]) -> DispatchBatch:
    ordered = _in_urgency(session, views, at)
    sent = ordered[0].order.dispatch
    return DispatchBatch(
        sent.pack, sent.receiver, at, sent.officer, ordered, _reply_by(session, at, ordered)
    )


def _reply_by(session: Session, at: datetime, views: Iterable[OrderView]) -> datetime:
    """As long as the centre gives, but no longer than the clock of a shutdown among the orders: the letter must not ask
    for later than the desk counts."""
    shut = {shutdown_rule(v.order) for v in views if v.order.kind is OrderKind.SHUTDOWN}
    return min(term_end(session.rules, rule, at) for rule in ("pack.reply", *shut))


def _in_urgency(
    session: Session, views: Iterable[OrderView], at: datetime
) -> tuple[OrderView, ...]:
    """What could still be saved at ``at`` in front, as if nobody had answered yet: files written anew list the same."""

    def place(view: OrderView) -> Urgency:
        row = alone_on_clock(session, replace(view, state=OrderState.ACKNOWLEDGED))
        return row.pressing(at).urgency(at)

    return tuple(sorted(views, key=place))


def _record(
    session: Session, transaction: Transaction, dispatch: Dispatch, orders: Iterable[OrderView]
) -> None:
    officer = session.officer.number
    for view in orders:
        fields = {
            "case": view.case,
            **flat(dispatch, "dispatch"),
            "dispatch.officer": officer,
        }
        stream = stream_of(session, transaction, view)
        entry = NewEntry(ORDER_DISPATCHED, f"order/{view.order.id}", fields, stream=stream)
        transaction.append(officer, entry)
