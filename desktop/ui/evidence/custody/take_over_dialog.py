"""Take items over from whoever keeps them, before they can be handed on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import EvidenceId
from desktop.services.evidence.pass_evidence import TypedPassing
from desktop.ui.evidence.custody.scope import CustodyScope
from desktop.ui.evidence.record_port import CustodyStart
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.password_field import PasswordField


@dataclass(frozen=True, slots=True)
class TakenOver:
    """``password``: of the keeper; empty where they sign on paper."""

    items: tuple[EvidenceId, ...]
    typed: TypedPassing
    password: str
    draft: bool


class TakeOverDialog(DialogFrame):
    """``typed(TakenOver)``. Stays open with everything typed, but for the password, until it is recorded."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        super().__init__(kit, parent, "custody.take.title", wide=True)
        self.setObjectName("take_dialog")
        self._start = start
        self._banner = Banner(kit, "take_banner")
        about = Label(kit, role="strong", wrap=True)
        about.set_key("custody.pass.about", name=start.item.name, keeper=start.keeper)
        about.setObjectName("take_about")
        self.scope = CustodyScope(kit, "take_scope", start.item, start.kept)
        self.password = PasswordField(kit, "take_password", "custody.take.password")
        self.password.setVisible(start.keeper_signs)
        self.place = TextField(kit, "take_place", "custody.pass.place")
        self.place.set_value(start.place)
        self.reason = TextField(kit, "take_reason", "custody.take.reason")
        self.draft = CheckBox(kit, "custody.draft_pass", name="take_draft")
        self.draft.setChecked(start.may_draft)
        self.draft.setVisible(start.may_draft)
        self.body.addWidget(self._banner)
        self.body.addWidget(about)
        way = "custody.take.text" if start.keeper_signs else "custody.take.on_paper"
        self.body.addWidget(Label(kit, way, ink="muted", wrap=True))
        for fields in ((self.scope, self.password), (self.place, self.reason)):
            row = Row(kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.draft)
        self.add_button("shared.cancel", name="take_cancel")
        accept = self.add_button(
            "custody.take.accept", variant=Variant.PRIMARY, name="take_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        (self.password if start.keeper_signs else self.reason).setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _tell(self) -> None:
        typed = TypedPassing(place=self.place.value(), reason=self.reason.value())
        draft = self.draft.isChecked() and self._start.may_draft
        items, password = self.scope.chosen_items(), self.password.value()
        self.typed.emit(TakenOver(items, typed, password, draft))
