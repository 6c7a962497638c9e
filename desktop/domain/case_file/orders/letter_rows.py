"""The rows of a letter to a bank or carrier: what several orders ask of it about one account stands there once.

A clerk acts on a row. Two rows about one account let a bank stop it twice and answer twice.

What stays apart, and why:

- Another measure: a stop, a freeze and a query are different acts, with different replies.
- Another holder: a bank stops nothing where name, number, sum and time disagree with its books (银发〔2016〕86号). In
  one row a wrong name would cost the right order its stop.
- Freezes and what ends or prolongs a measure: each stands on a notice of its own (程序规定 Art. 239), is queued
  behind others (轮候冻结, Art. 242), and is extended and lifted alone (Art. 240, 247).
- Orders found by a transaction, paperwork for what the bank did before, masked accounts: each means a payment of its
  own, or perhaps another account.
- Traces and requests for evidence: each asks for a call or for data of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, numbered_apart
from desktop.domain.case_file.orders.order_row import yuan
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.money import Addressing, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, OrderKind, compared
from desktop.domain.orders.sending.answer import UNSAID
from desktop.domain.orders.sending.sheet import family_of, plain_name

_OF_ACCOUNT: Final = frozenset(
    {*STOPS, OrderKind.QUERY_DETAILS, OrderKind.QUERY_HOLDER, OrderKind.QUERY_ACCOUNTS}
)
_OF_NUMBER: Final = frozenset({OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK})
_NEVER_ONCE: Final = frozenset({"key", "number", "asked_amount"})
"""Columns that name every order of a row, even where they say the same: two payments of one sum are two."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One row. ``place`` counts from 1, by the most urgent order of each row; ``orders``: the most urgent first, under
    the numbers that the letter gives them."""

    place: int
    orders: tuple[OrderView, ...]

    @property
    def first(self) -> Order:
        """The most urgent: all of the row are of its kind and about its account."""
        return self.orders[0].order

    @property
    def amount_fen(self) -> int:
        """What the orders ask for together."""
        return asked_fen(self.orders)

    def each(self, text: Callable[[OrderView], str]) -> tuple[str, ...]:
        """What each order says; a single text where all say the same."""
        found = tuple(map(text, self.orders))
        return found[:1] if len(set(found)) == 1 else found


def letter_rows(batch: DispatchBatch) -> tuple[LetterRow, ...]:
    """The rows of the letter of a batch, each order in one of them."""
    found: dict[Hashable, list[OrderView]] = {}
    for asked, numbered in zip(batch.orders, numbered_apart(batch).orders, strict=True):
        found.setdefault(asked_the_same(asked.order), []).append(numbered)
    return tuple(LetterRow(place, tuple(views)) for place, views in enumerate(found.values(), 1))


def asked_the_same(order: Order) -> Hashable:
    """Equal for orders to one receiver that ask for the same measure about the same account or number."""
    terms = order.terms or MoneyTerms()
    if isinstance(terms, NumberTerms):
        about = compared(terms.raw)
        asked: Hashable = (terms.line, terms.number_kind, terms.wants_holder)
        joined = order.kind in _OF_NUMBER
    elif isinstance(terms, MoneyTerms):
        about = compared(order.payee.number)
        asked = plain_name(order.payee.name), terms.account_mark, terms.institution, terms.query
        known = terms.addressing is Addressing.ACCOUNT and not terms.application.follows_bank
        joined = order.kind in _OF_ACCOUNT and known and "*" not in about
    else:
        return order.id
    return (order.kind, about, asked) if joined and about else order.id


def row_values(row: LetterRow, values: Callable[[OrderView], dict[str, str]]) -> dict[str, str]:
    """Column code → text. ``values``: of one order; of several a line each, all in the same order."""
    each = [values(view) for view in row.orders]
    found = {code: _lines(code, [one.get(code, "") for one in each]) for code in each[0]}
    if family_of(row.first) == "money":
        found["row_amount"] = yuan(row.amount_fen)
    return found


def _lines(code: str, texts: list[str]) -> str:
    if len(texts) == 1 or (len(set(texts)) == 1 and code not in _NEVER_ONCE):
        return texts[0]
    return "\n".join(text or UNSAID for text in texts)


def asked_fen(views: Iterable[OrderView]) -> int:
    """What orders about one account ask for together: a payment that two of them are about counts once."""
    return sum({payment_of(view.order): view.order.amount_fen for view in views}.values())


def payment_of(order: Order) -> Hashable:
    """Equal for orders about one payment: two stations took a report of it, from both ends of a family."""
    if order.transfer_time is None or not order.payer.number:
        return order.id
    return compared(order.payer.number), order.amount_fen, order.transfer_time, order.serial
