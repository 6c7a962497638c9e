"""A vertical scroll area without a frame that keeps the focused editor in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look


class ScrollArea(QScrollArea):
    """Shows ``content`` as wide as itself and scrolls it up and down only."""

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(content, ground="clear")
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width its content needs."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self._take_width()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never narrower than the content."""
        super().resizeEvent(event)
        self._take_width()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Move the focus and scroll to it."""
        moved = super().focusNextPrevChild(next)
        focused = self.focusWidget()
        if moved and focused is not None and self.widget().isAncestorOf(focused):
            margin = self._kit.theme.space("space_xl")
            self.ensureWidgetVisible(focused, margin, margin)
        return moved

    def _take_width(self) -> None:
        hidden = self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = 0 if hidden else self.verticalScrollBar().sizeHint().width()
        content = self.widget()
        self.setMinimumWidth(max(content.minimumSizeHint().width(), content.minimumWidth()) + bar)
