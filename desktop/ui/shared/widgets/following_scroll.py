"""A scrolled area without a face of its own, in which whatever has the keyboard is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look


class FollowingScroll(QScrollArea):
    """Shows ``contents`` on the ground beneath, as wide and as high as there is room for."""

    def __init__(self, kit: Kit, contents: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(contents, ground="clear")
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setWidget(contents)
        contents.setAutoFillBackground(False)
        kit.theme.app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.widget().isAncestorOf(now):
            margin = self._kit.theme.space("space_xl")
            self.ensureWidgetVisible(now, margin, margin)
