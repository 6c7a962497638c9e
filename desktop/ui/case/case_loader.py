"""Reads the case for its page, as often as it takes and never more."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.case_file.stop_to_freeze import stop_to_freeze_windows
from desktop.domain.cases.case import Identifier
from desktop.domain.identifiers import KINDS, check
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import article_of
from desktop.domain.local_time import CHINA
from desktop.services.audit.open_case import open_case
from desktop.services.cases.case_money import money_of_case
from desktop.services.cases.change_holder import holder_state
from desktop.services.cases.drafts import unrecorded_draft
from desktop.services.cases.merge_cases import likely_repeats
from desktop.services.evidence.completeness import reverify_clock
from desktop.services.exchange.delivery import case_delivery
from desktop.services.look_up import (
    case_deadlines,
    desk_letters,
    history,
    officer_names,
    same_account,
)
from desktop.services.orders.list_orders import orders_of_case
from desktop.services.papers.draw_form import list_forms, sets_in_use
from desktop.services.series.propose_series import series_hint
from desktop.services.session import Session
from desktop.ui.case.papers.shown_paper import changed_since
from desktop.ui.case.sheet import CaseSheet, DeadlineLine
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.order_clock import row_of


def read_sheet(session: Session, case: CaseId) -> CaseSheet:
    """The case with all that hangs on it."""
    file, merger = open_case(session, case)
    rows = history(session, case)
    again = reverify_clock(session, file, rows)
    clocks = (*case_deadlines(session, file, merger), *((again,) if again else ()))
    lines = [DeadlineLine(deadline, article_of(session.rules, deadline)) for deadline in clocks]
    return CaseSheet(
        file=file,
        deadlines=tuple(lines),
        history=rows,
        officers=officer_names(session),
        letters=desk_letters(session) if file.conflicts else {},
        forms=list_forms(session),
        merger=merger,
        money=money_of_case(session, merger.once(file)),
        repeats=() if merger.lead else likely_repeats(session, file),
        lead_facts={item.id: _facts_of(session, item) for item in file.identifiers},
        elsewhere={item.id: same_account(session, item.normal, case) for item in file.identifiers},
        bridges=stop_to_freeze_windows(
            session.rules, [view.order for view in file.orders], file.steps
        ),
        on_clock={item.view.order.id: row_of(item) for item in orders_of_case(session, file)},
        changed=changed_since(session, file),
        sets=sets_in_use(session),
        series=series_hint(session, case),
        holder=holder_state(session, file),
        delivery=case_delivery(session, case),
        amendment=unrecorded_draft(session, case),
    )


def _facts_of(session: Session, lead: Identifier) -> Mapping[str, str]:
    """What a lead says of itself; nothing for a kind of a newer program."""
    if lead.kind not in KINDS:
        return {}
    today = session.clock.now().astimezone(CHINA).date()
    return check(lead.kind, lead.value, session.directories, today).facts


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
