"""Loss and what was held of it, a pair of bars for each row of the table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

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


class BarChart(QWidget):
    """``show_rows`` draws (name, loss, held) in fen. The library is loaded when the first chart is drawn."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("statistics_chart")
        self._kit = kit
        self._rows: tuple[tuple[str, int, int], ...] = ()
        self._plot: Any = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        kit.texts.bind(self.setAccessibleName, "statistics.chart")
        kit.theme.changed.connect(self._draw)
        kit.texts.changed.connect(self._draw)

    def show_rows(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Draw these; of more than there is room for, the first."""
        shown = rows[:_MOST]
        room = _ROOM // max(len(shown), _FEWEST)
        self._rows = tuple((_short(name, room), loss, held) for name, loss, held in shown)
        self._draw()

    def show_days(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Draw these days, named by month and day; of more than a month, the last."""
        last = rows[-_MOST_DAYS:]
        self._rows = tuple((day[_YEAR:], loss, held) for day, loss, held in last)
        self._draw()

    @property
    def names(self) -> tuple[str, ...]:
        """What stands below the bars."""
        return tuple(name for name, _, _ in self._rows)

    def _draw(self) -> None:
        import pyqtgraph as pg  # noqa: PLC0415 - a fifth of a second that only this screen pays

        if self._plot is None:
            self._plot = pg.PlotWidget()
            self._plot.setMenuEnabled(False)
            self._plot.setMouseEnabled(x=False, y=False)
            self._plot.hideButtons()
            # A picture: there is nothing to do in it.
            self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._layout.addWidget(self._plot)
        plot, theme = self._plot, self._kit.theme
        plot.clear()
        plot.setBackground(theme.color("surface"))
        ink = theme.color("text_muted")
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.color("line"))
            axis.setTextPen(ink)
            axis.setTickFont(theme.font("small"))
        plot.getAxis("left").enableAutoSIPrefix(False)  # "万元 (x0.001)" is nothing to read
        plot.getAxis("left").setLabel(self._kit.texts.text("statistics.axis"), color=ink.name())
        places = list(range(len(self._rows)))
        for offset, part, color in ((-_WIDTH / 2, 1, "red"), (_WIDTH / 2, 2, "green")):
            bars = pg.BarGraphItem(
                x=[place + offset for place in places],
                height=[float(row[part]) / _WAN for row in self._rows],
                width=_WIDTH,
                brush=theme.color(color),
                pen=None,
            )
            plot.addItem(bars)
        every = 1 + len(places) // (_MOST + _FEWEST)  # days too close for all their names
        names = [(place, self._rows[place][0]) for place in places[::-every]]
        plot.getAxis("bottom").setTicks([names])
        plot.setXRange(-0.6, max(len(places), _FEWEST) - 0.4, padding=0)
        plot.enableAutoRange("y")
        plot.setLimits(yMin=0)


def _short(name: str, room: int) -> str:
    """Its end: units of a city begin alike."""
    for place, sign in enumerate(reversed(name)):
        room -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if room < 0:
            return f"…{name[-place:]}"
    return name
