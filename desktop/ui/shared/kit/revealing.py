"""Whether the personal numbers of cases are shown in full; doing so is entered in the journal of each first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import CaseId
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of

Cases = tuple[CaseId, ...]


class Revealing(QObject):
    """``changed`` when numbers are to be shown in the other way; ``recorded`` after the journal heard of it;
    ``failed(error)`` when it could not, and they stay masked."""

    changed = Signal()
    recorded = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, session: Session, page: QObject) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._cases: Cases = ()
        self._on = False

    @property
    def on(self) -> bool:
        """Whether they are shown in full."""
        return self._on

    def begin(self, *cases: CaseId) -> None:
        """Other cases, or the same looked at again: masked. ``""``: a case that is not known here yet."""
        self._cases = cases
        self._turn(on=False)

    def toggle(self) -> None:
        """Mask, or ask the journal and show."""
        if self._on:
            self._turn(on=False)
        elif self._cases:
            self.record(self._entered)

    def record(self, then: Callable[[Cases], object]) -> None:
        """Enter it, then call ``then``, a bound method, with the cases it was entered for."""
        work = work_of(_reveal, self._session, self._cases)
        self._kit.runner.start("db", work, then, self._refused)

    def _entered(self, cases: Cases) -> None:
        """Only what is in the journal is shown."""
        if cases == self._cases:
            self._turn(on=True)
            self.recorded.emit()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)

    def _turn(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.changed.emit()


def _reveal(session: Session, cases: Cases) -> Cases:
    for case in filter(None, cases):
        reveal_case(session, case)
    return cases
