"""Evidence that leaves for prosecutor or court: what goes, to whom, why, and the digests that fix it."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import EvidenceId

_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{1,8})")
_RUN_BY_A_CLICK: Final = frozenset(
    {
        "bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "pif", "ps1", "py", "reg",
        "scr", "sh", "url", "vbe", "vbs", "wsf",
    }
)  # fmt: skip


_BESIDES: Final = 4 << 20
"""Octets for lists, verifier and instructions."""
_A_FILE: Final = 64 << 10
"""Octets a file may take beyond its content: the largest cluster of common sticks."""


@dataclass(frozen=True, slots=True)
class CourtHandoverRequest:
    """What a person asks for. ``items`` None: all of the case; ``md5``: for a receiver whose forms still want it."""

    items: frozenset[EvidenceId] | None = None
    receiver: str = ""
    reason: str = ""
    md5: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file of the folder as it was written: size in octets, digests in lower-case hex; ``md5`` only where asked."""

    path: str
    size: int
    sha256: str
    sm3: str
    md5: str = ""


@dataclass(frozen=True, slots=True)
class HandedItem:
    """An item under its number in the list (from 1)."""

    number: int
    evidence: Evidence
    fixed: Fixed


@dataclass(frozen=True, slots=True)
class CourtHandoverFacts:
    """What the lists say. ``officers``: (number, name); ``fingerprint`` of the device that signs, in groups;
    ``verifier``: SHA-256 of the verifier that lies in the folder."""

    id: str
    case_number: str
    official_number: str
    unit_code: str
    unit_name: str
    fingerprint: str
    officers: tuple[tuple[str, str], ...]
    receiver: str
    reason: str
    made_at: datetime
    items: tuple[HandedItem, ...]
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file to write: where in the folder, what it must turn out to be, and its content in blocks."""

    path: str
    size: int
    sha256: str
    blocks: Callable[[], Generator[bytes]]


MakeLists: TypeAlias = Callable[[Sequence[Fixed], str], Mapping[str, bytes]]
"""From what was written, and the digest of the verifier, to the lists by file name."""


@dataclass(frozen=True, slots=True)
class CourtHandoverPlan:
    """Everything a writer needs. ``info``: rows of ``bag-info.txt``; ``words``: what the instructions name;
    ``record`` is called with the digest of the tag manifest when all is written and read back, before it shows."""

    originals: Sequence[Original]
    md5: bool
    info: Mapping[str, str]
    words: Mapping[str, str]
    card: str
    lists: MakeLists
    record: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The finished folder. ``listing`` is what ``sha256sum -c`` reads; ``digest``: SHA-256 of the tag manifest."""

    folder: Path
    files: tuple[Path, ...]
    listing: Path
    digest: str
    fingerprint: str


def payload_path(number: int, name: str) -> str:
    """``data/0001.jpg``: plain ASCII, so that no copy between systems changes a name. What a click would run
    gets another ending; the list has the name as it was."""
    ending = _ENDING.fullmatch(f".{name.rpartition('.')[2]}") if "." in name else None
    suffix = f".{ending[1].lower()}" if ending else ""
    if suffix.removeprefix(".") in _RUN_BY_A_CLICK:
        suffix += ".bin"
    return f"data/{number:04d}{suffix}"


@dataclass(frozen=True, slots=True)
class CourtHandoverFit:
    """Whether a hand-over fits its medium. ``need`` in octets; ``too_long``: which files the file system does not
    take, counted from 0 in the order they were given."""

    medium: MediumFacts
    need: int
    too_long: tuple[int, ...]

    @property
    def room(self) -> bool:
        """Whether there is space enough."""
        return self.need <= self.medium.free

    @property
    def fits(self) -> bool:
        """Whether it can be written."""
        return self.room and not self.too_long


def fit_of(medium: MediumFacts, sizes: Sequence[int]) -> CourtHandoverFit:
    """How a hand-over of files of ``sizes`` octets fits ``medium``. Each is written whole: a court compares it with
    its digest, so that none is cut into parts."""
    most = medium.largest_file
    too_long = () if most is None else tuple(at for at, size in enumerate(sizes) if size > most)
    return CourtHandoverFit(medium, sum(size + _A_FILE for size in sizes) + _BESIDES, too_long)
