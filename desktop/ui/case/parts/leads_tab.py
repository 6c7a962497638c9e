"""The leads of a case: what each is, what it says of itself, how sure it is, and where else it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.case import Identifier
from desktop.domain.ids import CaseId
from desktop.domain.masking import masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.mask_document import masked_lead
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_WIDTHS = {"kind": 112, "facts": 170, "certainty": 70, "note": 130, "others": 80}
_FACTS = ("bank", "place", "operator", "host_shown", "owner", "lessor")
"""Facts worth a glance that are words already; the rest is on the page of the check."""
_LIST, _DETAIL = 7, 3


class LeadsTab(QWidget):
    """One a row; beside it the other cases that hold the current one. ``opened(case id)`` by Enter or its button."""

    opened = Signal(str)

    def __init__(self, kit: Kit, texts: FieldTexts, *, writes: bool) -> None:
        super().__init__()
        self._kit = kit
        self._texts = texts
        self._sheet: CaseSheet | None = None
        self._revealed = False
        columns: tuple[TableColumn[Identifier], ...] = (
            TableColumn("kind", "case.leads.kind", self._kind, chip=True, tone=_blue),
            TableColumn("value", "case.leads.value", self._value, digits=True, tip=self._normal),
            TableColumn("facts", "leads.facts", self._facts),
            TableColumn("certainty", "leads.certainty", self._certainty),
            TableColumn("note", "case.leads.note", self._note),
            TableColumn("others", "leads.others", self._count, align_right=True, tone=self._tone),
        )
        self.table = Listing[Identifier](
            kit, "case_leads_table", "case.tab.leads", columns, _identifier_id, _WIDTHS
        )
        self.others = OtherCases(kit)
        self._copy = Button(
            kit, "leads.copy", size=Size.COMPACT, icon="copy", keys="Ctrl+C", name="leads_copy"
        )
        empty = EmptyState(kit, "link", "case.leads.none" if writes else "case.leads.none_told")
        Column(kit, self).addWidget(ListOrEmpty(self._both(), empty, self.table.rows))
        self.others.opened.connect(self.opened)
        self.table.current_changed.connect(self._show_current)
        self.table.activated_row.connect(self._open_first)
        self._copy.clicked.connect(self.copy)
        kit.actions.add(self, "leads.copy", "Ctrl+C", self.copy, group_key="case.keys.title")
        kit.texts.changed.connect(self._show_current)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the leads of a case: accounts and sites whole, telephones and numbers of identity masked until somebody
        asks for them."""
        self._sheet, self._revealed = sheet, revealed
        self.table.show_rows(sheet.file.identifiers)
        self.table.viewport().update()
        if self.table.selected() is None and sheet.file.identifiers:
            first = self.table.rows.index(0, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(
                first, flag | QItemSelectionModel.SelectionFlag.Rows
            )
        self._show_current()

    def copy(self) -> None:
        """The normal form of the current lead, for another system."""
        lead = self.table.selected()
        if lead is not None:
            QApplication.clipboard().setText(lead.normal or lead.value)

    def _both(self) -> Card:
        card, both = Card(self._kit), QWidget()
        row = Row(self._kit, both, gap="card_gap")
        row.addWidget(self.table, _LIST)
        side = Column(self._kit, gap="space_s")
        side.addWidget(self.others, 1)
        side.addWidget(self._copy)
        row.addLayout(side, _DETAIL)
        card.body.addWidget(both)
        return card

    def _show_current(self) -> None:
        lead = self.table.selected()
        shown = self._shown(lead) if lead is not None else None
        self.others.show_lead(shown, self._others(lead) if lead is not None else ())

    def _shown(self, lead: Identifier) -> Identifier:
        """The lead as it is shown."""
        if self._revealed:
            return lead
        source, note = masked_text(lead.source), masked_text(lead.note)
        value, normal = masked_lead(lead.kind, lead.value), masked_lead(lead.kind, lead.normal)
        return replace(lead, value=value, normal=normal, source=source, note=note)

    def _value(self, lead: Identifier) -> str:
        return self._shown(lead).value

    def _normal(self, lead: Identifier) -> str:
        return self._shown(lead).normal

    def _note(self, lead: Identifier) -> str:
        return self._shown(lead).note

    def _open_first(self, lead: Identifier) -> None:
        others = self._others(lead)
        if others:
            self.opened.emit(others[0].case)

    def _others(self, lead: Identifier) -> Sequence[SameAccount]:
        return self._sheet.elsewhere.get(lead.id, ()) if self._sheet is not None else ()

    def _kind(self, lead: Identifier) -> str:
        return self._texts.value("kind", lead.kind, revealed=True)

    def _facts(self, lead: Identifier) -> str:
        found = self._sheet.lead_facts.get(lead.id, {}) if self._sheet is not None else {}
        return " · ".join(found[name] for name in _FACTS if found.get(name))

    def _certainty(self, lead: Identifier) -> str:
        return self._kit.texts.text(f"leads.sure.{lead.certainty.value}") if lead.certainty else ""

    def _count(self, lead: Identifier) -> str:
        count = len(self._others(lead))
        return str(count) if count else ""

    def _tone(self, lead: Identifier) -> Tone | None:
        return Tone.WARN if self._others(lead) else None


class OtherCases(QWidget):
    """The current lead as it is compared, where it was found, and the other cases that hold it."""

    opened = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._content, place = Room(kit), QWidget()
        rows = Column(kit, place)
        rows.addWidget(self._content)
        rows.addStretch(1)
        card = Card(kit, "leads.others_title")
        card.body.addWidget(ScrollArea(kit, place))
        Column(kit, self).addWidget(card)

    def show_lead(self, lead: Identifier | None, others: Sequence[SameAccount]) -> None:
        """Show the cases of a lead."""
        content = QWidget()
        column = Column(self._kit, content, gap="space_s")
        if lead is not None:
            self._add_lead(column, lead)
        if not others:
            column.addWidget(Label(self._kit, "leads.nowhere", role="hint", ink="muted", wrap=True))
        for other in others:
            self._add_case(column, other)
        self._content.hold(content)

    def _add_lead(self, column: Column, lead: Identifier) -> None:
        for key, text in (("leads.normal", lead.normal), ("leads.source", lead.source)):
            if text:
                line = Label(self._kit, role="hint", ink="muted", wrap=True)
                line.set_key(key, text=text)
                column.addWidget(line)
        column.addWidget(divider(self._kit))

    def _add_case(self, column: Column, other: SameAccount) -> None:
        line = QWidget()
        row = Row(self._kit, line)
        texts = Column(self._kit, gap="space_xxs")
        number = ElidedLabel(self._kit, role="digits_small")
        number.set_text(other.number)
        texts.addWidget(number)
        facts = ElidedLabel(self._kit, role="hint", ink="muted")
        at = show_local(other.accepted_at, self._kit.zone)[:10]
        facts.set_text(f"{at}　¥{yuan(other.loss_fen)}　{other.unit_name}")
        texts.addWidget(facts)
        row.addLayout(texts, 1)
        button = Button(self._kit, "merge.card.open", size=Size.COMPACT, name="leads_open")
        case = CaseId(other.case)
        button.clicked.connect(lambda: self.opened.emit(case))
        row.addWidget(button)
        column.addWidget(line)


def _identifier_id(lead: Identifier) -> str:
    return lead.id


def _blue(_lead: Identifier) -> Tone:
    return Tone.INFO
