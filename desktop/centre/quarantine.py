"""Refused volumes are kept, each with its reason, so that nothing that arrived is ever lost."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.errors import AppError
from desktop.runtime.atomic_file import disk_errors, open_atomic, require_space, write_atomic

_REASON = ".reason.json"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A refused volume; ``code`` names the reason in the catalogue."""

    name: str
    at: datetime
    code: str
    size: int


class Quarantine:
    """The folder of refused volumes. The volumes stay sealed: they are copied, never opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, volume: Path, error: AppError, at: datetime) -> Path:
        """Copy a refused volume here with its reason; the original stays where it is."""
        stamp = to_wire(at).replace(":", "").replace(".", "")
        target = self._folder / f"{stamp}-{volume.name}"
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            require_space(self._folder, volume.stat().st_size)
            with volume.open("rb") as source, open_atomic(target) as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
        reason = {"code": error.code, "at": to_wire(at), "params": error.params}
        write_atomic(target.with_name(target.name + _REASON), json.dumps(reason).encode())
        return target

    def rows(self) -> tuple[Quarantined, ...]:
        """What is here, newest first."""
        if not self._folder.is_dir():
            return ()
        found = [self._row(path) for path in self._folder.glob(f"*{_REASON}")]
        return tuple(sorted((row for row in found if row), key=lambda row: row.at, reverse=True))

    def _row(self, reason: Path) -> Quarantined | None:
        volume = reason.with_name(reason.name.removesuffix(_REASON))
        try:
            document: Any = json.loads(reason.read_text("utf-8"))
            return Quarantined(
                volume.name, from_wire(document["at"]), document["code"], volume.stat().st_size
            )
        except (OSError, ValueError, KeyError):
            return None  # half of a pair: the sweep at the next start removes it
