"""How long a key keeps the window busy while a report is typed: its checks are computed and drawn with it.

Offscreen, over a store of many cases; the aim is one frame, 16 ms, at the 99th of a hundred keys. The largest gap
of a 10 ms timer shows whatever else held the window up in the meantime.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from time import perf_counter

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows.window import Program
from desktop.bench.material import Material, many_cases
from desktop.bench.measure import FigureRow
from desktop.bench.windows.gaps import TIMER_MS, Gaps
from desktop.bench.windows.waiting import let_run
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.time.local_time import show_time

_PASSWORD = "Bench-mark-2026!"  # noqa: S105 - opens a folder that is deleted at the end
_BETWEEN_KEYS_MS = 25
"""A fast typist's pace; the checks that wait for a pause get theirs after each field."""
_PAUSE_MS = 700
_P99 = 0.99


def typing(made: Material, cases: int) -> Iterator[FigureRow]:
    """Type the money page of a report, key by key."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("typing needs a program with windows")
    program = Program(app, made.folder / "typing")
    first = FirstRun(InstallationRole.DESK, "620102540000", "测速", "B", "1001", "测速", _PASSWORD)
    program.installation.create(first)
    desk = program.installation.sign_in("1001", _PASSWORD)
    many_cases(desk, cases)
    program.open_desk(desk)
    try:
        yield from _measure(program)
    finally:
        if program.front is not None:
            program.front.close()
        let_run(_PAUSE_MS)
        program.shut_down()


def _measure(program: Program) -> Iterator[FigureRow]:
    window = program.front
    if window is None:
        raise TypeError("no window was opened")
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    let_run(_PAUSE_MS)
    gaps, keys = Gaps(), []
    now = program.kit.ticks.now()
    for name, text in (
        ("victim.id_number", "620102196804152044"),
        ("victim.phone", "13919364417"),
        ("transfers.0.time", show_time(now - timedelta(minutes=11))),
        ("transfers.0.amount", "98000.00"),
        ("transfers.0.serial", "26112400128841"),
        ("transfers.0.payer_account", "6217004230001234569"),
        ("transfers.0.payee_account", "6230520010037788996"),
    ):
        editor = window.findChild(QWidget, name)
        if editor is None:
            raise LookupError(f"the money page has no {name}")
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        for letter in text:
            keys.append(_press(editor, letter))
            let_run(_BETWEEN_KEYS_MS)
        let_run(_PAUSE_MS)
    keys.sort()
    p99 = keys[ceil(len(keys) * _P99) - 1]
    yield FigureRow("typing_key_p99", round(p99 * 1000, 1), "ms")
    yield FigureRow(
        "typing_largest_gap", round(gaps.largest * 1000, 1), f"ms of a {TIMER_MS} ms timer"
    )


def _press(editor: QWidget, letter: str) -> float:
    """One key until everything it asked to be drawn is drawn."""
    start = perf_counter()
    QTest.keyClicks(editor, letter)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return perf_counter() - start
