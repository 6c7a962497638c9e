"""Tables that carry orders to those who act, and their answers back: which columns there are, never where.

The columns follow the fields of the platform's messages one to one; their names are data, because clerks know them
by the words of their own system.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, ReplyResult


def plain_name(text: str) -> str:
    """A column's name as it is compared: half width, without any space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """``code`` is ours, ``title`` stands in the table, ``names`` are all spellings it is known by."""

    code: str
    title: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """Family of terms (``money``, ``number``, ``evidence``) → columns that ask and columns that answer.

    ``answered["hops"]`` are those of the next payments. ``results``: a word → what was done. ``sheets``: titles.
    ``totals``: how a line of sums begins; ``nothing``: what clerks write into a cell that says nothing; ``numbering``:
    names of columns that only count the rows. The last two as :func:`plain_name` gives them.
    """

    version: str
    asked: Mapping[str, tuple[SheetColumn, ...]]
    answered: Mapping[str, tuple[SheetColumn, ...]]
    results: Mapping[str, ReplyResult]
    sheets: Mapping[str, str]
    totals: tuple[str, ...] = ()
    nothing: frozenset[str] = frozenset()
    numbering: frozenset[str] = frozenset()

    def result(self, text: str) -> ReplyResult | None:
        """What was done by a clerk's word for it; None for an unknown word."""
        return self.results.get(plain_name(text))

    def is_total(self, texts: Iterable[str]) -> bool:
        """Whether the cells are a line of sums, which answers nothing: its first word says so. A story may begin with
        共计 too, but stands in no first cell."""
        first = next(filter(None, texts), "")
        return plain_name(first).startswith(self.totals)


def family_of(order: Order) -> str:
    """Which table an order stands in."""
    if isinstance(order.terms, NumberTerms):
        return "number"
    if isinstance(order.terms, EvidenceTerms):
        return "evidence"
    return "money"
