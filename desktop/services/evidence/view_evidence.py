"""Look at evidence: every view is a line in the custody log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    CUSTODY_PASSED,
    EVIDENCE_CITED,
    EVIDENCE_VIEWED,
    SEAL_APPLIED,
)
from desktop.services.session import Session


def find_evidence(session: Session, case: CaseId, evidence: EvidenceId) -> Evidence:
    """The item; raises ``UserInputError("evidence.unknown")``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        items = reader.evidence(case)
    for item in items:
        if item.id == evidence:
            return item
    raise UserInputError("evidence.unknown")


def open_evidence(session: Session, case: CaseId, evidence: EvidenceId) -> BinaryIO:
    """The plain content of an item, after noting who looked."""
    item = find_evidence(session, case, evidence)
    with session.store.write() as transaction:
        viewed = NewEntry(EVIDENCE_VIEWED, f"evidence/{evidence}", {})
        transaction.append(session.officer.number, viewed)
    return session.vault.open(item.sha256)


def cite_evidence(session: Session, case: CaseId, evidence: EvidenceId, citation: Citation) -> None:
    """Note that somebody referred to a place in the item: the place, not what stands there."""
    item = find_evidence(session, case, evidence)
    fields = {"kind": citation.kind.value, "place": citation.place}
    with session.store.write() as transaction:
        cited = NewEntry(EVIDENCE_CITED, f"evidence/{item.id}", fields)
        transaction.append(session.officer.number, cited)


def custody(session: Session, case: CaseId, evidence: EvidenceId) -> tuple[HistoryRow, ...]:
    """Everything that ever happened to the item, oldest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        rows = reader.history(case)
    own = {f"evidence/{evidence}", *_acts_on(rows, evidence)}
    return tuple(row for row in rows if row.subject in own)


def _acts_on(rows: Iterable[HistoryRow], evidence: EvidenceId) -> Iterator[str]:
    """Seals and passings that name the item."""
    for row in rows:
        if row.kind in (SEAL_APPLIED, CUSTODY_PASSED):
            items = dict(row.fields).get("items", "")
            if f'"{evidence}"' in items:
                yield row.subject


def thumbnail(session: Session, evidence: EvidenceId) -> bytes | None:
    """The kept thumbnail, a PNG."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.thumbnail(evidence)


def keep_thumbnail(session: Session, evidence: EvidenceId, png: bytes) -> None:
    """Keep a thumbnail, encrypted in the database; it is derived and may be lost."""
    session.require(Permission.READ_CASES)
    with session.store.write() as transaction:
        transaction.keep_thumbnail(evidence, png)
