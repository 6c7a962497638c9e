"""The row below a recording: play, go back and on, speed, mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.citation import moment_text
from desktop.ui.evidence.player.link import PlayState
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import Label

STEP_MS = 5000


class Transport(QWidget):
    """Buttons for the mouse; the same is done by keys of the page."""

    play = Signal()
    jump = Signal(int)
    """Milliseconds, to either side."""
    frame = Signal(int)
    speed = Signal()
    mark = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._playing = False
        row = Row(kit, self, gap="space_xs")
        self._play = self._icon("play", "play", self.play.emit)
        row.addWidget(self._play)
        row.addWidget(self._plain("back", "", lambda: self.jump.emit(-STEP_MS)))
        row.addWidget(self._plain("on", "", lambda: self.jump.emit(STEP_MS)))
        self._frames = (
            self._icon("frame_back", "chevron_left", lambda: self.frame.emit(-1)),
            self._icon("frame_on", "chevron_right", lambda: self.frame.emit(1)),
        )
        for button in self._frames:
            row.addWidget(button)
        self._speed = self._plain("speed", "S", self.speed.emit)
        row.addWidget(self._speed)
        row.addStretch(1)
        self.time = Label(kit, role="clock", ink="muted")
        self.time.setObjectName("evidence_play_time")
        row.addWidget(self.time)
        mark = Button(
            kit,
            "viewer.player.mark",
            size=Size.COMPACT,
            keys="M",
            icon="copy",
            name="evidence_mark",
        )
        mark.clicked.connect(self.mark)
        row.addWidget(mark)

    def show_state(self, state: PlayState) -> None:
        """What can be done now, and where it is."""
        if state.playing != self._playing:
            self._playing = state.playing
            self._play.set_icon("pause" if state.playing else "play")
        for button in self._frames:
            button.setVisible(state.video)
        whole = moment_text(state.duration).partition(".")[0]
        self.time.set_text(f"{moment_text(state.position)} / {whole}")

    def show_speed(self, percent: int) -> None:
        """How fast."""
        self._speed.set_text(f"{percent / 100:g} ×")

    def _icon(self, name: str, icon: str, handler: Callable[[], object]) -> Button:
        button = IconButton(self._kit, f"viewer.player.{name}", icon, name=f"evidence_{name}")
        button.clicked.connect(handler)
        return button

    def _plain(self, name: str, keys: str, handler: Callable[[], object]) -> Button:
        button = Button(
            self._kit,
            f"viewer.player.{name}",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            keys=keys,
            name=f"evidence_{name}",
        )
        button.clicked.connect(handler)
        return button
