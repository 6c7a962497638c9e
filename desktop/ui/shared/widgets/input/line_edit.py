"""The editors inside fields: line, several lines, choice. Safe under an input method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
)

from desktop.ui.shared.kit.kit import Kit

if TYPE_CHECKING:
    from desktop.ui.shared.kit.kit import Kit


class EditMenu(QMenu):
    """Undo, redo, cut, copy, paste, select all for ``editor``."""

    def __init__(self, kit: Kit, editor: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(editor)
        self._kit = kit
        self.setFont(kit.theme.font("body"))
        writable = not editor.isReadOnly()
        selected = _has_selection(editor)
        visible = not isinstance(editor, QLineEdit) or (
            editor.echoMode() is QLineEdit.EchoMode.Normal
        )
        undoable, redoable = _history(editor)
        self._add("undo", enabled=writable and undoable).triggered.connect(editor.undo)
        self._add("redo", enabled=writable and redoable).triggered.connect(editor.redo)
        self.addSeparator()
        self._add("cut", enabled=writable and selected and visible).triggered.connect(editor.cut)
        self._add("copy", enabled=selected and visible).triggered.connect(editor.copy)
        pasteable = writable and bool(QApplication.clipboard().text())
        self._add("paste", enabled=pasteable).triggered.connect(editor.paste)
        self.addSeparator()
        self._add("select_all", enabled=True).triggered.connect(editor.selectAll)

    def _add(self, word: str, *, enabled: bool) -> QAction:
        action = self.addAction(self._kit.texts.text(f"shared.edit.{word}"))
        action.setEnabled(enabled)
        return action


def _has_selection(editor: QLineEdit | QPlainTextEdit) -> bool:
    if isinstance(editor, QLineEdit):
        return editor.hasSelectedText()
    return editor.textCursor().hasSelection()


def _history(editor: QLineEdit | QPlainTextEdit) -> tuple[bool, bool]:
    if isinstance(editor, QLineEdit):
        return editor.isUndoAvailable(), editor.isRedoAvailable()
    document = editor.document()
    return document.isUndoAvailable(), document.isRedoAvailable()


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SEARCH = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


def _opens_search(event: QEvent) -> bool:
    """Ctrl+K: on X11 editors take it to delete to the end of the line; here it opens the search everywhere."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.keyCombination() == _SEARCH
    )


def _goes_on(event: QFocusEvent) -> bool:
    """Whether the person comes to type: a click says itself where, a menu of the field changes nothing."""
    return event.reason() not in (
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.PopupFocusReason,
    )


class LineEdit(QLineEdit):
    """One line. ``committed`` comes with Enter or on leaving, and only if the text changed since.

    While an input method composes, Enter belongs to it: it neither commits nor reaches a default
    button.
    """

    committed = Signal(str)

    def __init__(self, kit: Kit, *, role: str = "body") -> None:
        super().__init__()
        self._kit = kit
        self._composing = False
        self._last_commit = ""
        self.setFont(kit.theme.font(role))
        self.setFixedHeight(kit.theme.space("control"))
        self.returnPressed.connect(self.commit)
        kit.composition.watch(self)

    @property
    def composing(self) -> bool:
        """Whether an input method holds unfinished text."""
        return self._composing

    def set_value(self, text: str) -> None:
        """Put in text that comes from the program: no commit follows from it."""
        self.setText(text)
        if not self.hasFocus():  # else the caret stays behind it
            self.setCursorPosition(0)
        self._last_commit = text

    def commit(self) -> None:
        """Tell that the person is done with the field, if anything changed."""
        text = self.text()
        if self._composing or text == self._last_commit:
            return
        self._last_commit = text
        self.committed.emit(text)

    def event(self, event: QEvent) -> bool:
        """Leave the search's key to the window."""
        return False if _opens_search(event) else super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice the beginning and the end of a composition."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from acting during a composition."""
        if self._composing and event.key() in _ENTER:
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing goes on behind what stands there; by Tab all of it is marked."""
        super().focusInEvent(event)
        if _goes_on(event) and not self.cursorPosition() and not self.hasSelectedText():
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit on leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._composing = False
            self.commit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Own menu in the current language."""
        EditMenu(self._kit, self).exec(event.globalPos())


class TextEdit(QPlainTextEdit):
    """Several lines; Tab leaves the field, Enter makes a line."""

    committed = Signal(str)

    def __init__(self, kit: Kit, *, lines: int) -> None:
        super().__init__()
        self._kit = kit
        self._last_commit = ""
        self.setFont(kit.theme.font("body"))
        self.setTabChangesFocus(True)
        padding = 4 * kit.theme.space("space_xs")
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + padding)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        kit.composition.watch(self)

    def event(self, event: QEvent) -> bool:
        """Leave the search's key to the window."""
        return False if _opens_search(event) else super().event(event)

    def sizeHint(self) -> QSize:
        """No higher than its lines; a layout may stretch it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def set_value(self, text: str) -> None:
        """Put in text that comes from the program."""
        self.setPlainText(text)
        if self.hasFocus():
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._last_commit = text

    def commit(self) -> None:
        """Tell that the person is done with the field, if anything changed."""
        text = self.toPlainText()
        if text != self._last_commit:
            self._last_commit = text
            self.committed.emit(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing goes on behind what stands there."""
        super().focusInEvent(event)
        if _goes_on(event) and self.textCursor().atStart() and not self.textCursor().hasSelection():
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit on leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Own menu in the current language."""
        EditMenu(self._kit, self).exec(event.globalPos())


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value for the program; catalogue words, or ``text`` that is data."""

    value: str
    key: str = ""
    text: str = ""


class Combo(QComboBox):
    """A choice from a list in the current language."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._options: tuple[Option, ...] = ()
        self.setFont(kit.theme.font("body"))
        self.setFixedHeight(kit.theme.space("control"))
        self.setItemDelegate(QStyledItemDelegate(self))  # the plain delegate obeys the style sheet
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        kit.texts.changed.connect(self._read_words)
        kit.theme.changed.connect(self.update)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the choices; the first becomes current."""
        self._options = tuple(options)
        self.blockSignals(True)
        self.clear()
        for option in self._options:
            self.addItem(self._words(option))
        self.blockSignals(False)

    def value(self) -> str:
        """The value of the current choice, ``""`` if there is none."""
        index = self.currentIndex()
        return self._options[index].value if 0 <= index < len(self._options) else ""

    def set_value(self, value: str) -> None:
        """Choose by value without a signal; an unknown value chooses nothing."""
        values = [option.value for option in self._options]
        self.blockSignals(True)
        self.setCurrentIndex(values.index(value) if value in values else -1)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing an answer by accident."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The styled box, then the arrow in the colour of the theme."""
        super().paintEvent(event)
        theme = self._kit.theme
        side = theme.space("icon_s")
        left = self.width() - theme.space("space_s") - side
        painter = QPainter(self)
        colour = theme.color("text_muted" if self.isEnabled() else "text_disabled")
        place = QRectF(left, (self.height() - side) / 2, side, side)
        self._kit.icons.paint(painter, place, "chevron_down", colour)
        painter.end()

    def _words(self, option: Option) -> str:
        return self._kit.texts.text(option.key) if option.key else option.text

    def _read_words(self) -> None:
        for index, option in enumerate(self._options):
            self.setItemText(index, self._words(option))
