"""F10 on the page of a case: which of its numbers is read aloud, and that it was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.ui.case.numbers_dialog import CaseNumber, NumbersDialog, numbers_of
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.dialogs.read_aloud_dialog import ReadAloudDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.toast import toast
from desktop.ui.shared.widgets.when_seen import is_seen


class ReadAloudActions(QObject):
    """``changed``: read the case anew. ``failed(error)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CasePort, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._port = port
        self._window = window
        self._reader = ""
        self.sheet: CaseSheet | None = None

    def ask(self) -> None:
        """Let the person choose a number; it is then shown in full, which the history tells."""
        numbers = numbers_of(self._kit, self.sheet) if self.sheet is not None else ()
        dialog = NumbersDialog(self._kit, self._window, numbers)
        dialog.chosen.connect(self._reveal)
        dialog.open()

    def _reveal(self, number: CaseNumber) -> None:
        if self.sheet is None:
            return
        case = self.sheet.file.case.id
        work = partial(_reveal, self._port, case, number)
        self._kit.runner.start("db", work, self._show, self._refused)

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)

    def _show(self, shown: tuple[CaseId, CaseNumber]) -> None:
        case, number = shown
        here = self.sheet is not None and self.sheet.file.case.id == case
        if not here or not is_seen(self._window):
            return  # a whole number is shown to nobody who looks at something else by now
        dialog = ReadAloudDialog(
            self._kit,
            self._window,
            number.text,
            reader=self._reader,
            confirm=partial(self._confirm, case, number.text),
        )
        dialog.open()

    def _confirm(self, case: CaseId, number: str, reader: str) -> None:
        """Recorded at once, so that a refused reader is said in the dialog."""
        self._port.record_read_aloud(case, number, reader)
        self._reader = reader
        toast(self._kit, self._window, "read_aloud.done", reader=reader)
        self.changed.emit()


def _reveal(
    port: CasePort, case: CaseId, number: CaseNumber, _progress: Progress
) -> tuple[CaseId, CaseNumber]:
    port.reveal(case)
    return case, number
