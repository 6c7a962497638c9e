"""Answers to orders as a receiver's table gives them, before anybody knows which order they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.orders.order import OrderReply, compared


class Trouble(StrEnum):
    """Why an answer could not be taken at once; ``RULE`` is told by the rule's own code."""

    RESULT = "result"
    """The word for what was done is not known."""
    AMOUNT = "amount"
    TIME = "time"
    DAMAGED = "damaged"
    """A spreadsheet turned a number into a rounded one."""
    NO_ORDER = "no_order"
    SEVERAL_ORDERS = "several_orders"
    DIFFERS = "differs"
    """The order has another answer already."""
    RULE = "rule"


CLUES: Final = ("serial", "order_number", "message", "case", "unit_code", "unit_name")
"""Columns that tell the orders about one account from each other, the surest first."""


BETWEEN: Final = "、"
"""Between the numbers of one row: orders about one account stand in one."""
UNSAID: Final = "—"
"""In a cell about several orders: what one of them does not say, so that the lines of all columns stay together."""
_SEPARATORS: Final = re.compile(r"[\n\r、，,;；]+")
"""What stands between numbers in a cell, or what a clerk made of it."""


def names_in(text: str) -> tuple[str, ...]:
    """The keys or numbers in a cell, each as orders have it: half width, without the spaces and the apostrophe that a
    clerk put in."""
    found = (compared(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in found if part and part != UNSAID))


@dataclass(frozen=True, slots=True)
class Clues:
    """What a row still says of the order it answers, beside its numbers; nothing that cannot be read.

    ``texts``: code of ``CLUES`` → text; ``paid_at``, ``paid_fen``: time and sum of the payment the order is about.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    paid_at: datetime | None = None
    paid_fen: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of an answered table. ``row`` counts from 1 on its ``sheet``.

    ``key``, ``number``, ``official`` and ``account``: whatever the row still says of its order, or of its orders, with
    ``BETWEEN`` between them. ``reply`` is None
    where something could not be read; ``trouble`` then says what, and ``column`` where. Beside a reply they say what
    is wrong with ``account``, by which nothing can be found then. ``texts``: title → text of every cell that answers,
    ``asked``: of those by which a person knows the order again.
    """

    sheet: str
    row: int
    key: str = ""
    number: str = ""
    official: str = ""
    account: str = ""
    reply: OrderReply | None = None
    trouble: Trouble | None = None
    column: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    clues: Clues = field(default_factory=Clues)


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """What a file answers. ``blank``: rows that were sent back empty; ``stray``: next payments of no known row;
    ``unread``: names of columns that hold something and are none of ours."""

    rows: tuple[AnswerRow, ...]
    blank: int
    stray: int
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuedAnswer:
    """An answer that waits for a person. ``code``: the rule that refused it; ``order``: the order it may be about.

    ``settled`` is empty, ``taken`` or ``aside``; ``note`` says why it was set aside.
    """

    key: str
    file: str
    at: datetime
    answer: AnswerRow
    code: str = ""
    order: str = ""
    settled: str = ""
    note: str = ""
