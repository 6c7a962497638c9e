"""Dispatch batches: what the centre sends to one receiver at a time, and which orders of it wait for an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import WAITING, Order, OrderKind, receiver

AND: Final = "、"
"""Between the numbers of the batches a reminder is about."""


@dataclass(frozen=True, slots=True)
class DispatchBatch:
    """One batch. ``due_at``: when its answer is chased; ``orders``: the most urgent first, as it was made."""

    number: str
    receiver: str
    made_at: datetime
    officer: str
    orders: tuple[OrderView, ...]
    due_at: datetime
    reminds: bool = False
    """Whether it asks once more for what was sent in batches before; its number then names them all."""
    answered_by: str = ""
    """Who took it at the receiver's where it was read to them over the telephone; its files may not be written yet."""

    @property
    def unanswered(self) -> tuple[OrderView, ...]:
        """Those nobody has answered yet."""
        return tuple(view for view in self.orders if view.state in WAITING)


@dataclass(frozen=True, slots=True)
class WrittenBatch:
    """A batch and its files. ``beside``: a file with the table's name was there and is another now, perhaps filled in
    by the receiver; it was left as it is, and the table stands beside it under the next number."""

    batch: DispatchBatch
    letter: Path
    workbook: Path
    beside: bool


def reminders(late: Iterable[DispatchBatch]) -> tuple[DispatchBatch, ...]:
    """One to each receiver of ``late`` batches: all it has not answered of them, due when the first was."""
    found: dict[str, list[DispatchBatch]] = {}
    for batch in sorted(late, key=lambda batch: (batch.due_at, batch.number)):
        found.setdefault(batch.receiver, []).append(batch)
    return tuple(
        replace(
            batches[0],
            number=AND.join(batch.number for batch in batches),
            orders=tuple(view for batch in batches for view in batch.unanswered),
            reminds=True,
        )
        for batches in found.values()
    )


def is_to_send(view: OrderView) -> bool:
    """Whether an order waits to be sent on. 撤销 is a call to the paying bank and goes into no batch."""
    unsent = view.order.dispatch.at is None
    return unsent and view.state in WAITING and view.order.kind is not OrderKind.REVOKE


def by_receiver(
    views: Iterable[OrderView], names: Mapping[str, str]
) -> dict[str, tuple[OrderView, ...]]:
    """Receiver → what it is to be sent, all in the order of ``views``. ``names``: what receivers are called → the name
    they go by, so that two spellings of one bank make one batch."""
    found: dict[str, list[OrderView]] = {}
    for view in views:
        called = receiver(view.order).strip()
        found.setdefault(names.get(called, called), []).append(view)
    return {name: tuple(listed) for name, listed in found.items()}


def numbered_apart(batch: DispatchBatch) -> DispatchBatch:
    """The batch with every order under a number of its own: stations number alike, so that where two orders have one
    number each bears the code of its unit in front, by which answers know it too."""
    times = Counter(view.order.number for view in batch.orders)
    orders = tuple(
        replace(view, order=replace(view.order, number=number_apart(view.order)))
        if times[view.order.number] > 1
        else view
        for view in batch.orders
    )
    return replace(batch, orders=orders)


def number_apart(order: Order) -> str:
    """``620103550000-1124-A-0017-Z1``."""
    return f"{order.unit_code or order.unit_name}-{order.number}"
