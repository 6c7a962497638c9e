"""Files of the profile that steer the program, and how what lies on the disk differs from what is bound.

A file is *bound* when the journal holds its whole text: the program follows that text, whatever the file says. What
was changed, added or removed outside the program is named and followed only after an entitled officer approved it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from desktop.domain.text.line_diff import LinePair, line_pairs

PROFILE: Final = "profile.toml"
"""Unit, role and device of the installation."""
SETTINGS: Final = "settings.toml"
"""Of the settings those that matter to others than the person at the screen."""
FORMS: Final = "forms/"
SCRIPTS: Final = "scripts/"
RULES: Final = "rules/"
PHRASES: Final = f"{FORMS}phrases.toml"
"""The unit's wording of free places, which the program writes too."""
OWN_FOLDERS: Final = (FORMS, SCRIPTS, RULES)
"""Folders of the unit's own templates, wording, questions and rules. Only these can be approved."""
ORIGINALS: Final = "originals/"
"""Before the path of an own file: the shipped text that it was made from, which is bound beside it and lies on no disk.
"""

MISSING: Final = "missing"
"""Stands for the digest of a file that is not there."""
_MOST_LINES: Final = 4000
"""Beyond, two texts are not compared line by line: the time grows with the product."""


def digest_of(text: str) -> str:
    """SHA-256 over the UTF-8 octets of ``text``, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_own_file(path: str) -> bool:
    """Whether a unit may have the file changed by an approval; profile and settings are never approved."""
    return path.startswith(OWN_FOLDERS)


class FileState(StrEnum):
    """How a file on the disk differs from what is bound."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it lies on the disk. ``text`` None: it can not be taken as text, ``reason`` says why (``link``,
    ``not_a_file``, ``too_large``, ``not_text``, ``damaged``, ``unreadable``, ``too_many``)."""

    path: str
    text: str | None
    reason: str = ""

    @property
    def digest(self) -> str:
        """Of the text; the reason where there is none."""
        return self.reason if self.text is None else digest_of(self.text)


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What was bound before, and the original it was made from. ``text`` None: the shipped one was used."""

    text: str | None
    original: str = ""


@dataclass(frozen=True, slots=True)
class BoundFile:
    """What the journal says of a file. ``text`` None: the program follows no such file. ``former``: digest of the text
    that was bound before. ``noted``: digest of the foreign text that was noted last, "" once it was settled.
    ``original``: the shipped text that ``text`` was made from, "" for none or one that nobody knows."""

    path: str
    text: str | None
    former: str = ""
    noted: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that says something else than is bound. ``bound`` and ``found`` are None where there is no such text;
    ``reason`` as in :class:`FoundFile`. ``earlier``: it is the text that was bound before, as a crash between binding
    and writing leaves it."""

    path: str
    state: FileState
    bound: str | None
    found: str | None
    reason: str = ""
    earlier: bool = False

    @property
    def digest(self) -> str:
        """Of what was found."""
        if self.state is FileState.MISSING:
            return MISSING
        return self.reason if self.found is None else digest_of(self.found)

    @property
    def approvable(self) -> bool:
        """Whether an approval can make it the unit's own."""
        return is_own_file(self.path) and self.state is not FileState.UNREADABLE

    def lines(self) -> tuple[LinePair, ...]:
        """The lines that differ, bound ones on the left; of very long texts those far behind the first difference are
        paired as they stand: none that differs is left out, as somebody approves what is shown here."""
        left, right = (_lines(text) for text in (self.bound, self.found))
        rest: Iterable[tuple[str | None, str | None]] = ()
        if len(left) + len(right) > _MOST_LINES:
            both = enumerate(zip(left, right, strict=False))
            first = next(
                (place for place, (one, other) in both if one != other), min(len(left), len(right))
            )
            end = first + _MOST_LINES // 2
            rest = zip_longest(left[end:], right[end:])
            left, right = left[first:end], right[first:end]
        pairs = (*line_pairs(left, right), *(LinePair(one, other) for one, other in rest))
        return tuple(pair for pair in pairs if not pair.same)


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def find_changes(
    bound: Mapping[str, BoundFile], found: Mapping[str, FoundFile]
) -> tuple[FileChange, ...]:
    """Every file that differs, by path."""
    changes = (_change(path, bound.get(path), found.get(path)) for path in {*bound, *found})
    return tuple(sorted((item for item in changes if item), key=lambda item: item.path))


def _change(path: str, bound: BoundFile | None, found: FoundFile | None) -> FileChange | None:
    text = bound.text if bound is not None else None
    if found is None:
        return None if text is None else FileChange(path, FileState.MISSING, text, None)
    if found.text is None:
        return FileChange(path, FileState.UNREADABLE, text, None, found.reason)
    if found.text == text:
        return None
    if text is None:
        return FileChange(path, FileState.ADDED, None, found.text)
    earlier = bound is not None and found.digest == bound.former
    return FileChange(path, FileState.CHANGED, text, found.text, earlier=earlier)
