"""One party: the fields that apply to what somebody is in the report."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.cases.people.party import PARTY_FIELDS, PartyRole, PartyText
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.ui.intake.form.choices import id_kinds, party_roles
from desktop.ui.intake.form.form_fields import Bound, FormFields
from desktop.ui.intake.form.settle import id_number, phone
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import IconButton
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

ACTING: Final = frozenset({PartyRole.AGENT, PartyRole.GUARDIAN, PartyRole.HANDLER})
"""Whoever acts for another shows by what right."""
_EXAMPLES: Final = {
    "relation": "party.relation_example",
    "papers": "party.papers_example",
    "consent": "party.consent_example",
}
_SETTLES: Final = {"id_number": id_number, "phone": phone}
_COLUMNS: Final = 12
_LONGEST: Final = 24
"""Characters of a role that no list has."""
_Lines = tuple[tuple[tuple[str, int], ...], ...]
_PERSON: Final[_Lines] = (
    (("role", 3), ("name", 3), ("relation", 3), ("phone", 3)),
    (("id_kind", 4), ("id_number", 4), ("organisation", 4)),
    (("address", 12),),
)
_ACTING: Final[_Lines] = (*_PERSON[:2], (("address", 4), ("papers", 4), ("consent", 4)))
_FIRM: Final[_Lines] = (
    (("role", 4), ("name", 5), ("phone", 3)),
    (("id_kind", 4), ("id_number", 4), ("representative", 4)),
    (("address", 12),),
)


def lines_of(party: PartyText, *, role_is_known: bool) -> _Lines:
    """The fields in their lines with their shares of the width; ``role_is_known``: it is said above the card."""
    lines = (
        _FIRM if party.is_organisation else _ACTING if ACTING.intersection(party.roles) else _PERSON
    )
    if not role_is_known:
        return lines
    rest = lines[0][1:]
    return (tuple((name, _COLUMNS // len(rest)) for name, _ in rest), *lines[1:])


class PartyCard(QWidget):
    """Fields of ``parties.<index>``; ``remove_wanted`` carries the card. ``fill_wanted``: this party paid, where nobody
    typed another payer."""

    remove_wanted = Signal(object)
    fill_wanted = Signal()

    def __init__(self, kit: Kit, fields: FormFields, index: int, party: PartyText) -> None:
        super().__init__()
        self.party = party.id
        self.index = index
        self._kit = kit
        self._lines: _Lines = ()
        self._odd: PartyText | None = None
        """Of whom the role is in no list."""
        kit.texts.changed.connect(self._say_again)
        column = Column(kit, self, gap="space_xs")
        head = Row(kit, gap="space_s")
        self._title = Label(kit, role="label", ink="muted")
        self.remove = IconButton(kit, "party.remove", "trash")
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove.clicked.connect(self._remove)
        self._fill = ChipButton(kit, f"party_{index + 1}_payer", tone=Tone.INFO)
        self._fill.clicked.connect(self.fill_wanted)
        self._fill.hide()
        head.addWidget(self._title, 1)
        head.addWidget(self._fill)
        head.addWidget(self.remove)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_s"))
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        column.addLayout(self._grid)
        self.setObjectName(f"party_{index + 1}")
        self._fields = {row.key: self._field(row) for row in PARTY_FIELDS.rows}
        self._bounds = {
            name: fields.add(field, f"parties.{index}.{name}", _SETTLES.get(name))
            for name, field in self._fields.items()
        }

    def _field(self, row: FieldRow) -> Field:
        kit, name = self._kit, f"parties.{self.index}.{row.key}"
        if row.key == "role":
            field: Field = ComboField(kit, name, row.label, party_roles())
        elif row.typed is Typed.CHOICE:
            field = ComboField(kit, name, row.label, id_kinds())
        else:
            example, digits = _EXAMPLES.get(row.key, ""), row.typed is Typed.NUMBER
            field = TextField(kit, name, row.label, placeholder_key=example, digits=digits)
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        field.setParent(self)
        return field

    def field(self, name: str) -> Field:
        """The editor of one fact."""
        return self._fields[name]

    def bounds(self) -> tuple[Bound, ...]:
        """Its ties to the form."""
        return tuple(self._bounds.values())

    def editors(self) -> tuple[QWidget, ...]:
        """What Tab visits, in its order."""
        return tuple(self._fields[name].editor for line in self._lines for name, _ in line)

    def show_party(
        self, fields: FormFields, index: int, party: PartyText, *, reports: bool
    ) -> None:
        """Be the card of ``party``, which stands at ``index`` by now."""
        self.index = index
        self.setObjectName(f"party_{index + 1}")
        self.remove.setObjectName(f"party_{index + 1}_remove")
        self._fill.setObjectName(f"party_{index + 1}_payer")
        for name, bound in self._bounds.items():
            fields.move(bound, f"parties.{index}.{name}")
        self._show_role(party)
        if reports:
            self._title.set_key("party.reporter")
        else:
            self._title.set_key("party.number", number=index + 1)
        self._lay_out(lines_of(party, role_is_known=reports))

    def offer_payer(self, payments: int) -> None:
        """Offer to fill this party in as payer of so many payments; of none, nothing is offered."""
        self._fill.setVisible(payments > 0)
        self._fill.set_key("party.payer_offered", count=payments)

    def _show_role(self, party: PartyText) -> None:
        field = self._fields["role"]
        self._offer_roles(party)
        if field.value() != party.role:
            field.set_value(party.role)

    def _offer_roles(self, party: PartyText) -> None:
        """What no list has - several roles, a role of a newer program - is a choice of its own."""
        field, options = self._fields["role"], party_roles()
        if isinstance(field, ComboField) and party.role not in {item.value for item in options}:
            field.set_options((*options, Option(party.role, text=self._words(party)[:_LONGEST])))
            self._odd = party

    def _say_again(self) -> None:
        role = self._fields["role"].value()
        if self._odd is not None and self._odd.role == role:
            self._offer_roles(self._odd)
            self._fields["role"].set_value(role)

    def _words(self, party: PartyText) -> str:
        words = self._kit.texts.text
        known = frozenset(PartyRole)
        names = (words(f"party.role_is.{code}") if code in known else code for code in party.roles)
        return words("case.record.comma").join(names)

    def _lay_out(self, lines: _Lines) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        for field in self._fields.values():
            self._grid.removeWidget(field)
        shown = {name for line in lines for name, _ in line}
        for place, line in enumerate(lines):
            column = 0
            for name, share in line:
                self._grid.addWidget(self._fields[name], place, column, 1, share)
                column += share
        for name, field in self._fields.items():
            field.setVisible(name in shown)

    def _remove(self) -> None:
        self.remove_wanted.emit(self)
