"""Where things stand on the timeline, in pixels: lane names on the left, rows of labels, minutes on the axis."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from desktop.domain.case_file.timeline import Band, TimelineLane
from desktop.domain.time_axis import TimeAxis
from desktop.ui.case.timeline.scene import Measures, band_rows
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.painting import chip_width

MOST = 60.0
"""Pixels a minute at the greatest stretch."""
WIDEST = 190.0
"""A label is cut at this width."""


class Ruler:
    """Measures of the theme and the words of the moment; none is kept, both may change."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @property
    def rail(self) -> float:
        """Height of the line of dots above the labels of a lane."""
        return float(self._kit.theme.space("space_m"))

    @property
    def row(self) -> float:
        """Height of a row of labels."""
        return float(self._kit.theme.space("chip_height") + self._kit.theme.space("space_xs"))

    @property
    def names(self) -> float:
        """Width of the names of the lanes."""
        metrics = QFontMetricsF(self._kit.theme.font("small_strong"))
        words = (self._kit.texts.text(f"timeline.lane.{lane.value}") for lane in TimelineLane)
        return max(map(metrics.horizontalAdvance, words)) + self._kit.theme.space("space_m")

    @property
    def start(self) -> float:
        """Where the axis begins, unscrolled."""
        return float(self.names + self._kit.theme.space("space_m"))

    def room(self, width: float) -> float:
        """How much of ``width`` shows the axis."""
        return width - self.names - 2 * self._kit.theme.space("space_m")

    def fitting(self, axis: TimeAxis, width: float) -> float:
        """Pixels a minute at which everything fits ``width``."""
        room = max(self.room(width) - WIDEST, 1.0)
        return min(room / axis.length, MOST) if axis.length else 1.0

    def measures(self, bands: tuple[Band, ...], height: float) -> Measures:
        """What the scene is laid out by."""
        theme = self._kit.theme
        hours = theme.space("chip_height")
        top = float(hours * (1 + len(band_rows(bands))) + theme.space("space_xs"))
        small = QFontMetricsF(theme.font("small"))
        return Measures(
            top, height - top, self.rail, self.row, WIDEST, lambda text: chip_width(theme, text) + 1,
            small.horizontalAdvance,
        )  # fmt: skip
