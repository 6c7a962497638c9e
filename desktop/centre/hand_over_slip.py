"""An urgent slip is worked before its bundle comes: its order is handed over by telephone, with whom, how and when.

It is a further word about the slip (``slip/<order>``), which only the centre writes. Once the bundle brings the order,
both have the same id: the order is there once, and says how it was handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Fields, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_RECEIVED
from desktop.services.orders.answers.slip_orders import (
    HANDED_AT,
    HANDED_BATCH,
    HANDED_BY,
    HANDED_HOW,
    HANDED_TO,
)
from desktop.services.session import Session

WAYS: Final = ("telephone", "fax", "in_person")


@dataclass(frozen=True, slots=True)
class SlipHandover:
    """``to``: bank and who took it; ``how``: one of :data:`WAYS`; ``by``: number of the officer; ``pack``: the batch
    that it went out in, "" where somebody was told. ``own``: the order was here already, and its letter follows."""

    to: str
    how: str
    at: datetime
    by: str
    pack: str = ""
    own: bool = False


def hand_over_slip(
    session: Session, order: str, to: str, how: str = WAYS[0], at: datetime | None = None
) -> None:
    """Record to whom the order of a scanned slip was handed; said again, the last word stands.

    Raises:
        UserInputError: ``slip.not_waiting`` for an order of which no slip was scanned; ``slip.no_receiver``;
            ``slip.handed_later`` for a time to come.
    """
    session.require(Permission.DISPATCH)
    now = session.clock.now()
    if not clean(to):
        raise UserInputError("slip.no_receiver")
    if at is not None and at > now:
        raise UserInputError("slip.handed_later")
    officer, subject = session.officer.number, f"slip/{order}"
    with session.store.write() as transaction:
        if not text(transaction.current(subject), "received_at"):
            raise UserInputError("slip.not_waiting")
        fields: Fields = {
            HANDED_TO: clean(to),
            HANDED_HOW: how,
            HANDED_AT: to_wire(at or now),
            HANDED_BY: officer,
        }
        transaction.append(officer, NewEntry(SLIP_RECEIVED, subject, fields))


def handover_in(fields: Fields) -> SlipHandover | None:
    """What the fields of a slip say of it; None where nobody was told yet."""
    if not text(fields, HANDED_AT):
        return None
    return SlipHandover(
        text(fields, HANDED_TO),
        text(fields, HANDED_HOW),
        from_wire(text(fields, HANDED_AT)),
        text(fields, HANDED_BY),
        text(fields, HANDED_BATCH),
    )


def handover_of(session: Session, order: str) -> SlipHandover | None:
    """The same of an order, whether its bundle came since or not, or it was here already."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        before = handover_in(reader.current(f"slip/{order}"))
        if before is not None:
            return before
        for view in reader.orders_named((order,)):
            sent = view.order.dispatch
            if sent.at is not None and sent.answered_by:
                to = f"{sent.receiver} {sent.answered_by}"
                return SlipHandover(to, WAYS[0], sent.at, sent.officer, own=True)
    return None
