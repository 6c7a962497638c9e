"""Types of fields that hold more than a value: objects and lists that only their own readers know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from desktop.domain.clock import to_wire
from desktop.domain.field_types import (
    FEN,
    FLAG,
    LONG_TEXT,
    MAYBE_FEN,
    MAYBE_TIME,
    ROWS,
    SIGNED,
    TIME,
    FieldType,
    optional,
)
from desktop.domain.orders.reply import NextHop
from desktop.domain.papers.paper import signing_of
from desktop.domain.record_fields import instants


def _is_signing(value: Any) -> bool:
    signing = signing_of(value)
    return signing is None or TIME.accepts(to_wire(signing.at))


def _is_holder(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    notes = [value[name] for name in ("offer", "declined") if isinstance(value.get(name), Mapping)]
    times = [value.get("since", ""), *(note.get("at", "") for note in notes)]
    return all(map(MAYBE_TIME.accepts, times))


_HOP_TIMES: Final = frozenset(name.removeprefix("hop.") for name in instants(NextHop, "hop"))


def _are_hops(value: Any) -> bool:
    if value == "":
        return True
    return isinstance(value, (list, tuple)) and all(map(_is_hop, value))


def _is_hop(hop: Any) -> bool:
    return (
        isinstance(hop, Mapping)
        and all(MAYBE_TIME.accepts(hop[name]) for name in _HOP_TIMES & hop.keys())
        and MAYBE_FEN.accepts(hop.get("amount_fen", 0))
    )


SIGNING: Final = FieldType("signing", _is_signing)
HOLDER_OF_CASE: Final = FieldType("charge", _is_holder)
HOPS: Final = FieldType("onward payments", _are_hops)


@cache
def types_of(record: type, prefix: str) -> Mapping[str, FieldType]:
    """The types of the fields that :func:`desktop.domain.record_fields.flat` writes for ``record``."""
    found: dict[str, FieldType] = {}
    hints = get_type_hints(record)
    for item in fields(record):
        name, kind = f"{prefix}.{item.name}", hints[item.name]
        if isinstance(kind, UnionType):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        if is_dataclass(kind):
            found |= types_of(kind, name)  # type: ignore[arg-type]  # a class, never a record
        else:
            found[name] = optional(_type_of(kind, name))
    return found


def _type_of(kind: Any, name: str) -> FieldType:
    if kind is datetime:
        return TIME
    if kind is bool:
        return FLAG
    if kind is int:
        return FEN if name.endswith("_fen") else SIGNED
    if get_origin(kind) is tuple:
        return ROWS
    # Codes of a newer program are read as the default, so any text will do.
    return LONG_TEXT
