"""Reads the case for its page, as often as it takes and never more."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import CaseId
from desktop.services.case_sheet import CaseSheet, read_sheet
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


class _Reading(QObject):
    """One reading. ``begun``: it has looked, so that what is recorded from now on may be missing in it."""

    over = Signal(object)

    def __init__(self, case: CaseId, owner: QObject) -> None:
        super().__init__(owner)
        self.case = case
        self.begun = False
        self.sheet: CaseSheet | None = None
        self.error: Exception | None = None

    def work(self, session: Session) -> CaseSheet:
        """On the database lane."""
        self.begun = True
        return read_sheet(session, self.case)

    def succeed(self, sheet: CaseSheet) -> None:
        """It is here."""
        self.sheet = sheet
        self.over.emit(self)

    def fail(self, error: Exception) -> None:
        """It could not be read."""
        self.error = error
        self.over.emit(self)


class CaseLoader(QObject):
    """``read(sheet)`` or ``failed(error)`` follows each wish. One that is still queued will do for another wish; one
    that has begun is read once more."""

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, session: Session, page: QObject) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._reading: _Reading | None = None
        self._again = False

    def want(self, case: CaseId) -> None:
        """Read the case."""
        reading = self._reading
        if reading is not None and reading.case == case:
            self._again = reading.begun
            return
        self._reading = reading = _Reading(case, self)
        self._again = False
        reading.over.connect(self._over)
        work = work_of(reading.work, self._session)
        self._kit.runner.start("db", work, reading.succeed, reading.fail)

    def _over(self, reading: _Reading) -> None:
        reading.deleteLater()
        if reading is not self._reading:
            return  # another case was opened meanwhile
        self._reading, again = None, self._again
        if reading.error is not None:
            self.failed.emit(reading.error)
        else:
            self.read.emit(reading.sheet)
        if again:
            self.want(reading.case)
