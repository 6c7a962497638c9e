"""Packs: data a centre sends its stations between two releases of the program, each under its signature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.ids import DeviceId

_VERSION: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:\.(\d{1,4}))?")


class PackageKind(StrEnum):
    """What a package replaces."""

    RULES = "rules"
    """Numbers of law and practice, and the calendar of working days."""
    SCRIPTS = "scripts"
    """Types of fraud and their questions."""
    DIRECTORIES = "directories"
    """Banks, numbers, places."""
    WATCH = "watch"
    """Values that several cases hold, as digests."""


@dataclass(frozen=True, slots=True)
class PackageHead:
    """What the signature of a package covers. ``version`` is a day, or a day and a count (``2026-12-01.2``);
    ``digests``: file name → SHA-256 in lower-case hex. Whoever changes a file changes the head."""

    kind: str
    version: str
    made_at: str
    unit: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DataPackage:
    """A package whose signature and digests hold; whether to trust its signer is another question.

    ``head_bytes`` is the signed text of ``head``, ``signer`` the signer's device id, ``key_line`` its
    ``ssh-ed25519`` line.
    """

    head: PackageHead
    head_bytes: bytes
    signature: str
    files: Mapping[str, bytes]
    signer: DeviceId
    key_line: str


@dataclass(frozen=True, slots=True)
class PackageInForce:
    """What one kind of data rests on. The program's own has no ``unit`` and no ``taken_at``.

    ``waiting`` is the version that was taken in since sign-in and counts from the next one, else "".
    """

    kind: PackageKind
    version: str
    unit: str = ""
    taken_at: datetime | None = None
    waiting: str = ""


def is_version(text: str) -> bool:
    """Whether ``text`` is a version a package may carry."""
    return _VERSION.fullmatch(text) is not None


def package_day(version: str) -> date | None:
    """The day of a version; None for what is no version, or no day of the calendar."""
    year_month_day = _key(version)[:3]
    try:
        return date(*year_month_day) if year_month_day else None
    except ValueError:
        return None


def is_newer(version: str, than: str) -> bool:
    """Whether ``version`` is later; whatever is no version is older than all."""
    return _key(version) > _key(than)


def _key(version: str) -> tuple[int, ...]:
    found = _VERSION.fullmatch(version)
    return tuple(int(part or 0) for part in found.groups()) if found else ()
