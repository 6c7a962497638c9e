"""Two pictures with one zoom: side by side, or one over the other in turn."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.evidence.picture.levels import PictureLevels
from desktop.ui.evidence.picture.view import PictureView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Row

_TURN_MS = 500
"""Two turns a second stay below the three that can harm (WCAG 2.3.1)."""


class PicturesPair(QWidget):
    """What is done to one is done to the other."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("evidence_pair")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.texts.bind(self.setAccessibleName, "viewer.compare.pictures")
        self.views = (PictureView(kit), PictureView(kit))
        row = Row(kit, self, gap="space_s")
        for place, view in enumerate(self.views):
            view.setObjectName(f"evidence_pair_{place}")
            row.addWidget(view, 1)
        self.views[0].moved.connect(self._follow_left)
        self.views[1].moved.connect(self._follow_right)
        self._following = False
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self.swap)

    @property
    def flickers(self) -> bool:
        """Whether they lie one over the other."""
        return self._turn.isActive()

    def show_pictures(self, left: PictureLevels, right: PictureLevels) -> None:
        """Show two others, side by side."""
        self.flicker(on=False)
        for view, levels in zip(self.views, (left, right), strict=True):
            view.show_levels(levels)

    def show_detail(self, side: int, levels: PictureLevels) -> None:
        """More pixels of one."""
        self._following = True
        self.views[side].replace_levels(levels)
        self._following = False

    def flicker(self, *, on: bool) -> None:
        """Lay them one over the other and show each in turn, or side by side again."""
        if on:
            self._turn.start()
            self.views[1].hide()
        else:
            self._turn.stop()
            for view in self.views:
                view.show()

    def swap(self) -> None:
        """Show the other one."""
        first = self.views[0].isVisibleTo(self)
        state = self.views[0 if first else 1].state()
        self.views[0].setVisible(not first)
        self.views[1].setVisible(first)
        self._follow(self.views[1 if first else 0], state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a single picture."""
        view = self.views[0]
        act = {
            Qt.Key.Key_Plus: view.zoom_in,
            Qt.Key.Key_Equal: view.zoom_in,
            Qt.Key.Key_Minus: view.zoom_out,
            Qt.Key.Key_0: view.fit,
            Qt.Key.Key_R: self._rotate,
        }.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def _rotate(self) -> None:
        for view in self.views:
            view.rotate_right()

    def _follow_left(self) -> None:
        self._follow(self.views[1], self.views[0].state())

    def _follow_right(self) -> None:
        self._follow(self.views[0], self.views[1].state())

    def _follow(self, view: PictureView, state: tuple[bool, float, float, float]) -> None:
        if self._following:
            return
        self._following = True
        view.follow(state)
        self._following = False
