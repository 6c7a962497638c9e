"""Where a fact was read: on a receipt, told, guessed. A wrong payee name means the bank must not
stop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.domain.transfer import Certainty
from desktop.ui.shared.card import Row
from desktop.ui.shared.fields import TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.painting import chip_width, paint_chip, paint_ring
from desktop.ui.shared.theme import Tone

ROUND: Final = ("", Certainty.RECEIPT.value, Certainty.TOLD.value, Certainty.GUESSED.value)
_TONES = {
    "": Tone.NEUTRAL,
    Certainty.RECEIPT.value: Tone.OK,
    Certainty.TOLD.value: Tone.INFO,
    Certainty.GUESSED.value: Tone.WARN,
}


class CertaintyChip(QAbstractButton):
    """Goes round the answers at each click; ``chosen(value)`` follows."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._value = ""
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Out of the way of Tab: F7 does the same from inside the field.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.cycle)
        kit.theme.changed.connect(self.update)
        self.set_value("")

    @property
    def value(self) -> str:
        """The answer; empty when nobody said."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show an answer without a signal."""
        self._value = value if value in ROUND else ""
        self._kit.words.bind(self.setText, f"intake.certainty.{self._value or 'unsaid'}")
        self._kit.words.bind(self.setToolTip, "intake.certainty.tip")

    def cycle(self) -> None:
        """Take the next answer."""
        self.set_value(ROUND[(ROUND.index(self._value) + 1) % len(ROUND)])
        self.chosen.emit(self._value)

    def setText(self, text: str) -> None:
        """Show the text and name it for screen readers."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As small as its words."""
        theme = self._kit.theme
        return QSize(round(chip_width(theme, self.text()) + 0.5), theme.space("chip_height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A chip in the tone of the answer."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_chip(painter, rect, self._kit.theme, self.text(), _TONES[self._value])
        if self.hasFocus():
            paint_ring(painter, rect, self._kit.theme)
        painter.end()


class CertainField(TextField):
    """A text field that also says where its text was read."""

    def __init__(self, kit: Kit, name: str, label_key: str, *, digits: bool = False) -> None:
        super().__init__(kit, name, label_key, digits=digits)
        self.chip = CertaintyChip(kit, f"{name}_certainty")
        policy = self.chip.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.chip.setSizePolicy(policy)
        self.line.textChanged.connect(self._need_source)
        self._need_source()
        layout = self.layout()
        assert layout is not None  # noqa: S101 - Field always has one
        layout.removeWidget(self.label)
        self.label_row = Row(kit, gap="space_xs")
        self.label_row.addWidget(self.label)
        self.label_row.addStretch(1)
        self.label_row.addWidget(self.chip)
        layout.insertLayout(0, self.label_row)  # type: ignore[attr-defined]  # Field's is a QVBoxLayout

    def _need_source(self) -> None:
        """An empty field was read nowhere."""
        self.chip.setVisible(bool(self.line.text()))
