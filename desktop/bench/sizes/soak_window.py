"""Somebody types a report while a colleague's bundle comes in, a backup is made and the statistics are looked at: how
long the window stands still, and how late what was typed is on the disk. In a process of its own, which may be killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.qt.offscreen import without_offscreen_remarks
from desktop.bench.sizes.goals import Measured
from desktop.bench.sizes.window_figures import Seat, seated
from desktop.bench.windows.gaps import TIMER_MS, Gaps
from desktop.bench.windows.stalling import WindowDriver
from desktop.bench.windows.waiting import let_run, rest, seconds_until
from desktop.ui.settings.backup import BackupCard

KEY: Final = "A"
"""What is typed, over and over."""
_BETWEEN_MS: Final = 150
_LEAST: Final = 20
_MOST: Final = 600
_BREATH_MS: Final = 20
_PATIENCE: Final = 3_000
_EVERY: Final = 5
"""Keys between two looks at the statistics."""


@dataclass(frozen=True, slots=True)
class Saved:
    """So many keys are on the disk; ``under_way``: bundle or backup are not done yet. ``heads``: stream → how many
    entries were recorded before."""

    keys: int
    under_way: bool
    heads: dict[str, int]


def soak(
    folder: Path, bundles: Path, backups: Path, send: Callable[[Saved | Measured], object]
) -> None:
    """Work on the desk in ``folder``; what happens is sent as it comes."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("keys need a program with windows")
    with without_offscreen_remarks(), seated(app, folder) as seat:
        rest(seat.runner)
        with seat.session.store.read() as reader:
            heads = {str(name): last for name, last in reader.heads().items()}
        _begin(seat, bundles, backups)
        gaps, start = Gaps(), perf_counter()
        late = _typed(seat, lambda n, busy: send(Saved(n, busy, heads)))
        rest(seat.runner)
        gaps.stop()
        seat.intake.put_aside()
    send(Measured("soak_longest_gap", (max(1000 * gaps.largest_own - TIMER_MS, 0.0),)))
    send(Measured("soak_latest_draft", (max(late),)))
    send(Measured("soak_keys", (float(len(late)),), "keys"))
    send(Measured("soak_until_rest", (perf_counter() - start,), "s"))


def _begin(seat: Seat, bundles: Path, backups: Path) -> None:
    """Take in the bundles, and copy everything."""
    driver = WindowDriver(seat.window, seat.runner, 0)
    driver.show("settings")
    card = seat.window.findChild(BackupCard)
    if not isinstance(card, BackupCard):
        raise TypeError("nothing makes backups")
    driver.show("sync")
    driver.click("sync_import")
    driver.choose_bundles(bundles)
    driver.rest()
    driver.click("import_accept")
    card.back_up_to(backups)


def _typed(seat: Seat, note: Callable[[int, bool], object]) -> tuple[float, ...]:
    """Milliseconds from each key until it is on the disk."""
    late: list[float] = []
    name = _name(seat)
    while len(late) < _LEAST or (len(late) < _MOST and seat.runner.busy):
        type_one = partial(QTest.keyClicks, name, KEY)
        late.append(1000 * seconds_until(seat.intake.settled, type_one))
        note(len(late), seat.runner.busy)
        if len(late) % _EVERY == 0:
            seat.window.show_page("statistics")
            let_run(_BETWEEN_MS)
            name = _name(seat)
        let_run(_BETWEEN_MS)
    return tuple(late)


def _name(seat: Seat) -> QWidget:
    """Where the name is typed, once the report can be typed on."""
    seat.window.show_page("intake")
    for _ in range(_PATIENCE):
        name = seat.window.findChild(QWidget, "victim.name")
        if name is not None and name.isVisible() and name.isEnabled():
            name.setFocus(Qt.FocusReason.TabFocusReason)
            return name
        let_run(_BREATH_MS)
    raise TimeoutError("no report could be typed")
