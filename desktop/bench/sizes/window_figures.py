"""What an officer waits for in front of the window, in a process of its own: pages until they are painted, drafts until
they are on the disk, and the memory that all of it takes.

Offscreen, with threads as ever, on a profile that is signed in to by its password.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.qt.offscreen import without_offscreen_remarks
from desktop.app.windows.window import Program
from desktop.bench.desks.make_desk import PASSWORD
from desktop.bench.desks.varied_cases import OFFICERS
from desktop.bench.material import empty_case, machine_without_counter
from desktop.bench.measure import resident_mb, seconds
from desktop.bench.sizes.goals import Measured
from desktop.bench.sizes.work_of_database import counted
from desktop.bench.windows.gaps import TIMER_MS, Gaps
from desktop.bench.windows.starting import start_times
from desktop.bench.windows.waiting import let_run, rest, seconds_until
from desktop.domain.cases.intake import TransferText
from desktop.domain.ids import TransferId
from desktop.domain.installation.profile import InstallationRole
from desktop.services.look_up import board
from desktop.services.session import Session
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shell.main_window import MainWindow

Send = Callable[[Measured], object]
_ROUNDS: Final = 3
_PAYMENTS: Final = 200
_EVERY: Final = 50
_SWEPT_MS: Final = 1_500
"""The collector of the windows comes once a second."""
_DESK_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "orders": "orders_page",
        "absence": "since_you_left",
        "statistics": "statistics_page",
        "sync": "sync_page",
        "series": "series_page",
        "audit": "audit_page",
    }
)
_CENTRE_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "inbox": "inbox_page",
        "dispatch": "dispatch_page",
        "packs": "batches_page",
        "statistics": "statistics_page",
        "series": "series_page",
        "audit": "audit_page",
    }
)


@dataclass(slots=True)
class Seat:
    """An officer in front of a window."""

    program: Program
    runner: TaskRunner
    session: Session

    @property
    def window(self) -> MainWindow:
        if not isinstance(self.program.front, MainWindow):
            raise TypeError("no main window was opened")
        return self.program.front

    def page(self, key: str) -> ListPage[Any]:
        page = self.window.page(key)
        if not isinstance(page, ListPage):
            raise TypeError(f"{key} reads nothing")
        return page

    @property
    def intake(self) -> IntakeScreen:
        page = self.window.page("intake")
        if not isinstance(page, IntakeScreen):
            raise TypeError("no report can be typed")
        return page

    def turn_to(self, key: str) -> float:
        """Milliseconds until the page is painted with what it read; made before, where nobody wanted it yet."""
        made = seconds(partial(self.window.page, key))
        turn = partial(self.window.show_page, key)
        return 1000 * (made + seconds_until(self.page(key).view_shown, turn))

    def open_case(self, case: object) -> float:
        """The same of the page of a case."""
        window = self.program.desk_window
        if window is None:
            raise TypeError("only a desk opens a case so")
        made = seconds(partial(self.window.page, "case"))
        go = partial(window.navigator.open_target, case)
        return 1000 * (made + seconds_until(self.page("case").view_shown, go))


@contextmanager
def seated(app: QApplication, folder: Path) -> Iterator[Seat]:
    """Signed in just now: what the window reads at first has begun."""
    runner = TaskRunner()
    program = Program(app, folder, machine=machine_without_counter(), runner=runner)
    program.start()
    session = program.installation.sign_in(OFFICERS[0], PASSWORD)
    program.open_desk(session)
    seat = Seat(program, runner, session)
    try:
        yield seat
    finally:
        if program.front is not None:
            program.front.close()
        rest(runner)
        program.shut_down()


def window_figures(folder: Path, part: str, send: Send) -> None:
    """One of the parts below on the profile in ``folder``; each figure is sent as it comes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("pages need a program with windows")
    with without_offscreen_remarks():
        _PARTS[part](app, folder, send)


def _start(_app: QApplication, folder: Path, send: Send) -> None:
    """The whole program, from nothing to the board."""
    times = start_times(folder, _ROUNDS)
    if times is not None:
        send(Measured("start_to_board", times.ours, "s", times.empty))


def _drafts(app: QApplication, folder: Path, send: Send) -> None:
    """The time from the last key until what was typed is on the disk, right after signing in and later."""
    early, late = [], []
    for _ in range(_ROUNDS):
        with seated(app, folder) as seat:
            early.append(_typed(seat))
            rest(seat.runner)
            late.append(_typed(seat))
            seat.intake.put_aside()
    send(Measured("draft_after_sign_in", tuple(early)))
    send(Measured("draft_later", tuple(late)))


def _typed(seat: Seat) -> float:
    QTest.qWaitForWindowActive(seat.window)
    QTest.keyClick(seat.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    name = seat.window.findChild(QWidget, "victim.name")
    if name is None:
        raise LookupError("the form asks for no name")
    name.setFocus(Qt.FocusReason.TabFocusReason)
    return 1000 * seconds_until(seat.intake.settled, partial(QTest.keyClicks, name, "A"))


def _cases(app: QApplication, folder: Path, send: Send) -> None:
    """A case from the list of somebody else, opened as soon as the window is there, and as soon as the orders are asked
    for."""
    with seated(app, folder) as seat:
        cards = board(seat.session)
    middle = [card.id for card in cards[len(cards) // 2 :]]
    early, late = [], []
    for one, other in zip(middle[:_ROUNDS], middle[_ROUNDS : 2 * _ROUNDS], strict=False):
        with seated(app, folder) as seat:
            early.append(seat.open_case(one))
            rest(seat.runner)
            seat.window.show_page("orders")
            late.append(seat.open_case(other))
    send(Measured("case_after_sign_in", tuple(early)))
    send(Measured("case_after_orders", tuple(late)))


def _pages(app: QApplication, folder: Path, send: Send) -> None:
    """Every page once, the board first, then what all of them hold in memory and what they ask of the database."""
    with seated(app, folder) as seat:
        desk = seat.session.profile.role is InstallationRole.DESK
        if desk:
            _board(seat, send)
        pages, start = (_DESK_PAGES, "") if desk else (_CENTRE_PAGES, "server_")
        blocks = [
            _watched(seat, f"{start}{name}", send, partial(seat.turn_to, key))
            for key, name in pages.items()
        ]
        send(Measured(f"{start}pages_largest_block", (max(blocks),)))
        if desk:
            let_run(_SWEPT_MS)
            send(Measured("memory_after_pages", (resident_mb(),), "MB"))
            _payments(seat, send)
            _asked(seat, send)


def _board(seat: Seat, send: Send) -> None:
    """The page that the window opens with, and again after one more report."""
    shown = seat.page("board").view_shown
    _watched(seat, "board_first", send, lambda: 1000 * seconds_until(shown, lambda: None))
    let_run(_SWEPT_MS)
    send(Measured("memory_after_board", (resident_mb(),), "MB"))
    _reported(seat, send)


def _watched(seat: Seat, name: str, send: Send, turn: Callable[[], float]) -> float:
    """Send how long it took, and the longest block; that is returned."""
    took, block = _timed(seat, turn)
    send(Measured(name, (took,)))
    send(Measured(f"{name}_block", (block,)))
    return block


def _timed(seat: Seat, turn: Callable[[], float]) -> tuple[float, float]:
    """What ``turn`` took, and the longest time until all is at rest in which the window could do nothing else."""
    gaps = Gaps()
    took = turn()
    rest(seat.runner)
    gaps.stop()
    return took, max(1000 * gaps.largest_own - TIMER_MS, 0.0)


def _reported(seat: Seat, send: Send) -> None:
    """The board after one more report."""
    page = seat.page("board")
    rounds = []
    for _ in range(_ROUNDS):
        empty_case(seat.session)
        rounds.append(_timed(seat, lambda: 1000 * seconds_until(page.view_shown, page.reload)))
    times, blocks = zip(*rounds, strict=True)
    send(Measured("board_after_report", times))
    send(Measured("board_after_report_block", blocks))


def _payments(seat: Seat, send: Send) -> None:
    """Two hundred payments of a statement, put into a form at once."""
    times, grown = [], []
    QTest.keyClick(seat.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    rest(seat.runner)
    for number in range(_ROUNDS):
        seat.intake.begin()
        rest(seat.runner)
        let_run(_SWEPT_MS)
        rows = [_payment(number * _PAYMENTS + place) for place in range(_PAYMENTS)]
        before = resident_mb()
        added = partial(seat.intake.model.add_transfers, rows)
        times.append(1000 * seconds_until(seat.intake.model.rows_changed, added))
        grown.append(max(resident_mb() - before, 0.0))
        rest(seat.runner)
    send(Measured("payments_200", tuple(times)))
    send(Measured("payments_200_memory", (grown[0],), "MB"))


def _payment(number: int) -> TransferText:
    return TransferText(
        TransferId(f"bench{number}"), time=f"2026-11-24 10:{number % 60:02d}", amount=f"{number + 100}.00",
        payee_account=f"6230520010{number:09d}", payee_name="陈某某", payee_bank="中国农业银行",
    )  # fmt: skip


def _asked(seat: Seat, send: Send) -> None:
    """Steps of the database for a page that was read before: no clock is needed for them."""
    for key in ("board", "orders", "audit"):
        seat.turn_to(key)
        rest(seat.runner)
        with counted(_EVERY) as work:
            seat.turn_to(key)
            rest(seat.runner)
        send(Measured(f"steps_{key}", (work.steps / 1000,), "thousand steps"))


_PARTS: Final[Mapping[str, Callable[[QApplication, Path, Send], None]]] = MappingProxyType(
    {"start": _start, "drafts": _drafts, "cases": _cases, "pages": _pages, "server": _pages}
)
