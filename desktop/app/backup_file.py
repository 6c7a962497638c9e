"""The backup file: a plain tar of what is encrypted already, with a list of its members and digests first.

Evidence lies beside it in a folder of its own, by content name, and is copied once however many backups there are.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.errors import AppError, WorldError
from desktop.domain.profile import Profile
from desktop.runtime.atomic_file import disk_errors, open_atomic

FORMAT: Final = 1
SUFFIX: Final = ".fzbackup"
MANIFEST: Final = "manifest.json"
_MOST_MANIFEST: Final = 256 << 20
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """``files``: name → (size, SHA-256); ``blobs``: SHA-256 of the content → size of the sealed file."""

    device: str
    unit_code: str
    unit_name: str
    letter: str
    made_at: datetime
    files: Mapping[str, tuple[int, str]]
    blobs: Mapping[str, int]


def write_file(
    target: Path,
    profile: Profile,
    made_at: datetime,
    files: Mapping[str, Path],
    blobs: Mapping[str, int],
) -> None:
    """Write the backup whole or not at all; ``files``: name in the backup → where it is."""
    with disk_errors():
        told = {name: (path.stat().st_size, digest_of(path)) for name, path in files.items()}
    document = {
        "format": FORMAT,
        "device": profile.device,
        "unit_code": profile.unit_code,
        "unit_name": profile.unit_name,
        "letter": profile.device_letter,
        "made_at": to_wire(made_at),
        "files": {name: list(facts) for name, facts in told.items()},
        "blobs": dict(blobs),
    }
    manifest = json.dumps(document, ensure_ascii=False, indent=1).encode()
    with open_atomic(target) as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
        archive.addfile(_member(MANIFEST, len(manifest)), io.BytesIO(manifest))
        for name, path in files.items():
            with path.open("rb") as source:
                archive.addfile(_member(name, told[name][0]), source)


def _member(name: str, size: int) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode = size, 0o600
    return made


def read_contents(file: Path) -> Contents:
    """What a backup says it holds; raises ``WorldError``: ``backup.damaged``, ``backup.newer``, as the disk does."""
    with disk_errors(), _opened(file) as archive:
        return _contents(archive)


def unpack(file: Path, folder: Path) -> Contents:
    """Every file of a backup below ``folder``, each checked against its digest; raises like :func:`read_contents`."""
    with disk_errors(), _opened(file) as archive:
        contents = _contents(archive)
        left = dict(contents.files)
        while (member := archive.next()) is not None:
            facts = left.pop(member.name, None)
            source = archive.extractfile(member) if member.isfile() else None
            if facts is None or source is None or member.size != facts[0]:
                raise WorldError("backup.damaged")
            path = folder / member.name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, source, facts[1])
    if left:
        raise WorldError("backup.damaged")
    return contents


def _write(path: Path, source: Any, expected: str) -> None:
    digest = hashlib.sha256()
    with open_atomic(path) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
        if digest.hexdigest() != expected:
            raise WorldError("backup.damaged")


class _opened:  # noqa: N801 - used like a function
    """The archive, read from front to end; whatever tarfile complains of is a damaged backup."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> tarfile.TarFile:
        self._stream = self._file.open("rb")
        try:
            self._archive = tarfile.open(fileobj=self._stream, mode="r|")
        except tarfile.TarError as error:
            self._stream.close()
            raise WorldError("backup.damaged") from error
        return self._archive

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._stream.close()
        if isinstance(error, (tarfile.TarError, EOFError, ValueError, KeyError, TypeError)):
            if isinstance(error, AppError):
                return
            raise WorldError("backup.damaged") from error


def _contents(archive: tarfile.TarFile) -> Contents:
    first = archive.next()
    source = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if first is None or source is None or first.size > _MOST_MANIFEST:
        raise WorldError("backup.damaged")
    document: Any = json.loads(source.read())
    if document["format"] > FORMAT:
        raise WorldError("backup.newer")
    files = {
        str(name): (int(size), str(digest)) for name, (size, digest) in document["files"].items()
    }
    if not all(map(_is_plain, files)):
        raise WorldError("backup.damaged")
    return Contents(
        device=str(document["device"]),
        unit_code=str(document["unit_code"]),
        unit_name=str(document["unit_name"]),
        letter=str(document["letter"]),
        made_at=from_wire(document["made_at"]),
        files=files,
        blobs={str(name): int(size) for name, size in document["blobs"].items()},
    )


def _is_plain(name: str) -> bool:
    """A relative name without ways up, on any system."""
    parts = PurePosixPath(name).parts
    unfit = ("..", "", ".")
    return (
        bool(parts)
        and not name.startswith("/")
        and not any(part in unfit or "\\" in part or ":" in part or "\0" in part for part in parts)
    )


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
