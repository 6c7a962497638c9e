"""Small things this device keeps by a key: thumbnails, texts of pictures, what people said of tables. They are no
facts, and encrypted like everything in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select

from desktop.storage.dialects import dialect_of


def cached_value(connection: Connection, table: Table, key: str) -> Any:
    """What lies in ``table``, which has a key and one thing, under ``key``; None for nothing."""
    name, thing = table.columns
    return connection.execute(select(thing).where(name == key)).scalar()


def cache_value(connection: Connection, table: Table, key: str, content: str | bytes) -> None:
    """Keep a thing; a later one replaces it."""
    name, thing = table.columns
    row = {name.name: key, thing.name: content}
    connection.execute(
        dialect_of(connection)
        .upsert(table)
        .values(row)
        .on_conflict_do_update(index_elements=[name], set_=row)
    )
