"""A veil over a window while a dialog before it waits for an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit


class Scrim(QWidget):
    """Covers ``window`` (never kept: it may have to die first) until ``lift``."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self.setObjectName("scrim")
        self.setProperty("floating", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Take the veil away."""
        self.window().removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._kit.theme.color("scrim"))
        painter.end()
