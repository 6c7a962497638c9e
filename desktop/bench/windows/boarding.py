"""What an officer waits for in front of the board: every case read, counted, sorted, and the page drawn whole.

Offscreen. The first look reads everything, as after sign-in or a bundle; a later one comes after one more report.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from statistics import median

from desktop.bench.material import Material, many_cases
from desktop.bench.measure import FigureRow, alone, seconds
from desktop.bench.windows.stage import PAGE, Ways, stage
from desktop.domain.progress import SILENT
from desktop.runtime.system_clock import SystemClock
from desktop.services.look_up import board, search
from desktop.services.session import Session
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.board_work import BoardWork

_ROUNDS = 5
_MANY = 60
"""Reports at once, two entries each: more than the desk asks about one by one."""


def boarding(made: Material, cases: int) -> Iterator[FigureRow]:
    """Cards read, first and again; the window drawn whole, first and again; then search."""
    many_cases(made.session, cases)
    gc.collect()
    gc.disable()  # as in the program, whose own collector waits for a quiet moment
    try:
        yield from _measured(made.session, cases)
    finally:
        gc.enable()


def _measured(session: Session, cases: int) -> Iterator[FigureRow]:
    yield from _first_and_later(f"board_{cases}", session, lambda: partial(board, session))
    app, kit = stage(SystemClock())
    rules = BoardRules(timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24), "1001", str)

    def window() -> Callable[[], object]:
        work = BoardWork(session)
        screen = BoardScreen(kit, work, Ways(), rules)
        screen.resize(*PAGE)
        screen.show()
        app.processEvents()

        def look() -> None:
            screen.show_view(screen.work()(SILENT))
            app.processEvents()

        return look

    yield from _first_and_later(f"board_{cases}_drawn", session, window)
    yield alone(f"search_{cases}_rare", lambda: search(session, "第777号"))
    yield alone(f"search_{cases}_common", lambda: search(session, "点赞返利"))


def _first_and_later(
    name: str, session: Session, seat: Callable[[], Callable[[], object]]
) -> Iterator[FigureRow]:
    """``seat`` gives somebody who has not looked yet."""
    first, again = [], []
    for _ in range(_ROUNDS):
        many_cases(session, _MANY)
        look = seat()
        first.append(seconds(look))
        many_cases(session, 1)
        again.append(seconds(look))
    yield FigureRow(name, round(median(first) * 1000, 1), "ms")
    yield FigureRow(f"{name}_again", round(median(again) * 1000, 1), "ms")
