"""目标页: who stands behind the accounts and numbers; on the right the chosen one and what is to be done next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.people.person import PersonRole, TieKind, TypedTie
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.progress import Progress
from desktop.domain.series.people_sheet import Missing, PeopleSheet, PersonTarget, TargetState
from desktop.services.audit.open_case import note_opened
from desktop.services.flow.list_people import list_people
from desktop.services.session import Session
from desktop.ui.people.actions import PeopleActions
from desktop.ui.people.target_card import STATES, PeopleTexts, TargetCard, TargetLine
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.revealing import Revealing
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"state": 100, "name": 76, "role": 88, "cases": 52, "in": 92, "next": 100}


class TargetTable(Listing[PersonTarget]):
    """Rows are known by the target's key."""

    def __init__(self, kit: Kit, texts: PeopleTexts) -> None:
        columns: tuple[TableColumn[PersonTarget], ...] = (
            TableColumn("state", "people.column.state", texts.state, chip=True, tone=_tone),
            TableColumn("name", "people.column.name", texts.name, tip=texts.name),
            TableColumn("role", "people.column.role", texts.roles, tip=texts.roles),
            TableColumn("things", "people.column.things", texts.things, digits=True),
            TableColumn("cases", "people.column.cases", _cases, align_right=True),
            TableColumn("in", "people.column.in", _in, align_right=True, digits=True),
            TableColumn("next", "people.column.next", texts.next_step, tone=_next_tone),
        )
        super().__init__(kit, "people_table", "people.title", columns, _key, _WIDTHS)


def _key(target: PersonTarget) -> str:
    return target.key


def _tone(target: PersonTarget) -> Tone | None:
    return STATES[target.state]


def _cases(target: PersonTarget) -> str:
    return str(len(target.cases))


def _in(target: PersonTarget) -> str:
    return yuan(target.in_fen) if target.in_fen else ""


def _next_tone(target: PersonTarget) -> Tone | None:
    return Tone.WARN if target.missing else None


_KEYS = "people.title"


class PeoplePane(QWidget):
    """``reload`` reads anew; ``show_revealed`` shows personal numbers in full. ``changed`` after something was recorded
    or ordered, ``paper_ready(pdf, title)``. ``reveals``: it shows numbers in full by itself, where no page around it
    does."""

    changed = Signal()
    paper_ready = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        *cases: CaseId,
        reveals: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("people_pane")
        self._kit, self._session, self._cases = kit, session, cases
        self.texts = PeopleTexts(kit)
        self._sheet: PeopleSheet | None = None
        self._reading = Latest(kit.runner, self)
        self._revealing = Revealing(kit, session, self)
        self.banner = Banner(kit, "people_banner", closable=True)
        self.table = TargetTable(kit, self.texts)
        self.card = TargetCard(kit, self.texts)
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        orders = session.officer.may(Permission.ISSUE_ORDERS)
        self.ordering = OrderActions(kit, session, self) if orders else None
        self.people_actions = PeopleActions(kit, session, cases, self, self.ordering)
        self._actions = self._add_actions(session.officer)
        self._build()
        if reveals:
            self._add_reveal()
        self._connect()

    @property
    def sheet(self) -> PeopleSheet | None:
        """What is shown."""
        return self._sheet

    def reload(self) -> None:
        """Read anew."""
        self._reading.start("db", self._read, self.show_sheet, self.banner.show_error)

    def _read(self, _progress: Progress) -> PeopleSheet:
        note_opened(self._session, self._cases)
        return list_people(self._session, self._cases)

    def show_revealed(self, *, revealed: bool) -> None:
        """Personal numbers in full or masked."""
        if revealed != self.texts.revealed:
            self.texts.revealed = revealed
            self._show()

    def _add_reveal(self) -> None:
        """A button and a key that show numbers in full, once that is in the journal, and mask them again."""
        self._revealing.begin(*self._cases)
        self._revealing.changed.connect(self._turn_numbers)
        self._revealing.failed.connect(self.banner.show_error)
        action = self._kit.actions.add(
            self, "case.reveal.toggle", "Ctrl+Shift+H", self._revealing.toggle, group_key=_KEYS
        )
        button = IconButton(self._kit, action.name_key, "eye", name="people_reveal")
        button.clicked.connect(action.trigger)
        self._left.header.addWidget(button)

    def _turn_numbers(self) -> None:
        self.show_revealed(revealed=self._revealing.on)

    def show_sheet(self, sheet: PeopleSheet) -> None:
        """Show what was read."""
        self._sheet = sheet
        self._show()

    def _show(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        counts = {
            state.value: sum(1 for target in sheet.targets if target.state is state)
            for state in TargetState
        }
        missing = sum(len(target.missing) for target in sheet.targets)
        self._figures.set_key("people.figures", missing=missing, **counts)
        self.table.show_rows(sheet.targets, choose=True)
        self.table.viewport().update()
        self._show_target()

    def _show_target(self) -> None:
        target = self.table.selected()
        if target is not None and self._sheet is not None:
            self.card.show_target(self._sheet, target)
        person = target is not None and target.person is not None
        proposed = target is not None and target.proposal is not None
        persons = [t for t in self._sheet.targets if t.person] if self._sheet is not None else []
        joined = self._sheet.joined(target.key) if self._sheet and target is not None else ()
        for name, possible in (
            ("confirm", proposed),
            ("same", person and (len(persons) > 1 or bool(joined))),
            ("withdraw", person),
        ):
            if name in self._actions:
                self._actions[name].set_enabled(enabled=possible)

    def _confirm(self) -> None:
        target = self.table.selected()
        if target is not None and target.proposal is not None:
            self.people_actions.confirm(target.proposal)

    def _add(self) -> None:
        """Somebody new; for the chosen person another tie, for an unknown account its holder. A case in which the
        target stands comes first: what is recorded is told to its station."""
        sheet, target = self._sheet, self.table.selected()
        if sheet is None:
            return
        known = TypedTie() if target is None else _known(target)
        own = () if target is None else target.cases
        case_names = {
            case: f"{number}　{sheet.flow.cases.get(case, '')}"
            for case, number in sheet.numbers.items()
        }
        cases = sorted(case_names.items(), key=lambda item: item[0] not in own)
        self.people_actions.ask_person(cases, known)

    def _withdraw(self) -> None:
        target, line = self.table.selected(), self.card.lines.selected()
        person = target.person if target is not None else None
        if person is None:
            return
        chosen = line.tie if isinstance(line, TargetLine) else ""
        ties = [tie for tie in person.ties if tie.id == chosen] or person.ties
        names = {item.tie: item.what for item in self.card.lines.rows.rows}
        if len(ties) == 1:
            self.people_actions.ask_withdraw(ties[0].case, ties[0].id, names.get(ties[0].id, ""))
            return
        toast(self._kit, self, "people.choose_tie")
        self.card.lines.setFocus()

    def _same(self) -> None:
        sheet, target = self._sheet, self.table.selected()
        if sheet is None or target is None or target.person is None:
            return
        alike, words = set(target.alike), self.texts
        others = sorted(
            (t for t in sheet.targets if t.person is not None and t.key != target.key),
            key=lambda item: item.key not in alike,
        )
        named = [
            (
                sheet.pair(target.key, other.key),
                f"{words.name(other)}　{words.identity(other)}".strip(),
            )
            for other in others
        ]
        named += [
            (decision.ties, words.joined(target, decision)) for decision in sheet.joined(target.key)
        ]
        if named:
            self.people_actions.ask_same(words.name(target), named)

    def _next(self) -> None:
        """The first of what is missing that an order finds out; a proposal is confirmed."""
        target = self.table.selected()
        if target is None or self._sheet is None:
            return
        step = next((item for item in target.missing if item.kind is not None), None)
        urgent = step is not None and step.lack.value == "stop"
        if target.proposal is not None and not urgent:
            self._confirm()
        elif step is not None:
            self._step(step)

    def _step(self, missing: Missing) -> None:
        if self._sheet is not None:
            self.banner.clear()
            self.people_actions.step(self._sheet, missing)

    def _done(self) -> None:
        self.banner.clear()
        self.reload()
        self.changed.emit()

    def _add_actions(self, officer: Officer) -> dict[str, Action]:
        wanted: list[tuple[str, str, Callable[[], object]]] = []
        if officer.may(Permission.WRITE_CASES):
            wanted += [
                ("confirm", "Alt+Y", self._confirm),
                ("add", "Alt+N", self._add),
                ("same", "Alt+M", self._same),
                ("withdraw", "Alt+Z", self._withdraw),
            ]
        if self.ordering is not None:
            wanted.append(("next", "Alt+X", self._next))
        wanted.append(("print", "Alt+P", self.people_actions.print_page))
        add = partial(self._kit.actions.add, self, group_key=_KEYS)
        return {name: add(f"people.action.{name}", keys, work) for name, keys, work in wanted}

    def _build(self) -> None:
        kit = self._kit
        self._left = left = Card(kit, "people.title")
        for name, action in self._actions.items():
            variant = Variant.PRIMARY if name == "next" else Variant.PLAIN
            button = Button(
                kit, action.name_key, variant=variant, size=Size.COMPACT, name=f"people_{name}"
            )
            button.clicked.connect(action.trigger)
            button.setEnabled(action.enabled)
            action.enabled_changed.connect(button.setEnabled)
            button.setToolTip(action.cap)
            left.header.addWidget(button)
        left.body.addWidget(self._figures)
        left.body.addWidget(self.table, 1)
        self.card.setFixedWidth(kit.theme.space("side_card_wide"))
        filled = QWidget()
        row = Row(kit, filled, gap="card_gap")
        row.addWidget(left, 1)
        row.addWidget(self.card)
        add = self._actions.get("add")
        empty = EmptyState(kit, "person", "people.none", add)
        column = Column(kit, self, gap="card_gap")
        column.addWidget(self.banner)
        column.addWidget(ListOrEmpty(filled, empty, self.table.rows), 1)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_target)
        self.table.activated_row.connect(self._enter)
        self.card.step_wanted.connect(self._step)
        self.people_actions.changed.connect(self._done)
        self.people_actions.failed.connect(self.banner.show_error)
        self.people_actions.paper_ready.connect(self.paper_ready)
        if self.ordering is not None:
            self.card.order_wanted.connect(self.ordering.ask_act)
            self.ordering.changed.connect(self._done)
            self.ordering.failed.connect(self.banner.show_error)
            self.ordering.paper_ready.connect(self.paper_ready)
        self._kit.texts.changed.connect(self._show)

    def _enter(self, _target: object) -> None:
        self.card.lines.setFocus()


def _known(target: PersonTarget) -> TypedTie:
    """What the form begins with: another tie of a person, the holder of an account, the owner of a number."""
    if target.person is not None:
        return TypedTie(
            name=next(iter(target.person.names), ""),
            id_number=target.id_number,
            role=target.person.roles[0],
            kind=TieKind.ACCOUNT,
            person=target.key,
        )
    if target.proposal is not None:
        return target.proposal.first
    thing = target.things[0]
    role = PersonRole.LINE_OWNER if thing.kind is TieKind.PHONE else PersonRole.HOLDER
    return TypedTie(role=role, kind=thing.kind, value=thing.number, bank=thing.bank)
