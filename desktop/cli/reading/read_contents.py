"""``read FILE`` of what is neither picture nor statement: mails, chats, Android programs, archives, texts."""

from __future__ import annotations

import os
from typing import BinaryIO, Final

from desktop.app.profile.file_texts import PDF, SPOKEN, pdf_words, spoken
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.reading.read_attachments import attachments
from desktop.cli.reading.read_lines import reading_lines
from desktop.cli.reading.read_shapes import document
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.errors import AppError
from desktop.domain.evidence.contents import (
    ChatMessage,
    ContentsKind,
    ContentsTable,
    DecodedContents,
)
from desktop.domain.identifiers import KINDS
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.domain.statements.proposal import Extraction
from desktop.domain.time.local_time import CHINA
from desktop.readers.contents.contents_reader import MOST_OCTETS, ContentsReader
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.extraction.extraction_document import extraction_document
from desktop.services.ports.reading.contents import Unread

_MOST_READ: Final = 200_000
"""Letters that are searched for transfers and identifiers."""
_NOT_TOLD: Final = frozenset({ContentsKind.OTHER, ContentsKind.TABLE, ContentsKind.BOOK})
"""Of these the refusal says more: a table whose columns nobody knows."""
_SHOWN: Final = 20
"""Lines of messages or rows for people; the document has all."""


def read_contents(context: CommandContext, name: str, source: BinaryIO) -> CommandOutcome | None:
    """What it holds, and what its words say; None where the refusal of a statement says more."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if source.read(len(PDF)) == PDF:
        source.seek(0)
        return _read_pdf(context, source.read()) if size <= MOST_OCTETS else None
    source.seek(0)
    reader = ContentsReader()
    try:
        found = reader.read(name, source, size, SILENT)
        if isinstance(found, Unread) or found.kind in _NOT_TOLD:
            return None
        attached, named = attachments(context.texts, reader, source, found)
    finally:
        reader.close()
    texts = context.texts
    notes = [texts.text(f"viewer.remark.{note}") for note in found.notes]
    reading = _spoken(found)
    shown = {
        **_document(found, reading),
        "kind": found.kind.value,
        "facts": {fact.name: fact.value for fact in found.facts},
        "messages": [
            {
                "number": one.number,
                "time": one.time,
                "sender": one.sender,
                "side": one.side,
                "text": one.text,
            }
            for one in found.messages
        ],
        "attachments": attached,
        "sheets": [_sheet(sheet) for sheet in found.sheets],
        "warnings": list(notes),
    }
    lines = [texts.text(f"viewer.contents.{found.kind.value}")]
    lines += [f"{texts.text(f'viewer.fact.{fact.name}')}  {fact.value}" for fact in found.facts]
    lines += [_message(texts, one) for one in found.messages[:_SHOWN]]
    lines += found.text.splitlines()[:_SHOWN]
    proposed = reading_lines(texts, reading) if reading is not None else ()
    return CommandOutcome(shown, (*lines, *named, *proposed, *notes))


def _read_pdf(context: CommandContext, data: bytes) -> CommandOutcome | None:
    """A receipt, say; its octets are no text for people, and a scan has no words."""
    pages = GuardedPdf()
    try:
        words = pdf_words(pages, data)
    except AppError:
        return None
    finally:
        pages.close()
    reading = _reading_of(words)
    if not reading.transfers and not any(found.kind in KINDS for found in reading.loose):
        return None
    found = DecodedContents(ContentsKind.TEXT, text=words)
    lines = (*words.splitlines(), "", *reading_lines(context.texts, reading))
    return CommandOutcome(_document(found, reading), lines)


def _message(texts: Catalogue, one: ChatMessage) -> str:
    """By its sender, else by on whose side of the chat it stands."""
    side = texts.text(f"viewer.chat.{one.side}") if one.side and not one.sender else one.sender
    return f"{one.number}  {one.time}  {side}  {one.text}"


def _spoken(found: DecodedContents) -> Extraction | None:
    """What the words of people propose; nothing is looked for in anything else."""
    return _reading_of(spoken(found)) if found.kind in SPOKEN else None


def _reading_of(text: str) -> Extraction:
    reader = PastedTextReader(PackedDirectories(resource_path("directories")))
    return reader.read(text[:_MOST_READ], SystemClock().now())


def _document(found: DecodedContents, reading: Extraction | None) -> dict[str, Json]:
    if reading is None:
        return document(found.kind.value, "", text=found.text)
    today = SystemClock().now().astimezone(CHINA).date()
    directories = PackedDirectories(resource_path("directories"))
    return dict(extraction_document(reading, directories, today))


def _sheet(sheet: ContentsTable) -> Json:
    return {
        "name": sheet.name or sheet.title,
        "heads": list(sheet.heads),
        "rows": [list(row) for row in sheet.rows],
    }
