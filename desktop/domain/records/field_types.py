"""What a field of a journal entry may hold: a name for people, a check for programs, and the way between its JSON and
the value of a record.

An entry is merged once and read for ever. A time that is none, or a state that does not exist, would not fail where it
comes in but on every later look at the case, so each type accepts only what every later reader can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from desktop.domain.time.clock import from_wire, to_wire

MOST_FEN: Final = 10**15
"""Ten trillion yuan: more than any account of this country holds."""
LONGEST_TEXT: Final = 1 << 16
"""Characters of a single line or remark; narratives and papers may be longer, up to the length of an entry."""
_GREATEST: Final = 2**53 - 1
NOT_HELD: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What asking whether a type holds a value raises where it does not."""
_YEARS: Final = range(1900, 9001)


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class FieldType:
    """``name``: as the printed table shows it. ``holds``: whether a JSON value is of the type; it may also raise one
    of ``NOT_HELD`` for one that is not. ``read``: the value of a record from what an entry holds, None
    where it says nothing; ``write``: the way back. ``codes``: all that it may hold, where these are few, as they are
    offered one after the other."""

    name: str
    holds: Callable[[Any], object]
    read: Callable[[Any], Any] = _same
    write: Callable[[Any], Any] = _same
    codes: tuple[str, ...] = ()

    def accepts(self, value: Any) -> bool:
        """Whether ``value`` is of the type."""
        try:
            return self.holds(value) is not False
        except NOT_HELD:
            return False


def optional(kind: FieldType) -> FieldType:
    """The same, or an empty text or list: how an entry takes back what was said before. None in a record."""
    return FieldType(
        f"{kind.name}?",
        lambda value: value in ("", []) or kind.accepts(value),
        lambda value: kind.read(value) if value else None,
        lambda value: "" if value is None else kind.write(value),
        kind.codes,
    )


def readable(kind: FieldType) -> FieldType:
    """The same, read as nothing where an entry holds something that is none of it: what stands among the answers of a
    case is a text of anybody's."""

    def read(value: Any) -> Any:
        return kind.read(value) if kind.accepts(value) else kind.read("")

    return replace(kind, read=read)


def one_of(choices: type[StrEnum], unsaid: str = "") -> FieldType:
    """One of the codes of an enumeration; ``unsaid``: what an entry means that has none."""
    known = {item.value for item in choices}
    return FieldType(
        choices.__name__,
        lambda value: isinstance(value, str) and value in known,
        lambda value: choices(value or unsaid),
        lambda value: value.value,
        tuple(item.value for item in choices),
    )


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and from_wire(value).year in _YEARS


def _is_number(value: Any, most: int, least: int = 0) -> bool:
    return type(value) is int and least <= value <= most


def _is_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if type(value) is int else 0


def _texts(value: Any) -> tuple[str, ...]:
    held = value if isinstance(value, (list, tuple)) else ()
    return tuple(item for item in held if isinstance(item, str))


TEXT: Final = FieldType(
    "text", lambda value: isinstance(value, str) and len(value) <= LONGEST_TEXT, _text
)
LONG_TEXT: Final = FieldType("long text", lambda value: isinstance(value, str), _text)
NAME: Final = FieldType(
    "name", lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT, _text
)
"""A text that is not empty."""
TIME: Final = FieldType("time", _is_time, lambda value: from_wire(_text(value)), to_wire)
MAYBE_TIME: Final = optional(TIME)
FEN: Final = FieldType("fen", lambda value: _is_number(value, MOST_FEN), _number)
MAYBE_FEN: Final = optional(FEN)
COUNT: Final = FieldType("count", lambda value: _is_number(value, _GREATEST), _number)
SIGNED: Final = FieldType("number", lambda value: _is_number(value, _GREATEST, -_GREATEST), _number)
FLAG: Final = FieldType(
    "yes or no", lambda value: isinstance(value, bool), lambda value: value is True
)
TEXTS: Final = FieldType("texts", _is_texts, _texts, list)
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


def text_of(codes: Iterable[str], unsaid: str) -> FieldType:
    """A text that is typed as one of ``codes``; another program may have written any other. ``unsaid``: as above."""
    return replace(TEXT, read=lambda value: _text(value) or unsaid, codes=tuple(map(str, codes)))


def loosely(choices: type[StrEnum], unsaid: str, base: FieldType = TEXT) -> FieldType:
    """A text that a newer program may have written in a code of its own, which is read as ``unsaid``."""
    known = {item.value for item in choices}
    return replace(
        base,
        read=lambda value: choices(value if value in known else unsaid),
        write=lambda value: value.value,
        codes=tuple(item.value for item in choices),
    )
