"""To which desk a case goes, and why; or why it is refused or taken over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import Peer
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.line_edit import Option


class HolderDialog(ReasonDialog):
    """``typed(device, reason)``. ``desks`` are offered for choice where there are any. Words are those of
    ``charge.ask.<act>``."""

    typed = Signal(str, str)

    def __init__(self, kit: Kit, parent: QWidget, act: str, desks: Sequence[Peer] = ()) -> None:
        super().__init__(kit, parent, f"charge.ask.{act}", "charge", keeps_open=True)
        options = [
            Option(
                peer.card.device,
                text=kit.texts.text(
                    "charge.desk.one",
                    letter=peer.card.device_letter,
                    fingerprint=f"{peer.card.device[:4]} {peer.card.device[4:8]} …",
                ),
            )
            for peer in desks
        ]
        self._desk = ComboField(kit, "charge_desk", "charge.ask.offer.desk", options)
        self._desk.setVisible(bool(options))
        self.body.insertWidget(self.body.count() - 1, self._desk)
        self.setTabOrder(self._desk.focusProxy() or self._desk, self.focusWidget())
        self.given.connect(self._tell)

    def _tell(self, reason: str) -> None:
        self.typed.emit(self._desk.value(), reason)
