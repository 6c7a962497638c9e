"""From the first instruction of the program to the board of whoever signed in, beside an empty PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from desktop.bench.measure import seconds

_EMPTY: Final = (
    "-c",
    (
        "from PySide6.QtWidgets import QApplication, QWidget\nfrom PySide6.QtCore import QTimer\n"
        "a = QApplication([]); w = QWidget(); w.show(); QTimer.singleShot(0, a.quit); a.exec()"
    ),
)
_OURS: Final = ("-m", "desktop.bench.windows.opened_board")


@dataclass(frozen=True, slots=True)
class StartTimes:
    """Seconds of each round."""

    ours: tuple[float, ...]
    empty: tuple[float, ...]


def start_times(folder: Path, rounds: int) -> StartTimes | None:
    """Of the profile in ``folder``, in turns; None in a frozen program, which has no interpreter for the empty
    window."""
    if getattr(sys, "frozen", False):
        return None
    ours, empty = [], []
    for _ in range(rounds):
        empty.append(seconds(partial(_run, _EMPTY, folder)))
        ours.append(seconds(partial(_run, _OURS, folder)))
    return StartTimes(tuple(ours), tuple(empty))


def _run(how: tuple[str, str], folder: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # it would make every import slower
    subprocess.run([sys.executable, *how, str(folder)], check=True, env=env)  # noqa: S603 - our own interpreter
