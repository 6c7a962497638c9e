"""Files and pictures dropped anywhere on a page or window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets ``place`` take what ``takes`` accepts (everything, where none is given; what cannot be used is then said
    after the drop). ``hovering(bool)``: something that will be taken is held over it, or went elsewhere.
    ``dropped(QMimeData)``: it was let go; valid only during the call."""

    hovering = Signal(bool)
    dropped = Signal(QMimeData)

    def __init__(self, place: QWidget, takes: Callable[[QMimeData], object] | None = None) -> None:
        super().__init__(place)
        self._takes = takes
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer what is dragged over the place."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif kind is QEvent.Type.DragLeave:
            self.hovering.emit(False)
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hovering.emit(False)
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData())
        else:
            return super().eventFilter(watched, event)
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        if self._takes is None or self._takes(event.mimeData()):
            self.hovering.emit(True)
            event.acceptProposedAction()
        else:
            event.ignore()
