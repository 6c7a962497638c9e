"""Packages taken in, each in a folder of its own below the profile; the program's own data below them.

A folder is named by the SHA-256 of the signed head, which names every file with its digest. So what a folder holds
is compared with what was taken in each time it is opened, and a new package never touches the one before it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.exchange.data_package import DataPackage, PackageKind, is_newer
from desktop.runtime.files.atomic_file import disk_errors, fsync_folder, make_private, write_atomic
from desktop.runtime.packages.package_head import HEAD_FILE, SIGNATURE_FILE, read_head

_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class PackageReader:
    """How one kind is read.

    ``own``: the folder of the program's own data. ``version``: the version the content of a folder names itself ("" if
    it names none). ``check``: reads a folder whole, and raises ``AppError`` or ``ValueError`` for what it can not take.
    ``whole``: raises the same for what a package that is made now must not leave to the program's own data.
    """

    kind: PackageKind
    own: Path
    version: Callable[[Path], str]
    check: Callable[[Path], None]
    whole: Callable[[Path], None] = lambda _folder: None


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """What the journal says of the package taken in last: its id and version, both "" when there was none."""

    id: str = ""
    version: str = ""


class FolderShelf:
    """Implements :class:`desktop.services.ports.exchange.packages.PackageShelf` over the folder ``root``."""

    def __init__(self, root: Path, readers: tuple[PackageReader, ...]) -> None:
        self._root = root
        self._readers = {reader.kind: reader for reader in readers}
        self._versions: dict[PackageKind, str] = {}
        self._faults: list[AppError] = []

    @property
    def versions(self) -> Mapping[PackageKind, str]:
        """Every kind this program reads → the version in force."""
        return {kind: self._version(kind) for kind in self._readers}

    @property
    def faults(self) -> tuple[AppError, ...]:
        """What was wrong with packages taken in before."""
        return tuple(self._faults)

    def open(self, kind: PackageKind, taken: InstalledPackage) -> Path:
        """The folder to read this kind from: the package taken in last, or the program's own data where that is newer
        (a release came after) or the package's folder is not what was taken in, which is then a fault."""
        reader = self._readers[kind]
        if not taken.id or not is_newer(taken.version, self._version(kind)):
            return reader.own
        folder = self._root / kind.value / taken.id
        try:
            _compare(folder, taken.id)
            reader.check(folder)
        except (AppError, ValueError, OSError):
            self._faults.append(
                WorldError("pack.lost", kind=kind.value, version=self._version(kind))
            )
            return reader.own
        self._versions[kind] = taken.version
        return folder

    def check(
        self, kind: PackageKind, version: str, files: Mapping[str, bytes], *, made_now: bool = False
    ) -> None:
        """Read the content as it would be read at work."""
        with disk_errors(), tempfile.TemporaryDirectory(prefix="fanzha-pack-") as name:
            folder = Path(name)
            for file, data in files.items():
                (folder / file).write_bytes(data)
            try:
                self._readers[kind].check(folder)
                if made_now:
                    self._readers[kind].whole(folder)
                found = self._readers[kind].version(folder)
            except (AppError, ValueError) as error:
                raise WorldError("pack.unfit", reason=_reason(error)) from error
        if found and found != version:
            raise WorldError("pack.unfit", reason=f"version {found}")

    def keep(self, package: DataPackage) -> str:
        """Write the folder under another name, bring it to the disk, then give it its own."""
        id_ = hashlib.sha256(package.head_bytes).hexdigest()
        folder = self._root / package.head.kind / id_
        files = {
            HEAD_FILE: package.head_bytes,
            SIGNATURE_FILE: package.signature.encode(),
            **package.files,
        }
        with disk_errors():
            make_private(folder.parent)
            part = folder.with_name(f".{id_}{_PART}")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(mode=0o700)
            for name, data in files.items():
                write_atomic(part / name, data)
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
        fsync_folder(folder.parent)
        return id_

    def _version(self, kind: PackageKind) -> str:
        """Of the program's own data while no package is open; read when first asked for, not at every sign-in."""
        if kind not in self._versions:
            reader = self._readers[kind]
            self._versions[kind] = reader.version(reader.own)
        return self._versions[kind]


def _reason(error: AppError | ValueError) -> str:
    """Words for whoever made the package; a package holds no person's data."""
    reason = error.params.get("reason") if isinstance(error, AppError) else None
    cause = error.__cause__
    if isinstance(cause, FileNotFoundError):
        return f"{Path(str(cause.filename)).name}: missing"
    return str(reason or cause or error)[:120]


def _compare(folder: Path, id_: str) -> None:
    """Raise unless the folder holds the head of this id and exactly the files it names, unchanged."""
    text = (folder / HEAD_FILE).read_bytes()
    if hashlib.sha256(text).hexdigest() != id_:
        raise TrustError("pack.altered")
    for name, digest in read_head(text).digests.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise TrustError("pack.altered")
