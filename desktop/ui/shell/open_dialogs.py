"""Dialogs over a window that is locked: they show data, so they go out of sight with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.ui.shared.widgets.pages.toast import Toast


class OpenDialogs(QObject):
    """Hides the open dialogs of ``window`` and brings them back as they were. What was begun before and opens its
    dialog only now waits with them."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._hidden: list[QDialog] = []
        self._letting = False

    def hide(self) -> None:
        """Take menus and dialogs out of sight; nothing typed in them is lost."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for notice in self._window.findChildren(Toast):
            notice.hide()
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                self._put_away(dialog)
        # Every object is watched, so only while nobody works here.
        self._app.installEventFilter(self)

    def show(self) -> None:
        """Bring them back."""
        self._app.removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if isValid(dialog):
                dialog.open()

    @contextmanager
    def letting(self) -> Iterator[None]:
        """What opens within is the lock's own question and stays in sight."""
        self._letting = True
        try:
            yield
        finally:
            self._letting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The last event of being shown: hidden before it, the window would come all the same."""
        if event.type() is QEvent.Type.ShowToParent and not self._letting and isValid(self._window):
            if isinstance(watched, Toast) and watched.window() is self._window:
                watched.hide()
            elif isinstance(watched, QDialog) and watched in self._window.findChildren(QDialog):
                self._put_away(watched)
        return False

    def _put_away(self, dialog: QDialog) -> None:
        dialog.hide()
        if dialog not in self._hidden:
            self._hidden.append(dialog)
