"""任务: what a centre gives its stations to do, and what a station was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.assigned_rows import AssignedPage, AssignedRow, AssignedView
from desktop.domain.cases.tasks.assigned_task import (
    OPEN_STATES,
    REQUEST_STATES,
    AssignedKind,
    AssignedState,
)
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.assigned_tasks.list_assigned import (
    StationChoice,
    count_assigned,
    list_assigned,
    stations_to_give,
)
from desktop.services.assigned_tasks.request_task import place_name
from desktop.services.session import Session
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.line_edit import Combo, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.tasks.task_actions import GIVEN, AssignedTaskActions, RequestActions
from desktop.ui.tasks.task_list import TaskDetail, TaskTable

_LEAST: Final = 100
"""Rows of a reading."""
_OVER: Final = frozenset(AssignedState) - OPEN_STATES - REQUEST_STATES
_Act = tuple[Action, str, frozenset[AssignedState], bool]


@dataclass(frozen=True, slots=True)
class TasksView:
    """One reading."""

    page: AssignedPage
    counts: Mapping[AssignedView, int]
    stations: tuple[StationChoice, ...] = ()


class TasksScreen(ListPage[TasksView]):
    """Enter opens the case: ``case_wanted(CaseId)``. ``changed``: something was recorded. ``paper_ready(pdf, title)``:
    the slip, for printing."""

    case_wanted = Signal(object)
    paper_ready = Signal(object, str)
    follows = True

    def __init__(self, kit: Kit, session: Session) -> None:
        super().__init__(kit, "assigned.title", "tasks", "assigned.keys")
        self._session = session
        self._rows: tuple[AssignedRow, ...] = ()
        self._after: tuple[str, str] | None = None
        self._stations: tuple[StationChoice, ...] = ()
        self._more = Latest(kit.runner, self)
        self._at_centre = session.profile.role is InstallationRole.CENTRE
        self._writes = session.officer.may(Permission.WRITE_CASES)
        self._actions = AssignedTaskActions(kit, session, self)
        self._give = self._beginning()
        self._requests = RequestActions(kit, session, self)
        self._acts = (*self._acts_of_role(), *self._acts_of_requests())
        self._slip = self.add("assigned.print", "Ctrl+P", self._print)
        self._open = self.add("assigned.open_case", "Ctrl+O", self._open_case)
        self.table = TaskTable(kit, session.rules, units=self._at_centre)
        acts = [(act, name) for act, name, *_ in self._acts]
        acts += [(self._slip, "tasks_print"), (self._open, "tasks_case")]
        self.detail = TaskDetail(
            kit, acts, partial(place_name, session), next_first=not self._at_centre
        )
        views = [Option(view.value, key=f"assigned.view.{view.value}") for view in AssignedView]
        self._view = Segmented(kit, views, "tasks_view", "assigned.title")
        self._kind, self._unit = Combo(kit), Combo(kit)
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        self._figures.setObjectName("tasks_figures")
        self._empty = EmptyState(kit, "check_circle", f"assigned.none_{self._nobody()}")
        self._build()
        self._connect()
        self._row_changed()

    def work(self) -> Callable[[Progress], TasksView]:
        """The first of the part that is chosen, as many as were shown before."""
        return work_of(self._read, max(_LEAST, len(self._rows)), None)

    def show_view(self, view: TasksView) -> None:
        """Show a reading."""
        self._more.stop()
        self._rows, self._after = view.page.rows, view.page.after
        self._stations = view.stations
        self._offer_units()
        counts = {part.value: view.counts[part] for part in AssignedView}
        self._figures.set_key("assigned.figures", **counts)
        self._show_rows()

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.table

    def _beginning(self) -> Action:
        """What makes a new one: a task at the centre, a request at a station."""
        if self._at_centre:
            return self.add("assigned.give", "Ctrl+D", self._ask)
        return self.add("assigned.request.ask", "Ctrl+E", self._ask)

    def _acts_of_role(self) -> tuple[_Act, ...]:
        """What is done with a chosen task: action, name of its button, in which states, whether with a request."""
        waits = frozenset({AssignedState.GIVEN})
        if self._at_centre:
            withdraw = self.add("assigned.withdraw", "Ctrl+B", partial(self._do, "withdraw"))
            enclose = self.add("assigned.enclose", "Ctrl+J", partial(self._do, "enclose"))
            return (
                (enclose, "tasks_enclose", OPEN_STATES, False),
                (withdraw, "tasks_withdraw", OPEN_STATES, False),
            )
        return (
            (self.add("assigned.accept", "Ctrl+R", partial(self._do, "accept")), "tasks_accept", waits, False),
            (self.add("assigned.finish", "Ctrl+D", partial(self._do, "finish")), "tasks_finish", OPEN_STATES, False),
            (self.add("assigned.return", "Ctrl+B", partial(self._do, "give_back")), "tasks_return", OPEN_STATES, False),
        )  # fmt: skip

    def _acts_of_requests(self) -> tuple[_Act, ...]:
        """The same of a request."""
        waits, acts = frozenset({AssignedState.REQUESTED}), self._requests
        offered = [
            ("withdraw", "Ctrl+U", acts.withdraw, "tasks_withdraw_request", OPEN_STATES | REQUEST_STATES),
            ("again", "Ctrl+Shift+E", acts.ask_again, "tasks_ask_again", _OVER),
        ]  # fmt: skip
        if self._at_centre:
            offered = [
                ("pass_on", "Ctrl+R", acts.pass_on, "tasks_pass_on", waits),
                ("refuse", "Ctrl+U", acts.refuse, "tasks_refuse", waits),
            ]
        return tuple(
            (self.add(f"assigned.request.{key}", keys, partial(self._decide, act)), name, states, True)
            for key, keys, act, name, states in offered
        )  # fmt: skip

    def _read(self, limit: int, after: tuple[str, str] | None) -> TasksView:
        kind = AssignedKind(self._kind.value()) if self._kind.value() else None
        view, unit, session = AssignedView(self._view.value()), self._unit.value(), self._session
        page = list_assigned(session, view, unit=unit, kind=kind, after=after, limit=limit)
        return TasksView(page, count_assigned(session), stations_to_give(session))

    def _build(self) -> None:
        kit = self.kit
        column = Column(kit, gap="card_gap")
        card, head = Card(kit), Row(kit)
        head.addWidget(self._view)
        head.addStretch(1)
        for name, combo in (("kind", self._kind), ("unit", self._unit)):
            combo.setObjectName(f"tasks_{name}")
            kit.texts.bind(combo.setAccessibleName, f"assigned.column.{name}")
            head.addWidget(combo)
        every = Option("", key="assigned.every_kind")
        kinds = (Option(kind.value, key=f"assigned.kind.{kind.value}") for kind in GIVEN)
        self._kind.set_options((every, *kinds))
        name = "tasks_give" if self._at_centre else "tasks_ask"
        give = Button.of(kit, self._give, variant=Variant.PRIMARY, icon="add", name=name)
        head.addWidget(give)
        set_shown(self._unit, shown=False)
        card.body.addLayout(head)
        card.body.addWidget(self._figures)
        card.body.addWidget(ListOrEmpty(self.table, self._empty, self.table.rows), 1)
        for part in (self.banner, card, self.detail):
            column.addWidget(part, 1 if part is card else 0)
        self.body.addLayout(column, 1)

    def _connect(self) -> None:
        self._view.chosen.connect(self._other_part)
        for combo in (self._kind, self._unit):
            combo.currentIndexChanged.connect(self._other_part)
        self.table.current_changed.connect(self._row_changed)
        self.table.activated_row.connect(self._open_case)
        self.table.end_near.connect(self._show_more)
        for actions in (self._actions, self._requests):
            actions.changed.connect(self._recorded)
            actions.failed.connect(self.fail)
        self._actions.paper_ready.connect(self.paper_ready)

    def _offer_units(self) -> None:
        chosen = self._unit.value()
        names = [Option(one.code, text=one.name) for one in self._stations]
        self._unit.set_options((Option("", key="assigned.every_unit"), *names))
        self._unit.set_value(chosen)
        set_shown(self._unit, shown=len(names) > 1)
        self._empty.set_key(f"assigned.none_{self._nobody()}")

    def _nobody(self) -> str:
        """Whose list is empty; a centre without stations has nobody to give a task."""
        if not self._at_centre:
            return "station"
        return "centre" if self._stations else "enrolled"

    def _other_part(self) -> None:
        self._rows = ()
        self.reload()

    def _show_more(self) -> None:
        """What follows is read before the end is reached."""
        if self._after is not None and not self._more.waits and not self._reading.waits:
            work = work_of(self._read, _LEAST, self._after)
            self._more.start(self.lane, work, self._more_came, self.fail)

    def _more_came(self, more: TasksView) -> None:
        known = {row.one.task.id for row in self._rows}
        new = (row for row in more.page.rows if row.one.task.id not in known)
        self._rows, self._after = (*self._rows, *new), more.page.after
        self._show_rows()

    def _show_rows(self) -> None:
        self.table.show_rows(self._rows, choose=True)
        self._row_changed()

    def _row_changed(self) -> None:
        row = self.table.selected()
        self.detail.show_row(row)
        self._open.set_enabled(enabled=row is not None)
        request = row is not None and row.one.request is not None
        self._slip.set_enabled(enabled=row is not None and row.one.open and not request)
        for action, _, states, of_request in self._acts:
            fits = row is not None and row.one.state in states and request is of_request
            action.set_enabled(enabled=self._writes and fits)
        to_somebody = bool(self._stations) or not self._at_centre
        self._give.set_enabled(enabled=self._writes and to_somebody)

    def _ask(self) -> None:
        if not self._at_centre:
            self._requests.ask()
        elif self._stations:
            self._actions.give(self._stations)

    def _do(self, name: str) -> None:
        self.table.with_selected(getattr(self._actions, name))

    def _decide(self, act: Callable[[AssignedRow], None]) -> None:
        self.table.with_selected(act)

    def _print(self) -> None:
        self.table.with_selected(self._actions.print_slip)

    def _open_case(self) -> None:
        self.table.with_selected(lambda row: self.case_wanted.emit(row.case))

    def _recorded(self) -> None:
        self.recorded()
        self.changed.emit()
