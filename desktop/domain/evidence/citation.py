"""A place within an item of evidence that a paper or the narrative refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.evidence.contents import ChatMessage

MOST_QUOTED = 200
"""Letters of a message that a citation repeats; the message itself stays in the item."""


_MOMENT: Final = re.compile(r"(?:(\d{1,3}):)?(\d{2}):(\d{2})\.(\d{3})")


class PlaceKind(StrEnum):
    """How the place is counted."""

    MESSAGE = "message"
    MOMENT = "moment"
    PAGE = "page"
    ROW = "row"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Citation:
    """``place`` is the number of the message, page or row (with its sheet), or the moment as ``03:12.400`` from the
    beginning of the recording; empty for the item as a whole."""

    kind: PlaceKind
    place: str
    time: str = ""
    sender: str = ""
    quote: str = ""


def message_citation(message: ChatMessage, sender: str) -> Citation:
    """Of a message of a chat; ``sender`` as it is shown."""
    quote = _quoted(message.text)
    return Citation(PlaceKind.MESSAGE, str(message.number), message.time, sender, quote)


def row_citation(number: int, cells: Sequence[str], sheet: str) -> Citation:
    """Of a row of a table, counted from 1 as spreadsheets do."""
    place = f"{sheet}!{number}" if sheet else str(number)
    quote = _quoted(" | ".join(cell for cell in cells if cell))
    return Citation(PlaceKind.ROW, place, quote=quote)


def page_citation(number: int, pages: int) -> Citation:
    """Of a page of a document, counted from 1; of the item where it has only one."""
    return Citation(PlaceKind.PAGE, str(number)) if pages > 1 else Citation(PlaceKind.WHOLE, "")


def moment_citation(milliseconds: int) -> Citation:
    """Of a moment of a recording."""
    return Citation(PlaceKind.MOMENT, moment_text(milliseconds))


def moment_of(text: str) -> int | None:
    """Milliseconds of a moment as :func:`moment_text` writes it; None where it is none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, rest = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def moment_text(milliseconds: int) -> str:
    """``03:12.400``, or ``1:03:12.400`` from the first hour on."""
    seconds, rest = divmod(max(milliseconds, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{head}:{seconds:02}.{rest:03}"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_QUOTED else f"{plain[:MOST_QUOTED]}…"
