"""Waiting for a window: for a signal of it and the picture that follows, and until it is at rest."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final, Protocol

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui.shared.kit.task_runner import Runner

_PATIENCE_MS: Final = 600_000
_BREATH_MS: Final = 20


class _Signal(Protocol):
    """A signal of an object."""

    def connect(self, slot: Callable[[], object], /) -> object:
        """Call the slot each time it comes."""
        ...

    def disconnect(self, slot: Callable[[], object], /) -> object:
        """No longer."""
        ...


def let_run(milliseconds: int) -> None:
    """Events are worked on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def seconds_until(signal: _Signal, begin: Callable[[], object]) -> float:
    """From the beginning of ``begin`` until the signal came and what it changed is painted. Raises ``TimeoutError``."""
    loop, came = QEventLoop(), []

    def note(*_: object) -> None:
        came.append(True)
        loop.quit()

    signal.connect(note)
    limit = QTimer(singleShot=True)
    limit.timeout.connect(loop.quit)
    limit.start(_PATIENCE_MS)
    start = perf_counter()
    begin()
    if not came:
        loop.exec()
    signal.disconnect(note)
    if not came:
        raise TimeoutError("the window did not become ready")
    QApplication.processEvents()
    return perf_counter() - start


def rest(runner: Runner) -> None:
    """Until no work is pending and what it brought is painted. Raises ``TimeoutError``."""
    for _ in range(_PATIENCE_MS // _BREATH_MS):
        let_run(_BREATH_MS)
        if not runner.busy:
            let_run(_BREATH_MS)
            if not runner.busy:
                return
    raise TimeoutError("the work did not end")
