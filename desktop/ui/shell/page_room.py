"""The room of the pages: where one needs more than the screen has, it is scrolled and the window never grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look


class _Ground(QWidget):
    """Lays the stack out by hand: a layout would ask every page how high it would like to be."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        stack.setParent(self)

    def event(self, event: QEvent) -> bool:
        """A page asks for another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page takes all there is."""
        super().resizeEvent(event)
        self._stack.resize(self.size())

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs; the others do not count."""
        page = self._stack.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page else QSize()


class PageRoom(QScrollArea):
    """``pages`` fill it; what has the keyboard is always in sight."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.pages = QStackedWidget()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = _Ground(self.pages)
        set_look(ground, ground="clear")
        ground.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setWidget(ground)
        ground.setAutoFillBackground(False)
        self.pages.currentChanged.connect(ground.updateGeometry)
        kit.theme.app.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        """The window may be as small as it likes."""
        return QSize(1, 1)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.pages.isAncestorOf(now):
            margin = self._kit.theme.space("space_xl")
            self.ensureWidgetVisible(now, margin, margin)
