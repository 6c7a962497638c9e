"""The watch list of all series, written for the desks: they warn by it while an account or a number is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_atomic
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.file_chooser import choose_folder


class WatchListFlow(Protocol):
    """A signed list. ``values``: how many it holds; ``version``: the day it counts from."""

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        ...

    @property
    def version(self) -> str:
        """As ``2026-11-24``."""
        ...

    @property
    def values(self) -> int:
        """How many accounts and numbers."""
        ...


class Watching(QObject):
    """``written(path, values)``; ``failed(error)``."""

    written = Signal(object, int)
    failed = Signal(object)

    def __init__(self, kit: Kit, page: QWidget, make: Callable[[], WatchListFlow]) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._make = make

    def choose(self) -> None:
        """Ask where to."""
        choose_folder(self._kit, self._page, "series.watch.choose", self.write)

    def write(self, folders: tuple[Path, ...]) -> None:
        """Make it of what links cases now, and write it there."""
        if folders:
            name = self._kit.texts.text("series.watch.file")
            work = partial(_write, self._make, folders[0], name)
            self._kit.runner.start("db", work, self._done, self._fail)

    def _done(self, found: tuple[Path, int]) -> None:
        self.written.emit(*found)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _write(
    make: Callable[[], WatchListFlow], folder: Path, name: str, _progress: Progress
) -> tuple[Path, int]:
    made = make()
    path = folder / f"{name}-{made.version}.fzp"
    write_atomic(path, made.data, mode=0o644)
    return path, made.values
