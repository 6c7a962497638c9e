"""What a page does: deeds in lane ``db``. A dialog they were typed in stays open, with everything typed, until the desk
has recorded them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.shared.kit import Kit
from desktop.ui.shared.task_runner import work_of
from desktop.ui.shared.toast import toast


class DeedDialog(Protocol):
    """A dialog that can say why a deed was refused."""

    def open(self) -> None:
        """Show it."""
        ...

    def accept(self) -> None:
        """Close it: the deed is done."""
        ...

    def show_error(self, error: Exception) -> None:
        """Say what went wrong; what was typed stays."""
        ...


class DialogDeeds(QObject):
    """``changed``: read the case anew. ``failed(error)``: no dialog is there to show it."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._dialog: DeedDialog | None = None
        self._done_key = ""

    def _show(self, dialog: DeedDialog, done_key: str) -> None:
        """Open ``dialog``; ``done_key`` is said when its deed is done."""
        self._dialog, self._done_key = dialog, done_key
        dialog.open()

    def _do(self, deed: Callable[[], object]) -> None:
        """Run ``deed``; then close the dialog and have the case read anew."""
        self._kit.runner.start("db", work_of(deed), self._done, self._failed)

    def _done(self, _result: object) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None
        if self._done_key:
            toast(self._kit, self._window, self._done_key)
        self._done_key = ""
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:
            self.failed.emit(error)
