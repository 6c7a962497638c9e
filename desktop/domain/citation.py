"""A place within an item of evidence that a paper or the narrative refers to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.contents import ChatMessage

MOST_QUOTED = 200
"""Letters of a message that a citation repeats; the message itself stays in the item."""


class PlaceKind(StrEnum):
    """How the place is counted."""

    MESSAGE = "message"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Citation:
    """``place`` is the message's number, or the moment as ``03:12.400`` from the beginning of the recording."""

    kind: PlaceKind
    place: str
    time: str = ""
    sender: str = ""
    quote: str = ""


def message_citation(message: ChatMessage, sender: str) -> Citation:
    """Of a message of a chat; ``sender`` as it is shown."""
    text = " ".join(message.text.split())
    quote = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
    return Citation(PlaceKind.MESSAGE, str(message.number), message.time, sender, quote)


def moment_citation(milliseconds: int) -> Citation:
    """Of a moment of a recording."""
    return Citation(PlaceKind.MOMENT, moment_text(milliseconds))


def moment_text(milliseconds: int) -> str:
    """``03:12.400``, or ``1:03:12.400`` from the first hour on."""
    seconds, rest = divmod(max(milliseconds, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{head}:{seconds:02}.{rest:03}"
