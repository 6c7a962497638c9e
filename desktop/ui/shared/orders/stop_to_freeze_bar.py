"""The 48 hours from stop to freeze as one bar: how much is gone, by when to file, what is done."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.case_file.orders.stop_to_freeze import StopToFreezeWindow, WindowStage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.texts.clock_face import duration_text

_TONES: Final = {
    WindowStage.FILING: Tone.WARN,
    WindowStage.FREEZING: Tone.INFO,
    WindowStage.CLOSED: Tone.OK,
    WindowStage.OPEN: Tone.BAD,
}

_DONE: Final = frozenset({"stopped", "renewed", "filed", "frozen"})
_WEIGHT: Final = {"renewed": 0, "filed": 1, "file_by": 1, "frozen": 2, "ends": 3, "stopped": 3}
"""Whose words stay where two marks are too near."""
_GAP: Final = 6


def window_tone(bridge: StopToFreezeWindow, now: datetime) -> Tone:
    """Red once the margin is broken into, or the stop lapsed, before the freeze."""
    stage_at = bridge.stage_at(now)
    late = stage_at in {WindowStage.FILING, WindowStage.FREEZING} and now >= bridge.file_by
    return Tone.BAD if late else _TONES[stage_at]


def window_text(kit: Kit, bridge: StopToFreezeWindow, now: datetime) -> str:
    """What is to be done next, and by when."""
    stage_at = bridge.stage_at(now)
    at = bridge.frozen_at if stage_at is WindowStage.CLOSED and bridge.frozen_at else bridge.ends_at
    left = max(int((bridge.file_by - now).total_seconds()), 0)
    late = stage_at in {WindowStage.FILING, WindowStage.FREEZING} and left == 0
    key = f"clocks.bridge.late_{stage_at.value}" if late else f"clocks.bridge.{stage_at.value}"
    return kit.texts.text(
        key,
        at=show_local(at, kit.zone)[5:16],
        by=show_local(bridge.file_by, kit.zone)[5:16],
        left=duration_text(kit.texts, left),
    )


class StopToFreezeBar(QWidget):
    """Follows the tick. Its words are painted, and told to readers as its accessible name."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("bridge_bar")
        self._kit = kit
        self._bridge: StopToFreezeWindow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)
        kit.texts.changed.connect(self._refresh)
        kit.ticks.ticked.connect(self._ticked)
        self.hide()

    @property
    def bridge(self) -> StopToFreezeWindow | None:
        """What is shown."""
        return self._bridge

    def set_window(self, bridge: StopToFreezeWindow | None) -> None:
        """Show another payment's bridge; ``None`` hides the bar."""
        self._bridge = bridge
        self.setVisible(bridge is not None)
        self._refresh()

    def sizeHint(self) -> QSize:
        """A line of words, the bar, a line of times."""
        return QSize(240, round(2 * self._line() + 3 * self._bar_height()))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, track, what is gone, the marks."""
        bridge = self._bridge
        if bridge is None:
            return
        now = self._kit.ticks.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = window_tone(bridge, now)
        top = QRectF(0, 0, self.width(), self._line())
        painter.setFont(self._kit.theme.font("label"))
        painter.setPen(self._kit.theme.tone(tone))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, window_text(self._kit, bridge, now))
        self._paint_track(painter, bridge, now, tone)
        painter.end()

    def _paint_track(
        self, painter: QPainter, bridge: StopToFreezeWindow, now: datetime, tone: Tone
    ) -> None:
        theme, high = self._kit.theme, self._bar_height()
        radius = high / 2
        track = QRectF(high, self._line() + high / 2, self.width() - 2 * high, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(track, radius, radius)
        margin = track.adjusted(track.width() * bridge.share(bridge.file_by), 0, 0, 0)
        painter.setBrush(theme.tone_ground(Tone.BAD))
        painter.drawRoundedRect(margin, radius, radius)
        reached = bridge.frozen_at if bridge.frozen_at is not None else now
        gone = QRectF(track)
        gone.setWidth(max(track.width() * bridge.share(reached), high))
        painter.setBrush(theme.tone(tone))
        painter.drawRoundedRect(gone, radius, radius)
        marks = self._marks(bridge)
        for instant, key in marks:
            x = track.left() + track.width() * bridge.share(instant)
            self._paint_mark(painter, QPointF(x, track.center().y()), key)
        self._paint_words(painter, marks)

    def _marks(self, bridge: StopToFreezeWindow) -> list[tuple[datetime, str]]:
        marks = [(bridge.stopped_at, "stopped")]
        if bridge.renewed_at is not None:
            marks.append((bridge.renewed_at, "renewed"))
        if bridge.filed_at is not None and bridge.filed_at <= bridge.ends_at:
            marks.append((max(bridge.filed_at, bridge.stopped_at), "filed"))
        else:
            marks.append((bridge.file_by, "file_by"))
        if bridge.frozen_at is not None:
            marks.append((min(bridge.frozen_at, bridge.ends_at), "frozen"))
        marks.append((bridge.ends_at, "ends"))
        return marks

    def _paint_mark(self, painter: QPainter, centre: QPointF, key: str) -> None:
        theme, radius = self._kit.theme, self._bar_height() * 0.7
        tone = Tone.OK if key in _DONE else Tone.BAD
        painter.setPen(QPen(theme.tone(tone), theme.space("ring")))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(centre, radius, radius)

    def _place(self, instant: datetime, words: str) -> tuple[float, float]:
        """Left and right edge of the words below a mark, kept inside the widget."""
        bridge, high = self._bridge, self._bar_height()
        share = bridge.share(instant) if bridge is not None else 0.0
        width = QFontMetricsF(self._kit.theme.font("small")).horizontalAdvance(words)
        middle = high + (self.width() - 2 * high) * share
        left = min(max(middle - width / 2, 0.0), max(self.width() - width - 1, 0.0))
        return left, left + width

    def _paint_words(self, painter: QPainter, marks: list[tuple[datetime, str]]) -> None:
        """Times below the marks, the weightier first; what would run into them is left out."""
        taken: list[tuple[float, float]] = []
        painter.setFont(self._kit.theme.font("small"))
        painter.setPen(self._kit.theme.color("text_muted"))
        for instant, key in sorted(marks, key=lambda mark: -_WEIGHT[mark[1]]):
            words = self._kit.texts.text(
                f"clocks.bridge.mark_{key}", at=show_local(instant, self._kit.zone)[11:16]
            )
            left, right = self._place(instant, words)
            if any(left < end + _GAP and start < right + _GAP for start, end in taken):
                continue
            taken.append((left, right))
            top = self._line() + 2.2 * self._bar_height()
            below = QRectF(left, top, right - left + 1, self._line())
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, words)

    def _line(self) -> float:
        return QFontMetricsF(self._kit.theme.font("label")).height()

    def _bar_height(self) -> float:
        return float(self._kit.theme.space("progress_bar"))

    def _refresh(self) -> None:
        if self._bridge is not None:
            self.setAccessibleName(window_text(self._kit, self._bridge, self._kit.ticks.now()))
        self.update()

    def _ticked(self, _now: datetime) -> None:
        if self._bridge is not None and self.isVisible():
            self._refresh()
