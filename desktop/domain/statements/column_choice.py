"""What a person said of the columns of a table: whether it is enough, how it is known again, how it is kept."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from desktop.domain.records.fields import Json
from desktop.domain.statements.statement import ColumnChoice, StatementColumn

_WHEN: Final = frozenset({StatementColumn.DATE, StatementColumn.TIME})
_MONEY: Final = frozenset(
    {StatementColumn.AMOUNT, StatementColumn.INCOMING, StatementColumn.OUTGOING}
)
_FEWEST: Final = 2
_LONGEST: Final = 64
DAY_ORDERS: Final = ("mdy", "dmy")


def missing_columns(roles: Mapping[StatementColumn, int]) -> tuple[str, ...]:
    """What must still be pointed at: ``when``, ``money``."""
    parts = (("when", _WHEN), ("money", _MONEY))
    return tuple(name for name, wanted in parts if not wanted & roles.keys())


def header_signature(cells: Sequence[str]) -> str:
    """Of the names in a header, whatever their width, case and spacing; "" for a row that is none."""
    names = ["".join(unicodedata.normalize("NFKC", cell).split()).casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if sum(map(bool, names)) < _FEWEST:
        return ""
    text = "\x1f".join(name[:_LONGEST] for name in names)
    return hashlib.sha256(text.encode()).hexdigest()


def choice_to_json(choice: ColumnChoice) -> dict[str, Json]:
    """To be kept under the signature of its header; the row of the header is found anew each time."""
    return {
        "roles": {column.value: place for column, place in choice.roles.items()},
        "day_order": choice.day_order,
    }


def choice_from_json(document: Any, header_row: int) -> ColumnChoice:
    """The choice for a table whose header is in that row; raises ``KeyError``, ``TypeError``, ``ValueError``."""
    roles = {StatementColumn(name): int(place) for name, place in document["roles"].items()}
    order = document["day_order"]
    if order not in DAY_ORDERS or missing_columns(roles):
        raise ValueError("no choice of columns")
    return ColumnChoice(header_row, roles, order)
