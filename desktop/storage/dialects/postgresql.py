"""How PostgreSQL is spoken to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from desktop.journal.touching import Touching
from desktop.storage.dialects.dialect import insertion
from desktop.storage.dialects.postgresql_turns import claim_stream, is_apart

_WORDS: Final = (
    "CREATE TABLE search_index (id bigint PRIMARY KEY, tokens bigint[] NOT NULL)",
    "CREATE INDEX search_index_tokens ON search_index USING gin (tokens)",
)
_PAIR: Final = 2
_FEW: Final = 50
"""Rows so few that COPY costs more than it saves."""
_GUARDS: Final = (
    """
    CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'the journal only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER entry_keeps_rows BEFORE UPDATE OR DELETE ON entry
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows()
    """,
    """
    CREATE TRIGGER entry_loses_none BEFORE TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()
    """,
)
"""A second row in the same place is refused by the primary key, or by the first trigger if it would replace."""
_NOW: Final = "SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint"
_MARKS: Final = "CREATE TABLE fanzha_mark (name text PRIMARY KEY, told text NOT NULL)"
_MARK: Final = (
    "INSERT INTO fanzha_mark (name, told) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET told = excluded.told"
)


@lru_cache(maxsize=1024)
def _spoken(statement: str) -> str:
    statement = statement.replace("%", "%%").replace(" AMONG ?", " = ANY(?)")
    statement = statement.replace(" EACH ?", " unnest(?::text[]) AS name")
    return statement.replace("?", "%s")


def _number(token: str) -> int:
    """A token as a number, which a server compares and keeps at half the cost of a text: of one or two characters its
    own, of a longer one a digest, as what is found is looked at all the same."""
    if len(token) <= _PAIR:
        return (ord(token[0]) << 21) + (ord(token[1]) if len(token) == _PAIR else 0)
    digest = hashlib.blake2b(token.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2 | 1 << 62


@lru_cache(maxsize=1 << 16)
def _spelled(token: str) -> str:
    """The number as an array holds it; the same pairs come over and over."""
    return str(_number(token))


def _array(tokens: Iterable[str]) -> str:
    return f"{{{','.join(map(_spelled, tokens))}}}"


class PostgresqlDialect:
    """See :class:`desktop.storage.dialects.dialect.Dialect`."""

    words_from = "FROM search_index i JOIN search_row r ON r.id = i.id"
    words_number = "i.id"
    indexes_last = False

    def spoken(self, statement: str) -> str:
        return _spoken(statement)

    def upsert(self, table: Table) -> Any:
        return insert(table)

    def only_digits(self, column: str) -> str:
        return f"{column} !~ '[^0-9]'"

    def several(self, names: Collection[str | int]) -> Any:
        return list(names)

    def member(self, column: str, name: str) -> str:
        return f"({column}::json -> '{name}')::text"

    def listed(self, column: str) -> str:
        return f"json_agg({column})::text"

    def add(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Any]
    ) -> None:
        rest = iter(rows)
        first = list(islice(rest, _FEW))
        if len(first) < _FEW:
            connection.exec_driver_sql(insertion(table, columns, "%s"), first)
            return
        names = ", ".join(columns)
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in chain(first, rest):
                copy.write_row(row)

    def add_numbered(
        self, connection: Connection, table: str, columns: Mapping[str, str], rows: Sequence[Any]
    ) -> frozenset[int]:
        """Who takes the same number at the same time waits here until the other is done."""
        names, number = ", ".join(columns), next(iter(columns))
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        statement = (
            f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - own names
            f"ON CONFLICT ({number}) DO NOTHING RETURNING {number}"
        )
        columned = tuple(map(list, zip(*rows, strict=True)))
        return frozenset(connection.exec_driver_sql(statement, columned).scalars())

    def keeps_apart(self, connection: Connection, touching: Touching) -> bool:
        return is_apart(connection, touching)

    def claim(self, connection: Connection, stream: str) -> None:
        claim_stream(connection, stream)

    def milliseconds(self, connection: Connection, now: datetime) -> int:
        del now
        return int(connection.exec_driver_sql(_NOW).scalar() or 0)

    def ask_while_reading(self, connection: Connection, goes_on: Callable[[], bool] | None) -> None:
        """Nothing: it is asked between two statements."""

    def complete(self, connection: Connection) -> None:
        for statement in (_MARKS, *_WORDS, *_GUARDS):
            connection.exec_driver_sql(statement)

    def mark(self, connection: Connection, name: str) -> str:
        """What was noted about the database under a name; "" for nothing."""
        found = connection.exec_driver_sql("SELECT told FROM fanzha_mark WHERE name = %s", (name,))
        return str(found.scalar() or "")

    def set_mark(self, connection: Connection, name: str, value: str) -> None:
        """Note something about the database, as SQLite keeps it in the head of its file."""
        connection.exec_driver_sql(_MARK, (name, value))

    def schema(self, connection: Connection) -> int:
        return int(self.mark(connection, "schema") or 0)

    def mark_schema(self, connection: Connection, version: int) -> None:
        self.set_mark(connection, "schema", str(version))

    def form(self, connection: Connection) -> int:
        return int(self.mark(connection, "form") or 0)

    def mark_form(self, connection: Connection, form: int) -> None:
        self.set_mark(connection, "form", str(form))

    def index_names(self, connection: Connection, tables: Sequence[str]) -> Collection[str]:
        question = (
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace "
            "WHERE n.nspname = current_schema() AND t.relname = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)"
        )
        return [row[0] for row in connection.exec_driver_sql(question, (list(tables),))]

    def index_words(self, connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
        rows = ((row, _array(tokens.split())) for row, tokens in texts)
        self.add(connection, "search_index", ("id", "tokens"), rows)

    def forget_words(self, connection: Connection, rows: Sequence[int]) -> None:
        connection.exec_driver_sql("DELETE FROM search_index WHERE id = ANY(%s)", (list(rows),))

    def clear_words(self, connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM search_index")

    def renew_words(self, connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_index")
        for statement in _WORDS:
            connection.exec_driver_sql(statement)

    def gather_words(self, connection: Connection, *, many: bool) -> None:
        """Nothing: a server has its own way to gather them."""

    def with_tokens(
        self, every: Collection[str], one_of: Collection[str]
    ) -> tuple[str, tuple[Any, ...]]:
        has_all = "i.tokens @> ?::bigint[]"
        if not one_of:
            return has_all, (_array(every),)
        return f"{has_all} AND i.tokens && ?::bigint[]", (_array(every), _array(one_of))

    def contains(self, column: str) -> str:
        return f"strpos({column}, ?) > 0"


POSTGRESQL: Final = PostgresqlDialect()
