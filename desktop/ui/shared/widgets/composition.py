"""Half a word of an input method: noticed while it is written, and finished before something else is done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget

_GOES_ON = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Another window or a popup, such as the input method's own, leaves the word half."""
_TEXT = Qt.InputMethodQuery.ImSurroundingText


class Composition(QObject):
    """Watches editors; only one of them can hold unfinished text."""

    def __init__(self) -> None:
        super().__init__()
        self._editor: QWidget | None = None
        self._half = ""

    @property
    def going_on(self) -> bool:
        """Whether an input method holds unfinished text in one of the editors."""
        return self._editor is not None

    def watch(self, editor: QWidget) -> None:
        """From now on."""
        editor.installEventFilter(self)

    def finish(self) -> None:
        """Ask the input method to finish. IBus and Fcitx drop the word on X11: then it stays as it was typed."""
        editor, half = self._editor, self._half
        if editor is None:
            return
        before = editor.inputMethodQuery(_TEXT)
        QGuiApplication.inputMethod().commit()
        if self._editor is None and editor.inputMethodQuery(_TEXT) == before:
            self._half = half
            self._keep(editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when an input method begins and ends."""
        if isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            self._half = event.preeditString()
            self._editor = watched if self._half else None
        elif isinstance(event, QFocusEvent) and event.lostFocus() and watched is self._editor:
            if event.reason() in _GOES_ON:
                self._keep(self._editor)
            self._editor = None
        return False

    def _keep(self, editor: QWidget) -> None:
        """The half word stays as it was typed: a click or Tab elsewhere must not take it."""
        event = QInputMethodEvent()
        event.setCommitString(self._half)
        QCoreApplication.sendEvent(editor, event)
