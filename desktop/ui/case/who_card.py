"""Who came: the person, how to reach them, and who took the report."""

from __future__ import annotations

from desktop.domain.masking import masked_address, masked_id, masked_phone
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Card, KeyValues
from desktop.ui.shared.widgets.label import Label

_ROWS = ("name", "id_number", "phone", "address", "taken")
_DIGITS = frozenset({"id_number", "phone"})


class WhoCard(Card):
    """Identity number, phone and address are masked until somebody asks for them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case.who.title")
        self._kit = kit
        self._values = KeyValues(kit, right=False)
        self._labels: dict[str, Label] = {}
        for name in _ROWS:
            role = "digits" if name in _DIGITS else "body"
            label = self._values.add_row(f"case.who.{name}", role=role)
            label.setObjectName(f"case_who_{name}")
            self._labels[name] = label
        self.body.addWidget(self._values)
        self.fields = Button(
            kit, "case.fields.key", size=Size.COMPACT, keys="F11", name="case_fields"
        )
        self.header.addWidget(self.fields)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the person of a case."""
        case = sheet.file.case
        victim = case.victim
        texts = {
            "name": victim.name,
            "id_number": victim.id_number if revealed else masked_id(victim.id_number),
            "phone": victim.phone if revealed else masked_phone(victim.phone),
            "address": victim.address if revealed else masked_address(victim.address),
            "taken": self._kit.texts.text(
                "case.who.taken_by",
                at=show_local(case.accepted_at, self._kit.zone)[:16],
                officer=sheet.officer(case.accepted_by),
                unit=case.unit_name,
            ),
        }
        for name, text in texts.items():
            self._labels[name].set_text(text or self._kit.texts.text("case.unknown"))
            self._labels[name].set_ink("" if text else "faint")
