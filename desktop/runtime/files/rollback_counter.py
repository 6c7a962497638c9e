"""A mark outside of the profile of how far its journal has come, so that older data in its place are noticed.

It proves little and asks nothing of anybody: who may write the profile may mostly write here too. A mark that is
missing, damaged or can not be written keeps nobody from working.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

_FORM: Final = "fanzha rollback counter 1"
_MOST: Final = 4096
"""No mark is longer; what else may lie there is not read."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The last entry of the profile's own stream: its number, Lamport time and hash."""

    seq: int
    lamport: int
    hash: str


class RollbackCounter:
    """The mark at ``path`` of the profile of ``device``. ``mark`` authenticates it with a key of the profile, so that
    nobody else can write one that says less."""

    def __init__(self, path: Path, device: str, mark: Callable[[str], str]) -> None:
        self.path = path
        self._device = device
        self._mark = mark

    def read(self) -> Reached | None:
        """What the profile had reached; None where there is no mark of this profile."""
        try:
            with self.path.open("rb") as stream:
                document = json.loads(stream.read(_MOST))
            reached = Reached(*(document[name] for name in ("seq", "lamport", "hash")))
            own = isinstance(reached.seq, int) and isinstance(reached.lamport, int)
            mac = str(document["mac"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        right = own and hmac.compare_digest(mac.encode(), self._mac(reached).encode())
        return reached if right else None

    def write(self, reached: Reached) -> bool:
        """Note it; whether that was possible. A power cut may lose the last marks, never put a later one in place: it
        is written after the entry, and not waited for."""
        document: dict[str, Any] = {"form": _FORM, "profile": self._device, **asdict(reached)}
        document["mac"] = self._mac(reached)
        part = self.path.with_name(f"{self.path.name}.part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(part, flags, 0o600), "w", encoding="utf-8") as stream:
                json.dump(document, stream)
            part.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True

    def _mac(self, reached: Reached) -> str:
        return self._mark(f"{self._device} {reached.seq} {reached.lamport} {reached.hash}")
