"""The ways between screens. Screens do not know each other; they know this."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.app.pages.global_search import place_of
from desktop.app.pages.paper_showing import PaperShowing
from desktop.domain.ids import CaseId
from desktop.services.papers.note_print import PrintRun
from desktop.services.ports import OnRecord, Pdf
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.views.page_view import DrawPage
from desktop.ui.shell.main_window import MainWindow


class Navigator(QObject):
    """Implements the navigator Protocols of all screens. The window is joined once it exists."""

    def __init__(
        self,
        kit: Kit,
        draw: DrawPage,
        refresh: Callable[[], None],
        record: Callable[[OnRecord, PrintRun], None],
    ) -> None:
        super().__init__()
        self._refresh = refresh
        self._papers = PaperShowing(kit, draw, record, self)
        self._papers.noted.connect(self._noted)
        self._window: MainWindow | None = None

    def join(self, window: MainWindow) -> None:
        """From now on the ways lead through ``window``."""
        self._window = window

    def _shown(self) -> MainWindow:
        if self._window is None:
            raise RuntimeError("a screen moved before the window existed")
        return self._window

    def open_case(self, case: CaseId, tab: Tab = Tab.OVERVIEW, part: str = "") -> None:
        """The page of a registered case."""
        page = self._shown().page("case")
        if isinstance(page, CaseScreen):
            page.open_case(case, tab, part)
        self._shown().show_page("case")

    def open_target(self, target: object) -> None:
        """A hit of the global search, or a case."""
        place = place_of(target)
        self.open_case(place.case, place.tab, place.part)

    def _intake(self) -> IntakeScreen | None:
        """The wizard; None where the officer's roles do not open it."""
        page = self._shown().page("intake")
        return page if isinstance(page, IntakeScreen) else None

    def new_intake(self) -> None:
        """A blank form for the next person."""
        intake = self._intake()
        if intake is not None:
            intake.begin()
        self._shown().show_page("intake")

    def continue_draft(self, case: CaseId) -> None:
        """Go on with a draft."""
        intake = self._intake()
        if intake is not None:
            intake.resume(case)
        self._shown().show_page("intake")

    def edit_case(self, case: CaseId) -> None:
        """Reopen a registered case in the wizard."""
        self.continue_draft(case)

    def leave_intake(self) -> None:
        """The draft stays; show what there is to do."""
        self._shown().show_page("board")

    def show_page(self, key: str) -> None:
        """Any page by its key."""
        self._shown().show_page(key)

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """A finished paper, to look at and print; what is printed or kept of one about a case is noted."""
        self._papers.open(self._shown(), pdf, title)

    def _noted(self) -> None:
        """The page in front may list what was printed."""
        self._shown().reread()
        self.changed()

    def changed(self) -> None:
        """Something was recorded: lists and the status bar are out of date."""
        self._refresh()
