"""The main window of a signed-in officer: every screen, joined to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from desktop.app.notices.clock_watch import ClockWatcher
from desktop.app.notices.shift_briefing_notice import tell_who_takes_over
from desktop.app.notices.trust_news import tell_trust_news
from desktop.app.pages.audit_page import add_audit_page
from desktop.app.pages.backup_card import Copies
from desktop.app.pages.evidence import EvidenceParts, evidence_of
from desktop.app.pages.global_search import GlobalSearch
from desktop.app.pages.navigator import Navigator
from desktop.app.pages.pages_of_both import build_series, build_statistics, build_tasks
from desktop.app.pages.settings_work import SettingsWork
from desktop.app.processes.decoders import decoders, draw_shown_page
from desktop.app.windows.recorded_search import RecordedSearch
from desktop.app.windows.status import StatusReader
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.scam_types import ScamType
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.reference.directories import Directories
from desktop.services.cases.form.find_hotlines import find_hotlines
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.papers.note_print import note_print
from desktop.services.session import Session
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.board_work import BoardWork
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.flow_tab import FlowPart
from desktop.ui.case.setup import CaseNavigator, CaseSetup
from desktop.ui.flow.build import flow_pane
from desktop.ui.hotlines.hotlines_dialog import HotlinesDialog
from desktop.ui.intake.setup import IntakeNavigator, IntakeSetup
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.people.pane import PeoplePane
from desktop.ui.settings.seats_card import Enrol
from desktop.ui.settings.settings_page import ChosenSettings
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import ClockLimits, limits_on
from desktop.ui.shared.widgets.input.drives import SystemDrives
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.search_filter_bar import SearchChoices, no_units
from desktop.ui.shell.window_host import LockClock, WindowHost
from desktop.ui.sync.sync_screen import SyncScreen


class ClosedPage(Page):
    """Takes the place of a page in the rail and says what ``text_key`` says."""

    def __init__(self, kit: Kit, title_key: str, text_key: str) -> None:
        super().__init__(kit, title_key)
        self.state = EmptyState(kit, "lock", text_key)
        self.body.addWidget(self.state)


def add_hotlines_key(kit: Kit, content: QWidget, directories: Directories) -> None:
    """Register the key for the pages in ``content``; banks are called before a report is half typed."""
    kit.actions.add(content, "hotlines.action", "Ctrl+H", partial(_show, kit, content, directories))


def _show(kit: Kit, content: QWidget, directories: Directories) -> None:
    HotlinesDialog(kit, content, partial(find_hotlines, directories)).open()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application hands over to make a window."""

    kit: Kit
    session: Session
    chosen: ChosenSettings
    types: tuple[ScamType, ...]
    unlock: Callable[[str], object]
    confirm: Callable[[str, str], object]
    """Checks the password of any officer of this station."""
    copies: Copies
    enrol: Enrol
    """Lets another PC of a centre in."""


class TypeNames:
    """Names of the scam types in the language shown."""

    def __init__(self, kit: Kit, types: tuple[ScamType, ...]) -> None:
        self._kit = kit
        self._types = {item.code: item for item in types}

    def __call__(self, code: str) -> str:
        found = self._types.get(code)
        return found.short(self._kit.texts.language) if found else code


def _limits(session: Session) -> ClockLimits:
    return limits_on(session.rules, session.today)


def recorded_search(parts: Parts, names: TypeNames) -> RecordedSearch:
    """The search above every page; whoever searches leaves a trace."""
    return RecordedSearch(parts.kit, parts.session, GlobalSearch(parts.kit, parts.session, names))


def _station_names(session: Session) -> Sequence[str]:
    with session.store.read() as reader:
        return sorted(set(trusted_stations(reader).values()))


def build_session(
    parts: Parts,
    search: RecordedSearch,
    names: TypeNames,
    clocks: Callable[[], tuple[LockClock, ...]] = tuple,
) -> WindowHost:
    """Who is signed in, and the calls behind the window."""
    session = parts.session
    return WindowHost(
        officer_name=session.officer.name,
        officer_number=session.officer.number,
        unit_name=session.profile.unit_name,
        search=search,
        search_choices=SearchChoices(
            session.officer.number,
            tuple(CaseState),
            tuple(Visit),
            tuple(item.code for item in parts.types),
            names,
            partial(_station_names, session)
            if session.profile.role is InstallationRole.CENTRE
            else no_units,
        ),
        unlock=parts.unlock,
        clocks=clocks,
        on_server=session.profile.on_server,
    )


def _evidence(parts: Parts, navigator: CaseNavigator | IntakeNavigator) -> EvidenceParts:
    return EvidenceParts(parts.kit, decoders(), parts.confirm, navigator.open_paper)


def build_case_screen(parts: Parts, names: TypeNames, navigator: CaseNavigator) -> CaseScreen:
    """The page of a case."""
    kit, session = parts.kit, parts.session

    def flow(case: CaseId) -> tuple[QWidget, FlowPart]:
        made = flow_pane(kit, session, case)
        made.ordered.connect(screen.reload)
        made.paper_ready.connect(navigator.open_paper)
        return made, made

    def people(case: CaseId) -> tuple[QWidget, FlowPart]:
        made = PeoplePane(kit, session, case)
        made.changed.connect(screen.reload)
        made.paper_ready.connect(navigator.open_paper)
        return made, made

    setup = CaseSetup(
        names,
        partial(evidence_of, _evidence(parts, navigator), session),
        draw_shown_page,
        _limits(session),
        session.scripts,
        flow,
        people,
        writes=session.may(Permission.WRITE_CASES),
        orders=session.may(Permission.ISSUE_ORDERS),
        assigns=session.officer.may(Permission.WRITE_CASES),
    )
    screen = CaseScreen(kit, session, navigator, setup)
    return screen


def build_intake(parts: Parts, names: TypeNames, navigator: IntakeNavigator) -> IntakeScreen:
    """The page a report is typed on; at a centre, what a caller says."""
    kit, session = parts.kit, parts.session
    limits = _limits(session)
    setup = IntakeSetup(
        tuple(item.code for item in parts.types),
        names,
        partial(evidence_of, _evidence(parts, navigator), session),
        limits.red_under,
        limits.amber_under,
        scripts=session.scripts,
        calls=session.profile.role is InstallationRole.CENTRE,
    )
    return IntakeScreen(kit, session, navigator, setup)


class DeskWindow:
    """The window with its screens at hand. A screen is made when it is first wanted."""

    def __init__(self, parts: Parts) -> None:
        kit, session = parts.kit, parts.session
        self._parts = parts
        self._limits = _limits(session)
        self._names = TypeNames(kit, parts.types)
        self._clocks = ClockWatcher(kit, session, self._limits)
        search = recorded_search(parts, self._names)
        self.window = window = MainWindow(
            kit,
            build_session(parts, search, self._names, self._clocks.lock_clocks),
            idle_minutes=parts.chosen.settings.idle_lock_minutes,
        )
        search.join(window)
        self.status = StatusReader(kit, session, window)
        self.navigator = Navigator(
            kit, draw_shown_page, self._changed, partial(note_print, session)
        )
        self.navigator.join(window)
        self.settings_work = SettingsWork(
            kit, session, parts.chosen, window, parts.copies, parts.enrol
        )
        self._add_pages()
        tell_trust_news(kit, session, window)
        if session.officer.may(Permission.READ_CASES):
            show = self.navigator.open_case
            tell_who_takes_over(kit, session, window, self.board.notice, show)
        add_hotlines_key(kit, window.content, session.directories)
        if not session.officer.only_audits:
            kit.actions.add(window.content, "board.new", "Ctrl+N", self.navigator.new_intake)
        window.search_opened.connect(self.navigator.open_target)
        window.page_changed.connect(self.status.refresh)
        self.settings_work.shared.moved.connect(self._changed)
        self.settings_work.shared.moved.connect(window.reread)
        self._clocks.join(window)

    @cached_property
    def board(self) -> BoardScreen:
        """Every case by its state."""
        session, limits = self._parts.session, self._limits
        is_desk = session.profile.role is InstallationRole.DESK
        rules = BoardRules(
            limits.golden, limits.red_under, limits.amber_under, session.officer.number,
            self._names, own=session.profile.device if is_desk else "",
        )  # fmt: skip
        return BoardScreen(self._parts.kit, BoardWork(session), self.navigator, rules)

    @cached_property
    def intake(self) -> IntakeScreen:
        """Where a report is typed; what is typed is saved before the window goes."""
        made = build_intake(self._parts, self._names, self.navigator)
        self.window.closing.connect(made.flush)
        self.window.watch_unsaved(lambda: made.unsaved)
        made.recorded.connect(self.status.refresh)
        made.recorded.connect(self._clocks.refresh)
        return made

    @cached_property
    def case(self) -> CaseScreen:
        """One case."""
        made = build_case_screen(self._parts, self._names, self.navigator)
        self.window.closing.connect(made.parts.settle)
        return made

    @cached_property
    def orders(self) -> OrdersScreen:
        """Orders by their clocks."""
        kit, session, ways = self._parts.kit, self._parts.session, self.navigator
        return OrdersScreen(kit, session, ways.open_case, ways.open_paper, self._limits)

    @cached_property
    def sync(self) -> SyncScreen:
        """What goes to the centre and comes from it."""
        kit, session = self._parts.kit, self._parts.session
        made = SyncScreen(kit, session, self.navigator.open_paper, SystemDrives())
        made.changed.connect(self._changed)
        return made

    def _changed(self) -> None:
        self.status.refresh()
        self._clocks.refresh()

    def _add_pages(self) -> None:
        """What the officer's roles do not open is closed with calm words, so that nobody types what can not be
        saved."""
        kit, session, window = self._parts.kit, self._parts.session, self.window
        if not session.officer.only_audits:
            self._add_work_pages()
            window.make_in_a_pause("intake", "case")
        self.settings_work.add_page()
        add_audit_page(window, kit, session)

    def _add_work_pages(self) -> None:
        kit, officer = self._parts.kit, self._parts.session.officer

        def add(
            key: str, icon: str, title: str, make: Callable[[], Page], keys: str = "", *,
            needs: Permission | None = Permission.READ_CASES, under: str = "",
        ) -> Action | None:  # fmt: skip
            if needs is not None and not officer.may(needs):
                make = partial(ClosedPage, kit, title, f"shell.closed.{needs.value}")
            return self.window.add_page(key, icon, title, make, keys, under=under)

        writes = Permission.WRITE_CASES
        go_on = add(
            "intake", "intake", "shell.page.intake", lambda: self.intake, "F2", needs=writes
        )
        if go_on is not None and officer.may(writes):
            go_on.name_key = "shell.action.go_on"  # a new report has a key of its own
        add("board", "board", "shell.page.board", lambda: self.board, "F3")
        add("case", "board", "shell.page.case", lambda: self.case, under="board")
        add("orders", "clock", "shell.page.orders", lambda: self.orders, "F4")
        add("sync", "sync", "shell.page.sync", lambda: self.sync, "F6", needs=None)
        session, names, ways = self._parts.session, self._names, self.navigator
        series = partial(build_series, kit, session, names, ways)
        tasks = partial(build_tasks, kit, session, ways)
        statistics = partial(build_statistics, kit, session, names, ways)
        add("series", "link", "series.title", series, "Shift+F7")
        add("tasks", "station", "assigned.title", tasks, "Shift+F4")
        add("statistics", "table", "statistics.title", statistics, "Shift+F6")
