"""The payments of a short text: of one message as a whole, of several by one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from desktop.readers.pasted.bank_finder import SENDER
from desktop.readers.pasted.learned.decide import Decided, decide
from desktop.readers.pasted.learned.payment_model import PaymentModel
from desktop.readers.pasted.learned.read_layout import read_layout
from desktop.readers.pasted.token import Token
from desktop.readers.pasted.transfer_grouping import PaymentGroup

LONGEST_LEARNED: Final = 2000
"""Signs of the longest text that is judged by what was learned: what people tell and single messages are shorter, and
longer lists have one shape that the patterns know."""

_MOST_SPANS: Final = 90
"""Sums, names, accounts and the like in one message: every sum is asked about each of them."""


def read_payments(
    text: str,
    tokens: Sequence[Token],
    groups: Sequence[PaymentGroup],
    now: datetime,
    model: PaymentModel,
) -> Decided:
    """``groups`` as the model corrects them; ``tokens`` are what the patterns found, in order."""
    found: list[PaymentGroup] = []
    unpaid: list[Token] = []
    for begin, stop in _messages(text, tokens):
        inside = [_moved(token, -begin) for token in tokens if begin <= token.start < stop]
        parts: Sequence[PaymentGroup] = [
            _moved_group(made, -begin)
            for made in groups
            if begin <= made.parts["amount"].start < stop
        ]
        layout = read_layout(text[begin:stop], inside, now, model)
        if len(layout.spans) <= _MOST_SPANS:
            parts, others = decide(layout, inside, parts, now, model)
            unpaid += [_moved(token, begin) for token in others]
        found += [_moved_group(made, begin) for made in parts]
    return Decided(found, unpaid)


def _messages(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where several senders sign, each message begins at the line of its own."""
    cuts = [
        text.rfind("\n", 0, token.start) + 1
        for token in tokens
        if token.role == SENDER
        and text[text.rfind("\n", 0, token.start) + 1 : token.start].strip() in ("", "【", "[")
    ]
    edges = sorted({0, *cuts[1:], len(text)})
    return list(pairwise(edges))


def _moved(token: Token, by: int) -> Token:
    if not by:
        return token
    because = tuple((start + by, end + by) for start, end in token.because)
    return replace(token, start=token.start + by, end=token.end + by, because=because)


def _moved_group(made: PaymentGroup, by: int) -> PaymentGroup:
    if not by:
        return made
    return replace(made, parts={name: _moved(token, by) for name, token in made.parts.items()})
