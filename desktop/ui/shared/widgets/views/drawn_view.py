"""The frame of a drawing that is walked by keyboard: one place for the focus, a ring, a sentence where one hovers."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from desktop.ui.shared.kit.kit import Kit


class DrawnView(QAbstractScrollArea):
    """Things are told apart by keys, "" for none. Whoever draws says where they are, what they are and how one of them
    is chosen or opened; ``_lay_out`` is called for every new size."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)

    @abstractmethod
    def choose(self, key: str) -> None:
        """Make a thing the current one and bring it into sight."""

    @abstractmethod
    def _open(self) -> None:
        """Open the current one."""

    @abstractmethod
    def _at(self, point: QPointF) -> str:
        """The key of what lies under ``point`` of the viewport."""

    @abstractmethod
    def _sentence(self, key: str) -> str:
        """The whole of a thing in words."""

    @abstractmethod
    def _lay_out(self) -> None:
        """Find a place for everything."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        found = self._at(event.position())
        if found:
            self.choose(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        if self._at(event.position()):
            self._open()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hovering tells the whole sentence."""
        if isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._sentence(found) if found else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything finds a new place."""
        super().resizeEvent(event)
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current thing gets the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()
