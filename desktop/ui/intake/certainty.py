"""Where a fact was read: on a receipt, told, guessed. A wrong payee name means the bank must not
stop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from desktop.domain.transfer import Certainty
from desktop.ui.shared.card import Row
from desktop.ui.shared.chip_button import ChipButton
from desktop.ui.shared.fields import TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.theme import Tone

ROUND: Final = ("", Certainty.RECEIPT.value, Certainty.TOLD.value, Certainty.GUESSED.value)
_TONES = {
    "": Tone.NEUTRAL,
    Certainty.RECEIPT.value: Tone.OK,
    Certainty.TOLD.value: Tone.INFO,
    Certainty.GUESSED.value: Tone.WARN,
}


class CertaintyChip(ChipButton):
    """Goes round the answers at each click; ``chosen(value)`` follows."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__(kit, name)
        self._value = ""
        # Out of the way of Tab: F7 does the same from inside the field.
        self.clicked.connect(self.cycle)
        self.set_value("")

    @property
    def value(self) -> str:
        """The answer; empty when nobody said."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show an answer without a signal."""
        self._value = value if value in ROUND else ""
        self.set_tone(_TONES[self._value])
        self.set_key(f"intake.certainty.{self._value or 'unsaid'}")
        self._kit.words.bind(self.setToolTip, "intake.certainty.tip")

    def cycle(self) -> None:
        """Take the next answer."""
        self.set_value(ROUND[(ROUND.index(self._value) + 1) % len(ROUND)])
        self.chosen.emit(self._value)


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
