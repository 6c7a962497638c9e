"""Where a fact was read: on a receipt, told, guessed. A wrong payee name means the bank must not
stop."""

from __future__ import annotations

from desktop.domain.cases.payments.transfer import Certainty
from desktop.ui.intake.form.cycle_chip import CycleChip
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.layout.card import Row

CERTAINTY_TONES = {
    "": Tone.NEUTRAL,
    Certainty.RECEIPT.value: Tone.OK,
    Certainty.TOLD.value: Tone.INFO,
    Certainty.GUESSED.value: Tone.WARN,
}


class CertaintyChip(CycleChip):
    """Goes round the answers at each click; F7 does the same from inside the field."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__(kit, name, "intake.certainty", CERTAINTY_TONES)


class CertainField(TextField):
    """A text field that also says where its text was read."""

    def __init__(self, kit: Kit, name: str, label_key: str, *, digits: bool) -> None:
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
