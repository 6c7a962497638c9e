"""How long it takes to say where the money of a case is: of cases that grow, and of series that do.

The baseline of each size is what the smallest took, times as many payments or cases: a ratio of 1 is work that grows as
they do, and no faster.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from desktop.bench.material import Material
from desktop.bench.measure import FigureRow, beside, seconds
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.money.dispositions import MoneySums
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

_START: Final = datetime(2026, 11, 24, 1, tzinfo=UTC)
_ASKED: Final = _START + timedelta(hours=1)
_NOW: Final = _START + timedelta(hours=5)
_VICTIM: Final = Account("测速", "6217004230001234569", "中国建设银行")
_USUAL: Final = 3
"""Payments of a case in a series."""
_ROUNDS: Final = 15


def parting(made: Material, payments: Sequence[int], cases: Sequence[int]) -> Iterator[FigureRow]:
    """Cases of so many payments, each stopped in part with the next account told; series of so many usual cases."""
    alone = [(count, [_facts(0, count)]) for count in payments]
    together = [(count, [_facts(case, _USUAL) for case in range(count)]) for count in cases]
    gc.collect()
    gc.disable()  # as in the program, whose own collector waits for a quiet moment
    try:
        yield from _rows("money_case", made.session, alone)
        yield from _rows("money_series", made.session, together)
    finally:
        gc.enable()


def _rows(
    name: str, session: Session, sizes: Sequence[tuple[int, Sequence[ClockFacts]]]
) -> Iterator[FigureRow]:
    smallest, first = sizes[0][0], 0.0
    for count, facts in sizes:
        ask = partial(_ask, session, facts)
        took = min(seconds(ask) for _ in range(_ROUNDS))
        first = first or took
        yield beside(f"{name}_{count}", took, first * count / smallest)
        yield FigureRow(f"{name}_{count}_ms", round(took * 1000, 2), "ms")


def _ask(session: Session, facts: Sequence[ClockFacts]) -> MoneySums:
    return money_places(session, facts).at(_NOW)


def _facts(case: int, payments: int) -> ClockFacts:
    """A case, by a fixed rule: the cases of a series paid into the same accounts."""
    transfers = [_transfer(case, place) for place in range(payments)]
    orders = tuple(
        OrderView(_stop(item), CaseId(f"{case}"), f"{case}", "", OrderState.DONE)
        for item in transfers
    )
    return ClockFacts(
        CaseId(f"{case}"), f"{case}", _VICTIM.name, Visit.REPORT, CaseState.STOPPING, _START,
        registered=True, orders=orders, payments=tuple(transfers),
    )  # fmt: skip


def _transfer(case: int, place: int) -> Transfer:
    payee = Account(f"收款{place}", f"62220252{place:011}", "中国工商银行")
    at, fen = _START + timedelta(minutes=place), 500_000 + 100 * case
    return Transfer(
        TransferId(f"{case}-{place}"), 1, at, fen, None, None, _VICTIM, payee, serial=f"{case}/{place}"
    )  # fmt: skip


def _stop(paid: Transfer) -> Order:
    on = NextHop(
        "转入", "62305812", "中国农业银行", 100_000, _ASKED, serial=f"{paid.serial}/1"
    )  # fmt: skip
    reply = OrderReply(
        ReplyResult.PARTIAL, 300_000, 0, _ASKED, _ASKED + timedelta(hours=48), "", "", "", _ASKED, hops=(on,)
    )  # fmt: skip
    return Order(
        OrderId(paid.serial), paid.serial, OrderKind.STOP, paid.id, paid.payer, paid.payee, paid.amount_fen,
        paid.time, None, "", paid.serial, "", _ASKED, "", "", "", "", reply=reply,
    )  # fmt: skip
