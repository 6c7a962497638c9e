"""Bundles and cards that were opened from outside wait until an officer is there to look into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.ui.shell.main_window import MainWindow

Take = Callable[[tuple[Path, ...]], None]


class GivenFiles(QObject):
    """Hands what it is given to the page of exchange of the desk that is open and not locked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: tuple[Path, ...] = ()
        self._window: MainWindow | None = None
        self._page = ""
        self._take: Take | None = None

    def open_in(self, window: MainWindow, page: str, take: Take) -> None:
        """From now on files go to ``take`` of the page named ``page``."""
        self._window, self._page, self._take = window, page, take
        window.lock_changed.connect(self._offer)
        self._offer()

    def forget_window(self) -> None:
        """Nobody is signed in."""
        self._window = self._take = None

    def add(self, files: Iterable[Path]) -> None:
        """Take these as soon as somebody may."""
        self._waiting += tuple(files)
        self._offer()

    def _offer(self) -> None:
        window, take = self._window, self._take
        if not self._waiting or window is None or take is None or window.locked:
            return
        files, self._waiting = self._waiting, ()
        window.show_page(self._page)
        take(files)
