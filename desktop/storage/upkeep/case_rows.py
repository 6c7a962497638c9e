"""All rows of whole cases from their entries alone, made in a database in memory by the functions that write them into
the real one: so they are the same rows, whoever makes them, and several processes can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.journal.entry import Entry, stored_line
from desktop.storage.columns import columns_of
from desktop.storage.current_values.subjects import CASE_SUBJECTS, kind_of
from desktop.storage.current_values.values import Current
from desktop.storage.database.memory_database import memory_database
from desktop.storage.projections.refresh_projections import refresh_cases
from desktop.storage.tables import (
    case_card,
    case_link,
    case_span,
    evidence_row,
    key_row,
    order_row,
    paper_blob,
    replaced,
    subject,
    task_row,
    value,
)

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Table, or one of the names below → its rows."""

OF_CASES: Final[tuple[Table, ...]] = (
    value, replaced, subject, case_span, case_link, case_card, order_row, evidence_row, task_row, paper_blob, key_row,
)  # fmt: skip
"""What stands of a case as it is made; its text to search gets a free number where it is added."""
FOUND_BY: Final = "found_by"
"""Case, when it was accepted, its text, by what it is chosen, and all its tokens with blanks between them."""
TOUCHED: Final = "touched"
"""Every case that is spoken of, also as what another one is merged into."""

_SEARCHED: Final = (
    "SELECT r.case_id, r.accepted_at, r.text, r.chosen_by, w.tokens FROM search_row r "
    "JOIN words_of_row w ON w.id = r.id"
)
_TOUCHED: Final = (
    "SELECT case_id FROM case_span UNION SELECT case_id FROM subject "
    "UNION SELECT case_id FROM case_link UNION SELECT into_id FROM case_link"
)


_ASKED: Final = {
    str(table.name): f"SELECT {', '.join(columns_of(table))} FROM {table.name}"  # noqa: S608 - own names
    for table in OF_CASES
} | {FOUND_BY: _SEARCHED, TOUCHED: _TOUCHED}


def rows_of_cases(lines: Sequence[bytes]) -> Rows | None:
    """The rows that these entries leave where nothing else is known, and no other entry speaks of the same subjects.
    None where there are some that speak of no part of a case. Raises ``TrustError`` as
    :func:`desktop.journal.entry.stored_line` does."""
    entries = [stored_line(line) for line in lines]
    if any(kind_of(entry.subject) not in CASE_SUBJECTS for entry in entries):
        return None
    with memory_database() as connection:
        return _made(connection, entries)


def _made(connection: Connection, entries: Sequence[Entry]) -> Rows:
    current = Current(connection)
    current.note_new({entry.subject for entry in entries})
    current.merge(entries)
    refresh_cases(connection, current, entries)
    driver: Any = connection.connection.driver_connection
    return {name: driver.execute(question).fetchall() for name, question in _ASKED.items()}
