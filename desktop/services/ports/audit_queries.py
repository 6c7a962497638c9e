"""The journal as an auditor reads it, and what a sign-in tells of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from desktop.domain.audit import AuditEntry, AuditKey, AuditQuery, AuditSum


class AuditQueries(Protocol):
    """The journal as an auditor reads it, and what a sign-in tells of the one before."""

    def audit_page(
        self, query: AuditQuery, after: AuditKey | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        """Entries of the kinds asked for, newest first, from behind ``after`` on. As quick in a journal of a million
        entries as in a small one."""
        ...

    def audit_entries(self, query: AuditQuery) -> Iterator[AuditEntry]:
        """All of them, oldest first."""
        ...

    def audit_sum(self, query: AuditQuery, most: int | None = None) -> AuditSum:
        """How many there are and by whom; no more than ``most`` are counted. Without it all are, and by whom is not
        told: that would read every entry."""
        ...

    def noted(self, subject: str, kind: str, officer: str) -> bool:
        """Whether the officer left such a trace about ``subject`` since signing in here last."""
        ...

    def last_sign_in(self, officer: str) -> AuditKey | None:
        """The entry of the officer's last sign-in here; None for the first time."""
        ...
