"""What a field of a journal entry may hold: a name for people and a check for programs.

An entry is merged once and read for ever. A time that is none, or a state that does not exist, would not fail where it
comes in but on every later look at the case, so each type accepts only what every later reader can read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from desktop.domain.cases.transfer import Certainty
from desktop.domain.clock import from_wire, to_wire
from desktop.domain.orders.reply import NextHop
from desktop.domain.papers.paper import signing_of
from desktop.domain.record_fields import instants

MOST_FEN: Final = 10**15
"""Ten trillion yuan: more than any account of this country holds."""
LONGEST_TEXT: Final = 1 << 16
"""Characters of a single line or remark; narratives and papers may be longer, up to the length of an entry."""
_GREATEST: Final = 2**53 - 1
_YEARS: Final = range(1900, 9001)


@dataclass(frozen=True, slots=True)
class FieldType:
    """``name``: as the printed table shows it. ``holds``: whether a JSON value is of the type; it may also raise
    ``ValueError`` or ``TypeError`` for one that is not."""

    name: str
    holds: Callable[[Any], object]

    def accepts(self, value: Any) -> bool:
        """Whether ``value`` is of the type."""
        try:
            return self.holds(value) is not False
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return False


def optional(kind: FieldType) -> FieldType:
    """The same, or an empty text or list: how an entry takes back what was said before."""
    return FieldType(f"{kind.name}?", lambda value: value in ("", []) or kind.accepts(value))


def one_of(choices: type[StrEnum]) -> FieldType:
    """One of the codes of an enumeration."""
    codes = frozenset(item.value for item in choices)
    return FieldType(choices.__name__, lambda value: isinstance(value, str) and value in codes)


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and from_wire(value).year in _YEARS


def _is_number(value: Any, most: int, least: int = 0) -> bool:
    return type(value) is int and least <= value <= most


def _is_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _are_certainties(value: Any) -> bool:
    return isinstance(value, Mapping) and all(Certainty(str(item)) for item in value.values())


def _is_signing(value: Any) -> bool:
    signing = signing_of(value)
    return signing is None or _is_time(to_wire(signing.at))


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


TEXT: Final = FieldType("text", lambda value: isinstance(value, str) and len(value) <= LONGEST_TEXT)
LONG_TEXT: Final = FieldType("long text", lambda value: isinstance(value, str))
NAME: Final = FieldType(
    "name", lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
)
"""A text that is not empty."""
TIME: Final = FieldType("time", _is_time)
MAYBE_TIME: Final = optional(TIME)
FEN: Final = FieldType("fen", lambda value: _is_number(value, MOST_FEN))
MAYBE_FEN: Final = optional(FEN)
COUNT: Final = FieldType("count", lambda value: _is_number(value, _GREATEST))
SIGNED: Final = FieldType("number", lambda value: _is_number(value, _GREATEST, -_GREATEST))
FLAG: Final = FieldType("yes or no", lambda value: isinstance(value, bool))
TEXTS: Final = FieldType("texts", _is_texts)
MAYBE_TEXTS: Final = optional(TEXTS)
ROWS: Final = FieldType("rows", lambda value: isinstance(value, (list, tuple)))
OBJECT: Final = FieldType("object", lambda value: isinstance(value, Mapping))
PLACES: Final = FieldType(
    "stream → number",
    lambda value: isinstance(value, Mapping) and all(map(COUNT.accepts, value.values())),
)
DIGESTS: Final = FieldType(
    "stream → digest",
    lambda value: isinstance(value, Mapping) and _is_texts(list(value.values())),
)
CERTAINTIES: Final = FieldType("field → certainty", _are_certainties)
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
