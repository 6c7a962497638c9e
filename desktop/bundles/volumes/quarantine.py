"""Refused volumes are kept, each with its reason, so that nothing that arrived is ever lost."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.bundles.volumes.layout import sender_in_name
from desktop.domain.errors import AppError
from desktop.domain.time.clock import from_wire, to_wire
from desktop.runtime.files.atomic_file import (
    disk_errors,
    make_private,
    open_atomic,
    require_space,
    write_atomic,
)
from desktop.sealing.digests import new_sha256, read_blocks
from desktop.services.brought_file import open_brought
from desktop.services.ports.exchange.quarantine import Quarantined

_REASON = ".reason.json"
_LONGEST: Final = 160
"""Octets of a name that is kept."""
_STAMP: Final = re.compile(r"^\d{4}-\d\d-\d\dT\d{9}Z-(\d+-)?")


class Quarantine:
    """The folder of refused volumes. The volumes stay sealed: they are copied, never opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, volume: Path, error: AppError, at: datetime) -> Path:
        """Copy a refused volume here with its reason; the original stays where it is.

        A stick that is read ten times leaves one copy: the same octets are not kept twice.
        """
        with disk_errors():
            digest = _digest(volume)
            known = self._like(digest)
            target = known or self._target(volume, at)
            make_private(self._folder)
        reason = {
            "file": _came_as(known) if known else volume.name,
            "code": error.code,
            "at": to_wire(at),
            "params": error.params,
            "sha256": digest,
        }
        write_atomic(_reason_of(target), json.dumps(reason).encode())
        # The reason first: a volume without one would lie here unseen, and again beside itself.
        if known is None:
            self._copy(volume, target)
        return target

    def rows(self) -> tuple[Quarantined, ...]:
        """What is here, newest first."""
        if not self._folder.is_dir():
            return ()
        found = [self._row(path) for path in self._folder.glob(f"*{_REASON}")]
        return tuple(sorted((row for row in found if row), key=lambda row: row.at, reverse=True))

    def path(self, name: str) -> Path:
        """Where the volume ``name`` lies."""
        return self._folder / Path(name).name

    def drop(self, name: str) -> None:
        """Forget a volume that was taken in after all."""
        path = self.path(name)
        with disk_errors():
            path.unlink(missing_ok=True)
            _reason_of(path).unlink(missing_ok=True)

    def _target(self, volume: Path, at: datetime) -> Path:
        stamp = to_wire(at).replace(":", "").replace(".", "")
        name = _end_of(volume.name)
        target = self._folder / f"{stamp}-{name}"
        count = 1
        while target.exists():  # another volume of the same name in the same instant
            count += 1
            target = self._folder / f"{stamp}-{count}-{name}"
        return target

    def _copy(self, volume: Path, target: Path) -> None:
        try:
            with disk_errors():
                require_space(self._folder, volume.stat().st_size)
                with open_brought(volume) as source, open_atomic(target) as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
        except BaseException:
            for half in (target, _reason_of(target)):
                with contextlib.suppress(OSError):
                    half.unlink(missing_ok=True)
            raise

    def _like(self, digest: str) -> Path | None:
        """A kept volume with these octets."""
        for row in self.rows():
            path = self.path(row.name)
            if _document(_reason_of(path)).get("sha256") == digest:
                return path
        return None

    def _row(self, reason: Path) -> Quarantined | None:
        volume = reason.with_name(reason.name.removesuffix(_REASON))
        unit, letter = sender_in_name(volume.name)
        try:
            document = _document(reason)
            return Quarantined(
                volume.name, from_wire(document["at"]), document["code"], volume.stat().st_size,
                unit, letter, _came_as(volume),
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None  # a reason whose volume never came, or is gone; or one that is damaged


def _end_of(name: str) -> str:
    """What of it fits between the time and the endings here: a file system that takes no more than 255 octets takes
    85 Chinese letters. The end tells what it is; the reason keeps the whole."""
    while len(os.fsencode(name)) > _LONGEST:
        name = name[1:]
    return name


def _reason_of(volume: Path) -> Path:
    return volume.with_name(volume.name + _REASON)


def _came_as(volume: Path) -> str:
    """What a kept volume was called. Programs before this one wrote that into its name alone, behind the time."""
    name = _document(_reason_of(volume)).get("file")
    return name if isinstance(name, str) else _STAMP.sub("", volume.name)


def _document(reason: Path) -> dict[str, Any]:
    document = json.loads(reason.read_text("utf-8"))
    if not isinstance(document, dict):
        raise ValueError("no reason")  # noqa: TRY004 - damaged like any other
    return document


def _digest(volume: Path) -> str:
    digest = new_sha256()
    with open_brought(volume) as stream:
        for block in read_blocks(stream):
            digest.update(block)
    return digest.hexdigest()
