"""What the wizard is told by the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.domain.interview.scripts import NO_SCRIPTS, Scripts
from desktop.services.ports import Pdf
from desktop.ui.intake.form.alarm import AlarmSound, QtAlarm
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink


class IntakeNavigator(Protocol):
    """The ways out of the wizard; the window that holds the screens implements it."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...

    def leave_intake(self) -> None:
        """The report is put aside; the draft stays. Show what there is to do."""
        ...


@dataclass(frozen=True, slots=True)
class IntakeSetup:
    """What the wizard must know beforehand.

    ``types``: codes of the scam types in the order shown; ``type_name`` names one in the language
    shown. ``evidence_factory`` makes the pane of a case. ``red_under`` and ``amber_under``: time
    left at which the golden clock turns, from the rule pack. ``scripts``: what is asked of whom.
    """

    types: tuple[str, ...]
    type_name: Callable[[str], str]
    evidence_factory: Callable[[CaseId, ExtractionSink], QWidget]
    red_under: timedelta
    amber_under: timedelta
    make_alarm: Callable[[], AlarmSound] = QtAlarm
    scripts: Scripts = NO_SCRIPTS
    calls: bool = False
    """Whether people call, as at a centre, instead of coming to the counter: no evidence is brought then."""
