"""What readers of evidence share: what an item is read as, its content in memory, the line in the custody log.

Nothing that is read is a fact yet; an officer picks.
"""

from __future__ import annotations

import io
from enum import StrEnum
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.picture_kinds import PLAIN, is_picture
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_READ
from desktop.services.evidence.view_evidence import find_evidence
from desktop.services.session import Session

LARGEST: Final = 256 << 20
"""Octets; a statement of a million rows has half of it. Larger files are evidence all the same, and are not read."""
_CHUNK: Final = 1 << 20


class Readable(StrEnum):
    """What an item is read as, by its content."""

    PICTURE = "picture"
    STATEMENT = "statement"


def readable_as(session: Session, case: CaseId, evidence: EvidenceId) -> Readable:
    """By the first octets; everything that is no picture may be a statement."""
    session.require(Permission.READ_CASES)
    item = find_evidence(session, case, evidence)
    with session.vault.open(item.sha256) as source:
        head = source.read(16)
    return Readable.PICTURE if is_picture(head) else Readable.STATEMENT


def is_plain(head: bytes) -> bool:
    """Whether a picture that begins so can be read as it is."""
    return head.startswith(PLAIN)


def content_of(
    session: Session, case: CaseId, evidence: EvidenceId, progress: Progress
) -> io.BytesIO:
    """The whole item, for a reader. Raises ``UserInputError("reading.too_large")``, and what the vault does."""
    session.require(Permission.READ_CASES)
    item = find_evidence(session, case, evidence)
    if item.size > LARGEST:
        raise UserInputError("reading.too_large", most=LARGEST >> 20)
    with session.vault.open(item.sha256) as source:
        return _copied(source, progress)


def _copied(source: BinaryIO, progress: Progress) -> io.BytesIO:
    """In memory, as readers go back and forth and nothing plain may touch the disk."""
    copy = io.BytesIO()
    while block := source.read(_CHUNK):
        progress.check()
        copy.write(block)
    copy.seek(0)
    return copy


def note_reading(session: Session, evidence: EvidenceId) -> None:
    """Enter that the signed-in officer had the content read."""
    session.require(Permission.READ_CASES)
    with session.store.write() as transaction:
        transaction.append(
            session.officer.number, NewEntry(EVIDENCE_READ, f"evidence/{evidence}", {})
        )
