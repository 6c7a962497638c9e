"""A frozen record as flat journal fields, and back: ``terms.freeze.amount_fen``.

For records with many plain fields, where a line for each would say its name three times. What an older program
did not write, and a code this one does not know, is read as the field's default.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from desktop.domain.records.fields import Fields, Json
from desktop.domain.time.clock import from_wire, to_wire

Record = TypeVar("Record")


def flat(record: object, prefix: str) -> dict[str, Json]:
    """Fields ``<prefix>.<name>`` of everything in ``record`` that is not its default."""
    found: dict[str, Json] = {}
    for item in fields(record):  # type: ignore[arg-type]  # callers pass records
        value, name = getattr(record, item.name), f"{prefix}.{item.name}"
        if value == item.default:
            continue
        if is_dataclass(value):
            found |= flat(value, name)
        else:
            found[name] = _plain(value)
    return found


def read_flat(kind: type[Record], given: Fields, prefix: str) -> Record:
    """The record that :func:`flat` wrote; a record without any of its fields is all defaults."""
    hints = _hints(kind)  # type: ignore[arg-type]  # classes are hashable
    values: dict[str, Any] = {}
    for item in fields(kind):  # type: ignore[arg-type]  # callers pass records
        found = _read(hints[item.name], given, f"{prefix}.{item.name}")
        if found is not None:
            values[item.name] = found
    return kind(**values)


def rows(records: tuple[object, ...]) -> list[Json]:
    """Each record as an object of its own, for a field that holds several."""
    return [
        {name.removeprefix("row."): value for name, value in flat(record, "row").items()}
        for record in records
    ]


def read_rows(kind: type[Record], value: Json) -> tuple[Record, ...]:
    """The records that :func:`rows` wrote."""
    if not isinstance(value, (list, tuple)):
        return ()
    objects = (item for item in value if hasattr(item, "items"))
    return tuple(
        read_flat(kind, {f"row.{key}": part for key, part in item.items()}, "row")
        for item in objects
    )


@cache
def instants(kind: type, prefix: str) -> frozenset[str]:
    """Names of the fields of :func:`flat` that hold an instant, those of records within included."""
    found: set[str] = set()
    for item in fields(kind):
        name, held = f"{prefix}.{item.name}", _bare(_hints(kind)[item.name])
        if is_dataclass(held):
            found |= instants(held, name)  # type: ignore[arg-type]  # a class, never a record
        elif held is datetime:
            found.add(name)
    return frozenset(found)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return to_wire(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    if value is None:
        return ""
    plain: Json = value
    return plain


def _read(hint: Any, given: Fields, name: str) -> Any:
    """The value of a field by its type; None for its default."""
    kind = _bare(hint)
    if is_dataclass(kind):
        within = f"{name}."
        present = any(key.startswith(within) for key in given)
        return read_flat(kind, given, name) if present else None  # type: ignore[arg-type]
    value = given.get(name)
    if kind is datetime:
        return from_wire(value) if isinstance(value, str) and value else None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value) if isinstance(value, str) and value in set(kind) else None
    if get_origin(kind) is tuple:
        if not isinstance(value, (list, tuple)):
            return None
        held = get_args(kind)[0]
        return tuple(item for item in value if isinstance(item, held))
    if kind is int and isinstance(value, bool):
        return None
    return value if isinstance(value, kind) else None


def _bare(hint: Any) -> Any:
    """``X`` of ``X | None``."""
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint
