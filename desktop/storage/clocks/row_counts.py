"""How many rows a list has, kept beside them: whoever takes rows away or adds some says so in the same transaction, so
that nobody walks past all of them to count.

Whoever keeps what was reckoned writes alone, also on a server: no two add to a number at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy.engine import Connection

from desktop.storage.database.statements import run, run_among

RowCounts: TypeAlias = Counter[tuple[str, str, str]]
"""What is counted, and by which two things its rows are told apart → how many, or a sum."""
_ADD: Final = (
    "INSERT INTO row_count (basis, counted, one, two, amount) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (basis, counted, one, two) DO UPDATE SET amount = row_count.amount + excluded.amount"
)
_NONE: Final = (
    "DELETE FROM row_count WHERE basis = ? AND counted = ? AND one = ? AND two = ? AND amount = 0"
)
_READ: Final = "SELECT one, two, amount FROM row_count WHERE basis = ? AND counted = ?"


def taken(
    connection: Connection,
    removal: str,
    names: Collection[str],
    basis: int,
    columns: Sequence[str],
) -> list[Any]:
    """Remove what a statement says is ``AMONG ?`` on a basis; these columns of what went."""
    return list(
        run_among(connection, f"{removal} RETURNING {', '.join(columns)}", sorted(names), (basis,))
    )


def change_counts(connection: Connection, basis: int, gone: RowCounts, came: RowCounts) -> None:
    """Rows that count so much went, and others came."""
    change = Counter(came)
    change.subtract(gone)
    changed = sorted(key for key, amount in change.items() if amount)
    if changed:
        run(connection, _ADD, [(basis, *key, change[key]) for key in changed])
    if emptied := [key for key in changed if change[key] < 0]:
        run(connection, _NONE, [(basis, *key) for key in emptied])


def row_count(connection: Connection, basis: int, counted: str) -> Iterable[tuple[str, str, int]]:
    """What is kept of one thing: by what its rows are told apart, and how many."""
    rows = run(connection, _READ, (basis, counted)).fetchall()
    return [(one, two, int(amount)) for one, two, amount in rows]
