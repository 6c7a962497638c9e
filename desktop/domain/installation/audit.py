"""What an auditor asks of the journal, and a line of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop.domain.records.fields import Fields


class AuditCategory(StrEnum):
    """What an entry is to an auditor."""

    SIGN_IN = "sign_in"
    """Signing in, wrong passwords, locking and unlocking."""
    ALARM = "alarm"
    """What should not happen: data or clock set back, a bundle refused, a backup restored."""
    LOOK = "look"
    """A case or evidence was seen."""
    REVEAL = "reveal"
    """Masked personal numbers were shown in full."""
    SEARCH = "search"
    PRINT = "print"
    EXPORT = "export"
    """Data left the program: bundles, copies, files, backups."""
    CODE = "code"
    """A code for a camera was shown."""
    TRUST = "trust"
    OFFICERS = "officers"
    """Who may sign in here, as what."""
    SETTINGS = "settings"
    KEYS = "keys"
    """Keys and passwords."""
    FORMS = "forms"
    """Templates and phrases of papers, and packs of rules and directories."""
    WORK = "work"
    """Cases, orders and evidence were recorded or changed."""


@dataclass(frozen=True, slots=True)
class AuditKey:
    """The place of an entry among all by time: the page after it begins behind it."""

    wall: str
    stream: str
    seq: int


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries are asked for. ``officer``: a police number, ``case``: the id of a case, ``kinds``: kinds of
    entries, each "" or empty for all. From ``since`` on, before ``until``."""

    officer: str = ""
    case: str = ""
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry as storage finds it. ``case``: the number of the case it is about, its id where it has none yet, ""
    where it is about none. ``device``: the one whose entry it is."""

    key: AuditKey
    at: datetime
    officer: str
    kind: str
    subject: str
    case: str
    device: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A line for an auditor. ``fields``: the few details that say nothing of a case, by name."""

    key: AuditKey
    at: datetime
    officer: str
    kind: str
    category: AuditCategory
    case: str
    device: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines, newest first. ``more``: the key to go on from, None at the end."""

    rows: tuple[AuditRow, ...]
    more: AuditKey | None = None


@dataclass(frozen=True, slots=True)
class AuditSum:
    """How much an answer holds. ``whole`` False: at least ``count``; more were not counted. ``officers``: who did how
    much, most first, where that was counted; nobody where it is not whole."""

    count: int
    whole: bool
    officers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SignInStorm:
    """Wrong passwords for one officer within one day of legal time."""

    officer: str
    day: str
    count: int


@dataclass(frozen=True, slots=True)
class AuditFile:
    """An exported audit: the file, its signature, and the line that names its signer for ``ssh-keygen``; the
    fingerprint of the key, and how many lines there are."""

    file: Path
    signature: Path
    signers: Path
    signer: str
    entries: int
