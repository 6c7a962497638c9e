"""What a database holds, copied out and into the same empty tables: the least its rows and indexes cost the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, inspect

_KEPT: Final = frozenset({"fanzha_mark"})
"""Tables that hold something as soon as they are made."""


def copy_out(engine: Engine, folder: Path) -> dict[str, Path]:
    """Table → the file in ``folder`` that holds its rows, as COPY writes them."""
    copies = {}
    with engine.connect() as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        for table in sorted(set(inspect(connection).get_table_names()) - _KEPT):
            copies[table] = folder / f"{table}.rows"
            with (
                copies[table].open("wb") as file,
                driver.cursor() as cursor,
                cursor.copy(f"COPY {table} TO STDOUT") as copy,
            ):
                for block in copy:
                    file.write(block)
    return copies


def copy_back(engine: Engine, copies: dict[str, Path]) -> None:
    """The rows into the same tables, which are empty and have their indexes and guards, in one transaction."""
    with engine.connect() as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        for table, rows in copies.items():
            with (
                rows.open("rb") as file,
                driver.cursor() as cursor,
                cursor.copy(f"COPY {table} FROM STDIN") as copy,
            ):
                while block := file.read(1 << 20):
                    copy.write(block)
