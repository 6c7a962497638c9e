"""Orders that say something else than the case does by now: whoever has them acts on what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, WAITING, Order, OrderState
from desktop.domain.orders.sending.way_orders import as_asked
from desktop.domain.time.clock import to_wire


@dataclass(frozen=True, slots=True)
class OrderMismatch:
    """One field, named as on the payment, with what the order says and what the case says."""

    field: str
    ordered: str
    stands: str


@dataclass(frozen=True, slots=True)
class OddOrder:
    """An order and where it is at odds with the case."""

    view: OrderView
    mismatches: tuple[OrderMismatch, ...]


def odd_orders(orders: Iterable[OrderView], transfers: Iterable[Transfer]) -> tuple[OddOrder, ...]:
    """The orders that say something else than the payment they are about."""
    by_subject = {f"transfer/{item.id}": item for item in transfers}
    found = (
        OddOrder(view, mismatches_of(view.order, view.state, by_subject[view.order.about]))
        for view in orders
        if view.order.about in by_subject
    )
    return tuple(item for item in found if item.mismatches)


def mismatches_of(order: Order, state: OrderState, transfer: Transfer) -> tuple[OrderMismatch, ...]:
    """Where ``order``, which is about ``transfer``, says something else. Nothing once it came to nothing or was ended;
    of one that was carried out only the account counts: what is held there may not be the money of this case."""
    if state in RAN:
        return tuple(_account(order, as_asked(transfer)))
    if state not in WAITING and state is not OrderState.PROPOSED:
        return ()
    return tuple(_every(order, as_asked(transfer)))


def _every(order: Order, transfer: Transfer) -> Iterator[OrderMismatch]:
    yield from _account(order, transfer)
    yield from _difference("payee.name", order.payee.name, transfer.payee.name)
    if order.kind in STOPS:  # a freeze may be limited to less
        if order.amount_fen != transfer.amount_fen:
            yield OrderMismatch("amount_fen", str(order.amount_fen), str(transfer.amount_fen))
        if order.transfer_time is not None and transfer.time is not None:
            yield from _difference("time", to_wire(order.transfer_time), to_wire(transfer.time))


def _account(order: Order, transfer: Transfer) -> Iterator[OrderMismatch]:
    ordered, stands = order.payee.number, transfer.payee.number
    if ordered == stands:
        return  # as it mostly is, and to look for blots takes its time
    if not _fits(ordered, stands) and not _fits(stands, ordered):
        yield from _difference("payee.account", ordered, stands)


def _fits(masked: str, whole: str) -> bool:
    """A number that the receipt blotted out was found since: both mean the same account."""
    blotted = read_masked(masked)
    return blotted is not None and blotted.fits(whole)


def _difference(field: str, ordered: str, stands: str) -> Iterator[OrderMismatch]:
    """What only one of them says is no contradiction."""
    if ordered and stands and ordered != stands:
        yield OrderMismatch(field, ordered, stands)
