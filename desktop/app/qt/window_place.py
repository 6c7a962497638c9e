"""Where on the screen a window opens: where the one before it stood."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_KEPT = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


def take_place(window: QWidget, former: QWidget) -> None:
    """Give ``window``, not shown yet, the place and the size of ``former``; maximised stays maximised."""
    window.setGeometry(former.normalGeometry())
    window.setWindowState(former.windowState() & _KEPT)
