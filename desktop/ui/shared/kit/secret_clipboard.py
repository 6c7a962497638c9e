"""What is copied here is nobody's to keep: histories of the clipboard are told so, and after a minute it is gone.

The marks are those of KeePassXC, which histories on Linux (KDE's, GPaste, CopyQ) and on Windows heed.
"""

from __future__ import annotations

import secrets
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS: Final = 60_000
_MARKS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}
_OURS: Final = "application/x-fanzha-copied"
"""Tells our own copy from one that came after it; its content says nothing."""


class SecretClipboard(QObject):
    """Watches the clipboard of one application, whoever copies in it; in X also what is merely selected."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._mark = QByteArray(secrets.token_bytes(16))
        self._copied_at = self._timer(self.forget_copied)
        self._selected_at = self._timer(self.forget_selected)
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selecting)
        application.aboutToQuit.connect(self.forget)

    def forget(self) -> None:
        """Clear both, as far as they hold ours."""
        self.forget_copied()
        self.forget_selected()

    def forget_copied(self) -> None:
        """Clear the clipboard, if what we put there last is still there."""
        self._copied_at.stop()
        if self._holds_ours():
            self._clipboard.clear(QClipboard.Mode.Clipboard)

    def forget_selected(self) -> None:
        """Clear the selection of X, if it is ours."""
        self._selected_at.stop()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _timer(self, expired: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(KEPT_MS)
        timer.timeout.connect(expired)
        return timer

    def _holds_ours(self) -> bool:
        held = self._clipboard.mimeData(QClipboard.Mode.Clipboard)
        return held is not None and held.data(_OURS) == self._mark

    def _copied(self) -> None:
        if not self._clipboard.ownsClipboard() or self._holds_ours():
            return
        held = self._clipboard.mimeData(QClipboard.Mode.Clipboard)
        if held is not None and held.formats():
            self._clipboard.setMimeData(self._marked(held))
            self._copied_at.start()

    def _marked(self, held: QMimeData) -> QMimeData:
        marked = QMimeData()
        if held.hasImage():
            marked.setImageData(held.imageData())
        for name in held.formats():
            if not held.hasImage() or not name.startswith(("image/", "application/x-qt-image")):
                marked.setData(name, held.data(name))
        for name, value in _MARKS.items():
            marked.setData(name, QByteArray(value))
        marked.setData(_OURS, self._mark)
        return marked

    def _selecting(self) -> None:
        if self._clipboard.ownsSelection():
            self._selected_at.start()
