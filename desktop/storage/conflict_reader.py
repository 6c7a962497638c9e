"""Fields of a case that have several values, about which somebody has to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.cases.taken_out import FIELD, is_contested
from desktop.domain.profile import device_of
from desktop.journal.merge import Value, differ, order_of
from desktop.storage.item_projection import is_disputable
from desktop.storage.tables import entry
from desktop.storage.uncontested_values import Heads
from desktop.storage.values import words_of


def conflicts_of(
    connection: Connection, parts: Mapping[str, Mapping[str, Heads]]
) -> list[Conflict]:
    """Of the parts of a case, kind by kind, in the order of their names."""
    return [
        Conflict(name, field, _contested(connection, values))
        for kind, subjects in parts.items()
        for name, heads in subjects.items()
        for field, values in sorted(heads.items())
        if _is_conflict(kind, field, values)
    ]


def _is_conflict(kind: str, field: str, values: Sequence[Value]) -> bool:
    told = [item.value for item in values]
    if len(values) < 2 or (field == FIELD and not is_contested(told)):
        return False
    return is_disputable(kind, field) and differ(told)


def _contested(connection: Connection, values: Sequence[Value]) -> tuple[Contested, ...]:
    """The one that is shown first."""
    ordered = sorted(values, key=order_of, reverse=True)
    return tuple(_written(connection, item) for item in ordered)


def _written(connection: Connection, item: Value) -> Contested:
    row = connection.execute(
        select(entry.c.officer, entry.c.wall).where(
            entry.c.stream == item.stream, entry.c.seq == item.seq
        )
    ).one()
    return Contested(words_of(item.value), row.officer, row.wall, device_of(item.stream))
