"""How SQLite, in its encrypted form SQLCipher, is spoken to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from desktop.journal.touching import Touching
from desktop.storage.dialects.dialect import insertion

_WORDS: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(tokens, content='', contentless_delete=1, "
    "detail=none, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
_GATHER: Final = "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ?)"
_USUAL: Final = 1 << 20
_MANY: Final = 32 << 20
"""Octets."""
_TWICE: Final = (
    "WHEN EXISTS (SELECT 1 FROM entry WHERE stream = NEW.stream AND seq = NEW.seq) BEGIN"
)
_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
_GUARDS: Final = (
    f"CREATE TRIGGER IF NOT EXISTS entry_keeps_rows BEFORE UPDATE ON entry {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS entry_loses_none BEFORE DELETE ON entry {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS entry_replaces_none BEFORE INSERT ON entry {_REFUSE.replace('BEGIN', _TWICE)}",
)

_STEPS: Final = 20_000
"""Steps of SQLite's machine between two questions whether to go on, about a millisecond."""


@lru_cache(maxsize=1024)
def _spoken(statement: str) -> str:
    statement = statement.replace(" AMONG ?", " IN (SELECT value FROM json_each(?))")
    return statement.replace(" EACH ?", " (SELECT value AS name FROM json_each(?))")


class SqliteDialect:
    """See :class:`desktop.storage.dialects.dialect.Dialect`."""

    words_from = "FROM search_index i CROSS JOIN search_row r ON r.id = i.rowid"
    words_number = "i.rowid"
    indexes_last = True

    def spoken(self, statement: str) -> str:
        return _spoken(statement)

    def upsert(self, table: Table) -> Any:
        return insert(table)

    def only_digits(self, column: str) -> str:
        return f"{column} NOT GLOB '*[^0-9]*'"

    def several(self, names: Collection[str | int]) -> Any:
        return json.dumps(list(names))

    def member(self, column: str, name: str) -> str:
        return f"{column} -> '$.\"{name}\"'"

    def listed(self, column: str) -> str:
        return f"json_group_array({column})"

    def add(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Any]
    ) -> None:
        connection.exec_driver_sql(insertion(table, columns, "?"), list(rows))

    def add_numbered(
        self, connection: Connection, table: str, columns: Mapping[str, str], rows: Sequence[Any]
    ) -> frozenset[int]:
        """All: there is one writer at a time."""
        self.add(connection, table, tuple(columns), rows)
        return frozenset(row[0] for row in rows)

    def keeps_apart(self, connection: Connection, touching: Touching) -> bool:
        del connection, touching  # there is one writer at a time
        return True

    def claim(self, connection: Connection, stream: str) -> None:
        """Nothing: there is one writer at a time."""

    def milliseconds(self, connection: Connection, now: datetime) -> int:
        del connection
        return round(now.timestamp() * 1000)

    def ask_while_reading(self, connection: Connection, goes_on: Callable[[], bool] | None) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a pooled connection always has one
        stops = None if goes_on is None else lambda: not goes_on()
        driver.set_progress_handler(stops, _STEPS)

    def complete(self, connection: Connection) -> None:
        connection.exec_driver_sql(_WORDS)
        for statement in _GUARDS:
            connection.exec_driver_sql(statement)

    def schema(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def mark_schema(self, connection: Connection, version: int) -> None:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")

    def form(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())

    def mark_form(self, connection: Connection, form: int) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {form}")

    def index_names(self, connection: Connection, tables: Sequence[str]) -> Collection[str]:
        question = (
            "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        )
        rows = connection.exec_driver_sql(question)
        return [name for name, table in rows if table in tables]

    def index_words(self, connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
        self.add(connection, "search_index", ("rowid", "tokens"), texts)

    def forget_words(self, connection: Connection, rows: Sequence[int]) -> None:
        connection.exec_driver_sql(
            "DELETE FROM search_index WHERE rowid = ?", [(row,) for row in rows]
        )

    def clear_words(self, connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_index")
        connection.exec_driver_sql(_WORDS)

    def renew_words(self, connection: Connection) -> None:
        self.clear_words(connection)

    def gather_words(self, connection: Connection, *, many: bool) -> None:
        connection.exec_driver_sql(_GATHER, (_MANY if many else _USUAL,))

    def with_tokens(
        self, every: Collection[str], one_of: Collection[str]
    ) -> tuple[str, tuple[Any, ...]]:
        match = " AND ".join(map(_quoted, sorted(every)))
        if one_of:
            match += f" AND ({' OR '.join(map(_quoted, sorted(one_of)))})"
        return "search_index MATCH ?", (match,)

    def contains(self, column: str) -> str:
        return f"instr({column}, ?) > 0"


def _quoted(token: str) -> str:
    return f'"{token}"'


SQLITE: Final = SqliteDialect()
