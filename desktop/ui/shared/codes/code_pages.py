"""The codes of one slip on screen: one, or one after the other at a steady pace for a camera that watches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.codes.code_picture import CodePicture
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

PACE_MS = 1500
"""Time for each code: a camera that reads one picture in five still sees it twice."""


class CodePages(QWidget):
    """``turned(number)`` counts from 1. Left and Right turn by hand and stop the pace, P stops it and goes on. A single
    code shows no such controls and takes none of these keys."""

    turned = Signal(int)

    def __init__(self, kit: Kit, codes: Sequence[bytes], name_key: str, *, side: str) -> None:
        super().__init__()
        self._kit = kit
        self._codes = tuple(codes)
        self._place = 0
        column = Column(kit, self, gap="space_s")
        self.picture = CodePicture(kit, name_key, side=side)
        column.addWidget(self.picture, 1)
        self._controls = QWidget()
        row = Row(kit, self._controls, gap="space_m")
        self._back = Action(self, "code_pages.back", "Left")
        self._forth = Action(self, "code_pages.forth", "Right")
        self._pause = Action(self, "code_pages.pause", "P")
        self._number = Label(kit, role="figure")
        self._number.setObjectName("code_number")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pausing = self._button(self._pause, "pause", "code_pause")
        row.addStretch(1)
        row.addWidget(self._button(self._back, "chevron_left", "code_back"))
        row.addWidget(self._number)
        row.addWidget(self._button(self._forth, "chevron_right", "code_forth"))
        row.addWidget(self._pausing)
        row.addStretch(1)
        column.addWidget(self._controls)
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self.step)
        self._running = len(self._codes) > 1
        self._back.triggered.connect(self._turn_back)
        self._forth.triggered.connect(self._turn_forth)
        self._pause.triggered.connect(self._turn_pace)
        for action in (self._back, self._forth, self._pause):
            action.set_enabled(enabled=self._running)
        set_shown(self._controls, shown=self._running)
        self._show()

    @property
    def number(self) -> int:
        """Of the code that is shown, from 1."""
        return self._place + 1

    @property
    def running(self) -> bool:
        """Whether the next code comes by itself."""
        return self._running

    def step(self) -> None:
        """Show the next code; after the last comes the first."""
        self._go(1)

    def showEvent(self, event: QShowEvent) -> None:
        """The pace begins."""
        super().showEvent(event)
        if self._running:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def _button(self, action: Action, icon: str, name: str) -> Button:
        return Button.of(self._kit, action, size=Size.COMPACT, icon=icon, name=name)

    def _turn_back(self) -> None:
        self._set_running(running=False)
        self._go(-1)

    def _turn_forth(self) -> None:
        self._set_running(running=False)
        self._go(1)

    def _turn_pace(self) -> None:
        self._set_running(running=not self._running)

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        if running:
            self._timer.start()
        else:
            self._timer.stop()
        self._pausing.set_key("code_pages.pause" if running else "code_pages.go_on")

    def _go(self, step: int) -> None:
        self._place = (self._place + step) % len(self._codes)
        self._show()
        self.turned.emit(self.number)

    def _show(self) -> None:
        self.picture.show_png(self._codes[self._place] if self._codes else b"")
        self._number.set_key("code_pages.number", number=self.number, count=len(self._codes))
