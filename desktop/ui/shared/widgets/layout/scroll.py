"""Scrolled areas without a face of their own, in which whatever has the keyboard is kept in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look


class BareScroll(QScrollArea):
    """Shows ``content`` on the ground beneath, as wide and as high as there is room for."""

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(content, ground="clear")
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def bring_into_sight(self, focused: QWidget | None) -> None:
        """Scroll to what has the keyboard, if it is in here."""
        if focused is not None and self.widget().isAncestorOf(focused):
            margin = self._kit.theme.space("space_xl")
            self.ensureWidgetVisible(focused, margin, margin)


class FollowingScroll(BareScroll):
    """Follows the keyboard wherever it goes, also where nobody pressed Tab."""

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__(kit, content)
        kit.theme.app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        self.bring_into_sight(now)


class ScrollArea(BareScroll):
    """Shows ``content`` as wide as itself, scrolls it up and down only, and follows Tab."""

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__(kit, content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.installEventFilter(self)

    def leave_below(self, height: int) -> None:
        """Show nothing in so much of its lower end."""
        if self.viewportMargins().bottom() != height:
            self.setViewportMargins(0, 0, 0, height)

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
        if moved:
            self.bring_into_sight(self.focusWidget())
        return moved

    def _take_width(self) -> None:
        hidden = self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = 0 if hidden else self.verticalScrollBar().sizeHint().width()
        content = self.widget()
        self.setMinimumWidth(max(content.minimumSizeHint().width(), content.minimumWidth()) + bar)
