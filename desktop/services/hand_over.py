"""Hand evidence over to prosecutor or court: the originals and a list that public tools check."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_HANDED_OVER
from desktop.services.desk import Desk
from desktop.services.look_up import case_file

_CHUNK = 1 << 20
_LONGEST = 200
"""Octets; file systems take 255, and a number stands in front."""
_FULL = {errno.ENOSPC: "disk.full", errno.EDQUOT: "disk.full"}
_UNSAFE = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written: originals, and ``manifest-sha256.txt`` over them."""

    folder: Path
    files: tuple[Path, ...]
    listing: Path


def hand_over(desk: Desk, case: CaseId, folder: Path, progress: Progress) -> HandedOver:
    """Write every item of ``case`` into ``folder`` (new or empty) and list their digests. That copies of the originals
    left is in the custody log of each; where that can not be recorded, none leave.

    Raises:
        UserInputError: ``folder.not_empty``, ``evidence.nothing``. WorldError: from the medium or the vault.
    """
    desk.require(Permission.READ_CASES)
    items = case_file(desk, case).evidence
    if not items:
        raise UserInputError("evidence.nothing")
    if folder.exists() and any(folder.iterdir()):
        raise UserInputError("folder.not_empty")
    data, listing = folder / "data", folder / "manifest-sha256.txt"
    try:
        data.mkdir(parents=True, exist_ok=True)
        files = [_write(desk, item, data, index, progress) for index, item in enumerate(items, 1)]
        _list(listing, items, files)
        _note(desk, items)
    except BaseException as error:
        shutil.rmtree(data, ignore_errors=True)  # the folder was empty: nothing half-done stays
        listing.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise WorldError(_FULL.get(error.errno or 0, "disk.failed")) from error
        raise
    return HandedOver(folder, tuple(files), listing)


def _note(desk: Desk, items: Sequence[Evidence]) -> None:
    with desk.store.write() as transaction:
        for item in items:
            fields = {"sha256": item.sha256}
            handed = NewEntry(EVIDENCE_HANDED_OVER, f"evidence/{item.id}", fields)
            transaction.append(desk.officer.number, handed)


def _list(listing: Path, items: Sequence[Evidence], files: Sequence[Path]) -> None:
    rows = [f"{item.sha256}  data/{path.name}\n" for item, path in zip(items, files, strict=True)]
    with listing.open("x", encoding="utf-8", newline="\n") as target:
        target.write("".join(rows))
        _to_the_medium(target)


def _write(desk: Desk, item: Evidence, data: Path, index: int, progress: Progress) -> Path:
    path = data / f"{index:04d}-{safe_name(item.name)}"
    with closing(desk.vault.open(item.sha256)) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            progress.check()
            target.write(chunk)
        _to_the_medium(target)
    return path


def _to_the_medium(file: IO[Any]) -> None:
    """The stick may be pulled the moment we say that it is done."""
    file.flush()
    os.fsync(file.fileno())


def safe_name(name: str) -> str:
    """A name every file system takes: no separators, no control characters, no outer dots, at most 200 octets.

    The end is kept, as it says what kind of file it is.
    """
    kept = "".join("_" if c in _UNSAFE or ord(c) < 32 else c for c in name).strip(". ")
    octets = kept.encode("utf-8", "ignore")[-_LONGEST:]
    return octets.decode("utf-8", "ignore").strip(". ") or "item"
