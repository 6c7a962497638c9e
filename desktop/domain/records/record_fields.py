"""A frozen record as flat journal fields, and back: ``terms.freeze.amount_fen``.

For records with many plain fields, where a line for each would say its name three times. What an older program
did not write, and a code this one does not know, is read as the field's default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache, partial
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

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
    plain, within = _reads(kind, prefix)  # type: ignore[arg-type]  # classes are hashable
    values: dict[str, Any] = {}
    for name, key, read in plain:
        value = given.get(key)
        if value is not None:
            found = read(value)
            if found is not None:
                values[name] = found
    for name, beginning, held in within:
        if any(key.startswith(beginning) for key in given):
            values[name] = read_flat(held, given, beginning[:-1])
    return kind(**values) if values else _blank(kind)  # type: ignore[arg-type]


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


_Read: TypeAlias = Callable[[Json], Any]
"""The value of a field from what was found under its name; None for its default."""


@cache
def _blank(kind: type[Record]) -> Record:
    """The record of which nothing is said. One does for all, as none of them changes."""
    return kind()


@lru_cache(maxsize=256)
def _reads(
    kind: type, prefix: str
) -> tuple[tuple[tuple[str, str, _Read], ...], tuple[tuple[str, str, type], ...]]:
    """Name, key and reader of each plain field; name, beginning of the keys, and class of each record within. Thousands
    are read at once, so what the types of the fields come to is worked out before."""
    plain: list[tuple[str, str, _Read]] = []
    within: list[tuple[str, str, type]] = []
    for item in fields(kind):
        key, held = f"{prefix}.{item.name}", _bare(_hints(kind)[item.name])
        if is_dataclass(held):
            within.append((item.name, f"{key}.", held))  # type: ignore[arg-type]  # a class, never a record
        else:
            plain.append((item.name, key, _reader(held)))
    return tuple(plain), tuple(within)


def _reader(kind: Any) -> _Read:
    if kind is datetime:
        return lambda value: from_wire(value) if isinstance(value, str) and value else None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        codes = {item.value: item for item in kind}
        return lambda value: codes.get(value) if isinstance(value, str) else None
    if get_origin(kind) is tuple:
        return partial(_several, get_args(kind)[0])
    if kind is int:
        return lambda value: (
            value if isinstance(value, int) and not isinstance(value, bool) else None
        )
    return lambda value: value if isinstance(value, kind) else None


def _several(held: type, value: Json) -> tuple[Any, ...] | None:
    if not isinstance(value, (list, tuple)):
        return None
    return tuple(item for item in value if isinstance(item, held))


def _bare(hint: Any) -> Any:
    """``X`` of ``X | None``."""
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint
