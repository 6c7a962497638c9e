"""Before a stranger's card is trusted: its fingerprint, to be compared by voice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import PeerCard
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Card, KeyValues
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.spelled import spelled


class FingerprintDialog(DialogFrame):
    """``accepted``: two people compared the fingerprint, and the officer says so."""

    def __init__(self, kit: Kit, parent: QWidget, card: PeerCard) -> None:
        super().__init__(kit, parent, "trust.compare_title")
        self.setObjectName("fingerprint_dialog")
        self.card = card
        facts = KeyValues(kit, right=False)
        facts.add_row("trust.unit", card.unit_name)
        facts.add_row("trust.unit_code", card.unit_code, role="digits")
        if card.device_letter:
            facts.add_row("trust.letter", card.device_letter)
        self.body.addWidget(facts)
        if card.fingerprint != card.device:
            key = "trust.new_key" if card.succeeds else "trust.new_key_lost"
            self.body.addWidget(Label(kit, key, wrap=True))
        frame = Card(kit, panel="grey")
        shown = Label(kit, role="code_large")
        shown.setObjectName("fingerprint")
        shown.set_text(grouped(card.fingerprint))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.body.addWidget(shown)
        self.body.addWidget(frame)
        said = Label(kit, role="small", ink="muted")
        said.setObjectName("fingerprint_said")
        said.set_text(spelled(kit, card.fingerprint))
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.body.addWidget(said)
        self.body.addWidget(Label(kit, "trust.compare_how", wrap=True))
        self._compared = CheckBox(kit, "trust.compared", name="fingerprint_compared")
        self.body.addWidget(self._compared)
        self.add_button("shared.cancel", name="fingerprint_cancel")
        accept = self.add_button("trust.accept", variant=Variant.PRIMARY, name="fingerprint_accept")
        accept.setEnabled(False)
        self._compared.toggled.connect(accept.setEnabled)
        self.set_default(accept)
        self._compared.setFocus()
