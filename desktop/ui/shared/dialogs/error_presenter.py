"""Errors as people see them, and the last net under everything uncaught."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, Cancelled
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label

_log = logging.getLogger(__name__)


class ErrorDialog(DialogFrame):
    """What happened, what is safe, what to do; for the unforeseen with the number of its report."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        error: Exception,
        report: str = "",
        title: str = "shared.error.title",
    ) -> None:
        super().__init__(kit, parent, title)
        self.setObjectName("error_dialog")
        words = words_of(kit, error, report)
        row = Row(kit, gap="space_m")
        row.addWidget(
            IconLabel(kit, "warning", size="icon_l", ink="amber"), 0, Qt.AlignmentFlag.AlignTop
        )
        texts = Column(kit, gap="space_s")
        self.what = self._add(texts, words.what, role="strong")
        self.safe = self._add(texts, words.safe, ink="green")
        self.do = self._add(texts, words.do)
        row.addLayout(texts, 1)
        self.body.addLayout(row)
        close = self.add_button("shared.error.close", variant=Variant.PRIMARY, name="error_close")
        self.set_default(close)
        close.setFocus()

    def _add(self, column: Column, text: str, *, role: str = "body", ink: str = "") -> Label:
        label = Label(self.kit, role=role, ink=ink, wrap=True)
        label.set_text(text)
        column.addWidget(label)
        label.setVisible(bool(text))
        return label


def warn(kit: Kit, parent: QWidget, warning: AppError) -> None:
    """Show what a person must know although everything was done."""
    ErrorDialog(kit, parent, warning, title="shared.error.warning").open()


def present(kit: Kit, parent: QWidget, error: Exception) -> None:
    """Show ``error`` in a dialog over the window of ``parent``; a wish to stop is no error.

    What the program did not foresee goes to the log and gets a report number.
    """
    if isinstance(error, Cancelled):
        return
    if isinstance(error, AppError):
        ErrorDialog(kit, parent, error).open()
        return
    sys.excepthook(type(error), error, error.__traceback__)


class LastNet(QObject):
    """Catches what nobody caught: logs it without its text and tells the person a report number.

    ``report_number`` makes a short number; the log line carries the same one.
    """

    _caught = Signal(str)

    def __init__(self, kit: Kit, window: QWidget, report_number: Callable[[], str]) -> None:
        super().__init__()
        self._kit = kit
        self._window = window
        self._report_number = report_number
        self._showing = False
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the interpreter and of threads."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def set_window(self, window: QWidget) -> None:
        """Show reports over this window from now on."""
        self._window = window

    def catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log and show. Safe to call from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        number = self._report_number()
        _log.error("report %s: %s at %s", number, kind.__name__, _places(trace))
        self._caught.emit(number)

    def _catch_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.catch(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, number: str) -> None:
        if self._showing or not isValid(self._window):
            return
        self._showing = True
        dialog = ErrorDialog(self._kit, self._window, RuntimeError(), number)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._showing = False


def _places(trace: TracebackType | None) -> str:
    """Where it happened, innermost last: module and line, no values."""
    found = []
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "?")
        found.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(found) or "unknown place"
