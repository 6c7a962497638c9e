"""Addresses and transactions of coins in a statement, as identifiers of a case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.identifiers.guess import guess_kind
from desktop.domain.identifiers.registry import check
from desktop.domain.reference.directories import NoDirectories
from desktop.domain.statements.statement import StatementRow

KINDS: Final = frozenset({"btc", "eth", "tron", "tx_hash"})
_SHAPE: Final = re.compile(
    r"(?:0x)?[0-9A-Fa-f]{40}(?:[0-9A-Fa-f]{24})?|(?:bc1|BC1|[13T])[0-9A-Za-z]{25,87}"
)
"""Coarse: what is left out is not worth the arithmetic."""
_YUAN: Final = "CNY"
_ANY_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class CoinIdentifier:
    """``rows``: in how many rows it stands; ``row``: the first of them."""

    kind: str
    value: str
    normal: str
    row: int
    rows: int


def coin_identifiers(rows: Iterable[StatementRow], most: int = 500) -> tuple[CoinIdentifier, ...]:
    """Valid addresses of the other side and hashes of transactions, those in most rows first, at most ``most``."""
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        if row.currency == _YUAN:
            continue
        for text in (row.account, row.reference):
            if _SHAPE.fullmatch(text):
                first.setdefault(text, row.row)
                counts[text] += 1
    found = (_identifier(text, first[text], count) for text, count in counts.most_common())
    good = (identifier for identifier in found if identifier is not None)
    return tuple(identifier for identifier, _ in zip(good, range(most), strict=False))


def _identifier(text: str, row: int, rows: int) -> CoinIdentifier | None:
    kind = next((kind for kind in guess_kind(text) if kind in KINDS), None)
    if kind is None:
        return None
    return CoinIdentifier(
        kind, text, check(kind, text, NoDirectories(), _ANY_DAY).normal, row, rows
    )
