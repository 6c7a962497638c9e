"""The main window of a signed-in officer: every screen, joined to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.app.notices.clock_watch import ClockWatcher
from desktop.app.notices.shift_briefing_notice import tell_who_takes_over
from desktop.app.notices.trust_news import tell_trust_news
from desktop.app.pages.audit_page import add_audit_page
from desktop.app.pages.backup_card import Copies, add_backup_card
from desktop.app.pages.case_register import write_register
from desktop.app.pages.database_check import add_database_card
from desktop.app.pages.evidence import EvidenceParts, evidence_of
from desktop.app.pages.global_search import GlobalSearch
from desktop.app.pages.navigator import Navigator
from desktop.app.pages.officers import add_officer_cards
from desktop.app.pages.own_forms import add_own_forms_card
from desktop.app.pages.rules import add_rules_card
from desktop.app.pages.series import series_screen
from desktop.app.pages.statistics_workbook import write_workbook
from desktop.app.processes.decoders import decoders, draw_shown_page
from desktop.app.profile.profile_file import profile_text
from desktop.app.windows.recorded_search import RecordedSearch
from desktop.app.windows.shared_folder import SharedFolder
from desktop.app.windows.status import StatusReader
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.scam_types import ScamType
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.reference.directories import Directories
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.settings import Settings
from desktop.services.cases.form.find_hotlines import find_hotlines
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.packages.install_package import install_package, packages_in_force
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
from desktop.ui.series.series_screen import SeriesScreen
from desktop.ui.settings.clock_card import ClockCard
from desktop.ui.settings.data import DataCard
from desktop.ui.settings.duty_phone_card import DutyPhoneCard
from desktop.ui.settings.seats_card import Enrol
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import ClockLimits, limits_on
from desktop.ui.shared.widgets.input.drives import SystemDrives
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.search_filter_bar import SearchChoices, no_units
from desktop.ui.shell.window_host import LockClock, WindowHost
from desktop.ui.statistics.statistics_screen import StatisticsScreen
from desktop.ui.sync.sync_screen import SyncScreen
from desktop.ui.tasks.tasks_screen import TasksScreen


class ClosedPage(Page):
    """Takes the place of a page in the rail and says what ``text_key`` says."""

    def __init__(self, kit: Kit, title_key: str, text_key: str) -> None:
        super().__init__(kit, title_key)
        self.state = EmptyState(kit, "lock", text_key)
        self.body.addWidget(self.state)


def add_data_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Rules, questions and directories in force; the licences of the tables stand beside them."""
    found = session.directories
    tables = found.tables() if isinstance(found, PackedDirectories) else ()
    sources = tuple((table.title, table.version, table.licence) for table in tables)
    take = partial(install_package, session) if session.may(Permission.EXCHANGE) else None
    card = DataCard(kit, partial(packages_in_force, session), take, sources, page)
    page.more.addWidget(card)


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
    settings: Settings
    types: tuple[ScamType, ...]
    unlock: Callable[[str], object]
    confirm: Callable[[str, str], object]
    """Checks the password of any officer of this station."""
    copies: Copies
    enrol: Enrol
    """Lets another PC of a centre in."""


@dataclass(frozen=True, slots=True)
class DeskWindow:
    """The window with its screens at hand."""

    window: MainWindow
    navigator: Navigator
    status: StatusReader
    board: BoardScreen
    intake: IntakeScreen
    case: CaseScreen
    series: SeriesScreen
    orders: OrdersScreen
    sync: SyncScreen
    statistics: StatisticsScreen
    tasks: TasksScreen
    settings: SettingsPage


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


def build_desk_window(parts: Parts) -> DeskWindow:
    """Screens, window, and the ways between them."""
    kit, session = parts.kit, parts.session
    names = TypeNames(kit, parts.types)
    clocks = ClockWatcher(kit, session, _limits(session))
    search = recorded_search(parts, names)
    window = MainWindow(
        kit,
        build_session(parts, search, names, clocks.lock_clocks),
        idle_minutes=parts.settings.idle_lock_minutes,
    )
    search.join(window)
    status = StatusReader(kit, session, window)

    def changed() -> None:
        status.refresh()
        clocks.refresh()

    navigator = Navigator(kit, draw_shown_page, changed, partial(note_print, session))
    navigator.join(window)
    screens = _screens(parts, names, navigator)
    done = DeskWindow(window, navigator, status, *screens)
    _add_pages(done, kit, session.officer)
    add_audit_page(window, kit, session)
    tell_trust_news(kit, session, window)
    tell_who_takes_over(kit, session, window, done.board.notice, navigator.open_case)
    add_hotlines_key(kit, window.content, session.directories)
    if not session.officer.only_audits:
        kit.actions.add(window.content, "board.new", "Ctrl+N", navigator.new_intake)
    _add_cards(done, parts)
    _connect(done)
    shared = SharedFolder(kit, session, done.settings)
    shared.moved.connect(changed)
    shared.stuck.connect(window.set_share_stuck)
    shared.moved.connect(window.reread)
    done.sync.changed.connect(changed)
    done.intake.recorded.connect(clocks.refresh)
    clocks.join(window)
    return done


def _add_cards(done: DeskWindow, parts: Parts) -> None:
    """What stands on the page of settings beside the settings themselves."""
    page, kit, session, window = done.settings, parts.kit, parts.session, done.window
    add_rules_card(page, kit, session)
    add_own_forms_card(page, kit, session)
    add_data_card(page, kit, session)
    own = add_backup_card(page, kit, session, parts.copies, window.unattended)
    window.lock_changed.connect(own.lock_changed)
    add_database_card(page, kit, session, window)


def _screens(
    parts: Parts, names: TypeNames, navigator: Navigator
) -> tuple[
    BoardScreen,
    IntakeScreen,
    CaseScreen,
    SeriesScreen,
    OrdersScreen,
    SyncScreen,
    StatisticsScreen,
    TasksScreen,
    SettingsPage,
]:
    kit, session = parts.kit, parts.session
    limits = _limits(session)
    is_desk = session.profile.role is InstallationRole.DESK
    rules = BoardRules(
        limits.golden, limits.red_under, limits.amber_under, session.officer.number, names,
        own=session.profile.device if is_desk else "",
    )  # fmt: skip
    return (
        BoardScreen(kit, BoardWork(session), navigator, rules),
        build_intake(parts, names, navigator),
        build_case_screen(parts, names, navigator),
        series_screen(kit, session, names, navigator.open_paper),
        OrdersScreen(
            kit,
            session,
            navigator.open_case,
            navigator.open_paper,
            limits,
        ),
        SyncScreen(kit, session, navigator.open_paper, SystemDrives()),
        StatisticsScreen(kit, session, names, navigator.open_paper, write_workbook, write_register),
        TasksScreen(kit, session),
        _settings(parts),
    )


def _settings(parts: Parts) -> SettingsPage:
    page, session = SettingsPage(parts.kit, parts.settings), parts.session
    if session.may(Permission.EXCHANGE):
        page.more.addWidget(ClockCard(parts.kit, session))
    if session.may(Permission.ADMINISTER):
        page.more.addWidget(DutyPhoneCard(parts.kit, session, profile_text))
    add_officer_cards(page, parts.kit, session)
    return page


def _add_pages(parts: DeskWindow, kit: Kit, officer: Officer) -> None:
    """What the officer's roles do not open is closed with calm words, so that nobody types what can not be saved."""
    window = parts.window
    if not officer.only_audits:
        _add_work_pages(parts, kit, officer)
    window.add_page(
        "settings", "settings", "shell.page.settings", parts.settings, "Ctrl+,", bottom=True
    )


def _add_work_pages(parts: DeskWindow, kit: Kit, officer: Officer) -> None:
    window = parts.window

    def opened(page: Page, title: str, needs: Permission) -> Page:
        return page if officer.may(needs) else ClosedPage(kit, title, f"shell.closed.{needs.value}")

    for key, icon, page, needs, shortcut, under in (
        ("intake", "intake", parts.intake, Permission.WRITE_CASES, "F2", ""),
        ("board", "board", parts.board, Permission.READ_CASES, "F3", ""),
        ("case", "board", parts.case, Permission.READ_CASES, "", "board"),
        ("orders", "clock", parts.orders, Permission.READ_CASES, "F4", ""),
    ):
        title = f"shell.page.{key}"
        shown = opened(page, title, needs)
        action = window.add_page(key, icon, title, shown, shortcut, under=under)
        if action is not None and page is parts.intake:
            action.name_key = "shell.action.go_on"  # a new report has a key of its own
    window.add_page("sync", "sync", "shell.page.sync", parts.sync, "F6")
    series = opened(parts.series, "series.title", Permission.READ_CASES)
    window.add_page("series", "link", "series.title", series, "Shift+F7")
    tasks = opened(parts.tasks, "assigned.title", Permission.READ_CASES)
    window.add_page("tasks", "station", "assigned.title", tasks, "Shift+F4")
    title = "statistics.title"
    statistics = opened(parts.statistics, title, Permission.READ_CASES)
    window.add_page("statistics", "table", title, statistics, "Shift+F6")


def _connect(parts: DeskWindow) -> None:
    parts.window.search_opened.connect(parts.navigator.open_target)
    parts.tasks.case_wanted.connect(parts.navigator.open_target)
    parts.tasks.paper_ready.connect(parts.navigator.open_paper)
    parts.series.case_wanted.connect(parts.navigator.open_target)
    parts.window.closing.connect(parts.intake.flush)
    parts.window.watch_unsaved(lambda: parts.intake.unsaved)
    parts.window.closing.connect(parts.case.papers.settle)
    parts.intake.recorded.connect(parts.status.refresh)
    parts.window.page_changed.connect(parts.status.refresh)
