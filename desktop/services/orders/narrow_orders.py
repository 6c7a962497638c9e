"""Tell orders about one account from each other by what an answer says of its order beside the account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from desktop.domain.case_file.order_row import asked_values
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.answer import CLUES, Clues
from desktop.domain.orders.sheet import plain_name

_MINUTE: Final = timedelta(minutes=1)
"""Clerks leave the seconds out."""


def narrowed(views: Sequence[OrderView], clues: Clues) -> list[OrderView]:
    """Those that every clue fits, the surest clue first, as far as it takes to find one; none where a clue fits none of
    them, so that a person looks. A single order needs no clue."""
    found = list(views)
    for fits in _tests(clues):
        if len(found) < 2:
            break
        found = [view for view in found if fits(view)]
    return found


def _tests(clues: Clues) -> Iterator[Callable[[OrderView], bool]]:
    for code in CLUES:
        if code in clues.texts:
            yield partial(_says, code, plain_name(clues.texts[code]))
    if clues.paid_at is not None:
        yield lambda view: _paid_at(view, clues)
    if clues.paid_fen is not None:
        yield lambda view: view.order.amount_fen == clues.paid_fen


def _says(code: str, text: str, view: OrderView) -> bool:
    return plain_name(asked_values(view).get(code, "")) == text


def _paid_at(view: OrderView, clues: Clues) -> bool:
    at = view.order.transfer_time
    return at is not None and clues.paid_at is not None and abs(at - clues.paid_at) < _MINUTE
