"""Page 报警人: who came and why. What stands on the first page stands here already."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.cases.case import Visit
from desktop.domain.cases.victim import VICTIM_FIELDS
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.ui.intake.form.choices import id_kinds, visits
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.settle import id_number, phone
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.label import Label

_PLACES = {
    "name": (0, 0, 4), "phone": (0, 4, 4), "id_kind": (1, 0, 4), "id_number": (1, 4, 8), "address": (2, 0, 12),
}  # fmt: skip
"""Line, column and width of the fields that stand beside each other; others follow, one a line."""


class ReporterPage(WizardPage):
    """Identity, contact and the reason of the visit."""

    title_key = "intake.reporter.title"
    detail_key = "intake.reporter.subtitle"

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields) -> None:
        super().__init__(kit, fields)
        self._model = model
        self._visit = Segmented(kit, visits(), "visit", "intake.reporter.visit")
        self._visit.chosen.connect(self._visit_chosen)
        self.body.addLayout(self._visit_row())
        self.body.addLayout(self._grid())
        self.body.addStretch(1)
        model.replaced.connect(self._read_visit)
        self._read_visit()

    def first_focus(self) -> QWidget:
        """The name, or the first thing that was not asked on page one."""
        name = self._name.editor
        return self._address.editor if self._name.value() else name

    def show_visit(self, visit: str) -> None:
        """Ask for the person of a kind of visit."""
        own = visit != Visit.REPORT
        self.title_key = f"visits.reporter.title.{visit}" if own else "intake.reporter.title"

    def _visit_row(self) -> Column:
        column = Column(self.kit, gap="space_xs")
        column.addWidget(Label(self.kit, "intake.reporter.visit", role="label", ink="muted"))
        column.addWidget(self._visit)
        return column

    def _grid(self) -> QGridLayout:
        kit = self.kit
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.theme.space("space_m"))
        grid.setVerticalSpacing(kit.theme.space("space_s"))
        for place in range(12):
            grid.setColumnStretch(place, 1)
        fields = {row.attribute: self._field(row) for row in VICTIM_FIELDS.rows}
        self._name, self._address = fields["name"], fields["address"]
        below = [name for name in fields if name not in _PLACES]
        places = _PLACES | {name: (3 + line, 0, 12) for line, name in enumerate(below)}
        settles = {"id_number": id_number, "phone": phone}
        for name, (line, column, span) in places.items():
            self.fields.add(fields[name], f"victim.{name}", settles.get(name))
            grid.addWidget(fields[name], line, column, 1, span)
        return grid

    def _field(self, row: FieldRow) -> Field:
        kit, name = self.kit, f"reporter.{row.attribute}"
        if row.typed is Typed.CHOICE:
            return ComboField(kit, name, row.label, id_kinds())
        example = "intake.victim.address_example" if row.attribute == "address" else ""
        return TextField(
            kit, name, row.label, placeholder_key=example, digits=row.typed is Typed.NUMBER
        )

    def _visit_chosen(self, value: str) -> None:
        self._model.put("visit", value)

    def _read_visit(self) -> None:
        self._visit.set_value(self._model.value("visit"))
