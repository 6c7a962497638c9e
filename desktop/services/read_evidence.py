"""Read what an item of evidence says: rows of a statement, the text and codes of a picture, words.

Nothing read here is a fact yet; an officer picks. Every reading is a line in the custody log.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.found_code import FoundCode
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.officer import Permission
from desktop.domain.picture_text import PictureText
from desktop.domain.progress import Progress
from desktop.domain.proposal import Reading
from desktop.domain.statement import ColumnChoice, Statement, StatementRow, TablePreview
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_READ
from desktop.services.desk import Desk
from desktop.services.view_evidence import find_evidence

LARGEST: Final = 256 << 20
"""Octets; a statement of a million rows has half of it. Larger files are evidence all the same, and are not read."""
_CHUNK: Final = 1 << 20
_ROWS_A_LOOK: Final = 2_000
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class Readable(StrEnum):
    """What an item is read as, by its content."""

    PICTURE = "picture"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class PictureReading:
    """``failed`` says why there is no text, where the codes were found all the same."""

    text: PictureText
    codes: tuple[FoundCode, ...]
    reading: Reading
    failed: WorldError | None = None


def readable_as(desk: Desk, case: CaseId, evidence: EvidenceId) -> Readable:
    """By the first octets; everything that is no picture may be a statement."""
    desk.require(Permission.READ_CASES)
    item = find_evidence(desk, case, evidence)
    with desk.vault.open(item.sha256) as source:
        head = source.read(16)
    return Readable.PICTURE if head.startswith(_PICTURES) else Readable.STATEMENT


def read_statement(
    desk: Desk,
    case: CaseId,
    evidence: EvidenceId,
    progress: Progress,
    *,
    password: str = "",
    choice: ColumnChoice | None = None,
) -> Statement:
    """The whole statement; tells the rows read so far.

    Raises:
        UserInputError: ``reading.too_large``; ``statement.…`` of the reader.
        WorldError, TrustError: from the vault.
    """
    desk.require(Permission.READ_CASES)
    source = _content(desk, case, evidence, progress)
    found = desk.files.statement(source, password, choice)
    rows: list[StatementRow] = []
    for row in found:
        rows.append(row)
        if len(rows) % _ROWS_A_LOOK == 0:
            progress.check()
            progress.advance(len(rows), 0)
    if not rows:
        raise UserInputError("statement.no_rows")
    _note(desk, evidence)
    return Statement(found.head, tuple(rows), found.stated, found.findings, found.counted)


def preview_statement(
    desk: Desk, case: CaseId, evidence: EvidenceId, progress: Progress, *, password: str = ""
) -> TablePreview:
    """The first rows of a table nobody knows, for the officer to say what its columns are. Raises as above."""
    desk.require(Permission.READ_CASES)
    return desk.files.table(_content(desk, case, evidence, progress), password)


def read_picture(
    desk: Desk, case: CaseId, evidence: EvidenceId, progress: Progress
) -> PictureReading:
    """Codes, lines and proposals of a picture.

    Raises ``UserInputError`` ``picture.unknown``, ``picture.too_large``; ``WorldError``, ``TrustError`` of the vault.
    """
    desk.require(Permission.READ_CASES)
    data = _content(desk, case, evidence, progress).getvalue()
    codes = desk.files.codes(data)
    progress.check()
    text, failed = PictureText(0, 0, "", ()), None
    try:
        text = desk.files.picture(data)
    except WorldError as error:
        failed = error
    _note(desk, evidence)
    reading = desk.reader.read(text.text, desk.clock.now())
    return PictureReading(text, codes, reading, failed)


def _content(desk: Desk, case: CaseId, evidence: EvidenceId, progress: Progress) -> io.BytesIO:
    item = find_evidence(desk, case, evidence)
    if item.size > LARGEST:
        raise UserInputError("reading.too_large", most=LARGEST >> 20)
    with desk.vault.open(item.sha256) as source:
        return _copied(source, progress)


def _copied(source: BinaryIO, progress: Progress) -> io.BytesIO:
    """In memory, as readers go back and forth and nothing plain may touch the disk."""
    copy = io.BytesIO()
    while block := source.read(_CHUNK):
        progress.check()
        copy.write(block)
    copy.seek(0)
    return copy


def _note(desk: Desk, evidence: EvidenceId) -> None:
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(EVIDENCE_READ, f"evidence/{evidence}", {}))
