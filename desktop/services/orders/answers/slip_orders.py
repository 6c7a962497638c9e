"""Orders that are known by their urgent slip alone, as far as the slip tells, and those of them that a batch sent.

When the bundle brings such an order, it takes over the batch that its slip went out in, so that it is sent once. It has
to be the same order: made by the PC that signed the slip, of the same kind, about the same account and sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import is_to_send
from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId, DeviceId, is_bound, made_by
from desktop.domain.orders.dispatch import Dispatch, named_receiver
from desktop.domain.orders.order import Order, OrderState, compared, order_from_fields, target_value
from desktop.domain.records.fields import Fields, mapping, text
from desktop.domain.records.record_fields import flat
from desktop.domain.time.clock import from_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_DISPATCHED
from desktop.services.orders.answers.record_reply import stream_of
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

ON_SLIP: Final = "told"
"""What the slip says of its order, without the victim's numbers."""
UNIT: Final = "unit_name"
HANDED_TO: Final = "handed_to"
HANDED_HOW: Final = "handed_how"
HANDED_AT: Final = "handed_at"
HANDED_BY: Final = "handed_by"
HANDED_BATCH: Final = "handed_pack"
"""To whom the order of a slip was handed, how, when and by whom; the number of the batch that it went out in."""


def order_on_slip(order_id: str, fields: Fields) -> Order | None:
    """The order that a slip tells of; None for one of a newer desk, or of before orders were noted."""
    found = mapping(fields, ON_SLIP)
    try:
        return order_from_fields(order_id, found) if found else None
    except (KeyError, ValueError):
        return None  # its case and unit are known all the same


def slip_view(order: Order, case_number: str) -> OrderView:
    """An order as its slip alone has it: nobody has answered."""
    return OrderView(order, CaseId(""), case_number, "", OrderState.ISSUED)


def slips_to_send(reader: Reader) -> tuple[OrderView, ...]:
    """Those that wait for their bundle and went out in no batch."""
    return tuple(view for view, fields in _from_slips(reader.slips_alone()) if not _pack(fields))


def slips_sent(reader: Reader) -> tuple[OrderView, ...]:
    """Those that wait for their bundle and went out in a batch, which each of them says."""
    found = ((view, _dispatch(fields)) for view, fields in _from_slips(reader.slips_alone()))
    return tuple(
        replace(view, order=replace(view.order, dispatch=sent)) for view, sent in found if sent.pack
    )


def join_arrived(session: Session) -> None:
    """After bundles were taken in: orders that went out by their slip are sent once. Writes where there are any."""
    with session.store.read() as reader:
        waiting = bool(reader.slips_arrived())
    if waiting:
        with session.store.write() as transaction:
            join_slips(session, transaction)


def join_slips(session: Session, transaction: Transaction) -> int:
    """Let orders that came take over the batch that their slip went out in; how many."""
    arrived = transaction.slips_arrived()
    orders = {name.partition("/")[2]: fields for name, fields in arrived.items()}
    count = 0
    for view in transaction.orders_named(orders) if orders else ():
        fields = orders[view.order.id]
        if not is_to_send(view) or not _is_same(view.order, fields):
            continue
        sent = _dispatch(fields)
        news = {"case": view.case, **flat(sent, "dispatch"), "dispatch.officer": sent.officer}
        stream = stream_of(session, transaction, view)
        entry = NewEntry(ORDER_DISPATCHED, f"order/{view.order.id}", news, stream=stream)
        transaction.append(session.officer.number, entry)
        count += 1
    if count:
        transaction.project()
    return count


def _from_slips(slips: Mapping[str, Fields]) -> Iterator[tuple[OrderView, Fields]]:
    for name, fields in slips.items():
        order_id = name.partition("/")[2]
        order = order_on_slip(order_id, fields)
        if order is None or not text(fields, "received_at") or not _is_signers(order_id, fields):
            continue
        named = replace(order, unit_name=order.unit_name or text(fields, UNIT))
        view = slip_view(named, text(fields, "case_number"))
        if is_to_send(view):
            yield view, fields


def _is_signers(order_id: str, fields: Fields) -> bool:
    return not is_bound(order_id) or made_by(order_id, DeviceId(text(fields, "device")))


def _is_same(order: Order, fields: Fields) -> bool:
    found = order_on_slip(order.id, fields)
    if found is None or not _is_signers(order.id, fields):
        return False
    what = (found.kind, found.amount_fen, compared(target_value(found)))
    return what == (order.kind, order.amount_fen, compared(target_value(order)))


def _pack(fields: Fields) -> str:
    return text(fields, HANDED_BATCH)


def _dispatch(fields: Fields) -> Dispatch:
    if not _pack(fields):
        return Dispatch()
    at, to = from_wire(text(fields, HANDED_AT)), named_receiver(text(fields, HANDED_TO))
    return Dispatch(_pack(fields), at, to, text(fields, HANDED_BY))
