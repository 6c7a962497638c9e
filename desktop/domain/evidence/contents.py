"""What a file holds, read for looking at: facts, tables, text, messages. Never run, never fetched, never verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.time.local_time import CHINA

ATTACHMENTS: Final = "attachments"
"""Title of the sheet whose rows are the attachments of a mail, the first of them number 1."""


class ContentsKind(StrEnum):
    """What the content turned out to be, whatever its name says."""

    TEXT = "text"
    TABLE = "table"
    BOOK = "book"
    CHAT = "chat"
    MAIL = "mail"
    APP = "app"
    ARCHIVE = "archive"
    PICTURE = "picture"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: ``name`` is ``viewer.fact.<name>`` in the catalogue, ``value`` is the file's own text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ContentsTable:
    """A table. ``name`` is the file's own, ``title`` ours (``viewer.sheet.<title>``); ``heads`` name our
    columns (``viewer.column.<head>``), none for the file's own table. ``cut``: the file has more."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    columns: int
    cut: bool = False
    title: str = ""
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of an exported chat, as the export has it. ``number`` counts from 1 in the order of the file."""

    number: int
    time: str
    sender: str
    text: str
    account: str = ""
    """The sender's account (WeChat or QQ number), where the export tells it."""
    side: str = ""
    """``own`` or ``other`` where the export tells only whether the phone sent or received it."""


@dataclass(frozen=True, slots=True)
class DecodedContents:
    """What is shown. ``notes`` are sentences of ours (``viewer.remark.<note>``) that qualify the rest."""

    kind: ContentsKind
    facts: tuple[Fact, ...] = ()
    sheets: tuple[ContentsTable, ...] = ()
    text: str = ""
    encoding: str = ""
    messages: tuple[ChatMessage, ...] = ()
    notes: tuple[str, ...] = ()
    cut: bool = False


_AS_WRITTEN: Final = "%Y:%m:%d %H:%M:%S"
"""CIPA DC-008, 4.6.5: local time; where it is, stands beside it if at all."""
_ZONED: Final = f"{_AS_WRITTEN} %z"


def camera_time(facts: Iterable[Fact]) -> datetime | None:
    """The instant; in China's legal time where the camera names no zone. None where nothing readable is told."""
    values = {fact.name: fact.value for fact in facts}
    taken, zone = values.get("exif_taken", ""), values.get("exif_zone", "")
    for form, text in ((_ZONED, f"{taken} {zone}"), (_AS_WRITTEN, taken)):
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return found if found.tzinfo is not None else found.replace(tzinfo=CHINA)
    return None
