"""Stand-ins for time, threads and the desk behind the wizard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.domain.progress import SILENT
from desktop.ui.intake.alarm import Alarm
from desktop.ui.shared.task_runner import LivingCall


class ManualAlarm(Alarm):
    """Rings when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.set_to: int | None = None

    def start(self, milliseconds: int) -> None:
        self.set_to = milliseconds

    def stop(self) -> None:
        self.set_to = None

    @property
    def active(self) -> bool:
        return self.set_to is not None

    def ring(self) -> None:
        if self.set_to is not None:
            self.set_to = None
            self.rang.emit()


class Alarms:
    """Makes alarms and keeps them."""

    def __init__(self) -> None:
        self.made: list[ManualAlarm] = []

    def __call__(self) -> ManualAlarm:
        self.made.append(ManualAlarm())
        return self.made[-1]

    def ring_all(self) -> None:
        for alarm in list(self.made):
            alarm.ring()


class _Held:
    finished = False

    def cancel(self) -> None:
        """Never asked in these tests."""


class HeldRunner:
    """Keeps started work until the test lets it happen."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[..., Any], LivingCall, LivingCall]] = []

    @property
    def busy(self) -> bool:
        return bool(self.waiting)

    def start(self, lane, work, on_success, on_failure, on_progress=None):
        self.waiting.append((work, LivingCall(on_success), LivingCall(on_failure)))
        return _Held()

    def finish_one(self, failure: Exception | None = None) -> None:
        """Do the oldest work, or let it fail."""
        work, succeed, fail = self.waiting.pop(0)
        if failure is not None:
            fail(failure)
        else:
            succeed(work(SILENT))

    def finish_all(self) -> None:
        while self.waiting:
            self.finish_one()

    def cancel_all(self) -> None:
        """Nothing to do."""

    def shutdown(self) -> None:
        self.waiting.clear()
