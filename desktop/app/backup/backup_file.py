"""The backup file: a plain tar of what is encrypted already, with a list of its members and digests first.

Evidence lies beside it in a folder of its own, by names of the vault, and is copied once for all backups.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from desktop.domain.errors import AppError, WorldError
from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress, Tally
from desktop.domain.time.clock import from_wire, to_wire
from desktop.runtime.files.atomic_file import disk_errors, make_private, open_atomic, open_new
from desktop.services.brought_file import open_brought
from desktop.vault.blob_names import is_digest

FORMAT: Final = 4
"""1 has no ``folders``, 2 no keyed names of blobs, 3 is always whole."""
_ALWAYS_WHOLE: Final = 3
MANIFEST: Final = "manifest.json"
_MOST_MANIFEST: Final = 256 << 20
_BLOCK: Final = 1 << 20
_DAMAGE: Final = (
    tarfile.TarError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError,
)  # fmt: skip
"""What reading an altered archive, or a list of another shape, ends in."""


@dataclass(frozen=True, slots=True)
class Link:
    """A backup file that another one follows, as it was when that was made."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupContents:
    """``files``: name → (size, SHA-256); ``blobs``: name of a sealed file → its size; ``folders``: the
    same → which of the folders beside the backup holds it, where that is not the first; ``follows``: of one that holds
    what is new, the whole one and all between."""

    device: str
    unit_code: str
    unit_name: str
    letter: str
    made_at: datetime
    files: Mapping[str, tuple[int, str]]
    blobs: Mapping[str, int]
    folders: Mapping[str, int]
    follows: tuple[Link, ...] = ()


def write_file(
    target: Path,
    profile: Profile,
    made_at: datetime,
    files: Mapping[str, Path],
    blobs: Mapping[str, int],
    folders: Mapping[str, int],
    follows: Sequence[Link] = (),
) -> None:
    """Write the backup whole or not at all, and replace no file; ``files``: name in the backup → where it is."""
    with disk_errors():
        facts_of = {name: (path.stat().st_size, digest_of(path)) for name, path in files.items()}
    document = {
        "format": FORMAT if follows else _format(blobs, folders),
        "device": profile.device,
        "unit_code": profile.unit_code,
        "unit_name": profile.unit_name,
        "letter": profile.device_letter,
        "made_at": to_wire(made_at),
        "files": {name: list(facts) for name, facts in facts_of.items()},
        "blobs": dict(blobs),
    }
    if folders:
        document["folders"] = dict(folders)
    if follows:
        document["follows"] = [astuple(link) for link in follows]
    manifest = json.dumps(document, ensure_ascii=False, indent=1).encode()
    with open_new(target) as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
        archive.addfile(_member(MANIFEST, len(manifest)), io.BytesIO(manifest))
        for name, path in files.items():
            with path.open("rb") as source:
                archive.addfile(_member(name, facts_of[name][0]), source)


def _format(blobs: Mapping[str, int], folders: Mapping[str, int]) -> int:
    """The lowest that tells all of it: programs of then read what they can."""
    if not all(map(is_digest, blobs)):
        return _ALWAYS_WHOLE
    return 2 if folders else 1


def _member(name: str, size: int) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode = size, 0o600
    return made


def read_contents(file: Path) -> BackupContents:
    """What a backup says it holds; raises ``WorldError``: ``backup.damaged``, ``backup.foreign`` for what is not even
    called one, ``backup.newer``, as the disk does."""
    with disk_errors(), _opened(file) as archive:
        return _contents(archive)


def unpack(
    file: Path, folder: Path, tally: Tally, place: Callable[[str], str | None] = str
) -> BackupContents:
    """Every file of a backup below ``folder``, each checked against its digest; ``place``: by which name a file is
    unpacked, None for not at all. Raises like :func:`read_contents`."""
    with disk_errors(), _opened(file) as archive:
        contents = _contents(archive)
        for name, blocks in _members(archive, contents, tally):
            wanted = place(name)
            if wanted is None:
                for _block in blocks:
                    pass
                continue
            path = folder / wanted
            make_private(path.parent)
            with open_atomic(path) as target:
                target.writelines(blocks)
    return contents


def read_back(file: Path, progress: Progress) -> BackupContents:
    """Every octet read and checked; raises like :func:`read_contents`."""
    with disk_errors(), _opened(file) as archive:
        contents = _contents(archive)
        tally = Tally(progress, sum(size for size, _ in contents.files.values()))
        for _name, blocks in _members(archive, contents, tally):
            for _block in blocks:
                pass
    return contents


def _members(
    archive: tarfile.TarFile, contents: BackupContents, tally: Tally
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and content of each file that was announced, and of no other; all of them."""
    left = dict(contents.files)
    while (member := archive.next()) is not None:
        size, digest = left.pop(member.name, (-1, ""))
        source = archive.extractfile(member) if member.isfile() else None
        if source is None or member.size != size:
            raise WorldError("backup.damaged")
        yield member.name, _blocks(source, digest, tally)
    if left:
        raise WorldError("backup.damaged")


def _blocks(source: IO[bytes], expected: str, tally: Tally) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        tally.add(len(block))
        yield block
    if digest.hexdigest() != expected:
        raise WorldError("backup.damaged")


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    """The archive, read from front to end; whatever it or its list complains of is a damaged backup."""
    try:
        with open_brought(file) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            yield archive
    except AppError:
        raise
    except _DAMAGE as error:
        problem = "backup.damaged" if file.suffix == SUFFIX else "backup.foreign"
        raise WorldError(problem) from error


def _contents(archive: tarfile.TarFile) -> BackupContents:
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
    return BackupContents(
        device=str(document["device"]),
        unit_code=str(document["unit_code"]),
        unit_name=str(document["unit_name"]),
        letter=str(document["letter"]),
        made_at=from_wire(document["made_at"]),
        files=files,
        blobs={str(name): int(size) for name, size in document["blobs"].items()},
        folders={str(name): int(place) for name, place in document.get("folders", {}).items()},
        follows=_links(document.get("follows", [])),
    )


def _links(rows: Any) -> tuple[Link, ...]:
    links = tuple(Link(str(name), int(size), str(sha256)) for name, size, sha256 in rows)
    if any("/" in link.name or not _is_plain(link.name) for link in links):
        raise WorldError("backup.damaged")
    return links


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
