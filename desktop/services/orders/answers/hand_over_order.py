"""An order is read to its receiver over the telephone: it is handed over, and its letter follows.

It is a batch of its own, as any order that goes out: so its answer is waited for and chased, and the letter and the
table of the batch can be written when there is time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, is_to_send
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.dispatch import Dispatch, by_telephone
from desktop.domain.records.numbers import batch_number
from desktop.domain.text.hidden_signs import without_hidden
from desktop.services.orders.answers.dispatch_batches import (
    LONGEST_RECEIVER,
    grouped_by_receiver,
    made_of,
    numbers_taken,
    record_dispatch,
)
from desktop.services.orders.answers.slip_orders import join_slips
from desktop.services.ports import Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TelephoneCall:
    """``who``: name and number of whoever answered at the receiver's; ``at`` None: now. ``to``: the receiver, where
    the order names none."""

    who: str
    at: datetime | None = None
    to: str = ""


def hand_over_order(session: Session, order: str, call: TelephoneCall) -> DispatchBatch:
    """Record that an order was read to its receiver.

    Raises:
        UserInputError: ``slip.no_receiver`` where nobody is said to have answered, ``slip.handed_later`` for a time to
            come, ``pack.no_receiver`` for names that are too long or where nobody knows whom it was read to,
            ``pack.nothing`` where it does not wait to be sent.
    """
    session.require(Permission.DISPATCH)
    with session.store.write() as transaction:
        join_slips(session, transaction)
        views = tuple(filter(is_to_send, transaction.orders_named((order,))))
        _record(session, transaction, views, call)
    return made_of(session, (order,))[0]


def hand_over_stops(
    session: Session, case: CaseId, transfers: Collection[str], call: TelephoneCall
) -> None:
    """The same of what was ordered about payments of a case and read in one call: one batch, so that its letter names
    an account once. Nothing where nothing of it waits to be sent.

    Whoever takes calls at a centre and dispatches nothing else says so of what they ordered themselves: nobody but
    them knows whom they read it to.
    """
    session.require(Permission.ISSUE_ORDERS, at_centre=True)
    dispatches = session.officer.may(Permission.DISPATCH)
    if not dispatches and session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("rights.missing")
    with session.store.write() as transaction:
        file = transaction.case_file(case)
        views = tuple(
            view
            for view in (file.orders if file is not None else ())
            if view.order.transfer in transfers
            and is_to_send(view)
            and (dispatches or view.order.issued_by == session.officer.number)
        )
        if views:
            _record(session, transaction, views, call)


def _record(
    session: Session, transaction: Transaction, views: tuple[OrderView, ...], call: TelephoneCall
) -> None:
    now = session.clock.now()
    who, at = without_hidden(call.who).strip(), call.at or now
    if not who:
        raise UserInputError("slip.no_receiver")
    if at > now:
        raise UserInputError("slip.handed_later")
    if not views:
        raise UserInputError("pack.nothing")
    taken = numbers_taken(session, transaction)
    for named, waiting in grouped_by_receiver(session, views).items():
        name = named or without_hidden(call.to).strip()
        if not name or max(len(name), len(who)) > LONGEST_RECEIVER:
            raise UserInputError("pack.no_receiver", most=LONGEST_RECEIVER)
        number = batch_number(session.profile.device_letter, session.today, taken)
        taken.add(number)
        sent = Dispatch(number, at, by_telephone(name, who))
        record_dispatch(session, transaction, sent, waiting)
