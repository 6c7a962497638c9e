"""Evidence beside the backups: each sealed file once, however many backups count on it.

Evidence that was sealed to other keys since is another file of the same content, and each backup needs the one that
its own key file opens: such a file goes to a further folder, ``…-evidence-2`` and so on, and no copy is ever replaced.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress, Tally
from desktop.runtime.files.atomic_file import disk_errors, open_atomic, require_space
from desktop.services.brought_file import open_brought, read_brought
from desktop.vault.encrypted_vault import EncryptedVault
from desktop.vault.layout import VaultLayout
from desktop.vault.vault_keys import VaultKeys

_DAMAGED: Final = ".damaged"
_BLOCK: Final = 1 << 20
_HEAD: Final = 512
"""Octets that tell two sealings of one content apart: its header and the nonce that follows."""


@dataclass(frozen=True, slots=True)
class Carried:
    """``sizes``: name of a copy → octets; ``places``: the same → the folder that holds it, where that is not the first;
    ``copied``: how many were not there before."""

    sizes: Mapping[str, int]
    places: Mapping[str, int]
    copied: int


class EvidenceBeside:
    """The folders beside the backups of one device."""

    def __init__(self, folder: Path, device: str) -> None:
        self._folder = folder
        self._stem = f"fanzha-{device[:8]}-evidence"

    def carry(self, blobs: Mapping[str, Path], database: int, progress: Progress) -> Carried:
        """Copy what does not lie here yet; ``blobs``: SHA-256 of a content → its sealed file; ``database``: octets that
        come after it."""
        files = {self._named(sha256, path): path for sha256, path in blobs.items()}
        places = {name: self._place(name, path) for name, path in files.items()}
        lacking = [name for name in files if not self._same(name, places[name], files[name])]
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            sizes = {name: path.stat().st_size for name, path in files.items()}
        need = sum(sizes[name] for name in lacking) + database
        require_space(self._folder, need)
        tally = Tally(progress, need)
        for name in lacking:
            copy_whole(files[name], self.copy_of(name, places[name]), tally)
        others = {name: place for name, place in places.items() if place != 1}
        return Carried(sizes, others, len(lacking))

    def copy_of(self, name: str, place: int) -> Path | None:
        """Where the copy in folder number ``place`` lies; None for a name that no copy has."""
        return VaultLayout(self._root(place)).blob(name)

    def vault(self, place: int, keys: VaultKeys) -> EncryptedVault:
        """Folder number ``place``, to be read with ``keys``."""
        return EncryptedVault(self._root(place), keys)

    def set_aside(self, name: str, place: int) -> None:
        """Call a copy that was found damaged otherwise: it looks whole, and would never be made anew. A medium that
        can not be written keeps it as it is."""
        copy = self.copy_of(name, place)
        if copy is not None:
            with contextlib.suppress(OSError):
                copy.replace(copy.with_name(copy.name + _DAMAGED))

    def _root(self, place: int) -> Path:
        return self._folder / (self._stem if place == 1 else f"{self._stem}-{place}")

    def _named(self, sha256: str, path: Path) -> str:
        """A copy has the name of the file. One that was made when that was named by its digest serves all backups, and
        keeps its name: whole disks would be written anew for nothing."""
        plain = self._same(sha256, self._place(sha256, path), path)
        return sha256 if plain else path.stem

    def _place(self, name: str, path: Path) -> int:
        """The folder that holds this very file, or the first that holds no other whole one of the name."""
        place = 1
        while self._whole(name, place, path) and not self._same(name, place, path):
            place += 1
        return place

    def _whole(self, name: str, place: int, path: Path) -> bool:
        copy = self.copy_of(name, place)
        with disk_errors():
            return (
                copy is not None and copy.is_file() and copy.stat().st_size == path.stat().st_size
            )

    def _same(self, name: str, place: int, path: Path) -> bool:
        copy = self.copy_of(name, place)
        with disk_errors():
            whole = copy is not None and self._whole(name, place, path)
            return whole and copy is not None and _head(copy) == _head(path)


def copy_whole(source: Path, target: Path | None, tally: Tally) -> None:
    """Copy a file, wholly or not at all; ``WorldError("backup.damaged")`` without a place for it."""
    if target is None:
        raise WorldError("backup.damaged")
    with disk_errors():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open_brought(source) as stream, open_atomic(target) as copy:
            while block := stream.read(_BLOCK):
                copy.write(block)
                tally.add(len(block))


def _head(path: Path) -> bytes:
    return read_brought(path, _HEAD)
