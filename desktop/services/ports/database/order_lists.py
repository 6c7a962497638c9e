"""What is kept of orders for their lists, and what those lists ask of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final, Protocol

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import OrderKind, OrderState

COUNTED: Final = 1000
"""Orders that are counted where some are chosen; of more nobody looks at the number."""
CHOICES: Final = 200
"""Names that are offered to choose from; the rest is found by typing."""


@dataclass(frozen=True, slots=True)
class OrderFinding:
    """By what an order is found. ``state``: of one nobody answered ``ACKNOWLEDGED``, by whatever way it goes;
    ``receiver``: who is to act, by the name of its head office; ``words``: as
    :func:`desktop.domain.case_file.orders.order_words.searched_in` has them; ``hops``: places where its money went
    on and nobody stopped it; ``to_send``: it waits to be put into a dispatch batch; ``batch`` and ``sent_at``: of the
    one it is in."""

    kind: OrderKind
    state: OrderState
    receiver: str
    unit: str
    officer: str
    words: str
    hops: int = 0
    to_send: bool = False
    batch: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrdersOnly:
    """Which orders. ``""``, None and nothing are any. ``waits``: nobody answered it, or somebody did; ``hops``: only
    those whose money went on to where nobody stopped it; ``saving``: only of kinds that race the money; ``unheard``:
    only those of which nothing proves that the centre knows; ``pressures``: only of these groups; ``words``: all of
    them are in it."""

    state: OrderState | None = None
    waits: bool | None = None
    kind: OrderKind | None = None
    receiver: str = ""
    unit: str = ""
    officer: str = ""
    hops: bool = False
    saving: bool = False
    unheard: bool = False
    pressures: frozenset[Pressure] = frozenset()
    words: tuple[str, ...] = ()


ANY_ORDER: Final = OrdersOnly()


class OrdersBy(Enum):
    """How a list is sorted. ``DISPATCH``: what somebody has to send on or chase stands above what was answered, unless
    that can still be saved; each group as in ``URGENT``."""

    URGENT = "urgent"
    DISPATCH = "dispatch"
    NEWEST = "newest"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class ChosenOrders:
    """One list of the orders of ``flows``."""

    flows: tuple[OrderFlow, ...]
    only: OrdersOnly = ANY_ORDER
    by: OrdersBy = OrdersBy.URGENT


@dataclass(frozen=True, slots=True)
class OrderPlace:
    """Where an order stands in its list, to go on from there. ``part``: of the list, ``keys``: its place within."""

    order: str
    case: CaseId
    part: int
    keys: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class OrderChoices:
    """What occurs among all orders, in the order of their names; of very many the first."""

    kinds: tuple[OrderKind, ...] = ()
    states: tuple[OrderState, ...] = ()
    receivers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


NO_CHOICES: Final = OrderChoices()


@dataclass(frozen=True, slots=True)
class DispatchCounts:
    """Of all orders: how many ``wait`` for an answer, how many can still be saved, how many places are left where money
    went on, and what banks stopped or called back in a time. ``next_change``: when the list comes into another order by
    itself."""

    waiting: int
    savable: int
    hops: int
    caught_fen: int
    next_change: datetime | None


@dataclass(frozen=True, slots=True)
class ToSend:
    """An order that waits to be put into a batch, with what its receiver is told by. ``amount_fen`` hangs on it;
    ``chance``: when its golden window ends, None where it has none."""

    place: OrderPlace
    receiver: str
    amount_fen: int
    issued_at: datetime
    chance: datetime | None


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """Which batch, and its place among all, the newest in front."""

    number: str
    sent_at: datetime


class OrderListQueries(Protocol):
    """Lists of orders by what was reckoned on a ``basis``. Who asks first sees to it that no case waits to be
    reckoned."""

    def order_places(
        self, basis: int, asked: ChosenOrders, now: datetime, after: OrderPlace | None, limit: int
    ) -> tuple[OrderPlace, ...]:
        """The first orders of a list at ``now``, or those behind ``after``."""
        ...

    def order_count(self, basis: int, asked: ChosenOrders, now: datetime) -> int:
        """How many a list has; one more than :data:`COUNTED` for however many more."""
        ...

    def order_choices(self, basis: int) -> OrderChoices:
        """What there is to choose from."""
        ...

    def dispatch_counts(
        self, basis: int, now: datetime, today: tuple[datetime, datetime]
    ) -> DispatchCounts:
        """What is counted over all orders at a centre."""
        ...

    def orders_to_send(self, basis: int, now: datetime) -> tuple[ToSend, ...]:
        """Those that wait to be put into a batch, the most urgent first."""
        ...

    def open_batches(self, basis: int) -> tuple[BatchPlace, ...]:
        """The batches of which an order waits for its answer."""
        ...

    def batches(self, basis: int, after: BatchPlace | None, limit: int) -> tuple[BatchPlace, ...]:
        """The newest batches, or those behind ``after``."""
        ...

    def orders_in_batches(
        self, basis: int, batches: Collection[BatchPlace]
    ) -> tuple[OrderView, ...]:
        """The orders of these batches, newest first."""
        ...
