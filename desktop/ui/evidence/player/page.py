"""A recording: its film or the shape of its sound, played by keys, a moment of it cited."""

from __future__ import annotations

from typing import BinaryIO

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.evidence.citation import moment_citation
from desktop.ui.evidence.player.link import PlayerLink, PlayState, StartHelper, Wave, start_player
from desktop.ui.evidence.player.transport import STEP_MS, Transport
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.views.moving_picture import MovingPicture

_BAR = 2
_GAP = 1


class Waveform(QWidget):
    """``wanted(ms)``: the person pointed at a moment."""

    wanted = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._wave = Wave(0, ())
        self._duration = 0
        self._position = 0
        self._marks: tuple[int, ...] = ()
        self.setObjectName("evidence_waveform")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(kit.theme.space("control_large"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        kit.texts.bind(self.setAccessibleName, "viewer.player.waveform")
        kit.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """High enough to see a voice."""
        return QSize(400, 2 * self._kit.theme.space("control_large"))

    def show_wave(self, wave: Wave) -> None:
        """What is heard so far."""
        self._wave = wave
        self.update()

    def show_place(self, position: int, duration: int) -> None:
        """Where it is; in milliseconds."""
        if (position, duration) != (self._position, self._duration):
            self._position, self._duration = position, duration
            self.update()

    def show_marks(self, marks: tuple[int, ...]) -> None:
        """The moments that were cited."""
        self._marks = marks
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer."""
        self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is down."""
        self._point(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, marks, place."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("lane"))
        self._paint_bars(painter)
        pen = QPen(theme.color("amber"), _BAR)
        for mark in self._marks:
            painter.setPen(pen)
            x = self._x(mark)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(theme.color("red"), _BAR))
        x = self._x(self._position)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _paint_bars(self, painter: QPainter) -> None:
        if not self._wave.peaks or not self._duration:
            return
        theme = self._kit.theme
        played, coming = theme.color("blue"), theme.color("blue_line")
        here = self._x(self._position)
        middle = self.height() / 2
        per_pixel = self._duration / max(1, self.width())
        for x in range(0, self.width(), _BAR + _GAP):
            first = int(x * per_pixel / self._wave.step_ms)
            last = int((x + _BAR + _GAP) * per_pixel / self._wave.step_ms) + 1
            part = self._wave.peaks[first:last]
            if not part:
                break
            half = max(1.0, max(part) / 100 * (middle - _BAR))
            bar = QRectF(x, middle - half, _BAR, 2 * half)
            painter.fillRect(bar, played if x < here else coming)

    def _x(self, moment: int) -> float:
        return self.width() * moment / self._duration if self._duration else 0.0

    def _point(self, event: QMouseEvent) -> None:
        if self._duration and event.buttons() & Qt.MouseButton.LeftButton:
            share = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.wanted.emit(round(share * self._duration))


class Screen(MovingPicture):
    """Shows the last picture it was given."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_film", "viewer.player.film")

    def _paint_nothing(self, painter: QPainter) -> None:
        theme = self._kit.theme
        side = theme.space("icon_empty")
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self._kit.icons.paint(painter, place, "audio", theme.color("on_viewer"))


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
        self._state_changed(self._state)
        self.transport.show_speed(_SPEEDS[0])
        self._link = PlayerLink(stream, size, self, self._start)
        self._link.state_changed.connect(self._state_changed)
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

    def _state_changed(self, state: PlayState) -> None:
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
