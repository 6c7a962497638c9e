"""To which desk a case goes, and why; or why it is refused or taken over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import Party
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option


class ChargeDialog(DialogFrame):
    """``typed(device, reason)``; without a reason nothing is done. ``desks`` are offered for choice where there are
    any. Words are ``charge.ask.<act>.title`` and its like."""

    typed = Signal(str, str)

    def __init__(self, kit: Kit, parent: QWidget, act: str, desks: Sequence[Party] = ()) -> None:
        super().__init__(kit, parent, f"charge.ask.{act}.title")
        self.setObjectName("charge_dialog")
        self._banner = Banner(kit, "charge_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, f"charge.ask.{act}.text", wrap=True, ink="muted"))
        options = [
            Option(
                party.card.device,
                text=kit.words.text(
                    "charge.desk.one",
                    letter=party.card.device_letter,
                    fingerprint=f"{party.card.device[:4]} {party.card.device[4:8]} …",
                ),
            )
            for party in desks
        ]
        self._desk = ComboField(kit, "charge_desk", "charge.ask.offer.desk", options)
        self._desk.setVisible(bool(options))
        self.body.addWidget(self._desk)
        self._reason = TextField(kit, "charge_reason", f"charge.ask.{act}.reason")
        self.body.addWidget(self._reason)
        self.add_button("shared.cancel", name="charge_cancel")
        self._accept = self.add_button(
            f"charge.ask.{act}.accept", variant=Variant.PRIMARY, name="charge_accept", closes=False
        )
        self._accept.setEnabled(False)
        self.set_default(self._accept)
        self._reason.edited.connect(self._edited)
        self._accept.clicked.connect(self._tell)
        self._reason.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))

    def _tell(self) -> None:
        self.typed.emit(self._desk.value(), self._reason.value())
