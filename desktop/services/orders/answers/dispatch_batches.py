"""Make up batches of orders, one a receiver: recorded first, so that their files can be written anew at any time."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import (
    DispatchBatch,
    by_receiver,
    is_to_send,
    reminders,
)
from desktop.domain.case_file.orders.order_clocks import shutdown_rule
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import term_end
from desktop.domain.law.urgency import Urgency
from desktop.domain.orders.dispatch import Dispatch, found_receiver, named_receiver
from desktop.domain.orders.order import OrderKind, OrderState, receiver
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.numbers import batch_number, batches_of
from desktop.domain.records.record_fields import flat
from desktop.domain.text.hidden_signs import without_hidden
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_DISPATCHED
from desktop.services.head_office import head_office
from desktop.services.orders.answers.record_reply import stream_of
from desktop.services.orders.answers.slip_orders import join_slips, slips_sent
from desktop.services.orders.list_orders import OrderRow, alone_on_clock
from desktop.services.orders.page_orders import rows_at
from desktop.services.orders.reckon import reckon
from desktop.services.ports import BatchPlace, ToSend, Transaction
from desktop.services.session import Session

LONGEST_RECEIVER: Final = 60
"""Characters of a receiver's name, and of how it was found."""
MOST: Final = 500
"""Orders without a receiver that are shown at once; of more the most urgent."""
PAGE: Final = 100
"""Dispatch batches that are read at once."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom orders of all stations wait to be sent: the most urgent, how many, what hangs on them in fen, since when
    the oldest waits, and whether a golden window was ``missed``. ``name`` is empty for orders that name nobody: they
    can not be sent, and are all in ``nameless``."""

    name: str
    first: OrderRow
    count: int
    amount_fen: int
    oldest: datetime
    missed: bool
    nameless: tuple[OrderRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SentBatches:
    """Dispatch batches, newest first. ``last``: the place to go on from, None where no more follow."""

    batches: tuple[DispatchBatch, ...]
    last: BatchPlace | None


def receivers(session: Session, progress: Progress = SILENT) -> tuple[Receiver, ...]:
    """To whom orders wait to be sent, who has the most urgent in front."""
    session.require(Permission.READ_CASES)
    basis, now = reckon(session, progress), session.clock.now()
    waiting: dict[str, list[ToSend]] = {}
    with session.store.read() as reader:
        for item in reader.orders_to_send(basis, now):
            waiting.setdefault(item.receiver, []).append(item)
        shown = [items[0].place for items in waiting.values()]
        nameless = [item.place for item in waiting.get("", ())[:MOST]]
        whole = rows_at(session, reader, [*shown, *nameless])
    rows: dict[str, OrderRow] = {row.view.order.id: row for row in whole}
    alone = tuple(rows[place.order] for place in nameless if place.order in rows)
    return tuple(
        Receiver(
            name,
            rows[items[0].place.order],
            len(items),
            sum(item.amount_fen for item in items),
            min(item.issued_at for item in items),
            any(item.chance is not None and item.chance <= now for item in items),
            () if name else alone,
        )
        for name, items in waiting.items()
        if items[0].place.order in rows
    )


def batch_orders(session: Session, receivers: Iterable[str] = ()) -> tuple[DispatchBatch, ...]:
    """Put what waits into batches, for all receivers or for these; two clerks at once never put an order into two.

    Raises:
        UserInputError: ``pack.nothing`` when nothing waits for them.
    """
    session.require(Permission.DISPATCH)
    wanted = set(receivers)
    with session.store.write() as transaction:
        join_slips(session, transaction)
        waiting = grouped_by_receiver(session, filter(is_to_send, transaction.waiting_orders()))
        taken = numbers_taken(session, transaction)
        packed: list[str] = []
        for name, orders in waiting.items():
            if name and (not wanted or name in wanted):
                number = batch_number(session.profile.device_letter, session.today, taken)
                taken.add(number)
                sent = Dispatch(number, session.clock.now(), named_receiver(name))
                record_dispatch(session, transaction, sent, orders)
                packed += (view.order.id for view in orders)
        if not packed:
            raise UserInputError("pack.nothing")
    return made_of(session, packed)


def dispatch_to(
    session: Session, orders: Collection[str], name: str, source: str
) -> tuple[DispatchBatch, ...]:
    """One batch of orders that name no receiver, to whom the centre found out; ``source``: from what or whom.

    Raises:
        UserInputError: ``pack.no_receiver`` without a name or a source; ``pack.nothing`` where one of them has a
            receiver or was dispatched meanwhile.
    """
    session.require(Permission.DISPATCH)
    name, source = without_hidden(name).strip(), without_hidden(source).strip()
    if not name or not source or max(len(name), len(source)) > LONGEST_RECEIVER:
        raise UserInputError("pack.no_receiver", most=LONGEST_RECEIVER)
    with session.store.write() as transaction:
        join_slips(session, transaction)
        views = transaction.orders_named(orders)
        waiting = grouped_by_receiver(session, filter(is_to_send, views)).get("", ())
        chosen = [view for view in waiting if view.order.id in orders]
        if not chosen or len(chosen) < len(orders):
            raise UserInputError("pack.nothing")
        taken = numbers_taken(session, transaction)
        number = batch_number(session.profile.device_letter, session.today, taken)
        to = found_receiver(head_office(session.directories, name), source)
        sent = Dispatch(number, session.clock.now(), to)
        record_dispatch(session, transaction, sent, chosen)
    return made_of(session, orders)


def made_of(session: Session, orders: Collection[str]) -> tuple[DispatchBatch, ...]:
    """The batches that these orders were just put into."""
    with session.store.read() as reader:
        return _gathered(session, reader.orders_named(orders))


def numbers_taken(session: Session, transaction: Transaction) -> set[str]:
    """The numbers of today's batches so far, with those in which slips alone went out."""
    start = batches_of(session.profile.device_letter, session.today)
    alone = {view.order.dispatch.pack for view in slips_sent(transaction)}
    return {*transaction.batches_beginning(start), *alone}


def dispatch_batches(session: Session, progress: Progress = SILENT) -> tuple[DispatchBatch, ...]:
    """Every batch made here, newest first."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    with session.store.read() as reader:
        places = reader.batches(basis, None, sys.maxsize)
        views = (*reader.orders_in_batches(basis, places), *slips_sent(reader))
        return _gathered(session, views)


def sent_batches(session: Session, progress: Progress = SILENT) -> SentBatches:
    """The newest batches, and all of which an answer is missing."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    with session.store.read() as reader:
        newest = reader.batches(basis, None, PAGE)
        every = {*newest, *reader.open_batches(basis)}
        views = (*reader.orders_in_batches(basis, every), *slips_sent(reader))
        found = _gathered(session, views)
    return SentBatches(found, newest[-1] if len(newest) == PAGE else None)


def more_batches(session: Session, after: BatchPlace, progress: Progress = SILENT) -> SentBatches:
    """The batches that follow."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    with session.store.read() as reader:
        places = reader.batches(basis, after, PAGE)
        found = _gathered(session, reader.orders_in_batches(basis, places))
    return SentBatches(found, places[-1] if len(places) == PAGE else None)


def to_chase(session: Session, progress: Progress = SILENT) -> tuple[DispatchBatch, ...]:
    """Dispatch batches with orders that should have been answered by now, the longest overdue first."""
    session.require(Permission.READ_CASES)
    basis, now = reckon(session, progress), session.clock.now()
    with session.store.read() as reader:
        views = (*reader.orders_in_batches(basis, reader.open_batches(basis)), *slips_sent(reader))
    late = [
        batch for batch in _gathered(session, views) if batch.unanswered and batch.due_at <= now
    ]
    return tuple(sorted(late, key=lambda batch: batch.due_at))


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


def _gathered(session: Session, views: Iterable[OrderView]) -> tuple[DispatchBatch, ...]:
    """The batches that these orders are in, newest first."""
    found: dict[tuple[str, datetime], list[OrderView]] = {}
    for view in views:
        sent = view.order.dispatch
        if sent.at is not None:
            found.setdefault((sent.pack, sent.at), []).append(view)
    made = [batch_of(session, at, orders) for (_, at), orders in found.items()]
    return tuple(sorted(made, key=lambda batch: (batch.made_at, batch.number), reverse=True))


def grouped_by_receiver(
    session: Session, views: Iterable[OrderView]
) -> dict[str, tuple[OrderView, ...]]:
    """Receiver → what it is to be sent, the most urgent first; "" for what names nobody."""
    listed = _in_urgency(session, views, session.clock.now())
    called = {receiver(view.order).strip() for view in listed}
    return by_receiver(listed, {name: head_office(session.directories, name) for name in called})


def batch_of(session: Session, at: datetime, views: list[OrderView]) -> DispatchBatch:
    """The batch that these orders, of which there is at least one, went out in."""
    ordered = _in_urgency(session, views, at)
    sent = ordered[0].order.dispatch
    return DispatchBatch(
        sent.pack, sent.receiver, at, sent.officer, ordered, _reply_by(session, at, ordered),
        answered_by=sent.answered_by,
    )  # fmt: skip


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


def record_dispatch(
    session: Session, transaction: Transaction, dispatch: Dispatch, orders: Iterable[OrderView]
) -> None:
    """That these orders went out in one batch."""
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
