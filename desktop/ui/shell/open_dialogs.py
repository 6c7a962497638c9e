"""Dialogs over a window that is locked: they show data, so they go out of sight with it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.ui.shared.widgets.toast import Toast


class OpenDialogs:
    """Hides the open dialogs of ``window`` and brings them back as they were."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._hidden: list[QDialog] = []

    def hide(self) -> None:
        """Take menus and dialogs out of sight; nothing typed in them is lost."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for notice in self._window.findChildren(Toast):
            notice.hide()
        self._hidden = [
            dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()
        ]
        for dialog in self._hidden:
            dialog.hide()

    def show(self) -> None:
        """Bring them back."""
        for dialog in self._hidden:
            if isValid(dialog):
                dialog.open()
        self._hidden = []
