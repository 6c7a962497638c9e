"""What is attached to a mail, for ``read``: each by number, with what it can be read as; and one of them taken out."""

from __future__ import annotations

import io
import os
from typing import BinaryIO, Final

from desktop.domain.errors import AppError, UserInputError
from desktop.domain.evidence.contents import ATTACHMENTS, DecodedContents
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.extraction.read_evidence import is_plain
from desktop.services.ports.reading.contents import Attachment, Unread

_LOOKED_INTO: Final = 20
"""Attachments of one mail; of the others name and digest are told."""
_MAIL: Final = "message/rfc822"


def take_attachment(source: BinaryIO, numbers: str) -> Attachment:
    """``numbers``: ``2``, or ``2.1`` for the first attachment of an attached mail.

    Raises ``UserInputError``: ``evidence.attachment`` (number) where there is none, or it is too large or too deep.
    """
    try:
        place = [int(part) for part in numbers.split(".")]
    except ValueError as error:
        raise UserInputError("evidence.attachment", number=numbers) from error
    reader = ContentsReader()
    try:
        found = _taken(reader, source, place)
    finally:
        reader.close()
    if isinstance(found, Unread):
        raise UserInputError("evidence.attachment", number=numbers)
    return found


def attachments(
    texts: Catalogue, reader: ContentsReader, source: BinaryIO, found: DecodedContents
) -> tuple[list[Json], list[str]]:
    """For the document and for people: what is attached to the mail ``source``."""
    rows = [row for sheet in found.sheets if sheet.title == ATTACHMENTS for row in sheet.rows]
    documents: list[Json] = []
    lines: list[str] = []
    for number, (name, media, size, digest) in enumerate(rows, 1):
        kind = _kind(reader, source, number) if number <= _LOOKED_INTO else ""
        documents.append(
            {
                "number": number,
                "name": name,
                "media_type": media,
                "size": int(size),
                "sha256": digest,
                "readable": kind,
            }
        )
        what = texts.text(f"viewer.attachment.readable.{kind or 'other'}", number=number)
        lines.append(f"{texts.text('viewer.attachment.note', number=number, name=name)}  {what}")
    return documents, lines


def _kind(reader: ContentsReader, source: BinaryIO, number: int) -> str:
    """``statement``, ``picture``, ``mail``, or nothing."""
    taken = _taken(reader, source, [number])
    if isinstance(taken, Unread):
        return ""
    if taken.media_type == _MAIL:
        return "mail"
    if is_plain(taken.data[:16]) or is_heif(taken.data[:16]):
        return "picture"
    try:
        open_statement(io.BytesIO(taken.data), "")
    except UserInputError as refused:
        return "locked" if refused.code == "statement.password" else ""
    except AppError:
        return ""
    return "statement"


def _taken(reader: ContentsReader, source: BinaryIO, place: list[int]) -> Attachment | Unread:
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    return reader.attachment(source, size, place, SILENT)
