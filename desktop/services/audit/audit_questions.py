"""Questions that an auditor asks again and again, ready to be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.installation.audit import AuditCategory, AuditQuery, SignInStorm
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import legal_day
from desktop.domain.records.fields import number
from desktop.domain.time.local_time import CHINA
from desktop.journal import kinds
from desktop.journal.audited import kinds_of
from desktop.services.audit.list_audit import audit_rows
from desktop.services.session import Session

STORM: Final = 5
"""Wrong passwords for one officer in one day that are no slips of the finger."""


class AuditSpan(StrEnum):
    """How far back a question looks, in days of legal time that end with today."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    """Since the first day of the calendar quarter."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """``kinds`` empty: all. ``about_case``: it is asked about one case, whose number has to be typed."""

    name: str
    span: AuditSpan
    kinds: frozenset[str] = frozenset()
    about_case: bool = False


def _of(*categories: AuditCategory) -> frozenset[str]:
    return frozenset().union(*map(kinds_of, categories))


_C = AuditCategory
QUESTIONS: Final = (
    AuditQuestion("latest", AuditSpan.ALL),
    AuditQuestion("failures", AuditSpan.WEEK, frozenset({kinds.SIGN_IN_FAILED})),
    AuditQuestion("alarms", AuditSpan.ALL, _of(_C.ALARM)),
    AuditQuestion("case", AuditSpan.ALL, about_case=True),
    AuditQuestion("revealed", AuditSpan.MONTH, _of(_C.REVEAL)),
    AuditQuestion("searched", AuditSpan.WEEK, _of(_C.SEARCH)),
    AuditQuestion("taken_out", AuditSpan.MONTH, _of(_C.EXPORT, _C.PRINT, _C.CODE)),
    AuditQuestion("roles", AuditSpan.QUARTER, _of(_C.OFFICERS)),
    AuditQuestion("trust", AuditSpan.QUARTER, _of(_C.TRUST, _C.KEYS)),
    AuditQuestion("steered", AuditSpan.QUARTER, _of(_C.SETTINGS, _C.FORMS)),
    AuditQuestion(
        "audit_read", AuditSpan.MONTH, frozenset({kinds.AUDIT_READ, kinds.AUDIT_EXPORTED})
    ),
)


def since_of(span: AuditSpan, now: datetime) -> datetime | None:
    """The first instant of a span; None for all there is."""
    day = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    match span:
        case AuditSpan.TODAY:
            return day
        case AuditSpan.WEEK:
            return day - timedelta(days=6)
        case AuditSpan.MONTH:
            return day - timedelta(days=29)
        case AuditSpan.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case AuditSpan.ALL:
            return None


def storms(session: Session, query: AuditQuery) -> tuple[SignInStorm, ...]:
    """Officers for whom :data:`STORM` or more wrong passwords came within a day, the most first."""
    session.require(Permission.AUDIT)
    failed = AuditQuery(
        query.officer, "", frozenset({kinds.SIGN_IN_FAILED}), query.since, query.until
    )
    counts: Counter[tuple[str, str]] = Counter()
    for row in audit_rows(session, failed):
        about = str(row.fields.get("about_officer", ""))
        counts[about, legal_day(row.at).isoformat()] += number(row.fields, "count")
    return tuple(
        SignInStorm(officer, day, count)
        for (officer, day), count in counts.most_common()
        if count >= STORM
    )
