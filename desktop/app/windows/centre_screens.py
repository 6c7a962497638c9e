"""The main window of the city centre: what came in, what is to be dispatched, and any case to read."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Final

from PySide6.QtCore import QObject

from desktop.app.notices.approval_notice import ApprovalNotice
from desktop.app.notices.shift_briefing_notice import tell_who_takes_over
from desktop.app.notices.trust_news import tell_trust_news
from desktop.app.pages.audit_page import add_audit_page
from desktop.app.pages.global_search import place_of
from desktop.app.pages.pages_of_both import build_series, build_statistics, build_tasks
from desktop.app.pages.paper_showing import PaperShowing
from desktop.app.pages.settings_work import SettingsWork
from desktop.app.processes.decoders import draw_shown_page
from desktop.app.windows.screens import (
    Parts,
    TypeNames,
    add_hotlines_key,
    build_case_screen,
    build_intake,
    build_session,
    recorded_search,
)
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
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import limits_on
from desktop.ui.shared.widgets.input.drives import SystemDrives
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shell.main_window import MainWindow

BATCH_FILES: Final = BatchFiles(write_batches, take_files, readable_parts)


class CentreNavigator(QObject):
    """The ways of the centre's window: it writes into cases of its own and never edits what a station wrote."""

    def __init__(self, kit: Kit, session: Session, screens: CentreWindow) -> None:
        super().__init__()
        self._kit = kit
        self._screens = screens
        self._papers = PaperShowing(kit, draw_shown_page, partial(note_print, session), self)
        self._papers.noted.connect(self._noted)
        self._session = session

    def open_target(self, target: object) -> None:
        """A hit of the global search, or a case."""
        place = place_of(target)
        self.open_case(place.case, place.tab, place.part)

    def open_evidence(self, target: object) -> None:
        """What the station attached to a case."""
        self.open_case(CaseId(str(target)), Tab.EVIDENCE)

    def open_case(self, case: CaseId, tab: Tab = Tab.OVERVIEW, part: str = "") -> None:
        """The page of a case."""
        self._screens.case.open_case(case, tab, part)
        self._screens.window.show_page("case")

    def edit_case(self, case: CaseId) -> None:
        """On the page of calls, where the centre made the case; else refused, with the reason."""
        if self._takes_calls and made_by(case, self._session.profile.device):
            self.continue_draft(case)
        else:
            present(self._kit, self._screens.window, RuleError("centre.reads_only"))

    def new_call(self) -> None:
        """A blank form for the next caller."""
        if self._takes_calls:
            self._screens.calls.begin()
            self._screens.window.show_page("calls")

    def new_intake(self) -> None:
        """The same, from the list of cases."""
        self.new_call()

    def continue_draft(self, case: CaseId) -> None:
        """A call that is not registered yet."""
        if self._takes_calls:
            self._screens.calls.resume(case)
            self._screens.window.show_page("calls")

    def leave_intake(self) -> None:
        """The call is put aside; show what is to be dispatched."""
        self._screens.window.show_page("dispatch")

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """A finished paper, to look at and print."""
        self._papers.open(self._screens.window, pdf, title)

    def _noted(self) -> None:
        """The page of a case lists what was printed."""
        self._screens.window.reread()

    @property
    def _takes_calls(self) -> bool:
        return self._session.officer.may(Permission.WRITE_CASES)


class CentreWindow:
    """The window with its screens at hand. A screen is made when it is first wanted."""

    def __init__(self, parts: Parts) -> None:
        kit, session = parts.kit, parts.session
        self._parts = parts
        self._limits = limits_on(session.rules, session.today)
        self._names = TypeNames(kit, parts.types)
        search = recorded_search(parts, self._names)
        minutes = parts.chosen.settings.idle_lock_minutes
        self.window = MainWindow(
            kit, build_session(parts, search, self._names), idle_minutes=minutes
        )
        search.join(self.window)
        self.status = StatusReader(kit, session, self.window)
        self.navigator = CentreNavigator(kit, session, self)
        self.settings_work = SettingsWork(
            kit, session, parts.chosen, self.window, parts.copies, parts.enrol
        )
        self.window.search_opened.connect(self.navigator.open_target)
        self._add_pages(kit, session)
        add_audit_page(self.window, kit, session)
        self.settings_work.add_page()
        self._follow(kit, session)
        self._tell_approver(kit, session)
        self._tell_who_takes_over(kit, session)

    @cached_property
    def inbox(self) -> InboxScreen:
        """What stations sent."""
        kit, session = self._parts.kit, self._parts.session
        made = InboxScreen(kit, session, self.navigator.open_paper, self._limits, scan)
        made.changed.connect(self.status.refresh)
        self.settings_work.shared.moved.connect(made.opened)
        return made

    @cached_property
    def dispatch(self) -> DispatchScreen:
        """What is to go to banks and carriers."""
        made = DispatchScreen(self._parts.kit, self._parts.session, SystemDrives(), self._limits)
        made.case_wanted.connect(self.navigator.open_target)
        made.evidence_wanted.connect(self.navigator.open_evidence)
        self.settings_work.shared.moved.connect(made.opened)
        return made

    @cached_property
    def batches(self) -> BatchesScreen:
        """What went there, and the answers."""
        kit, session = self._parts.kit, self._parts.session
        return BatchesScreen(kit, session, SystemDrives(), self._limits, BATCH_FILES)

    @cached_property
    def case(self) -> CaseScreen:
        """Any case, to read."""
        return build_case_screen(self._parts, self._names, self.navigator)

    @cached_property
    def calls(self) -> IntakeScreen:
        """What callers say; what is typed is saved before the window goes."""
        made = build_intake(self._parts, self._names, self.navigator)
        self.window.closing.connect(made.flush)
        self.window.watch_unsaved(lambda: made.unsaved)
        made.recorded.connect(self.status.refresh)
        return made

    def _duty(self) -> DutyScreen:
        kit, session = self._parts.kit, self._parts.session
        made = DutyScreen(kit, session, self._limits)
        made.case_wanted.connect(self.navigator.open_target)
        made.call_wanted.connect(self.navigator.edit_case)
        made.chase_wanted.connect(self._chase)
        handing = ShiftHandoverFlow(kit, session, made)
        handing.paper_ready.connect(self.navigator.open_paper)
        handing.failed.connect(made.fail)
        made.handover_wanted.connect(handing.begin)
        return made

    def _cases(self) -> BoardScreen:
        """Every case of every station, by station, state, time and type."""
        session, limits = self._parts.session, self._limits
        rules = BoardRules(
            limits.golden, limits.red_under, limits.amber_under, session.officer.number,
            self._names, moves=False,
        )  # fmt: skip
        return BoardScreen(self._parts.kit, BoardWork(session), self.navigator, rules, session)

    def _institution(self) -> InstitutionScreen:
        kit, session = self._parts.kit, self._parts.session
        return InstitutionScreen(kit, session, self.navigator.open_paper, self._limits)

    def _follow(self, kit: Kit, session: Session) -> None:
        """What every page tells is read anew as things happen."""
        self.window.page_changed.connect(self.status.refresh)
        if not session.officer.only_own_institution:
            tell_trust_news(kit, session, self.window)

    def _add_pages(self, kit: Kit, session: Session) -> None:
        if session.officer.only_own_institution:
            # A clerk of an institution has its orders, and no case to search for.
            title = "centre.institution.title"
            self.window.add_page("institution", "clock", title, self._institution, "F3")
            self.window.hide_search()
        elif not session.officer.only_audits:
            self._add_work_pages(kit, session)

    def _add_work_pages(self, kit: Kit, session: Session) -> None:
        add = self.window.add_page
        if session.officer.may(Permission.WRITE_CASES):
            add("calls", "intake", "calls.title", lambda: self.calls, "F2")
            kit.actions.add(self.window.content, "calls.new", "Ctrl+N", self.navigator.new_call)
            add_hotlines_key(kit, self.window.content, session.directories)
        if session.officer.may(Permission.LEAD_SHIFT):
            add("duty", "eye", "centre.duty.title", self._duty, "Shift+F3")
        add("cases", "board", "shell.page.board", self._cases, "Ctrl+F2")
        add("inbox", "inbox", "centre.inbox.title", lambda: self.inbox, "F6")
        add("dispatch", "clock", "centre.dispatch.title", lambda: self.dispatch, "F3")
        add("packs", "archive", "centre.batches.title", lambda: self.batches, "F4")
        names, ways = self._names, self.navigator
        series = partial(build_series, kit, session, names, ways)
        tasks = partial(build_tasks, kit, session, ways)
        statistics = partial(build_statistics, kit, session, names, ways)
        add("tasks", "station", "assigned.title", tasks, "Shift+F4")
        add("series", "link", "series.title", series, "Shift+F7")
        add("case", "board", "shell.page.board", lambda: self.case, under="dispatch")
        add("statistics", "table", "statistics.title", statistics, "Shift+F6")
        calls = ("calls",) if session.officer.may(Permission.WRITE_CASES) else ()
        self.window.make_in_a_pause(*calls, "case")

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
