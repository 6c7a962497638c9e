"""Loss and what was held of it, a pair of bars for each row of the table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit

_WIDTH: Final = 0.36
_MOST: Final = 12
"""Pairs that can be told apart; the table has them all."""
_FEWEST: Final = 8
"""Pairs there is room for even where there are fewer, so that a lone bar is no wall."""
_MOST_DAYS: Final = 31
"""Days stand closer: a month of them is one picture."""
_ROOM: Final = 168
"""Widths of a Latin letter that all names below the bars share; a Chinese character has two."""
_YEAR: Final = len("2026-")
_WAN: Final = 1_000_000
"""Fen in ten thousand yuan, the unit of the axis."""
_LINES: Final = 5
"""Lines of the axis at most; fewer where the window is low."""
_APART: Final = 2.0
"""Heights of a line of text between two of them at the least."""
_GAP: Final = 8


class BarChart(QWidget):
    """``show_rows`` draws (name, loss, held) in fen. A picture: there is nothing to do in it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("statistics_chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._kit = kit
        self._rows: tuple[tuple[str, int, int], ...] = ()
        kit.texts.bind(self.setAccessibleName, "statistics.chart")
        kit.theme.changed.connect(self.update)
        kit.texts.changed.connect(self.update)

    def show_rows(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Draw these; of more than there is room for, the first."""
        shown = rows[:_MOST]
        room = _ROOM // max(len(shown), _FEWEST)
        self._rows = tuple((_short(name, room), loss, held) for name, loss, held in shown)
        self.update()

    def show_days(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Draw these days, named by month and day; of more than a month, the last."""
        last = rows[-_MOST_DAYS:]
        self._rows = tuple((day[_YEAR:], loss, held) for day, loss, held in last)
        self.update()

    @property
    def names(self) -> tuple[str, ...]:
        """What stands below the bars."""
        return tuple(name for name, _, _ in self._rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The axis from the bottom up, then the bars, then their names."""
        del event
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font())
        line = metrics.height()
        high = self.height() - 2 * (line + _GAP)
        ticks = _ticks(self._greatest(), min(_LINES, floor(high / (_APART * line))))
        left = max(metrics.horizontalAdvance(text) for _, text in ticks) + 2 * _GAP
        field = QRectF(left, line + _GAP, self.width() - left - _GAP, high)
        painter.setPen(theme.color("text_muted"))
        unit = self._kit.texts.text("statistics.axis")
        painter.drawText(QRectF(_GAP, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, unit)
        self._draw_lines(painter, field, ticks)
        self._draw_bars(painter, field, ticks[-1][0])
        self._draw_names(painter, field)
        painter.end()

    def _greatest(self) -> float:
        return max((max(loss, held) for _, loss, held in self._rows), default=0) / _WAN

    def _draw_lines(
        self, painter: QPainter, field: QRectF, ticks: Sequence[tuple[float, str]]
    ) -> None:
        theme, line = self._kit.theme, painter.fontMetrics().height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, text in ticks:
            y = field.bottom() - field.height() * value / ticks[-1][0]
            painter.fillRect(QRectF(field.left(), round(y), field.width(), 1), theme.color("line"))
            beside = QRectF(0, y - line / 2, field.left() - _GAP, line)
            painter.setPen(theme.color("text_muted"))
            painter.drawText(beside, right, text)

    def _draw_bars(self, painter: QPainter, field: QRectF, top: float) -> None:
        theme = self._kit.theme
        for slot, (_, loss, held) in self._slots(field):
            width = slot.width() * _WIDTH
            for part, fen, color in ((-1, loss, "red"), (0, held, "green")):
                high = field.height() * fen / _WAN / top
                left = slot.center().x() + part * width
                bar = QRectF(left, field.bottom() - high, width, high)
                painter.fillRect(bar, theme.color(color))

    def _draw_names(self, painter: QPainter, field: QRectF) -> None:
        every = 1 + len(self._rows) // (_MOST + _FEWEST)  # days too close for all their names
        line = painter.fontMetrics().height()
        painter.setPen(self._kit.theme.color("text_muted"))
        for slot, (name, _, _) in [*self._slots(field)][::-every]:
            below = QRectF(slot.left(), field.bottom() + _GAP / 2, slot.width(), line)
            below.adjust(-slot.width() / 2, 0, slot.width() / 2, 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)

    def _slots(self, field: QRectF) -> Iterator[tuple[QRectF, tuple[str, int, int]]]:
        """The room of each row."""
        width = field.width() / max(len(self._rows), _FEWEST)
        for place, row in enumerate(self._rows):
            yield QRectF(field.left() + place * width, field.top(), width, field.height()), row


def _ticks(greatest: float, lines: int) -> Sequence[tuple[float, str]]:
    """Round values from nought to the first that is not below ``greatest``, with as few digits as tell them apart."""
    greatest = greatest or 1.0
    rough = greatest / max(lines, 1)
    unit = 10.0 ** floor(log10(rough))
    step = next((n * unit for n in (1, 2, 5) if n * unit >= rough), 10 * unit)
    digits = max(-floor(log10(step)), 0)
    count = ceil(greatest / step)
    return [(place * step, f"{place * step:,.{digits}f}") for place in range(count + 1)]


def _short(name: str, room: int) -> str:
    """Its end: units of a city begin alike."""
    for place, sign in enumerate(reversed(name)):
        room -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if room < 0:
            return f"…{name[-place:]}"
    return name
