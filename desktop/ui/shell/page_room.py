"""The room of the pages: where one needs more than the screen has, it is scrolled and the window never grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.scroll import FollowingScroll


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


class PageRoom(FollowingScroll):
    """``pages`` fill it."""

    def __init__(self, kit: Kit) -> None:
        pages = QStackedWidget()
        ground = _Ground(pages)
        super().__init__(kit, ground)
        self.pages = pages
        self.pages.currentChanged.connect(ground.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """The window may be as small as it likes."""
        return QSize(1, 1)
