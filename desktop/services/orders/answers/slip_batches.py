"""Send orders that are known by their slip alone, before their bundle comes: one batch a receiver, as of any order."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.dispatch import Dispatch, named_receiver
from desktop.domain.records.fields import Fields
from desktop.domain.records.numbers import batch_number
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_RECEIVED
from desktop.services.orders.answers.dispatch_batches import (
    batch_of,
    grouped_by_receiver,
    numbers_taken,
)
from desktop.services.orders.answers.slip_orders import (
    HANDED_AT,
    HANDED_BATCH,
    HANDED_BY,
    HANDED_HOW,
    HANDED_TO,
    slips_to_send,
)
from desktop.services.session import Session

IN_BATCH = "batch"
"""How an order was handed over that went out in a batch."""


def count_slips_to_send(session: Session) -> int:
    """How many of them name a receiver."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        grouped = grouped_by_receiver(session, slips_to_send(reader))
    return sum(len(views) for name, views in grouped.items() if name)


def batch_slips(session: Session) -> tuple[DispatchBatch, ...]:
    """Put all of them into batches; what names no receiver is left. Which batch each went out in is a further word
    about its slip, which the order takes over when it comes.

    Raises:
        UserInputError: ``pack.nothing`` where none of them waits.
    """
    session.require(Permission.DISPATCH)
    now, officer = session.clock.now(), session.officer.number
    made = []
    with session.store.write() as transaction:
        waiting = grouped_by_receiver(session, slips_to_send(transaction))
        taken = numbers_taken(session, transaction)
        for name, views in waiting.items():
            if not name:
                continue
            number = batch_number(session.profile.device_letter, session.today, taken)
            taken.add(number)
            fields: Fields = {
                HANDED_TO: name,
                HANDED_HOW: IN_BATCH,
                HANDED_AT: to_wire(now),
                HANDED_BY: officer,
                HANDED_BATCH: number,
            }
            news = [NewEntry(SLIP_RECEIVED, f"slip/{view.order.id}", fields) for view in views]
            transaction.append_all(officer, tuple(news))
            sent = Dispatch(number, now, named_receiver(name), officer)
            out = [replace(view, order=replace(view.order, dispatch=sent)) for view in views]
            made.append(batch_of(session, now, out))
    if not made:
        raise UserInputError("pack.nothing")
    return tuple(made)
