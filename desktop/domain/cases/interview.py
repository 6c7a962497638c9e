"""询问: when, where, by whom and of whom a person was interviewed. The record of interview is printed from it.

The time of an interview is its own. It is never that of the report, which may have been accepted hours before. Each
interview is a record among the answers of the case: the first one about the report, and one for each supplement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.ids import InterviewId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import MAYBE_TIME, FieldType, readable
from desktop.domain.records.record_family import RecordFamily, record_rows

FIRST: Final = InterviewId("first")
"""The interview about the report itself; any other has the id of the supplement it is about."""


@dataclass(frozen=True, slots=True)
class Interview:
    """What is known of one interview. ``began``, ``ended``: by the clock of this computer, as an officer said so.
    ``asker``, ``recorder``: police numbers, or names of officers this computer does not know. ``asked``: the id of the
    party who was asked, empty for who reports. ``present``: who else was there, ``absent``: why no guardian came with a
    minor."""

    id: InterviewId = FIRST
    began: datetime | None = None
    ended: datetime | None = None
    place: str = ""
    asker: str = ""
    recorder: str = ""
    asked: str = ""
    present: str = ""
    absent: str = ""

    @property
    def is_unsaid(self) -> bool:
        """Whether nothing is known of it."""
        return self == Interview(self.id)


_MOMENT: Final[FieldType] = readable(MAYBE_TIME)
INTERVIEW_FIELDS: Final = FieldTable(
    Interview,
    record_rows(
        "interview.field",
        FieldRow("began", _MOMENT),
        FieldRow("ended", _MOMENT),
        FieldRow("place"),
        FieldRow("asker"),
        FieldRow("recorder"),
        FieldRow("asked"),
        FieldRow("present"),
        FieldRow("absent"),
    ),
)
"""What is known of an interview, in entries about ``case/<id>`` under ``answer.interview.<id>.``."""
INTERVIEWS: Final = RecordFamily("interview", "interviews", INTERVIEW_FIELDS)


def interview_among(interviews: Iterable[Interview], wanted: InterviewId) -> Interview:
    """The interview of that id; one of which nothing is known where nobody recorded it."""
    return next((item for item in interviews if item.id == wanted), Interview(wanted))
