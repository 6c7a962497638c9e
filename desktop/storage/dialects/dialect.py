"""What a database has to be told in its own way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.journal.touching import Touching


def insertion(table: str, columns: Sequence[str], mark: str) -> str:
    """A plain INSERT of one row; ``mark`` stands for a parameter."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608


class Dialect(Protocol):
    """One way of speaking. Holds no state: connections know their database, dialects do not. ``words_from``: the index
    of words with its texts ``r``; ``words_number``: by what it gives the newest first."""

    words_from: str
    words_number: str
    indexes_last: bool
    """Whether indexes may be away while many rows are added. Elsewhere others would have to wait who read meanwhile."""

    def spoken(self, statement: str) -> str:
        """``statement``, in which ``?`` stands for each parameter, ``AMONG ?`` for being one of several and
        ``FROM EACH ?`` for a row with a ``name`` for each of several, as the driver wants it."""
        ...

    def upsert(self, table: Table) -> Any:
        """An insert into ``table`` that may be told ``on_conflict_do_update``."""
        ...

    def only_digits(self, column: str) -> str:
        """Whether a column of texts holds nothing but the digits 0 to 9, as an expression."""
        ...

    def several(self, names: Collection[str | int]) -> Any:
        """The parameter of ``AMONG ?`` and ``FROM EACH ?``."""
        ...

    def member(self, column: str, name: str) -> str:
        """The JSON text of a member of the objects in a column, as an expression; NULL where there is none."""
        ...

    def listed(self, column: str) -> str:
        """The texts of a column in the rows of a group, in no order, as a JSON array; an expression."""
        ...

    def add(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Any]
    ) -> None:
        """Add rows, however many, in the quickest way there is; at least one. A server takes the first of them in while
        the last are being made, so making them must not ask it anything."""
        ...

    def add_numbered(
        self, connection: Connection, table: str, columns: Mapping[str, str], rows: Sequence[Any]
    ) -> frozenset[int]:
        """Add rows, but none whose number (the first column) somebody took since it was looked for; the numbers of
        those that were added. ``columns``: name → type."""
        ...

    def keeps_apart(self, connection: Connection, touching: Touching) -> bool:
        """Whether a transaction that began by naming what it will touch really keeps to it, as far as the rows tell."""
        ...

    def claim(self, connection: Connection, stream: str) -> None:
        """Wait until nobody else writes to a stream, and be the only one from then on."""
        ...

    def milliseconds(self, connection: Connection, now: datetime) -> int:
        """An instant by a clock that all seats share: the server's own, or ``now`` where there is one computer."""
        ...

    def ask_while_reading(self, connection: Connection, goes_on: Callable[[], bool] | None) -> None:
        """Ask again and again while a statement runs whether it goes on, which may take its time to answer; None: ask
        no more. A server goes on by itself, in processors of its own."""
        ...

    def complete(self, connection: Connection) -> None:
        """After the tables were made: the guards of the journal, and the index of words."""
        ...

    def schema(self, connection: Connection) -> int:
        """The version of the tables, as :meth:`mark_schema` noted it."""
        ...

    def mark_schema(self, connection: Connection, version: int) -> None:
        """Note the version of the tables."""
        ...

    def form(self, connection: Connection) -> int:
        """The form of the projections, as :meth:`mark_form` noted it; 0 where nobody did."""
        ...

    def mark_form(self, connection: Connection, form: int) -> None:
        """Note the form of the projections."""
        ...

    def index_names(self, connection: Connection, tables: Sequence[str]) -> Collection[str]:
        """The indexes of these tables that no key of theirs makes by itself."""
        ...

    def index_words(self, connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
        """Let the text in each row be found by its tokens, which have blanks between them."""
        ...

    def forget_words(self, connection: Connection, rows: Sequence[int]) -> None:
        """Let texts be found no more."""
        ...

    def clear_words(self, connection: Connection) -> None:
        """Let no text be found any more."""
        ...

    def renew_words(self, connection: Connection) -> None:
        """Make the index of words anew, in the form of this program."""
        ...

    def gather_words(self, connection: Connection, *, many: bool) -> None:
        """Let the index of words gather ``many`` in memory before it writes them, or as few as it does by itself."""
        ...

    def with_tokens(
        self, every: Collection[str], one_of: Collection[str]
    ) -> tuple[str, tuple[Any, ...]]:
        """A condition on what is read :attr:`words_from`, with its parameters: the text has every token, and one of the
        others where there are any."""
        ...

    def contains(self, column: str) -> str:
        """Whether a text contains a parameter, as an expression."""
        ...
