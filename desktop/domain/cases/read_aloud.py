"""念读核对: a second person read a number aloud from its source, and it was the one on the screen.

The confirmation is of a number, not of a field: whoever changes the number has an unread one again, and the same
account in two transfers needs to be read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.identifiers.plain import digits_of, raised
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import NAME, TIME
from desktop.domain.records.fields import Fields, text

_SHAPES: Final = (
    (re.compile(r"1[3-9][0-9]{9}"), (3, 4, 4)),
    (re.compile(r"[0-9]{17}[0-9X]"), (6, 4, 4, 4)),
)
"""A mobile number and a resident id, cut as they are said; everything else in fours."""
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """The facts of subject ``read_aloud/<id>``. ``reader``: name or police number of the second person, who read;
    ``officer``: who compared and was signed in; ``number``: as it is compared, see :func:`compared`."""

    id: str
    number: str
    reader: str
    officer: str
    at: datetime

    def to_fields(self, case: str) -> Fields:
        """Journal fields."""
        return {"case": case, **READ_ALOUD_FIELDS.to_fields(self)}


READ_ALOUD_FIELDS: Final = FieldTable(
    ReadAloud,
    (FieldRow("number", NAME), FieldRow("reader"), FieldRow("officer"), FieldRow("at", TIME)),
)


def read_aloud_from_fields(reading_id: str, fields: Fields) -> ReadAloud | None:
    """The confirmation behind ``read_aloud/<id>``; None while it is not whole."""
    if not (text(fields, "number") and text(fields, "at")):
        return None
    return READ_ALOUD_FIELDS.from_fields(fields, id=reading_id)


def compared(number: str) -> str:
    """A number as two spellings of it are compared: half-width, no spaces, no hyphens, upper case."""
    return raised(digits_of(number))


def reading_of(readings: Iterable[ReadAloud], number: str) -> ReadAloud | None:
    """The newest confirmation of ``number``; None when nobody read this number."""
    wanted = compared(number)
    found = [item for item in readings if wanted and compared(item.number) == wanted]
    return max(found, key=lambda item: (item.at, item.id), default=None)


def groups_to_read(number: str) -> tuple[str, ...]:
    """The number in the groups in which it is said aloud."""
    whole = compared(number)
    for shape, sizes in _SHAPES:
        if shape.fullmatch(whole):
            starts = [sum(sizes[:place]) for place in range(len(sizes))]
            return tuple(whole[at : at + size] for at, size in zip(starts, sizes, strict=True))
    return tuple(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))
