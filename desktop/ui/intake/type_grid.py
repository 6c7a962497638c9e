"""The scam types side by side: one look finds the right one, arrow keys move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.ui.shared.kit import Kit
from desktop.ui.shared.painting import paint_ring

COLUMNS: Final = 3


class _TypeTile(QPushButton):
    """One type: its code muted, its name, a soft ground once chosen."""

    def __init__(self, kit: Kit, code: str) -> None:
        super().__init__()
        self._kit = kit
        self.code = code
        self.setObjectName(f"type_{code}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(kit.theme.space("control"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Show the name; whole in the tip, should it not fit."""
        self.setText(name)
        self.setAccessibleName(name)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Three share the width."""
        return QSize(self._kit.theme.space("control"), self._kit.theme.space("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, code, name."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "blue_soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        line = "blue_line" if self.isChecked() else "line"
        painter.setPen(QPen(theme.color(line), theme.space("border")))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect, theme.space("radius_m"), theme.space("radius_m"))
        inner = rect.adjusted(theme.space("field_padding"), 0, -theme.space("space_s"), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("digits_small"))
        painter.setPen(theme.color("text_muted"))
        painter.drawText(inner, flags, self.code)
        inner.setLeft(inner.left() + theme.space("space_xl") + theme.space("space_s"))
        font = theme.font("strong" if self.isChecked() else "body")
        painter.setFont(font)
        painter.setPen(theme.color("blue" if self.isChecked() else "text"))
        shown = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(inner.width())
        )
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(inner, flags, shown)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()


class TypeGrid(QWidget):
    """``chosen(code)`` follows each choice by the person; choosing the chosen one takes it back."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, types: tuple[str, ...], name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._kit = kit
        self._name_of = name_of
        self._value = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(kit.theme.space("space_xs"))
        # Down the columns, as a list is read.
        rows = -(-len(types) // COLUMNS)
        self._tiles: list[_TypeTile] = []
        for place, code in enumerate(types):
            tile = _TypeTile(kit, code)
            self._group.addButton(tile, place)
            grid.addWidget(tile, place % rows, place // rows)
            self._tiles.append(tile)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self._group.idClicked.connect(self._clicked)
        kit.words.changed.connect(self._read_words)
        self._read_words()

    def value(self) -> str:
        """The chosen code; empty for none."""
        return self._value

    def set_value(self, code: str) -> None:
        """Choose without a signal; an unknown code chooses nothing."""
        self._value = code
        self._group.setExclusive(False)
        for tile in self._tiles:
            tile.setChecked(tile.code == code)
        self._group.setExclusive(True)

    def first_focus(self) -> QWidget:
        """The chosen tile, else the first."""
        return next((tile for tile in self._tiles if tile.isChecked()), self._tiles[0])

    def _clicked(self, place: int) -> None:
        code = self._tiles[place].code
        self.set_value("" if code == self._value else code)
        self.chosen.emit(self._value)

    def _read_words(self) -> None:
        for tile in self._tiles:
            tile.set_name(self._name_of(tile.code))
