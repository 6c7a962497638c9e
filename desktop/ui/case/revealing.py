"""Whether the personal numbers of a case are shown in full; doing so is entered in its journal first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit


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
        self._case: CaseId | None = None
        self._on = False

    @property
    def on(self) -> bool:
        """Whether they are shown in full."""
        return self._on

    def begin(self, case: CaseId | None) -> None:
        """Another case, or the same looked at again: masked."""
        self._case = case
        self._turn(on=False)

    def toggle(self) -> None:
        """Mask, or ask the journal and show."""
        if self._on:
            self._turn(on=False)
        elif self._case is not None:
            work = partial(_reveal, self._session, self._case)
            self._kit.runner.start("db", work, self._entered, self._refused)

    def _entered(self, case: CaseId) -> None:
        """Only what is in the journal is shown."""
        if case == self._case:
            self._turn(on=True)
            self.recorded.emit()

    def _refused(self, error: Exception) -> None:
        self._turn(on=False)
        self.failed.emit(error)

    def _turn(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.changed.emit()


def _reveal(session: Session, case: CaseId, _progress: Progress) -> CaseId:
    reveal_case(session, case)
    return case
