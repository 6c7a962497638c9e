"""Verification and copies: long reads of the vault with progress and a way to stop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.port import EvidencePort
from desktop.ui.evidence.save_copy import save_copy
from desktop.ui.evidence.work_strip import WorkStrip
from desktop.ui.shared.task_runner import Runner, TaskHandle


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which items were read and which of them are damaged."""

    checked: tuple[EvidenceId, ...]
    bad: tuple[EvidenceId, ...]


class Checking(QObject):
    """One verification and one copy at a time; asking again meanwhile changes nothing."""

    verified = Signal(object)
    """An ``Outcome``."""
    copied = Signal(object)
    """The path."""
    failed = Signal(object)

    def __init__(
        self, runner: Runner, port: EvidencePort, strip: WorkStrip, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._runner = runner
        self._port = port
        self._strip = strip
        self._verifying: TaskHandle | None = None
        self._copying: TaskHandle | None = None
        self._busy = {"verify": False, "copy": False}
        strip.verify.cancelled.connect(self._stop_verifying)
        strip.copy.cancelled.connect(self._stop_copying)

    def verify(self, items: tuple[Evidence, ...], *, whole: bool) -> None:
        """Read ``items`` and compare; ``whole``: they are all the case has."""
        if self._busy["verify"] or not items:
            return
        self._busy["verify"] = True
        self._strip.begin(self._strip.verify, "evidence.work.verify", count=len(items))
        work = partial(_verify, self._port, items, None if whole else items[0].id)
        self._verifying = self._runner.start(
            "files", work, self._verified, self._verify_failed, self._strip.verify.advance
        )

    def copy(self, item: Evidence, target: Path) -> None:
        """Write a plain copy."""
        if self._busy["copy"]:
            return
        self._busy["copy"] = True
        self._strip.begin(self._strip.copy, "evidence.work.copy")
        work = partial(save_copy, self._port, item, target)
        self._copying = self._runner.start(
            "files", work, self._copied, self._copy_failed, self._strip.copy.advance
        )

    def _verified(self, outcome: Outcome) -> None:
        self._end_verify()
        self.verified.emit(outcome)

    def _verify_failed(self, error: Exception) -> None:
        self._end_verify()
        self.failed.emit(error)

    def _copied(self, target: Path) -> None:
        self._end_copy()
        self.copied.emit(target)

    def _copy_failed(self, error: Exception) -> None:
        self._end_copy()
        self.failed.emit(error)

    def _end_verify(self) -> None:
        self._busy["verify"] = False
        self._strip.finish(self._strip.verify)

    def _end_copy(self) -> None:
        self._busy["copy"] = False
        self._strip.finish(self._strip.copy)

    def _stop_verifying(self) -> None:
        if self._verifying is not None:
            self._verifying.cancel()

    def _stop_copying(self) -> None:
        if self._copying is not None:
            self._copying.cancel()


def _verify(
    port: EvidencePort,
    items: tuple[Evidence, ...],
    only: EvidenceId | None,
    progress: Progress,
) -> Outcome:
    bad = port.verify(only, progress)
    return Outcome(tuple(item.id for item in items), bad)
