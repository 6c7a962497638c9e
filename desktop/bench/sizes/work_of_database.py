"""What is asked of a database file: statements, and steps of SQLite's machine, for which no clock is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any

from sqlalchemy import Engine, event


@dataclass(slots=True)
class DatabaseWork:
    """``steps``: counted in units of ``every``."""

    steps: int = 0
    statements: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def counted(every: int = 1) -> Iterator[DatabaseWork]:
    """Every step and statement of all connections of this process, from whichever thread. ``every``: of so many steps
    one is noticed, which takes that much less time."""
    work = DatabaseWork()
    met: dict[int, tuple[Any, int]] = {}

    def some_more() -> None:
        work.steps += every

    def begins(_connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        work.statements.append((statement, given))
        met[id(cursor.connection)] = cursor.connection, get_ident()
        cursor.connection.set_progress_handler(some_more, every)

    event.listen(Engine, "before_cursor_execute", begins)
    try:
        yield work
    finally:
        # A connection that another thread may be using has to be left: SQLite would wait for its statement, and the
        # statement for the interpreter that this thread holds.
        for connection, thread in met.values():
            if thread == get_ident():
                connection.set_progress_handler(None, 1)
        event.remove(Engine, "before_cursor_execute", begins)
