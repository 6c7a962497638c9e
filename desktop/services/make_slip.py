"""The urgent slip: one stop order as a QR code, signed and sealed to the centre, for when a stick is too slow."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.clock import to_wire
from desktop.domain.errors import RuleError
from desktop.domain.fields import Json
from desktop.domain.officer import Permission
from desktop.domain.order import Order, OrderState
from desktop.domain.views import CaseFile
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_SHOWN
from desktop.services.desk import Desk
from desktop.services.look_up import case_file, order
from desktop.services.own_keys import signer_for
from desktop.services.trust import require_centre


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip as a picture and as a page; ``size`` is the sealed length in bytes (at most 950)."""

    order: Order
    png: bytes
    size: int
    pdf: bytes


def make_slip(desk: Desk, key: str) -> Slip:
    """Seal the order to the trusted centre.

    Raises:
        TrustError: ``centre.unknown``.
        RuleError: ``order.not_approved`` while the order waits for its approval, ``order.over`` once it is nobody's to
            act on.
    """
    desk.require(Permission.ISSUE_ORDERS)
    party = require_centre(desk)
    view = order(desk, key)
    if view.state is OrderState.PROPOSED:
        raise RuleError("order.not_approved")
    if view.state in {OrderState.WITHDRAWN, OrderState.REFUSED}:
        raise RuleError("order.over")
    file = case_file(desk, view.case)
    with desk.store.read() as reader:
        signer = signer_for(desk, reader, party)
    payload = slip_payload(view.order, file)
    data = desk.exchange.seal_slip(payload, party.card.recipient, signer)
    png = desk.exchange.qr_png(data)
    pdf = desk.papers.slip(file, view.order, png, desk.clock.now())
    with desk.store.write() as transaction:
        shown = NewEntry(SLIP_SHOWN, f"order/{view.order.id}", {"size": len(data)})
        transaction.append(desk.officer.number, shown)
    return Slip(view.order, png, len(data), pdf.data)


def slip_payload(order: Order, file: CaseFile) -> dict[str, Json]:
    """Everything the centre needs to act, under the names of the journal so that a later bundle merges."""
    fields = dict(order.to_fields(file.case.id))
    victim = file.case.victim
    return {
        "order": order.id,
        "case_number": file.case.number,
        "victim.name": victim.name,
        "victim.id_number": victim.id_number,
        "victim.phone": victim.phone,
        "type": file.case.type,
        "accepted_at": to_wire(file.case.accepted_at),
        **{name: value for name, value in fields.items() if value not in ("", 0)},
    }
