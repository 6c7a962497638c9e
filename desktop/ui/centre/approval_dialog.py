"""A device was enrolled: its approval card goes back, and our fingerprint is read out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import PartyCard
from desktop.domain.ids import DeviceId
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.button import Variant
from desktop.ui.shared.card import Card
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.spelled import spelled


class ApprovalDialog(DialogFrame):
    """``accepted``: save the approval card."""

    def __init__(self, kit: Kit, parent: QWidget, card: PartyCard, own: DeviceId) -> None:
        super().__init__(kit, parent, "centre.enrol.done_title")
        self.setObjectName("approval_dialog")
        text = Label(kit, wrap=True)
        text.set_key("centre.enrol.done_text", unit=card.unit_name, letter=card.device_letter)
        self.body.addWidget(text)
        frame = Card(kit, panel="grey")
        shown = Label(kit, role="code_large")
        shown.setObjectName("own_fingerprint")
        shown.set_text(grouped(own))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame.body.addWidget(shown)
        self.body.addWidget(frame)
        said = Label(kit, role="small", ink="muted")
        said.setObjectName("fingerprint_said")
        said.set_text(spelled(kit, own))
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.body.addWidget(said)
        self.body.addWidget(Label(kit, "centre.enrol.read_out", ink="muted", wrap=True))
        self.add_button("centre.enrol.later", name="approval_later")
        accept = self.add_button("centre.enrol.save", variant=Variant.PRIMARY, name="approval_save")
        self.set_default(accept)
        accept.setFocus()
