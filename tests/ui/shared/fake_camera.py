"""A camera that shows what a test holds before it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from desktop.ui.shared.kit.cameras import CameraTrouble, FrameSource


class FakeCamera(FrameSource):
    """``trouble``: what comes in place of pictures when it is started."""

    def __init__(self, parent: QObject | None = None, names: tuple[str, ...] = ("高拍仪",)) -> None:
        super().__init__(parent)
        self.running = False
        self.trouble: CameraTrouble | None = None
        self._names = names

    def __call__(self, parent: QObject) -> FrameSource:
        """Stand for the opener of the kit; lives as long as its widget."""
        self.setParent(parent)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def start(self) -> None:
        self.running = self.trouble is None
        if self.trouble is not None:
            self.troubled.emit(self.trouble)

    def stop(self) -> None:
        self.running = False

    def turn(self) -> None:
        self._names = (*self._names[1:], self._names[0])

    def show(self, gray: Any) -> None:
        """A picture, rows of grey; a camera that is off shows nothing."""
        if self.running:
            height, width = gray.shape
            image = QImage(gray.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
            self.framed.emit(image.convertToFormat(QImage.Format.Format_RGB32))
