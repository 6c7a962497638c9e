"""The photographs and films of a folder, in the order in which they were taken, each once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.contents import DecodedContents, camera_time
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import film_order
from desktop.domain.progress import Progress
from desktop.services.brought_file import files_below, open_brought, read_brought
from desktop.services.ports.reading.contents import FileContents

MOST: Final = 500
"""Photographs of one import; more is another."""
PICTURES: Final = frozenset(
    [".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".gif", ".tif", ".tiff"]
)
FILMS: Final = frozenset([".mp4", ".mov", ".m4v", ".3gp", ".avi", ".mkv"])
_HEAD: Final = 256 << 10
"""Octets in which a camera has told its time: in JPEG the first segment, of 64 KiB at most, before its previews."""

WhenTaken = Callable[[Path], datetime | None]


@dataclass(frozen=True, slots=True)
class Photo:
    """``taken``: as the camera says; None where it says nothing."""

    path: Path
    taken: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundPhotos:
    """``repeated``: files left out, as another in the folder has the same content; ``known``: as the case has it."""

    photos: tuple[Photo, ...]
    repeated: int = 0
    known: int = 0


def photos_in(folder: Path, when: WhenTaken, items: Collection[Evidence]) -> FoundPhotos:
    """What is below a folder and not yet among ``items``. By the cameras' clocks, as their counters begin anew after
    9999; what tells no time stays behind the one before it by name.

    Raises ``UserInputError``: ``filming.none``, ``filming.too_many`` (most), ``filming.all_known``.
    """
    paths = _named_in_order(folder)
    if not paths:
        raise UserInputError("filming.none")
    if len(paths) > MOST:
        raise UserInputError("filming.too_many", most=MOST)
    single = _each_once(paths)
    fresh = _unknown(single, items)
    if not fresh:
        raise UserInputError("filming.all_known")
    photos = [Photo(path, when(path)) for path in fresh]
    return FoundPhotos(_by_clock(photos), len(paths) - len(single), len(single) - len(fresh))


def when_taken(files: FileContents, progress: Progress) -> WhenTaken:
    """What cameras say, read in the process that can do no harm."""

    def taken(path: Path) -> datetime | None:
        progress.check()
        if path.suffix.lower() not in PICTURES:
            return None
        try:
            head = read_brought(path, _HEAD)
        except (OSError, WorldError):  # told when it is taken in
            return None
        found = files.read(path.name, io.BytesIO(head), len(head), progress)
        return camera_time(found.facts) if isinstance(found, DecodedContents) else None

    return taken


def _named_in_order(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(
        (path for path in files_below(folder) if path.suffix.lower() in PICTURES | FILMS),
        key=lambda path: (path.parent.as_posix(), film_order(path.name)),
    )


def _by_clock(photos: Sequence[Photo]) -> tuple[Photo, ...]:
    """As they are where none tells a time."""
    first = next((photo.taken for photo in photos if photo.taken), None)
    if first is None:
        return tuple(photos)
    clock, keyed = first, []
    for place, photo in enumerate(photos):
        clock = photo.taken or clock
        keyed.append((clock, place, photo))
    return tuple(photo for _, _, photo in sorted(keyed, key=lambda key: key[:2]))


def _each_once(paths: Iterable[Path]) -> list[Path]:
    """Without copies, which have a longer name as a rule: ``IMG_3 (1).jpg``."""
    paths = list(paths)
    shortest = sorted(paths, key=lambda path: len(path.name))
    sizes = [_size(path) for path in paths]
    seen: set[tuple[int, str]] = set()
    chosen: set[Path] = set()
    for path in shortest:
        size = _size(path)
        digest = _digest(path) if sizes.count(size) > 1 else ""
        if not digest or (size, digest) not in seen:
            seen.add((size, digest))
            chosen.add(path)
    return [path for path in paths if path in chosen]


def _unknown(paths: Sequence[Path], items: Collection[Evidence]) -> list[Path]:
    sizes = {item.size for item in items}
    digests = {item.sha256 for item in items}
    return [path for path in paths if _size(path) not in sizes or _digest(path) not in digests]


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return -1


def _digest(path: Path) -> str:
    """Empty for what cannot be read: that is told when it is taken in."""
    try:
        with open_brought(path) as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except (OSError, WorldError):
        return ""
