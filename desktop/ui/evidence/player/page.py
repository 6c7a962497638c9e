"""A recording: its film or the shape of its sound, played by keys, a moment of it cited."""

from __future__ import annotations

from typing import BinaryIO

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.citation import moment_citation
from desktop.ui.evidence.player.link import PlayerLink, PlayState, StartHelper, start_player
from desktop.ui.evidence.player.screen import Screen
from desktop.ui.evidence.player.transport import STEP_MS, Transport
from desktop.ui.evidence.player.waveform import Waveform
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column

_SPEEDS = (100, 125, 150, 200, 50)
_FRAME_MS = 40
"""A picture's time where the film does not tell its rate."""


class RecordingPage(QWidget):
    """``cited(Citation)`` of the moment at which M was pressed; ``lost(code)``: it can not be played."""

    cited = Signal(object)
    lost = Signal(str)

    def __init__(self, kit: Kit, start: StartHelper = start_player) -> None:
        super().__init__()
        self._start = start
        self._link: PlayerLink | None = None
        self._state = PlayState()
        self._moment = 0
        self._speed = 0
        self.setObjectName("evidence_recording")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.texts.bind(self.setAccessibleName, "viewer.player.recording")
        column = Column(kit, self, gap="space_s")
        self.screen_ = Screen(kit)
        column.addWidget(self.screen_, 4)
        self.wave = Waveform(kit)
        self.wave.wanted.connect(self.go_to)
        column.addWidget(self.wave, 1)
        self.transport = Transport(kit)
        self.transport.play.connect(self.play)
        self.transport.jump.connect(self.jump)
        self.transport.frame.connect(self.step_frame)
        self.transport.speed.connect(self.next_speed)
        self.transport.mark.connect(self.mark)
        column.addWidget(self.transport)

    def show_recording(self, stream: BinaryIO, size: int) -> None:
        """Open another recording; closes the one before."""
        self.close_recording()
        self._state, self._speed = PlayState(), 0
        self._told(self._state)
        self.transport.show_speed(_SPEEDS[0])
        self._link = PlayerLink(stream, size, self, self._start)
        self._link.told.connect(self._told)
        self._link.pictured.connect(self._pictured)
        self._link.waved.connect(self.wave.show_wave)
        self._link.lost.connect(self._lost)
        self._link.open()
        self._tell_room()

    def close_recording(self) -> None:
        """End the player; nothing of the recording stays."""
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
            self._link = None
        self.screen_.show_image(None)

    @property
    def state(self) -> PlayState:
        """What the player told last."""
        return self._state

    def play(self) -> None:
        """Play, or pause."""
        self._command("pause" if self._state.playing else "play")

    def jump(self, by: int) -> None:
        """Back or on, by milliseconds."""
        self.go_to(self._state.position + by)

    def go_to(self, moment: int) -> None:
        """To a moment, within the recording."""
        end = max(self._state.duration, 0)
        self._command("seek", ms=min(max(moment, 0), end))

    def step_frame(self, step: int) -> None:
        """One picture back or on; pauses first."""
        if not self._state.video:
            return
        if self._state.playing:
            self._command("pause")
        length = 1_000_000 // self._state.rate if self._state.rate else _FRAME_MS
        self.go_to(self._moment + step * max(length, 1))

    def next_speed(self) -> None:
        """The next of a few speeds."""
        self._speed = (self._speed + 1) % len(_SPEEDS)
        self.transport.show_speed(_SPEEDS[self._speed])
        self._command("speed", percent=_SPEEDS[self._speed])

    def mark(self) -> None:
        """Cite the moment."""
        if self._state.duration:
            self.cited.emit(moment_citation(self._state.position))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows jump, comma and full stop step, S changes the speed, M marks."""
        keys = {
            Qt.Key.Key_Space: self.play,
            Qt.Key.Key_Left: lambda: self.jump(-STEP_MS),
            Qt.Key.Key_Right: lambda: self.jump(STEP_MS),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(self._state.duration),
            Qt.Key.Key_Comma: lambda: self.step_frame(-1),
            Qt.Key.Key_Period: lambda: self.step_frame(1),
            Qt.Key.Key_S: self.next_speed,
            Qt.Key.Key_M: self.mark,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None or event.modifiers() not in _PLAIN:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is heard of what is not seen: another tab, another item, the locked screen."""
        super().hideEvent(event)
        self._command("pause")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures come no larger than they are shown."""
        super().resizeEvent(event)
        self._tell_room()

    def _command(self, do: str, **values: int) -> None:
        if self._link is not None:
            self._link.command(do, **values)

    def _tell_room(self) -> None:
        room: QSize = self.screen_.size() * self.devicePixelRatioF()
        self._command("room", width=room.width(), height=room.height())

    def _told(self, state: PlayState) -> None:
        self._state = state
        self.wave.setVisible(state.duration > 0)
        self.screen_.setVisible(state.video or not state.audio)
        self.wave.show_place(state.position, state.duration)
        self.transport.show_state(state)

    def _pictured(self, image: QImage, moment: int) -> None:
        self._moment = moment
        self.screen_.show_image(image)
        self._command("ready")

    def _lost(self, code: str) -> None:
        self.close_recording()
        self.lost.emit(code)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
