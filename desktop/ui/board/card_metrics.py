"""Where the parts of a card stand. Computed once for a theme, not for each card."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from desktop.ui.shared.kit.theme import Theme

_NAME, _CLOCK = 3 * "\u3000", "11:28:00"
"""What is to be seen of a card at a glance: a name of three signs, each as wide as this blank, and a clock."""


class CardMetrics:
    """Fonts, their metrics and the heights of the four rows of a card."""

    def __init__(self, theme: Theme) -> None:
        self.padding = theme.space("space_m")
        self.gap = theme.space("space_xs")
        self.below = theme.space("space_s")
        """The lane seen under each card."""
        self.radius = theme.space("radius_l")
        self.chip_height = theme.space("chip_height")
        self.chip_padding = theme.space("chip_padding")
        self.dot = theme.space("dot")
        self.name = FontFace(theme.font("section"))
        self.chip = FontFace(theme.font("chip"))
        self.amount = FontFace(theme.font("amount"))
        self.small = FontFace(theme.font("small"))
        self.number = FontFace(theme.font("digits_small"))
        self.top_row = max(self.name.height, self.chip_height)
        rows = (self.top_row, self.chip_height, self.amount.height, self.number.height)
        self.card_height = round(2 * self.padding + sum(rows) + 2 * self.gap)
        self.row_height = self.card_height + self.below

    def card_rect(self, width: float) -> QRectF:
        """The card within a row of that width; half a pixel in, so that its border is sharp."""
        return QRectF(0.5, 0.5, width - 1, self.card_height - 1)

    def rows(self, width: float) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Name and chip, type, amount, number: from top to bottom, inside the padding."""
        x, y, inner = self.padding, self.padding, width - 2 * self.padding
        top = QRectF(x, y, inner, self.top_row)
        kind = QRectF(x, top.bottom() + self.gap, inner, self.chip_height)
        amount = QRectF(x, kind.bottom() + self.gap, inner, self.amount.height)
        number = QRectF(x, amount.bottom(), inner, self.number.height)
        return top, kind, amount, number

    def is_narrow(self, width: float) -> bool:
        """Whether a usual name and a clock do not fit beside each other (a small screen at 150 %)."""
        both = self.name.width(_NAME) + self.gap + self.chip_width(_CLOCK)
        return width - 2 * self.padding < both

    def chip_row(self, width: float) -> QRectF:
        """Where the chip stands: beside the name, or below it, in place of the type, where it would cut the name."""
        top, kind, _, _ = self.rows(width)
        return kind if self.is_narrow(width) else top

    def chip_rect(self, width: float, text: str, name: str) -> QRectF:
        """The chip at the right end of the row of the name, which it leaves room for a few characters, or at the left
        of the one below."""
        row = self.chip_row(width)
        if self.is_narrow(width):
            return QRectF(
                row.left(), row.top(), min(self.chip_width(text), row.width()), row.height()
            )
        name_room = min(self.name.width(name), row.width() / 4) + self.gap
        width = min(self.chip_width(text), row.width() - name_room)
        top = row.top() + (row.height() - self.chip_height) / 2
        return QRectF(row.right() - width, top, width, self.chip_height)

    def number_place(self, row: QRectF, note: str) -> QRectF:
        """What the note at the right end of the last row leaves to the number."""
        taken = self.small.width(note) + self.gap if note else 0
        return row.adjusted(0, 0, -min(taken, row.width()), 0)

    def chip_width(self, text: str) -> float:
        """The natural width of a chip."""
        return self.chip.width(text) + 2 * self.chip_padding


class FontFace:
    """A font and what is asked of its metrics."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()

    def width(self, text: str) -> float:
        """The advance of a text."""
        return self.metrics.horizontalAdvance(text)
