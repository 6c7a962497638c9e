"""Paints the cells of tables from the theme: text, chips, clocks with a bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.rows_model import (
    CHIP_ROLE,
    DIGITS_ROLE,
    END_ROLE,
    SPAN_ROLE,
    TONE_ROLE,
    Keeps,
)
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, clock_text, read_span
from desktop.ui.shared.widgets.texts.painting import chip_width, paint_bar, paint_chip

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ELIDED: Final = {
    Keeps.START: Qt.TextElideMode.ElideRight,
    Keeps.END: Qt.TextElideMode.ElideLeft,
    Keeps.ENDS: Qt.TextElideMode.ElideMiddle,
}
_TIP = int(Qt.ItemDataRole.ToolTipRole)


class CellDelegate(QStyledItemDelegate):
    """One for a whole table; the model's roles decide what a cell looks like."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line below, contents. The focus ring is the table's: it goes round the row."""
        theme = self._kit.theme
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack the members
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("blue_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), theme.space("border")),
            theme.color("line"),
        )
        padding = theme.space("table_cell_padding")
        place = rect.adjusted(padding, 0, -padding, 0)
        span = index.data(SPAN_ROLE)
        if isinstance(span, ClockSpan):
            self._paint_clock(painter, place, span)
        elif index.data(CHIP_ROLE):
            self._paint_chip(painter, place, index)
        else:
            self._paint_text(painter, place, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the contents, a row high."""
        theme = self._kit.theme
        text = str(index.data(_DISPLAY) or "")
        if index.data(CHIP_ROLE):
            width = round(chip_width(theme, text))
        else:
            width = QFontMetrics(self._font(index)).horizontalAdvance(text)
        padding = theme.space("table_cell_padding")
        return QSize(width + 2 * padding + 2, theme.space("table_row"))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the tip of the cell, or the whole text of a shortened one."""
        tip = index.data(_TIP)
        width = option.rect.width()  # type: ignore[attr-defined]
        if not tip and self.sizeHint(option, index).width() > width:
            tip = index.data(_DISPLAY)
        QToolTip.showText(event.globalPos(), str(tip or ""), view)
        return True

    def _paint_text(self, painter: QPainter, place: QRectF, index: Index) -> None:
        theme = self._kit.theme
        tone = index.data(TONE_ROLE)
        painter.setPen(theme.tone(tone) if isinstance(tone, Tone) else theme.color("text"))
        font = self._font(index)
        painter.setFont(font)
        text = str(index.data(_DISPLAY) or "")
        mode = _ELIDED[index.data(END_ROLE) or Keeps.START]
        shown = QFontMetrics(font).elidedText(text, mode, int(place.width()))
        painter.drawText(place, index.data(_ALIGN), shown)

    def _paint_chip(self, painter: QPainter, place: QRectF, index: Index) -> None:
        text = str(index.data(_DISPLAY) or "")
        tone = index.data(TONE_ROLE)
        if text:
            chosen = tone if isinstance(tone, Tone) else Tone.NEUTRAL
            paint_chip(painter, place, self._kit.theme, text, chosen)

    def _paint_clock(self, painter: QPainter, place: QRectF, span: ClockSpan) -> None:
        theme = self._kit.theme
        reading = read_span(span, self._kit.ticks.now())
        text = clock_text(self._kit.texts, reading)
        font = theme.font("clock")
        painter.setFont(font)
        painter.setPen(theme.tone(reading.tone))
        width = min(QFontMetrics(font).horizontalAdvance(text) + 1.0, place.width())
        right = QRectF(place.right() - width, place.top(), width, place.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        bar = place.adjusted(0, 0, -width - theme.space("space_s"), 0)
        if span.start is not None and bar.width() > theme.space("progress_bar"):
            paint_bar(painter, bar, theme, reading.share, reading.tone)

    def _font(self, index: Index) -> QFont:
        return self._kit.theme.font("digits" if index.data(DIGITS_ROLE) else "table")
