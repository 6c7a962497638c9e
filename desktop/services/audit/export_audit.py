"""Give lines of the audit away as a signed file. That it was done is a line of the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.domain.installation.audit import AuditFile, AuditQuery, AuditRow
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import AUDIT_EXPORTED
from desktop.services.audit.audit_texts import AuditTexts
from desktop.services.audit.list_audit import audit_rows
from desktop.services.session import Session


def export_audit(session: Session, query: AuditQuery, target: Path, texts: AuditTexts) -> AuditFile:
    """Every line the query asks for, oldest first, in ``target``, with a signature beside it.

    Raises:
        RuleError: ``rights.missing``. WorldError: as the disk does; nothing is left of the file then.
    """
    session.require(Permission.AUDIT)
    number = session.officer.number

    def record(count: int) -> None:
        subject = officer_subject(session.profile.device, number)
        with session.store.write() as transaction:
            transaction.append(number, NewEntry(AUDIT_EXPORTED, subject, {"entries": count}))

    return session.signed_files.write_audit(
        target, _head(session, query), _entries(session, query, texts), record
    )


def _head(session: Session, query: AuditQuery) -> dict[str, Json]:
    """Whose audit it is, and what was asked: a file that leaves something out says so."""
    kinds: list[Json] = [*sorted(query.kinds)]
    return {
        "format": "fanzha-audit-1",
        "unit_code": session.profile.unit_code,
        "unit_name": session.profile.unit_name,
        "device": session.profile.device,
        "made_at": to_wire(session.clock.now()),
        "made_by": session.officer.number,
        "asked": {
            "officer": query.officer,
            "case": query.case,
            "kinds": kinds,
            "since": to_wire(query.since) if query.since else "",
            "until": to_wire(query.until) if query.until else "",
        },
    }


def _entries(
    session: Session, query: AuditQuery, texts: AuditTexts
) -> Iterator[Mapping[str, Json]]:
    for row in audit_rows(session, query):
        yield document_of(row, texts)


def document_of(row: AuditRow, texts: AuditTexts) -> dict[str, Json]:
    """A line as programs read it. ``device`` and ``seq`` name the entry of the journal."""
    return {
        "at": to_wire(row.at),
        "officer": row.officer,
        "kind": row.kind,
        "category": row.category.value,
        "case": row.case,
        "what": texts.what(row),
        "device": row.device,
        "seq": row.key.seq,
    }
