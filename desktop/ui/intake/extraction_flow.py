"""From any page to the evidence, to read a bill or screenshots, and back with what was read."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.intake_pages import IntakePages
from desktop.ui.intake.paths import PAGE_EVIDENCE
from desktop.ui.intake.step_way import StepWay


class ExtractionFlow(QObject):
    """Files that are read are evidence first: the way leads over their page."""

    def __init__(self, owner: QWidget, steps: StepWay, pages: IntakePages) -> None:
        super().__init__(owner)
        self._steps = steps
        self._pages = pages
        self._back: int | None = None
        pages.panel.read_wanted.connect(self.start)
        pages.sink.taken.connect(self._taken)

    def start(self) -> None:
        """Choose the files."""
        if PAGE_EVIDENCE not in self._steps.steps:
            return
        back = self._steps.page
        self._steps.go_to(PAGE_EVIDENCE)
        if self._steps.page == PAGE_EVIDENCE:
            self._back = back
            self._pages.evidence.add_and_read()

    def _taken(self, _count: int) -> None:
        """What was read stands in the form: show it behind the window."""
        back, self._back = self._back, None
        if back is not None and self._steps.page == PAGE_EVIDENCE:
            self._steps.go_to(back)
