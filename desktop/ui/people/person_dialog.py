"""Type somebody: who, what they have to do with it, how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.person import PersonRole, TieKind, TypedTie
from desktop.domain.cases.transfer import Certainty
from desktop.domain.identifiers.resident_id import resident_check_digit
from desktop.domain.ids import CaseId
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.line_edit import Option

_RESIDENT: Final = 18
"""Signs of a resident identity number (GB 11643)."""
_OLD: Final = 15
"""Digits it had before 1999; nothing longer that is all digits is another kind of paper."""

_OWNERS: Final = {TieKind.ACCOUNT: PersonRole.HOLDER, TieKind.PHONE: PersonRole.LINE_OWNER}


class PersonDialog(DialogFrame):
    """``typed(case, TypedTie)``. Stays open with everything typed until the desk has recorded it. ``known``: what is
    filled in beforehand; ``cases``: (case, its number) to which it may belong."""

    typed = Signal(object, object)

    def __init__(
        self, kit: Kit, parent: QWidget, cases: Sequence[tuple[CaseId, str]], known: TypedTie
    ) -> None:
        super().__init__(kit, parent, "people.dialog.title", wide=True)
        self.setObjectName("person_dialog")
        self._known = known
        self._banner = Banner(kit, "person_banner")
        self.name = TextField(kit, "person_name", "people.dialog.name")
        self.identity = TextField(kit, "person_identity", "people.dialog.identity", digits=True)
        self.role = ComboField(
            kit, "person_role", "people.dialog.role",
            [Option(role.value, f"people.role.{role.value}") for role in PersonRole],
        )  # fmt: skip
        self.case = ComboField(
            kit, "person_case", "people.dialog.case",
            [Option(case, text=number) for case, number in cases],
        )  # fmt: skip
        self.kind = ComboField(
            kit, "person_kind", "people.dialog.kind",
            [Option(kind.value, f"people.kind.{kind.value}") for kind in TieKind],
        )  # fmt: skip
        self.value = TextField(kit, "person_value", "people.dialog.value", digits=True)
        self.certainty = ComboField(
            kit, "person_certainty", "people.dialog.certainty",
            [Option(item.value, f"intake.certainty.{item.value}") for item in Certainty],
        )  # fmt: skip
        self.note = TextField(kit, "person_note", "people.dialog.note")
        self._build(many=len(cases) > 1)
        self._fill(known)
        self.kind.edited.connect(self._kind_chosen)
        self.identity.edited.connect(self._check_identity)
        self.name.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _build(self, *, many: bool) -> None:
        self.body.addWidget(self._banner)
        for pair in (
            (self.name, self.identity),
            (self.role, self.certainty),
            (self.kind, self.value),
        ):
            row = Row(self.kit, gap="space_m")
            for field in pair:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.case)
        self.case.setVisible(many)
        self.body.addWidget(self.note)
        self.add_button("shared.cancel", name="person_cancel")
        accept = self.add_button(
            "people.dialog.accept", variant=Variant.PRIMARY, name="person_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)

    def _fill(self, known: TypedTie) -> None:
        self.name.set_value(known.name)
        self.identity.set_value(known.id_number)
        self.role.set_value(known.role.value)
        self.kind.set_value(known.kind.value)
        self.value.set_value(known.value)
        self.certainty.set_value(known.certainty.value)
        self._kind_chosen()

    def _kind_chosen(self, _value: str = "") -> None:
        """An account has a holder, a telephone an owner."""
        kind = TieKind(self.kind.value())
        self.value.setEnabled(kind is not TieKind.CASE)
        if kind in _OWNERS and self.role.value() in {role.value for role in _OWNERS.values()}:
            self.role.set_value(_OWNERS[kind].value)

    def _check_identity(self, _text: str) -> None:
        """One wrong digit makes another person of somebody; papers of other kinds have no check digit."""
        number = self.identity.value().replace(" ", "").upper()
        digits = number[:-1].isascii() and number[:-1].isdecimal()
        if not digits or len(number) <= _OLD:
            self.identity.clear_hint()
        elif len(number) != _RESIDENT:
            self.identity.set_hint_key(Tone.WARN, "people.dialog.length", digits=len(number))
        elif resident_check_digit(number[:-1]) != number[-1]:
            self.identity.set_hint_key(Tone.WARN, "people.dialog.check_digit")
        else:
            self.identity.clear_hint()

    def _give(self) -> None:
        known = self._known
        kind = TieKind(self.kind.value())
        value = self.value.value() if kind is not TieKind.CASE else ""
        tie = TypedTie(
            name=self.name.value(),
            id_number=self.identity.value(),
            role=PersonRole(self.role.value()),
            kind=kind,
            value=value,
            bank=known.bank if value == known.value else "",
            certainty=Certainty(self.certainty.value()),
            note=self.note.value(),
            person=known.person,
        )
        self.typed.emit(CaseId(self.case.value()), tie)
