"""Hand evidence over to prosecutor or court: the originals and a list that public tools check."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.services.desk import Desk
from desktop.services.look_up import case_file

_CHUNK = 1 << 20
_UNSAFE = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written: originals, and ``manifest-sha256.txt`` over them."""

    folder: Path
    files: tuple[Path, ...]
    listing: Path


def hand_over(desk: Desk, case: CaseId, folder: Path, progress: Progress) -> HandedOver:
    """Write every item of ``case`` into ``folder`` (new or empty) and list their digests.

    Raises:
        UserInputError: ``folder.not_empty``, ``evidence.nothing``. WorldError: from the medium or the vault.
    """
    desk.require(Permission.READ_CASES)
    items = case_file(desk, case).evidence
    if not items:
        raise UserInputError("evidence.nothing")
    if folder.exists() and any(folder.iterdir()):
        raise UserInputError("folder.not_empty")
    data = folder / "data"
    try:
        data.mkdir(parents=True, exist_ok=True)
        files = [_write(desk, item, data, index, progress) for index, item in enumerate(items, 1)]
        listing = folder / "manifest-sha256.txt"
        rows = [
            f"{item.sha256}  data/{path.name}\n" for item, path in zip(items, files, strict=True)
        ]
        listing.write_text("".join(rows), "utf-8")
    except OSError as error:
        raise WorldError("disk.failed") from error
    return HandedOver(folder, tuple(files), listing)


def _write(desk: Desk, item: Evidence, data: Path, index: int, progress: Progress) -> Path:
    path = data / f"{index:04d}-{safe_name(item.name)}"
    with closing(desk.vault.open(item.sha256)) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            progress.check()
            target.write(chunk)
    return path


def safe_name(name: str) -> str:
    """A name every file system takes: no separators, no control characters, no trailing dot, at most 120 long."""
    kept = "".join("_" if c in _UNSAFE or ord(c) < 32 else c for c in name).strip(". ")
    return kept[-120:] or "item"
