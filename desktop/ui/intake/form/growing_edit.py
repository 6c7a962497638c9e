"""An editor as high as what is written in it: Enter goes on, Shift+Enter makes a line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import TextEdit

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_LINES: Final = 5


class GrowingEdit(TextEdit):
    """One line while it is short; up to five, then it scrolls. Enter during a composition belongs to the input
    method."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, lines=1)
        self._composing = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(kit.theme.space("space_xxs"))
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def composing(self) -> bool:
        """Whether an input method holds unfinished text."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice the beginning and the end of a composition."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter alone is for whoever watches the editor; with Shift it makes a line."""
        if event.key() in _ENTER:
            if self._composing:
                event.accept()
                return
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                event.ignore()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was composed is given up by the input method itself."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._composing = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font is another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        lines = min(max(round(self.document().size().height()), 1), _MOST_LINES)
        spacing = self.fontMetrics().lineSpacing()
        least = self._kit.theme.space("control")
        high = max(least, lines * spacing + least - spacing)
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)
