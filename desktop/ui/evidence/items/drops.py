"""What was dropped or pasted: local files and folders, or a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop.domain.errors import UserInputError
from desktop.domain.progress import Progress
from desktop.services.brought_file import files_below as below
from desktop.ui.shared.text.local_paths import local_paths

MAX_FILES = 20_000
"""Files taken at once; a whole system drive dropped by mistake is refused instead of begun."""


@dataclass(frozen=True, slots=True)
class Given:
    """Files and folders as they were named, or one picture; both empty: nothing usable."""

    paths: tuple[Path, ...] = ()
    picture: QImage | None = None

    @property
    def usable(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.paths) or self.picture is not None


def given(data: QMimeData | None) -> Given:
    """What ``data`` brings; an empty clipboard brings None. Only local files count."""
    if data is None:
        return Given()
    paths = local_paths(data)
    if paths:
        return Given(paths=paths)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Given(picture=image)
    return Given()


def usable(data: QMimeData) -> bool:
    """Whether ``data`` brings anything to take."""
    return given(data).usable


def files_below(paths: Iterable[Path], progress: Progress) -> tuple[Path, ...]:
    """The files named by ``paths``, whether they are there or not, and those in folders, sorted within each folder;
    links are named with them and not followed.

    Raises ``UserInputError``: ``evidence.no_files``, ``evidence.too_many`` (limit).
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            for file in below(path):
                progress.check()
                found.append(file)
                _bounded(found)
        else:
            found.append(path)
    if not found:
        raise UserInputError("evidence.no_files")
    return tuple(_bounded(found))


def _bounded(found: list[Path]) -> list[Path]:
    if len(found) > MAX_FILES:
        raise UserInputError("evidence.too_many", limit=MAX_FILES)
    return found
