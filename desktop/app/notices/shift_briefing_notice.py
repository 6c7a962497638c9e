"""Tells who signed in, in one line above the board, what came since he left and what ends in his shift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.domain.case_file.shift_briefing import ShiftBriefing
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.services.orders.shift.centre_shift import centre_shift
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.ports import HandoverDesk
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.thread_runner import YieldingProgress
from desktop.ui.shared.orders.news_texts import news_line
from desktop.ui.shared.orders.order_clock import limits_on
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shift_briefing.shift_briefing_screen import ShiftBriefingScreen

PAGE: Final = "absence"


class ShiftBriefingNotice(QObject):
    """Said at sign-in, and at unlocking after a long while; gone when it was put away or its page was opened. It never
    takes the keyboard."""

    def __init__(self, kit: Kit, session: Session, banner: Banner) -> None:
        super().__init__(banner)
        self._kit = kit
        self._session = session
        self._banner = banner
        self._briefing: ShiftBriefing | None = None
        self._locked_at: datetime | None = None
        self._locked = False
        """Whether the absence that is told of was one behind the lock."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        kit.texts.changed.connect(self._say_again)

    def load(self, progress: Progress) -> ShiftBriefing:
        """What there is to know now; in lane ``survey``."""
        return shift_briefing(self._session, YieldingProgress(progress), locked=self._locked)

    def begin(self) -> None:
        """Ask once the page in front has asked for its own, and say it once it is known."""
        self._timer.start(0)

    def _ask(self) -> None:
        advance = self._kit.catching_up.advance
        self._kit.runner.start("survey", self.load, self._show, self._banner.show_error, advance)

    def lock_changed(self, locked: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Who left the program locked over a shift takes over like any other."""
        now = self._kit.ticks.now()
        if locked:
            self._locked_at = now
            return
        away = self._session.rules.duration("shift.away", self._session.today)
        if self._locked_at is not None and now - self._locked_at >= away:
            self._locked = True
            self.begin()

    def page_shown(self, page: str) -> None:
        """The officer looks at a page; after that of the absence nothing is left to say."""
        if page == PAGE:
            self._briefing = None
            self._banner.clear()

    def _show(self, briefing: ShiftBriefing) -> None:
        """Who is here for the first time left nothing."""
        if briefing.left_at is not None and not briefing.empty:
            self._briefing = briefing
            self._say()

    def _say_again(self) -> None:
        if not self._banner.isHidden():  # put away is put away
            self._say()

    def _say(self) -> None:
        """Where only such things were recorded as the line does not count, there is no line."""
        line = news_line(self._kit, self._briefing) if self._briefing is not None else ""
        if line:
            self._banner.show_lines(Tone.INFO, lambda: (line,))


def tell_who_takes_over(
    kit: Kit,
    session: Session,
    window: MainWindow,
    banner: Banner,
    open_case: Callable[[CaseId], None],
    *,
    at_centre: bool = False,
) -> None:
    """The line above the pages, and the page that tells it case by case, for who may read cases; ``at_centre`` with
    what is open, who has it in hand and whom to ring."""
    if not session.officer.may(Permission.READ_CASES):
        return
    notice = ShiftBriefingNotice(kit, session, banner)
    limits = limits_on(session.rules, session.today)
    desk = work_of(_desk, session) if at_centre else None
    make = partial(ShiftBriefingScreen, kit, notice.load, open_case, limits, desk)
    keys, under = ("Shift+F2", "dispatch") if at_centre else ("Shift+F3", "board")
    action = window.add_page(PAGE, "board", "shift_briefing.title", make, keys, under=under)
    if action is not None:
        banner.offer(action)
    window.page_changed.connect(notice.page_shown)
    window.lock_changed.connect(notice.lock_changed)
    notice.begin()


def _desk(session: Session) -> HandoverDesk | None:
    return centre_shift(session)
