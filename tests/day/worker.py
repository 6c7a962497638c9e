"""Somebody at a PC of the day: gives commands, each a process of its own, and does once more what a server did not
acknowledge."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.support.forkery import Ended, Forkery
from tests.support.installations import PASSWORD

Document = dict[str, Any]
Look = Callable[[], Document | None]
"""What an officer does who was told that nothing is known of the last act: looks whether it was done after all."""

SERVER_AWAY = frozenset(
    {"database.server_gone", "database.server_read_only", "database.server_refused"}
)
REMOVED = "seat.removed"
_A_MOMENT_S = 0.5
_PATIENCE = 120
"""How often an act is tried."""
_PATIENCE_S = 900.0
"""A command for all stations takes long on a busy machine."""


class DayFailedError(Exception):
    """A command was refused that should have been done."""


class SeatRemovedError(DayFailedError):
    """The PC works for the centre no longer; nothing of the command was done."""


@dataclass(eq=False)
class Worker:
    """``commands``: how many were given; ``refused``: those that the server did not acknowledge; ``found``: those of
    them that had been done all the same; ``waits``: seconds until each act was acknowledged."""

    name: str
    forkery: Forkery
    folder: Path
    commands: int = 0
    refused: int = 0
    found: int = 0
    waits: list[float] = field(default_factory=list)

    @classmethod
    def come(cls, name: str, folder: Path, pc: Path | None = None) -> Worker:
        """With a PC of their own, or at that of somebody else (``pc``: the folder of that worker): what a program notes
        outside its profile lies in that folder."""
        folder.mkdir(parents=True)
        surroundings = {
            **noted_at(pc or folder),
            "FANZHA_SECOND_PASSWORD": PASSWORD,
            "FANZHA_NEW_PASSWORD": PASSWORD,
        }
        return cls(name, Forkery(folder, surroundings, cheap=True), folder)

    def give(self, root: Path, officer: str, *words: str) -> Ended:
        """One command, however it ends."""
        self.commands += 1
        begun = self.forkery.begin(root, "--officer", officer, *words)
        return begun.end(_PATIENCE_S)

    def do(
        self, root: Path, officer: str, *words: str, look: Look | None = None, refused: str = ""
    ) -> Document:
        """One command until it is acknowledged, or refused with the code ``refused``. Raises :class:`DayFailedError`
        for any other refusal."""
        begun = perf_counter()
        for _ in range(_PATIENCE):
            ended = self.give(root, officer, *words)
            document = ended.document
            if document is not None and (ended.status == 0 or document.get("error", "") == refused):
                self.waits.append(perf_counter() - begun)
                return document
            if REMOVED in _codes(document):
                raise SeatRemovedError(f"{self.name}: {' '.join(words)}")
            if not _server_was_away(document):
                raise DayFailedError(f"{self.name}: {' '.join(words)}: {ended}")
            self.refused += 1
            threading.Event().wait(_A_MOMENT_S)
            if look is not None and (known := look()) is not None:
                self.found += 1
                self.waits.append(perf_counter() - begun)
                return known
        raise DayFailedError(f"{self.name}: {' '.join(words)}: no server")

    def write(self, name: str, document: Mapping[str, object]) -> str:
        """A file for a command."""
        path = self.folder / name
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return os.fspath(path)


def noted_at(pc: Path) -> dict[str, str]:
    """Where programs note what does not lie in their profile, at the PC of this folder."""
    return {"XDG_DATA_HOME": os.fspath(pc / "data")}


def _server_was_away(document: Document | None) -> bool:
    """Whether that is all that was wrong: of the command, or of each volume that it was to take in."""
    codes = _codes(document)
    return bool(codes) and codes <= SERVER_AWAY


def _codes(document: Document | None) -> set[str]:
    said = document or {}
    return {said.get("error", ""), *(item["code"] for item in said.get("problems", ()))} - {""}
