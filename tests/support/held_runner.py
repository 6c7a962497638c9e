"""A runner that does nothing until told: for tests of what is on screen while work is going on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import (
    CalledProgress,
    Failed,
    Lane,
    LivingCall,
    Progressed,
    TaskHandle,
)

T = TypeVar("T")


class HeldTask(CalledProgress):
    """Queued work. It is its own progress and its own handle."""

    def __init__(
        self,
        lane: Lane,
        work: Callable[[Progress], Any],
        succeed: LivingCall,
        fail: LivingCall,
        report: LivingCall | None,
    ) -> None:
        super().__init__(report)
        self.lane = lane
        self.finished = False
        self._work = work
        self._succeed = succeed
        self._fail = fail

    def cancel(self) -> None:
        self.cancelled = True

    def run(self) -> None:
        """Do the work now and deliver the outcome."""
        try:
            self.check()
            result = self._work(self)
        except Exception as error:  # noqa: BLE001 - whatever the work raised is its outcome
            self.finished = True
            self._fail(error)
        else:
            self.finished = True
            self._succeed(result)


class HeldRunner:
    """``tasks``: what waits, oldest first."""

    def __init__(self) -> None:
        self.tasks: list[HeldTask] = []

    @property
    def busy(self) -> bool:
        return bool(self.tasks)

    def start(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        on_success: Callable[[T], object],
        on_failure: Failed,
        on_progress: Progressed | None = None,
    ) -> TaskHandle:
        report = LivingCall(on_progress) if on_progress else None
        task = HeldTask(lane, work, LivingCall(on_success), LivingCall(on_failure), report)
        self.tasks.append(task)
        return task

    def run_next(self) -> None:
        """Run the oldest task."""
        self.tasks.pop(0).run()

    def run_all(self) -> None:
        """Run until nothing waits, whatever is started meanwhile included."""
        while self.tasks:
            self.run_next()

    def cancel_all(self, lane: Lane | None = None) -> None:
        for task in self.tasks:
            if lane in (None, task.lane):
                task.cancel()

    def when_idle(self, call: Callable[[], object]) -> None:
        if not self.tasks:
            LivingCall(call)()

    def shutdown(self) -> None:
        self.tasks.clear()
