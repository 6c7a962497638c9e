"""The main window of the city centre: what came in, what is to be dispatched, and any case to read."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from desktop.app.notices.approval_notice import ApprovalNotice
from desktop.app.notices.shift_briefing_notice import tell_who_takes_over
from desktop.app.notices.trust_news import tell_trust_news
from desktop.app.pages.audit_page import add_audit_page
from desktop.app.pages.backup_card import add_backup_card
from desktop.app.pages.case_register import write_register
from desktop.app.pages.database_check import add_database_card
from desktop.app.pages.global_search import place_of
from desktop.app.pages.officers import add_officer_cards
from desktop.app.pages.own_forms import add_own_forms_card
from desktop.app.pages.paper_showing import PaperShowing
from desktop.app.pages.rules import add_rules_card
from desktop.app.pages.seats import add_seats_card
from desktop.app.pages.series import series_screen
from desktop.app.pages.statistics_workbook import write_workbook
from desktop.app.processes.decoders import draw_shown_page
from desktop.app.profile.profile_file import profile_text
from desktop.app.windows.screens import (
    Parts,
    TypeNames,
    add_hotlines_key,
    build_case_screen,
    build_intake,
    build_session,
    recorded_search,
)
from desktop.app.windows.shared_folder import SharedFolder
from desktop.app.windows.status import StatusReader
from desktop.centre.answers import readable_parts, take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.slip_pictures import scan
from desktop.domain.case_file.orders.order_papers import OF_ORDER
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, made_by
from desktop.domain.installation.officer import Permission
from desktop.services.papers.note_print import note_print
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.board_work import BoardWork
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.centre.batches.batches_screen import BatchesScreen, BatchFiles
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.duty_screen import DutyScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.centre.institution_screen import InstitutionScreen
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.orders.orders_screen import ShiftHandoverFlow
from desktop.ui.settings.duty_phone_card import DutyPhoneCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import limits_on
from desktop.ui.shared.widgets.input.drives import SystemDrives
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.statistics.statistics_screen import StatisticsScreen
from desktop.ui.tasks.tasks_screen import TasksScreen

BATCH_FILES: Final = BatchFiles(write_batches, take_files, readable_parts)


class CentreNavigator(QObject):
    """The ways of the centre's window: it writes into cases of its own and never edits what a station wrote."""

    def __init__(self, kit: Kit, session: Session) -> None:
        super().__init__()
        self._kit = kit
        self._papers = PaperShowing(kit, draw_shown_page, partial(note_print, session), self)
        self._papers.noted.connect(self._noted)
        self._session = session
        self.window: MainWindow | None = None
        self.case: CaseScreen | None = None
        self.calls: IntakeScreen | None = None

    def open_target(self, target: object) -> None:
        """A hit of the global search, or a case."""
        place = place_of(target)
        self.open_case(place.case, place.tab, place.part)

    def open_evidence(self, target: object) -> None:
        """What the station attached to a case."""
        self.open_case(CaseId(str(target)), Tab.EVIDENCE)

    def open_case(self, case: CaseId, tab: Tab = Tab.OVERVIEW, part: str = "") -> None:
        """The page of a case."""
        if self.window is not None and self.case is not None:
            self.case.open_case(case, tab, part)
            self.window.show_page("case")

    def edit_case(self, case: CaseId) -> None:
        """On the page of calls, where the centre made the case; else refused, with the reason."""
        if self.window is None:
            return
        if self.calls is None or not made_by(case, self._session.profile.device):
            present(self._kit, self.window, RuleError("centre.reads_only"))
            return
        self.calls.resume(case)
        self.window.show_page("calls")

    def new_call(self) -> None:
        """A blank form for the next caller."""
        if self.window is not None and self.calls is not None:
            self.calls.begin()
            self.window.show_page("calls")

    def new_intake(self) -> None:
        """The same, from the list of cases."""
        self.new_call()

    def continue_draft(self, case: CaseId) -> None:
        """A call that is not registered yet."""
        if self.window is not None and self.calls is not None:
            self.calls.resume(case)
            self.window.show_page("calls")

    def leave_intake(self) -> None:
        """The call is put aside; show what is to be dispatched."""
        if self.window is not None:
            self.window.show_page("dispatch")

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """A finished paper, to look at and print."""
        if self.window is not None:
            self._papers.open(self.window, pdf, title)

    def _noted(self) -> None:
        """The page of a case lists what was printed."""
        if self.window is not None:
            self.window.reread()


class CentreWindow:
    """The window with its screens at hand."""

    def __init__(self, parts: Parts) -> None:
        kit, session = parts.kit, parts.session
        limits = limits_on(session.rules, session.today)
        names = TypeNames(kit, parts.types)
        search = recorded_search(parts, names)
        self.window = MainWindow(
            kit, build_session(parts, search, names), idle_minutes=parts.settings.idle_lock_minutes
        )
        search.join(self.window)
        self.navigator = CentreNavigator(kit, session)
        self.inbox = InboxScreen(kit, session, self.navigator.open_paper, limits, scan)
        self.dispatch = DispatchScreen(kit, session, SystemDrives(), limits)
        self.batches = BatchesScreen(kit, session, SystemDrives(), limits, BATCH_FILES)
        self.case = build_case_screen(parts, names, self.navigator)
        self.calls = build_intake(parts, names, self.navigator)
        self.series = series_screen(kit, session, names, self.navigator.open_paper)
        self.settings = SettingsPage(kit, parts.settings)
        if session.may(Permission.ADMINISTER):
            self.settings.more.addWidget(DutyPhoneCard(kit, session, profile_text))
        add_officer_cards(self.settings, kit, session)
        add_seats_card(self.settings, kit, session, parts.enrol)
        add_rules_card(self.settings, kit, session)
        add_own_forms_card(self.settings, kit, session)
        own = add_backup_card(self.settings, kit, session, parts.copies, self.window.unattended)
        self.window.lock_changed.connect(own.lock_changed)
        add_database_card(self.settings, kit, session, self.window)
        self._join(session)
        self._add_pages(kit, session, names)
        add_audit_page(self.window, kit, session)
        self.window.add_page(
            "settings", "settings", "shell.page.settings", self.settings, "Ctrl+,", bottom=True
        )
        self.status = StatusReader(kit, session, self.window)
        self._follow(kit, session)
        self._tell_approver(kit, session)
        self._tell_who_takes_over(kit, session)
        self.shared = self._share(kit, session)

    def _join(self, session: Session) -> None:
        for asked in (
            self.dispatch.case_wanted,
            self.series.case_wanted,
            self.window.search_opened,
        ):
            asked.connect(self.navigator.open_target)
        self.dispatch.evidence_wanted.connect(self.navigator.open_evidence)
        self.navigator.window, self.navigator.case = self.window, self.case
        if session.officer.may(Permission.WRITE_CASES):
            self.navigator.calls = self.calls

    def _follow(self, kit: Kit, session: Session) -> None:
        """What every page tells is read anew as things happen."""
        self.window.page_changed.connect(self.status.refresh)
        self.window.closing.connect(self.calls.flush)
        self.window.watch_unsaved(lambda: self.calls.unsaved)
        self.calls.recorded.connect(self.status.refresh)
        self.inbox.changed.connect(self.status.refresh)
        if not session.officer.only_own_institution:
            tell_trust_news(kit, session, self.window)

    def _add_institution_page(self, kit: Kit, session: Session) -> None:
        """A clerk of an institution has its orders, and no case to search for."""
        limits = limits_on(session.rules, session.today)
        page = InstitutionScreen(kit, session, self.navigator.open_paper, limits)
        self.window.add_page("institution", "clock", "centre.institution.title", page, "F3")
        self.window.hide_search()

    def _add_pages(self, kit: Kit, session: Session, names: TypeNames) -> None:
        if session.officer.only_own_institution:
            self._add_institution_page(kit, session)
        elif not session.officer.only_audits:
            self._add_work_pages(kit, session, names)

    def _add_work_pages(self, kit: Kit, session: Session, names: TypeNames) -> None:
        add = self.window.add_page
        if self.navigator.calls is not None:
            add("calls", "intake", "calls.title", self.calls, "F2")
            kit.actions.add(self.window.content, "calls.new", "Ctrl+N", self.navigator.new_call)
            add_hotlines_key(kit, self.window.content, session.directories)
        if session.officer.may(Permission.LEAD_SHIFT):
            duty = DutyScreen(kit, session, limits_on(session.rules, session.today))
            duty.case_wanted.connect(self.navigator.open_target)
            duty.call_wanted.connect(self.navigator.edit_case)
            duty.chase_wanted.connect(self._chase)
            handing = ShiftHandoverFlow(kit, session, duty)
            handing.paper_ready.connect(self.navigator.open_paper)
            handing.failed.connect(duty.fail)
            duty.handover_wanted.connect(handing.begin)
            add("duty", "eye", "centre.duty.title", duty, "Shift+F3")
        add("cases", "board", "shell.page.board", self._cases(kit, session, names), "Ctrl+F2")
        add("inbox", "inbox", "centre.inbox.title", self.inbox, "F6")
        add("dispatch", "clock", "centre.dispatch.title", self.dispatch, "F3")
        add("packs", "archive", "centre.batches.title", self.batches, "F4")
        tasks = TasksScreen(kit, session)
        tasks.case_wanted.connect(self.navigator.open_target)
        tasks.paper_ready.connect(self.navigator.open_paper)
        add("tasks", "station", "assigned.title", tasks, "Shift+F4")
        add("series", "link", "series.title", self.series, "Shift+F7")
        add("case", "board", "shell.page.board", self.case, under="dispatch")
        statistics = StatisticsScreen(
            kit, session, names, self.navigator.open_paper, write_workbook, write_register
        )
        add("statistics", "table", "statistics.title", statistics, "Shift+F6")

    def _cases(self, kit: Kit, session: Session, names: TypeNames) -> BoardScreen:
        """Every case of every station, by station, state, time and type."""
        limits = limits_on(session.rules, session.today)
        rules = BoardRules(
            limits.golden, limits.red_under, limits.amber_under, session.officer.number, names,
            moves=False,
        )  # fmt: skip
        return BoardScreen(kit, BoardWork(session), self.navigator, rules, session)

    def _tell_who_takes_over(self, kit: Kit, session: Session) -> None:
        """What came since the officer was here, in a line above the pages and on a page of its own."""
        banner = Banner(kit, "absence", closable=True)
        self.window.add_notice(banner)
        open_case = self.navigator.open_case
        tell_who_takes_over(kit, session, self.window, banner, open_case, at_centre=True)

    def _tell_approver(self, kit: Kit, session: Session) -> None:
        """Whom the rota names as approver, what waits for them."""
        if session.officer.may(Permission.APPROVE_ORDERS):
            notice = ApprovalNotice(kit, session, self.window, self._to_order)
            self.status.was_read.connect(notice.refresh)
            notice.refresh()

    def _to_order(self, view: OrderView) -> None:
        self.navigator.open_case(view.case, Tab.ORDERS, f"{OF_ORDER}{view.order.id}")

    def _chase(self, receiver: str) -> None:
        self.window.show_page("packs")
        self.batches.chase(receiver)

    def _share(self, kit: Kit, session: Session) -> SharedFolder:
        shared = SharedFolder(kit, session, self.settings)
        shared.moved.connect(self.inbox.opened)
        shared.moved.connect(self.dispatch.opened)
        shared.stuck.connect(self.window.set_share_stuck)
        return shared
