"""How long the money takes: a trace beside one reading of the same payments, and the drawing of 500 accounts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from desktop.bench.measure import FigureRow, alone, compare
from desktop.domain.flow.payment_order import by_time
from desktop.domain.flow.tracing import trace_sorted
from desktop.domain.money.money_flow import FlowPayment, TracingMethod
from desktop.ui.shared.widgets.views.layered_scene import SceneLink, SceneSizes, lay_out

_PAYMENTS: Final = 500_000
"""At a share of 100; ``FULL_SHARE`` makes the 5,000,000 of a large centre."""
FULL_SHARE: Final = 1_000
_ROOM: Final = SceneSizes(900.0, 560.0, 28.0, 14.0, 8.0, 32.0, 150.0, 128.0)


def payments(count: int) -> list[FlowPayment]:
    """Payments between a tenth as many accounts, by a fixed rule, so that every run has the same."""
    accounts = max(count // 10, 10)
    return by_time(
        FlowPayment(
            f"{number:08d}",
            number,
            f"a{number * 7919 % accounts}",
            f"a{(number * 104_729 + 17) % accounts}",
            100 + number * 31 % 900_000,
        )
        for number in range(count)
    )


def flowing(share: int) -> Iterator[FigureRow]:
    """``share``: percent of the usual size."""
    moves = payments(max(_PAYMENTS * share // 100, 1_000))
    first = moves[len(moves) * 9 // 10]
    follow = partial(trace_sorted, moves, {first.id: first.amount_fen}, TracingMethod.FIFO)

    def scan() -> int:
        return sum(1 for move in moves if move.payee == first.payee)

    yield compare("flow_trace_beside_a_scan", follow, scan)
    columns, links = drawing()
    yield alone("flow_drawing_500_ms", partial(lay_out, columns, links, _ROOM))


def drawing() -> tuple[list[list[str]], list[SceneLink]]:
    """Five tiers of a hundred accounts, each paying two of the next."""
    columns = [[f"{tier}.{place}" for place in range(100)] for tier in range(5)]
    links = [
        SceneLink(
            columns[tier][place], columns[tier + 1][(place * 37 + step * 53) % 100], 1_000 + place
        )
        for tier in range(4)
        for place in range(100)
        for step in range(2)
    ]
    return columns, links
