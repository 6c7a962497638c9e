"""Work of which only the latest counts: whoever asks again no longer wants what was asked before, and whoever left the
page it was asked on wants nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import (
    Failed,
    Lane,
    LivingCall,
    Progressed,
    Runner,
    TaskHandle,
)

T = TypeVar("T")


def is_in_front(page: QWidget) -> bool:
    """Whether the person works on it: it is in front, and nothing else is on its way into its place."""
    return page.isVisible() and page.isEnabled()


class _Asked(QObject):
    """One request; its outcome is delivered while it is the latest."""

    def __init__(
        self,
        latest: Latest,
        succeed: LivingCall,
        fail: LivingCall,
        drop: Callable[[Any], object] | None,
        report: LivingCall | None,
    ) -> None:
        super().__init__(latest)
        self._report = report
        self._latest = latest
        self._succeed = succeed
        self._fail = fail
        self._drop = drop
        self.handle: TaskHandle | None = None

    def advance(self, done: int, total: int) -> None:
        """It goes on."""
        if self._report is not None and self._latest.is_wanted(self):
            self._report(done, total)

    def succeed(self, result: object) -> None:
        """The work is done."""
        self.deleteLater()
        if self._latest.over(self) and self._latest.heard:
            self._succeed(result)
        elif self._drop is not None:
            self._drop(result)

    def fail(self, error: Exception) -> None:
        """It could not be done, or was asked to stop with everything else."""
        self.deleteLater()
        if self._latest.over(self) and not isinstance(error, Cancelled):
            self._fail(error)


class Latest(QObject):
    """What was started before is asked to stop, and nothing is heard of it. That work was stopped is never heard of.
    ``page``: no result is heard of while another page is in front; that it failed is."""

    def __init__(self, runner: Runner, owner: QObject, page: QWidget | None = None) -> None:
        super().__init__(owner)
        self._runner = runner
        self._page = page
        self._asked: _Asked | None = None

    def start(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        on_success: Callable[[T], object],
        on_failure: Failed,
        drop: Callable[[T], object] | None = None,
        advance: Progressed | None = None,
    ) -> None:
        """As :meth:`desktop.ui.shared.kit.task_runner.Runner.start`, instead of what was started before. ``drop``: done
        with a result that is not heard of; ``advance`` hears how far it is, as long as it is wanted."""
        self.stop()
        report = LivingCall(advance) if advance is not None else None
        calls = LivingCall(on_success), LivingCall(on_failure)
        self._asked = asked = _Asked(self, *calls, drop, report)
        asked.handle = self._runner.start(lane, work, asked.succeed, asked.fail, asked.advance)

    @property
    def heard(self) -> bool:
        """Whether results are wanted where they would be shown."""
        return self._page is None or is_in_front(self._page)

    @property
    def waits(self) -> bool:
        """Whether an outcome is waited for."""
        return self._asked is not None

    def stop(self) -> None:
        """Nobody waits any more."""
        asked, self._asked = self._asked, None
        if asked is not None and asked.handle is not None:
            asked.handle.cancel()

    def is_wanted(self, asked: _Asked) -> bool:
        """Whether it is the latest."""
        return asked is self._asked

    def over(self, asked: _Asked) -> bool:
        """Whether what is over was still wanted."""
        wanted = asked is self._asked
        if wanted:
            self._asked = None
        return wanted
