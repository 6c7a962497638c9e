"""Waiting for a window: for something that it says, for a picture of it, and until it is at rest."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final, Protocol

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui.shared.kit.thread_runner import TaskRunner

_PATIENCE_MS: Final = 600_000
_BREATH_MS: Final = 20


class _Says(Protocol):
    """A signal of an object."""

    def connect(self, slot: Callable[[], object], /) -> object:
        """Hear of it."""
        ...

    def disconnect(self, slot: Callable[[], object], /) -> object:
        """Hear of it no more."""
        ...


def let_run(milliseconds: int) -> None:
    """Events are worked on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def seconds_until(says: _Says, begin: Callable[[], object]) -> float:
    """From the beginning of ``begin`` until the signal came and what it changed is painted. Raises ``TimeoutError``."""
    loop, heard = QEventLoop(), []

    def came(*_: object) -> None:
        heard.append(True)
        loop.quit()

    says.connect(came)
    watch = QTimer(singleShot=True)
    watch.timeout.connect(loop.quit)
    watch.start(_PATIENCE_MS)
    start = perf_counter()
    begin()
    if not heard:
        loop.exec()
    says.disconnect(came)
    if not heard:
        raise TimeoutError("the window did not say that it is ready")
    QApplication.processEvents()
    return perf_counter() - start


def rest(runner: TaskRunner) -> None:
    """Until no work is pending and what it brought is painted. Raises ``TimeoutError``."""
    for _ in range(_PATIENCE_MS // _BREATH_MS):
        let_run(_BREATH_MS)
        if not runner.busy:
            let_run(_BREATH_MS)
            if not runner.busy:
                return
    raise TimeoutError("the work did not end")
