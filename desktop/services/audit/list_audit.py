"""The lines of the journal that an auditor reads: who did what, and of a case no more than its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.errors import UserInputError
from desktop.domain.installation.audit import (
    AuditCategory,
    AuditEntry,
    AuditKey,
    AuditPage,
    AuditQuery,
    AuditRow,
    AuditSum,
)
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Json
from desktop.journal.audited import AUDITED, kinds_of
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import AUDIT_READ
from desktop.services.session import Session


def audit_page(
    session: Session, query: AuditQuery, after: AuditKey | None = None, limit: int = 100
) -> AuditPage:
    """``limit`` lines, newest first, from behind ``after`` on. That the audit was read is a line of it, once for each
    officer and sign-in."""
    session.require(Permission.AUDIT)
    _note(session)
    with session.store.read() as reader:
        found = reader.audit_page(_audited(query), after, limit + 1)
    rows = tuple(map(_row, found[:limit]))
    return AuditPage(rows, rows[-1].key if rows and len(found) > limit else None)


def audit_rows(session: Session, query: AuditQuery) -> Iterator[AuditRow]:
    """All lines, oldest first, for a file."""
    session.require(Permission.AUDIT)
    with session.store.read() as reader:
        yield from map(_row, reader.audit_entries(_audited(query)))


def audit_sum(session: Session, query: AuditQuery, most: int | None = None) -> AuditSum:
    """How many lines there are and by whom; no more than ``most`` are counted. Without it all are, and by whom is not
    told."""
    session.require(Permission.AUDIT)
    with session.store.read() as reader:
        return reader.audit_sum(_audited(query), most)


def case_of_number(session: Session, number: str) -> str:
    """The id of the case with this number, for a query; raises ``UserInputError("case.unknown")``. Nothing of the case
    is read."""
    session.require(Permission.AUDIT)
    with session.store.read() as reader:
        case = reader.case_by_number(number.strip())
    if case is None:
        raise UserInputError("case.unknown")
    return case


def kinds_named(name: str) -> frozenset[str]:
    """The kinds of entries behind the name of a category or of one kind; raises ``UserInputError("audit.kind")``."""
    if name in AUDITED:
        return frozenset({name})
    if name in {category.value for category in AuditCategory}:
        return kinds_of(AuditCategory(name))
    raise UserInputError("audit.kind")


def _audited(query: AuditQuery) -> AuditQuery:
    kinds = query.kinds & AUDITED.keys() if query.kinds else frozenset(AUDITED)
    return replace(query, kinds=kinds)


def _row(entry: AuditEntry) -> AuditRow:
    """What may be told of an entry: its fields are those of a case."""
    known = AUDITED[entry.kind]
    fields: dict[str, Json] = {
        name: entry.fields[name] for name in known.tells if name in entry.fields
    }
    if known.about:
        fields[f"about_{known.about}"] = entry.subject.rpartition("/")[2]
    return AuditRow(
        entry.key, entry.at, entry.officer, entry.kind, known.category, entry.case, entry.device,
        fields,
    )  # fmt: skip


def _note(session: Session) -> None:
    number = session.officer.number
    subject = officer_subject(session.profile.device, number)
    with session.store.read() as reader:
        if reader.noted(subject, AUDIT_READ, number):
            return
    with session.store.write() as transaction:
        transaction.append(number, NewEntry(AUDIT_READ, subject, {}))
