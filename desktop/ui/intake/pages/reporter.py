"""Page 当事人: who reports and why, the victim, and who else has to do with it.

What stands on the first page stands here already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.party import ORGANISATION, SELF, PartyRole, PartyText
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.cases.visits import has_victim
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.ui.intake.form.choices import id_kinds, reporters, sources, visits
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.settle import id_number, phone
from desktop.ui.intake.parties.card import ACTING, PartyCard
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import Label

_PERSON: Final = {
    "name": (0, 0, 4), "phone": (0, 4, 4), "id_kind": (1, 0, 4), "id_number": (1, 4, 8), "address": (2, 0, 6),
    "workplace": (2, 6, 3), "occupation": (2, 9, 3),
}  # fmt: skip
_FIRM: Final = {
    "name": (0, 0, 8), "phone": (0, 8, 4), "id_kind": (1, 0, 4), "id_number": (1, 4, 8), "address": (2, 0, 8),
    "representative": (2, 8, 4),
}  # fmt: skip
"""Line, column and width of the fields of a victim who is a person, and of an organisation."""
OTHER: Final = "other"
"""Among those who may report: anybody who acts for nobody."""
_MOST: Final = 12
"""Cards that can be typed into; whoever has more is told where the rest stands."""
_LONGEST: Final = 40
"""Characters of a name in a question."""
_PLACING: Final = frozenset({"role", "id_kind"})
"""Facts that decide which fields there are."""
_OF_PAYER: Final = frozenset({"role", "name", "payer_name", "payee_name", "amount"})
"""Facts that decide for how many payments a payer is offered."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS: Final = "intake.reporter.title"


def reporting_as(form: IntakeForm) -> str:
    """What the reporter is, as the switch has it."""
    reporter = _reporter(form)
    if reporter is None:
        return SELF
    return next((role for role in reporter.roles if role in ACTING), OTHER)


def _reporter(form: IntakeForm) -> PartyText | None:
    return next((item for item in form.parties if item.id == form.reported_by), None)


def _payer(form: IntakeForm) -> PartyText | None:
    """Who paid instead of the victim."""
    payers = (item for item in form.parties if PartyRole.PAYER in item.roles)
    return next((item for item in payers if item.name not in ("", form.victim.name)), None)


class ReporterPage(WizardPage):
    """``blank`` makes a party with its lasting id."""

    title_key = "intake.reporter.title"
    detail_key = "intake.reporter.subtitle"

    def __init__(
        self, kit: Kit, model: FormModel, fields: FormFields, blank: Callable[[], PartyText]
    ) -> None:
        super().__init__(kit, fields)
        self._model = model
        self._blank = blank
        self._cards: dict[str, PartyCard] = {}
        self._leaving = ""
        self._visit = Segmented(kit, visits(), "visit", "intake.reporter.visit")
        self._visit.chosen.connect(self._visit_chosen)
        self._source = ComboField(kit, "source", "party.source", sources())
        fields.add(self._source, "source")
        self._who = Segmented(kit, reporters(), "reported_by", "party.who_reports")
        self._who.chosen.connect(self._reporter_chosen)
        self.body.addLayout(self._visit_row())
        self._who_row = self._titled(self._who, "party.who_reports")
        self.body.addWidget(self._who_row)
        self._first = Column(kit, gap="space_s")
        self.body.addLayout(self._first)
        self._victim_title = Label(kit, "party.role_is.victim", role="label", ink="muted")
        self.body.addWidget(self._victim_title)
        self._grid = QGridLayout()
        self._places: dict[str, tuple[int, int, int]] = {}
        self._victim = self._victim_fields()
        self.body.addLayout(self._grid)
        self._others = Column(kit, gap="space_s")
        self.body.addLayout(self._others)
        self._more = Label(kit, role="hint", ink="muted", wrap=True)
        self.body.addWidget(self._more)
        self.body.addLayout(self._add_row())
        self.body.addStretch(1)
        model.replaced.connect(self._replaced)
        model.rows_changed.connect(self._rows_changed)
        model.changed.connect(self._changed)
        self._replaced()

    def first_focus(self) -> QWidget:
        """Who reports, as long as nobody said; then the name, or the first thing that was not asked on page one."""
        if self._who_row.isVisibleTo(self) and not self._model.form.reported_by:
            return self._who.chosen_button()
        return self._first_field()

    def _first_field(self) -> QWidget:
        reporter = _reporter(self._model.form)
        if reporter is not None and reporter.id in self._cards:
            return self._cards[reporter.id].field("name").editor
        name = self._victim["name"]
        return self._victim["address"].editor if name.value() else name.editor

    def show_visit(self, visit: str) -> None:
        """Ask for the person of a kind of visit."""
        own = visit != Visit.REPORT
        self.title_key = f"visits.reporter.title.{visit}" if own else "intake.reporter.title"
        self._show_who()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the switch says that it is right, and goes on."""
        focused = QApplication.focusWidget()
        if event.key() in _ENTER and focused is not None and self._who.isAncestorOf(focused):
            if not self._model.form.reported_by:
                self._model.put("reported_by", SELF)
            self._first_field().setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def add_party(self) -> None:
        """Somebody else who has to do with it."""
        party = self._blank()
        self._model.add_party(party)
        if party.id in self._cards:
            self._cards[party.id].field("role").editor.setFocus()
            self.shown_wanted.emit(self._cards[party.id])

    def remove_current(self) -> None:
        """Take out the party the keyboard is in."""
        focused = self.focusWidget()
        for card in self._cards.values():
            if focused is not None and card.isAncestorOf(focused):
                self._remove_wanted(card)
                return

    def fill_payer(self) -> None:
        """Whoever is the payer paid what nobody typed another payer for."""
        payer = _payer(self._model.form)
        if payer is not None:
            self._model.fill_payer(payer.name)

    def _offer_payer(self) -> None:
        payer, count = _payer(self._model.form), self._model.paid_by_victim()
        for card in self._cards.values():
            card.offer_payer(count if payer is not None and payer.id == card.party else 0)

    def _remove_wanted(self, card: PartyCard) -> None:
        self._leaving = card.party
        party = next(item for item in self._model.form.parties if item.id == card.party)
        if party.is_blank:
            self._remove()
            return
        ask(
            self.kit, self, "party.remove_title", "party.remove_text", "party.remove", self._remove,
            danger=True, name=party.name[:_LONGEST],
        )  # fmt: skip

    def _remove(self) -> None:
        self._model.remove_party(self._leaving)
        self._who.chosen_button().setFocus()

    def _visit_row(self) -> Row:
        row = Row(self.kit, gap="space_m")
        row.addWidget(self._titled(self._visit, "intake.reporter.visit"))
        row.addStretch(1)
        row.addWidget(self._source)
        return row

    def _titled(self, switch: Segmented, key: str) -> QWidget:
        held = QWidget()
        column = Column(self.kit, held, gap="space_xs")
        column.addWidget(Label(self.kit, key, role="label", ink="muted"))
        column.addWidget(switch)
        return held

    def _add_row(self) -> Row:
        kit = self.kit
        add = kit.actions.add(self, "party.add", "Ctrl++", self.add_party, group_key=_KEYS)
        kit.actions.add(self, "party.remove", "Ctrl+-", self.remove_current, group_key=_KEYS)
        kit.actions.add(self, "party.fill_payer", "Alt+P", self.fill_payer, group_key=_KEYS)
        row = Row(kit, gap="space_s")
        self._add = Button.of(kit, add, icon="add", name="add_party")
        row.addWidget(self._add)
        row.addStretch(1)
        return row

    def _victim_fields(self) -> dict[str, Field]:
        kit = self.kit
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_s"))
        for place in range(12):
            self._grid.setColumnStretch(place, 1)
        settles = {"id_number": id_number, "phone": phone}
        fields = {row.attribute: self._field(row) for row in VICTIM_FIELDS.rows}
        for name, field in fields.items():
            self.fields.add(field, f"victim.{name}", settles.get(name))
            field.setParent(self)
        return fields

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

    def _reporter_chosen(self, kind: str) -> None:
        form = self._model.form
        current = _reporter(form)
        if kind == SELF:
            if current is not None and current.is_blank:
                self._model.remove_party(current.id)
            self._model.put("reported_by", SELF)
            return
        role = "" if kind == OTHER else kind
        if current is not None:
            others = (item for item in current.roles if item not in ACTING)
            self._model.put_party(current.id, "role", " ".join(filter(None, (role, *others))))
            return
        known = next((item for item in form.parties if role and role in item.roles), None)
        if known is not None:
            self._model.put("reported_by", known.id)
        else:
            self._model.add_party(self._blank(), role, reports=True)

    def _replaced(self) -> None:
        self._visit.set_value(self._model.value("visit"))
        self._sync()

    def _rows_changed(self, part: str) -> None:
        self._offer_payer()
        if part == "parties":
            self._sync()

    def _changed(self, path: str) -> None:
        part, _, name = path.rpartition(".")
        if name in _OF_PAYER:
            self._offer_payer()
        if path == "reported_by" or (part.startswith(("parties", "victim")) and name in _PLACING):
            self._sync()

    def _sync(self) -> None:
        """A card for each party, the reporter above the victim."""
        form = self._model.form
        shown = form.parties[:_MOST]
        for party in self._cards.keys() - {item.id for item in shown}:
            card = self._cards.pop(party)
            self.fields.drop(card.bounds())
            let_go(self._first if self._first.indexOf(card) >= 0 else self._others, card)
        for index, item in enumerate(shown):
            if item.id not in self._cards:
                self._cards[item.id] = self._make_card(index, item)
            reports = item.id == form.reported_by
            card = self._cards[item.id]
            card.show_party(self.fields, index, item, reports=reports)
            place, other = (self._first, self._others) if reports else (self._others, self._first)
            if place.indexOf(card) < 0:
                other.removeWidget(card)
                place.addWidget(card)
                card.show()  # at once, for keys that were pressed before it is laid out
        self._more.setVisible(len(form.parties) > _MOST)
        self._more.set_key("party.more", count=len(form.parties) - len(shown))
        self._offer_payer()
        self._show_who()
        self._show_victim()
        self._chain()

    def _make_card(self, index: int, party: PartyText) -> PartyCard:
        card = PartyCard(self.kit, self.fields, index, party)
        card.remove_wanted.connect(self._remove_wanted)
        card.fill_wanted.connect(self.fill_payer)
        return card

    def _show_who(self) -> None:
        form = self._model.form
        self._who.set_value(reporting_as(form))
        asked = has_victim(form.visit) or _reporter(form) is not None
        self._who_row.setVisible(asked)
        self._victim_title.setVisible(bool(form.parties))

    def _show_victim(self) -> None:
        firm = self._model.form.victim.id_kind == ORGANISATION
        places = _FIRM if firm else _PERSON
        if places is self._places:
            return
        self._places = places
        for name, field in self._victim.items():
            self._grid.removeWidget(field)
            if name in places:
                line, column, span = places[name]
                self._grid.addWidget(field, line, column, 1, span)
            field.setVisible(name in places)

    def _chain(self) -> None:
        """Tab goes from the switch over the reporter and the victim to the others, whenever each was made."""
        before: QWidget = self._who.chosen_button()
        form = self._model.form
        cards = sorted(self._cards.values(), key=lambda card: card.index)
        reporter = [card for card in cards if card.party == form.reported_by]
        others = [card for card in cards if card.party != form.reported_by]
        places = _FIRM if form.victim.id_kind == ORGANISATION else _PERSON
        editors = [
            *(editor for card in reporter for editor in card.editors()),
            *(self._victim[name].editor for name in places),
            *(editor for card in others for editor in card.editors()),
            self._add,
        ]
        for editor in editors:
            QWidget.setTabOrder(before, editor)
            before = editor
