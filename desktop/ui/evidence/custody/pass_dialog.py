"""Hand items to another keeper: an officer signs with number and password, anybody else by name and on paper."""

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
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.password_field import PasswordField
from desktop.ui.shared.widgets.segmented import Segmented

_OFFICER, _OUTSIDE = "officer", "outside"


@dataclass(frozen=True, slots=True)
class PassTyped:
    """``officer``, ``password``: of a taker who signs here; empty for one who signs on paper."""

    items: tuple[EvidenceId, ...]
    typed: TypedPassing
    officer: str
    password: str
    draft: bool


class PassDialog(DialogFrame):
    """``typed(PassTyped)``. Stays open with everything typed, but for the password, until it is recorded."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        super().__init__(kit, parent, "custody.pass.title", wide=True)
        self.setObjectName("pass_dialog")
        self._start = start
        self._banner = Banner(kit, "pass_banner")
        self.body.addWidget(self._banner)
        about = Label(kit, role="strong", wrap=True)
        about.set_key("custody.pass.about", name=start.item.name, keeper=start.keeper)
        about.setObjectName("pass_about")
        self.body.addWidget(about)
        self.body.addWidget(Label(kit, "custody.pass.text", ink="muted", wrap=True))
        self.way = Segmented(
            kit,
            [Option(name, f"custody.pass.{name}") for name in (_OFFICER, _OUTSIDE)],
            "pass_way",
            "custody.pass.way",
        )
        self.scope = CustodyScope(kit, "pass_scope", start.item, start.kept)
        self.officer = TextField(kit, "pass_officer", "custody.pass.number", digits=True)
        self.password = PasswordField(kit, "pass_password", "custody.pass.password")
        self.taker = TextField(kit, "pass_taker", "custody.pass.taker")
        self.unit = TextField(kit, "pass_unit", "custody.pass.unit")
        self.place = TextField(kit, "pass_place", "custody.pass.place")
        self.reason = TextField(kit, "pass_reason", "custody.pass.reason")
        self.draft = CheckBox(kit, "custody.draft_pass", name="pass_draft")
        self._lay_out()
        self.place.set_value(start.place)
        self.draft.setChecked(start.may_draft)
        self.draft.setVisible(start.may_draft)
        self.way.chosen.connect(self._way_chosen)
        self._way_chosen(_OFFICER)
        self.add_button("shared.cancel", name="pass_cancel")
        accept = self.add_button(
            "custody.pass.accept", variant=Variant.PRIMARY, name="pass_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        self.officer.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _lay_out(self) -> None:
        head = Row(self.kit, gap="field_gap")
        head.addWidget(self.way)
        head.addStretch(1)
        head.addWidget(self.scope)
        self.body.addLayout(head)
        for fields in (
            (self.officer, self.password),
            (self.taker, self.unit),
            (self.place, self.reason),
        ):
            row = Row(self.kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.draft)

    def _way_chosen(self, way: str) -> None:
        for field in (self.officer, self.password):
            field.setVisible(way == _OFFICER)
        for field in (self.taker, self.unit):
            field.setVisible(way == _OUTSIDE)

    def _tell(self) -> None:
        inside = self.way.value() == _OFFICER
        typed = TypedPassing(
            "" if inside else self.taker.value(),
            "" if inside else self.unit.value(),
            self.place.value(),
            self.reason.value(),
        )
        self.typed.emit(
            PassTyped(
                self.scope.chosen_items(),
                typed,
                self.officer.value() if inside else "",
                self.password.value() if inside else "",
                self.draft.isChecked() and self._start.may_draft,
            )
        )
