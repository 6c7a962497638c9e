"""Half a word of an input method: noticed while it is written, and finished before something else is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_GOES_ON = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Another window or a popup, such as the input method's own, leaves the word half."""


@dataclass(frozen=True, slots=True)
class LeftLetters:
    """A word that was cut short before a character was chosen: letters where a name may be meant."""

    editor: QWidget
    text: str

    def show(self) -> bool:
        """Mark them, with the keyboard there; False if they are no longer to be seen."""
        editor = self.editor
        if not isValid(editor) or not editor.isVisible():
            return False
        if isinstance(editor, QLineEdit):
            start = editor.text().rfind(self.text)
            found = start >= 0
            if found:
                editor.setSelection(start, len(self.text))
        elif isinstance(editor, QPlainTextEdit):
            backward = (
                QTextDocument.FindFlag.FindBackward | QTextDocument.FindFlag.FindCaseSensitively
            )
            cursor = editor.document().find(self.text, editor.document().characterCount(), backward)
            found = not cursor.isNull()
            if found:
                editor.setTextCursor(cursor)
        else:
            return False
        if found:
            editor.setFocus(
                Qt.FocusReason.MouseFocusReason
            )  # by any other the editor chooses a place itself
        return found


class Composition(QObject):
    """Watches editors; only one of them can hold unfinished text.

    When the keyboard goes elsewhere, Qt asks the input method to finish. fcitx 5 and IBus drop the word then, and the
    bridge to fcitx 4 commits it as it stands. Either way it stays as it was typed. Several may watch one editor.

    ``asks``: somebody takes what was left in letters.
    """

    def __init__(self, *, asks: bool = False) -> None:
        super().__init__()
        self._asks = asks
        self._editor: QWidget | None = None
        self._half = ""
        self._ended: _Ended | None = None
        self._left: list[LeftLetters] = []

    @property
    def going_on(self) -> bool:
        """Whether an input method holds unfinished text in one of the editors."""
        return self._editor is not None

    def watch(self, editor: QWidget) -> None:
        """From now on."""
        editor.installEventFilter(self)
        if isinstance(editor, QAbstractScrollArea):
            editor.viewport().installEventFilter(self)

    def finish(self) -> None:
        """Ask the input method to finish."""
        if self._editor is None:
            return
        QGuiApplication.inputMethod().commit()
        if self._ended is not None:
            self._settle(self._ended)

    def take_left(self) -> LeftLetters | None:
        """The next word that a key or a click cut short, so that it is letters; each is given once."""
        return self._left.pop(0) if self._left else None

    def forget(self) -> None:
        """Another form."""
        self._left.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when an input method begins and ends, and when somebody goes elsewhere."""
        if isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            self._written(watched, event)
        elif isinstance(event, QFocusEvent) and event.type() in _LEAVING:
            self._leave(watched, event.reason())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._pressed(watched, event)
        elif event.type() is QEvent.Type.MouseButtonPress:
            self.finish()  # a click into the word itself would have it dropped
        return False

    def _written(self, editor: QWidget, event: QInputMethodEvent) -> None:
        former, self._half = self._half, event.preeditString()
        self._editor = editor if self._half else None
        self._ended = None
        if former and not self._half and event.commitString() in ("", former):
            self._ended = _Ended(editor, former, dropped=not event.commitString())
            QTimer.singleShot(0, self, self._pass)

    def _pressed(self, editor: QObject, event: QKeyEvent) -> None:
        """A letter that reaches the editor beside half a word was taken by nobody: the input method died."""
        if (
            editor is self._editor
            and self._editor is not None
            and event.text().isprintable()
            and event.text()
        ):
            self._settle(_Ended(self._editor, self._half, dropped=True))
        self._ended = None

    def _leave(self, editor: QObject, reason: Qt.FocusReason) -> None:
        if reason in _GOES_ON:
            if self._ended is not None:
                self._settle(self._ended)
            elif editor is self._editor and self._editor is not None:
                self._settle(_Ended(self._editor, self._half, dropped=True))
        if editor is self._editor:
            self._editor = None

    def _settle(self, ended: _Ended) -> None:
        """The half word stays as it was typed: a click or a key that leads elsewhere must not take it."""
        if ended.dropped:
            event = QInputMethodEvent()
            event.setCommitString(ended.text)
            QCoreApplication.sendEvent(ended.editor, event)
        self._ended = None
        if self._asks and any(sign.isascii() and sign.isalpha() for sign in ended.text):
            self._left.append(LeftLetters(ended.editor, ended.text))

    def _pass(self) -> None:
        """Somebody took the word back, or chose it, and stays."""
        self._ended = None


@dataclass(frozen=True, slots=True)
class _Ended:
    """What was half a word until this moment: dropped, or committed as it stood."""

    editor: QWidget
    text: str
    dropped: bool


_LEAVING: Final = (QEvent.Type.FocusAboutToChange, QEvent.Type.FocusOut)
