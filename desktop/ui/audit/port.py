"""What the page of the auditor asks of the desk. Everything runs in lane ``db`` and may raise ``AppError``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.audit import (
    AuditFile,
    AuditKey,
    AuditPage,
    AuditQuery,
    AuditSum,
    SignInStorm,
)
from desktop.services.audit.audit_texts import AuditTexts


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What the person asks: ``case`` is a number as typed, "" for every case."""

    officer: str = ""
    case: str = ""
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    storms: bool = False
    """Whether days with many wrong passwords are looked for too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first page, how much there is in all, and the words of this officer's unit."""

    query: AuditQuery
    page: AuditPage
    total: AuditSum
    words: AuditTexts
    storms: tuple[SignInStorm, ...] = ()


class AuditPort(Protocol):
    """The audit of one desk."""

    def ask(self, asked: AuditRequest) -> Answer:
        """Look for it."""
        ...

    def older(self, query: AuditQuery, after: AuditKey) -> AuditPage:
        """The page after that."""
        ...

    def export(self, query: AuditQuery, target: Path) -> AuditFile:
        """Write all of it, signed."""
        ...

    def officers(self) -> tuple[tuple[str, str], ...]:
        """Number and name of everyone known here, by number."""
        ...
