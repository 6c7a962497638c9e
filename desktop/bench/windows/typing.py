"""How long a key keeps the window busy while a report is typed: its checks are computed and drawn with it.

Offscreen, over a store of many cases; the aim is one frame, 16 ms, at the 99th of a hundred keys. The largest gap
of a 10 ms timer shows whatever else held the window up in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from time import perf_counter

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows.window import Program
from desktop.bench.material import Material
from desktop.bench.measure import FigureRow
from desktop.bench.windows.gaps import TIMER_MS, Gaps
from desktop.bench.windows.new_program import PAUSE_MS, new_program
from desktop.bench.windows.waiting import let_run
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.time.local_time import show_time

_BETWEEN_KEYS_MS = 25
"""A fast typist's pace; the checks that wait for a pause get theirs after each field."""
_P99 = 0.99


def typing(made: Material, cases: int) -> Iterator[FigureRow]:
    """Type the money page of a report, key by key."""
    with new_program(made, InstallationRole.DESK, "620102540000", cases) as program:
        yield from _measure(program)


def _measure(program: Program) -> Iterator[FigureRow]:
    window = program.front
    if window is None:
        raise TypeError("no window was opened")
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    let_run(PAUSE_MS)
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
        let_run(PAUSE_MS)
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
