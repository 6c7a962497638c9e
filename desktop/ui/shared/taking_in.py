"""Bundles are looked into first, and taken in when the person agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.file_chooser import choose_files
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.task_runner import TaskHandle
from desktop.ui.shared.work_card import WorkCard

T = TypeVar("T")
Paths = tuple[Path, ...]


class Take(Protocol):
    """Takes bundles in, or with ``dry_run`` only finds out what that would change."""

    def __call__(self, paths: Paths, progress: Progress, *, dry_run: bool) -> object:
        """Both answer with the same kind of result."""
        ...


class TakingIn(QObject):
    """``done(result)`` after something was taken in, ``failed(error)`` if that could not be.

    One piece of work at a time, shown on the card. ``dialog`` shows what was found and asks; ``area`` holds the
    titles of the work, ``<area>.looking`` and ``<area>.working``.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        page: QWidget,
        card: WorkCard,
        area: str,
        take: Take,
        dialog: Callable[[Kit, QWidget, Any], QDialog],
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._card = card
        self._area = area
        self._take = take
        self._dialog = dialog
        self._paths: Paths = ()
        self._handle: TaskHandle | None = None
        self._busy = False
        card.cancelled.connect(self._cancel)

    def choose(self, title: str, handler: Callable[[Paths], None]) -> None:
        """Ask for bundles."""
        choose_files(self._kit, self._page, title, handler, patterns=("*.fzb",))

    def look_into(self, paths: Paths) -> None:
        """Find out what taking them in would change, and ask."""
        if not self._busy:
            self._paths = paths
            work = partial(self._take, paths, dry_run=True)
            self.begin(f"{self._area}.looking", work, self._ask)

    def begin(
        self, title: str, work: Callable[[Progress], T], on_done: Callable[[T], None]
    ) -> None:
        """Start work unless some is going on; ``on_done`` calls ``end`` first."""
        if self._busy:
            return
        self._busy = True
        self._card.begin(title)
        self._handle = self._kit.runner.start(
            "files", work, on_done, self._fail, self._card.advance
        )

    def end(self) -> None:
        """The work is over."""
        self._busy = False
        self._card.finish()

    def _ask(self, found: object) -> None:
        self.end()
        dialog = self._dialog(self._kit, self._page, found)
        dialog.accepted.connect(self._take_in)
        dialog.open()

    def _take_in(self) -> None:
        work = partial(self._take, self._paths, dry_run=False)
        self.begin(f"{self._area}.working", work, self._taken)

    def _taken(self, result: object) -> None:
        self.end()
        self.done.emit(result)

    def _fail(self, error: Exception) -> None:
        self.end()
        self.failed.emit(error)

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
