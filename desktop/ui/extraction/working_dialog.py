"""Something is being read: how far, and a way to stop it. The original is not touched either way."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.progress_row import ProgressRow

_REST_MS = 250
"""What is read faster than this shows no window in between."""


class WorkingDialog(DialogFrame):
    """``rejected`` when the person stops it."""

    def __init__(self, kit: Kit, parent: QWidget, title_key: str) -> None:
        super().__init__(kit, parent, title_key)
        self.setObjectName("working_dialog")
        self._row = ProgressRow(kit, "items", name="working_row")
        self._row.cancelled.connect(self.reject)
        self.body.addWidget(self._row)
        self._row.begin("reading.safe")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_REST_MS)
        self._wait.timeout.connect(self._appear)

    def open(self) -> None:
        """Appear, unless it is over first."""
        self._wait.start()

    def advance(self, done: int, total: int) -> None:
        """So much is read."""
        self._row.advance(done, total)

    def done(self, result: int) -> None:
        """Over, shown or not."""
        self._wait.stop()
        super().done(result)
        self.deleteLater()

    def _appear(self) -> None:
        super().open()
