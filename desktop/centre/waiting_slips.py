"""Urgent slips that were scanned and whose bundle has not come: a bank may have been called for an order that is not
here yet. One leaves the list by itself when its order is merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.centre.hand_over_slip import SlipHandover, handover_in
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import Deadline
from desktop.domain.law.urgency import Pressing
from desktop.domain.orders.order import Order
from desktop.domain.records.fields import Fields, mapping, text
from desktop.domain.time.clock import from_wire
from desktop.services.orders.answers.slip_orders import ON_SLIP, UNIT, order_on_slip, slip_view
from desktop.services.orders.list_orders import OrderRow, alone_on_clock
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class WaitingSlip:
    """An order known by its slip alone. ``order`` is None for slips scanned by an earlier version, which kept only
    the number of the case; ``due``: the clock of the order, as far as its slip tells when the money left; ``way``: as
    ``OrderView.way`` has it; ``handed``: to whom it was handed before its bundle came."""

    id: str
    unit_name: str
    case_number: str
    scanned_at: datetime
    scanned_by: str
    waited: timedelta
    order: Order | None = None
    due: Deadline | None = None
    way: str = ""
    handed: SlipHandover | None = None


def waiting_slips(session: Session) -> tuple[WaitingSlip, ...]:
    """Those that wait, what can still be saved first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        found = reader.slips_alone()
        units: dict[str, str] = {peer.card.device: peer.card.unit_name for peer in reader.peers()}
    slips = [
        _read(session, name.partition("/")[2], fields, units)
        for name, fields in found.items()
        if text(fields, "received_at")
    ]
    now = session.clock.now()
    return tuple(sorted(slips, key=lambda slip: _pressing(slip, now).urgency(now)))


def _pressing(slip: WaitingSlip, now: datetime) -> Pressing:
    """By the order it tells of; where it tells of none, somebody waits all the same."""
    if slip.order is None:
        return Pressing(slip.id, slip.scanned_at, waits=True)
    return OrderRow(slip_view(slip.order, slip.case_number), clock=slip.due).pressing(now)


def _read(session: Session, order_id: str, fields: Fields, units: dict[str, str]) -> WaitingSlip:
    at = from_wire(text(fields, "received_at"))
    order = order_on_slip(order_id, fields)
    return WaitingSlip(
        order_id,
        text(fields, UNIT) or units.get(text(fields, "device"), ""),
        text(fields, "case_number"),
        at,
        text(fields, "received_by"),
        session.clock.now() - at,
        order,
        _due(session, order, text(fields, "case_number")) if order is not None else None,
        text(mapping(fields, ON_SLIP), "way"),
        handover_in(fields),
    )


def _due(session: Session, order: Order, case_number: str) -> Deadline | None:
    return alone_on_clock(session, slip_view(order, case_number)).clock
