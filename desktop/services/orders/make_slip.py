"""The urgent slip: orders as QR codes, signed and sealed to the centre, for when a stick is too slow."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case_file.orders.order_rules import require_out
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import Order
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_SHOWN
from desktop.services.exchange.peers.our_centre import require_centre
from desktop.services.exchange.peers.own_keys import signer_for
from desktop.services.look_up import file_in, order_in
from desktop.services.ports import Pdf
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip as pictures and on paper. ``codes``: a PNG for each code, in their order; ``size``: octets in all of
    them together."""

    orders: tuple[Order, ...]
    codes: tuple[bytes, ...]
    size: int
    pdf: Pdf


def make_slip(session: Session, *keys: str) -> Slip:
    """Seal these orders to the trusted centre. One ordinary order makes one code, more of them a sequence.

    Raises:
        TrustError: ``centre.unknown``.
        RuleError: ``order.not_approved`` while an order waits for its approval, ``order.over`` once it is nobody's to
            act on.
        UserInputError: ``slip.nothing`` without an order, ``slip.too_long`` for more than anybody scans.
    """
    session.require(Permission.ISSUE_ORDERS)
    session.require(Permission.READ_CASES)
    peer = require_centre(session)
    entries = _entries(session, keys)
    if not entries:
        raise UserInputError("slip.nothing")
    with session.store.read() as reader:
        signer = signer_for(session, reader, peer)
    payloads = [slip_payload(view, file) for file, view in entries]
    data = session.slips.seal_slip(payloads, peer.card.recipient, signer)
    codes = tuple(session.slips.qr_png(one) for one in data)
    orders = tuple(view.order for _, view in entries)
    on_paper = [(file, view.order) for file, view in entries]
    pdf = session.sheets.slip(on_paper, codes, session.clock.now())
    size = sum(map(len, data))
    with session.store.write() as transaction:
        for order in orders:
            shown = NewEntry(SLIP_SHOWN, f"order/{order.id}", {"size": size})
            transaction.append(session.officer.number, shown)
    return Slip(orders, codes, size, pdf)


def _entries(session: Session, keys: tuple[str, ...]) -> list[tuple[CaseFile, OrderView]]:
    """Each order once, with its case."""
    with session.store.read() as reader:
        views = {view.order.id: view for view in (order_in(reader, key) for key in keys)}
        for view in views.values():
            require_out(view)
        files = {case: file_in(reader, case) for case in {view.case for view in views.values()}}
    return [(files[view.case], view) for view in views.values()]


def slip_payload(view: OrderView, file: CaseFile) -> dict[str, Json]:
    """Everything the centre needs to act, under the names of the journal so that a later bundle merges; ``way`` of an
    order that goes by the words of its payment's way, which the order itself does not have."""
    order = view.order
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
        **({"way": view.way} if view.way else {}),
        **{name: value for name, value in fields.items() if value not in ("", 0)},
    }
