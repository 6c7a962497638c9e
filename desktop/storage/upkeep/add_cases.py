"""Rows of cases that were made by themselves, added to what stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.columns import columns_of
from desktop.storage.database.statements import add, run_among
from desktop.storage.projections import search
from desktop.storage.upkeep.case_rows import FOUND_BY, OF_CASES, TOUCHED, Rows

_SPOKEN_OF: Final = (
    "SELECT case_id FROM case_span WHERE case_id AMONG ?",
    "SELECT case_id FROM case_link WHERE case_id AMONG ?",
    "SELECT into_id FROM case_link WHERE into_id AMONG ?",
)


def add_cases(connection: Connection, rows: Rows, *, by_words: bool = True) -> bool:
    """Add ``rows``, and what finds them ``by_words``; False, and nothing, where what stands already speaks of one of
    their cases, as then they are not all there is to say of it."""
    touched = [case for (case,) in rows[TOUCHED]]
    if _are_known(connection, touched):
        return False
    for table in OF_CASES:
        add(connection, table.name, columns_of(table), rows[table.name])
    search.add_all(connection, rows[FOUND_BY], by_words=by_words)
    return True


def _are_known(connection: Connection, cases: Collection[str]) -> bool:
    return any(run_among(connection, question, cases) for question in _SPOKEN_OF)
