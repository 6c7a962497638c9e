"""The steps of a longer form, on its left: where one is, what is done, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.column_keys import ColumnButton, move_focus
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.painting import paint_ring


class StepState(Enum):
    """What is known of a step: (ground, ink, icon) of its badge."""

    TODO = ("grey_soft", "grey", "")
    DONE = ("green_soft", "green", "check")
    WARN = ("amber_soft", "amber", "")
    BAD = ("red_soft", "red", "")


@dataclass(frozen=True, slots=True)
class ListStep:
    """One step: an id for tests and the catalogue keys of its two lines."""

    name: str
    title_key: str
    detail_key: str


class _StepRow(ColumnButton):
    def __init__(self, kit: Kit, number: int, step: ListStep) -> None:
        super().__init__()
        self._kit = kit
        self._number = number
        self._detail = ""
        self._compact = False
        self.state = StepState.TODO
        self.setObjectName(f"step_{step.name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(kit.theme.space("step_row"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(step.title_key, step.detail_key)
        kit.theme.changed.connect(self.update)

    def set_words(self, title_key: str, detail_key: str) -> None:
        self._kit.texts.bind(self.setText, title_key)
        self._kit.texts.bind(self._set_detail, detail_key)

    def _set_detail(self, text: str) -> None:
        self._detail = text
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        if self._compact:
            self.setToolTip(text)
        self.updateGeometry()

    def set_number(self, number: int) -> None:
        self._number = number
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        self._compact = compact
        self.setToolTip(self.text() if compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._kit.theme
        if self._compact:
            return QSize(self._text_left(), self.height())
        title = QFontMetrics(theme.font("strong")).horizontalAdvance(self.text())
        detail = QFontMetrics(theme.font("small")).horizontalAdvance(self._detail)
        return QSize(self._text_left() + max(title, detail) + theme.space("space_s"), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.color("blue_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(self.rect(), theme.space("radius_m"), theme.space("radius_m"))
        self._paint_badge(painter)
        if not self._compact:
            self._paint_words(painter)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._kit.theme
        left = self._text_left()
        middle = self.height() // 2
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        high = QFontMetrics(painter.font()).height()
        painter.drawText(
            QRectF(left, middle - high, self.width() - left, high),
            Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )
        painter.setPen(theme.color("text_muted"))
        painter.setFont(theme.font("small"))
        painter.drawText(
            QRectF(left, middle, self.width() - left, high),
            Qt.AlignmentFlag.AlignVCenter,
            self._detail,
        )

    def _paint_badge(self, painter: QPainter) -> None:
        theme = self._kit.theme
        width, height = theme.space("step_badge_width"), theme.space("step_badge_height")
        place = QRectF(theme.space("space_s"), (self.height() - height) / 2, width, height)
        ground, ink, icon = self.state.value
        if self.isChecked():
            ground, ink, icon = "primary", "on_primary", ""
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(place, width / 2, width / 2)
        painter.setPen(theme.color(ink))
        if icon:
            side = theme.space("icon_s")
            at = QRectF(0, 0, side, side)
            at.moveCenter(place.center())
            self._kit.icons.paint(painter, at, icon, theme.color(ink))
        else:
            painter.setFont(theme.font("small"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _text_left(self) -> int:
        theme = self._kit.theme
        return theme.space("space_s") * 2 + theme.space("step_badge_width")


class StepList(QWidget):
    """``chosen(index)`` follows each choice by the person; Up and Down move, Enter chooses."""

    chosen = Signal(int)

    def __init__(self, kit: Kit, steps: Sequence[ListStep]) -> None:
        super().__init__()
        self._column = Column(kit, self, gap="space_xxs")
        self._shown = tuple(range(len(steps)))
        self._rows: list[_StepRow] = []
        for number, step in enumerate(steps, start=1):
            row = _StepRow(kit, number, step)
            row.clicked.connect(self._clicked)
            self._column.addWidget(row)
            self._rows.append(row)
        self.set_current(0)

    @property
    def current(self) -> int:
        """The index of the step one is at."""
        return next(index for index, row in enumerate(self._rows) if row.isChecked())

    def show_steps(self, shown: Sequence[int]) -> None:
        """Only the steps with these indices, in this order; they are numbered as they stand."""
        self._shown = tuple(shown)
        for place, row in enumerate(self._rows):
            self._column.removeWidget(row)
            row.setVisible(place in self._shown)
        for number, place in enumerate(self._shown, start=1):
            self._rows[place].set_number(number)
            self._column.addWidget(self._rows[place])

    def set_words(self, index: int, title_key: str, detail_key: str) -> None:
        """Call a step otherwise."""
        self._rows[index].set_words(title_key, detail_key)

    def set_current(self, index: int) -> None:
        """Go to a step without a signal."""
        self._rows[index].setChecked(True)

    def set_compact(self, *, compact: bool) -> None:
        """Numbers alone, where there is no room for words; the words are in the tooltips."""
        for row in self._rows:
            row.set_compact(compact=compact)

    def set_state(self, index: int, state: StepState) -> None:
        """Mark a step."""
        self._rows[index].state = state
        self._rows[index].update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the focus."""
        shown = [self._rows[place] for place in self._shown]
        if not move_focus(event, shown, around=False):
            super().keyPressEvent(event)

    def _clicked(self) -> None:
        self.chosen.emit(self.current)
