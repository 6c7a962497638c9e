"""The case page's port, bound to a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from desktop.domain.case_file.stop_to_freeze import stop_to_freeze_windows
from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.case_file.views import Conflict
from desktop.domain.cases.case import Identifier, OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import SupplementText
from desktop.domain.cases.task import TaskSource
from desktop.domain.cases.transfer import Transfer
from desktop.domain.identifiers import KINDS, check
from desktop.domain.ids import CaseId, DeviceId, OrderId, StepId, TaskId
from desktop.domain.law.deadlines import article_of
from desktop.domain.local_time import CHINA
from desktop.domain.statements.proposal import Extraction
from desktop.services.audit.open_case import open_case
from desktop.services.cases.add_supplement import add_supplement
from desktop.services.cases.amend_case import resolve_conflict
from desktop.services.cases.case_money import money_of_case
from desktop.services.cases.change_holder import change_holder, holder_state
from desktop.services.cases.drafts import unrecorded_draft
from desktop.services.cases.merge_cases import likely_repeats, merge_cases, unmerge_case, whole_file
from desktop.services.cases.read_aloud import record_read_aloud
from desktop.services.cases.tasks import accept_proposal, add_task, finish_task, reopen_task
from desktop.services.evidence.completeness import reverify_clock
from desktop.services.exchange.delivery import case_delivery
from desktop.services.extraction.read_pasted import read_pasted
from desktop.services.look_up import (
    case_deadlines,
    desk_letters,
    find_case,
    history,
    officer_names,
    same_account,
)
from desktop.services.orders.issue_order import stop_transfer
from desktop.services.orders.list_orders import orders_of_case
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.orders.record_step import record_step, withdraw_step
from desktop.services.orders.set_official_numbers import set_official_numbers
from desktop.services.papers.draw_form import draw_stop_form, list_forms, sets_in_use
from desktop.services.ports import Pdf
from desktop.services.series.propose_series import series_hint
from desktop.services.session import Session
from desktop.ui.case.papers.session_papers import SessionPapers, changed_since
from desktop.ui.case.sheet import CaseSheet, DeadlineLine
from desktop.ui.shared.orders.order_clock import row_of
from desktop.ui.shared.orders.ordering.session_ordering import SessionOrdering


class SessionCase(SessionPapers):
    """``reveal`` records that the personal numbers of a case were shown in full."""

    def __init__(self, session: Session, reveal: Callable[[CaseId], None]) -> None:
        super().__init__(session)
        self.ordering = SessionOrdering(session)
        self._reveal = reveal

    def load(self, case: CaseId) -> CaseSheet:
        """The case with all that hangs on it."""
        session = self._session
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
            lead_facts={item.id: self._facts_of(item) for item in file.identifiers},
            elsewhere={
                item.id: same_account(session, item.normal, case) for item in file.identifiers
            },
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

    def _facts_of(self, lead: Identifier) -> Mapping[str, str]:
        """What a lead says of itself; nothing for a kind of a newer program."""
        if lead.kind not in KINDS:
            return {}
        today = self._session.clock.now().astimezone(CHINA).date()
        return check(lead.kind, lead.value, self._session.directories, today).facts

    def issue_stop(self, case: CaseId, seen: Transfer, *, confirmed: bool) -> OrderId:
        """Order the stop of a transfer as it was shown; it hangs on the report that told of it."""
        _, merger = whole_file(self._session, case)
        owner = merger.origins.get(seen.id, case)
        return stop_transfer(self._session, owner, seen, confirmed=confirmed).order.id

    def resolve(self, conflict: Conflict, value: str) -> None:
        """Decide a conflict for one of the values that were shown."""
        resolve_conflict(self._session, conflict, value)

    def record_step(
        self, case: CaseId, kind: StepKind, at: datetime, number: str, note: str
    ) -> None:
        """Record a procedural step."""
        record_step(self._session, case, kind, at, number, note)

    def withdraw_step(self, case: CaseId, step: StepId, reason: str) -> None:
        """Take back a step that was recorded by mistake."""
        withdraw_step(self._session, case, step, reason)

    def set_official(self, case: CaseId, numbers: OfficialNumbers) -> None:
        """Record the numbers of the official register."""
        set_official_numbers(self._session, case, numbers)

    def add_task(self, case: CaseId, words: str, due: datetime | None, source: TaskSource) -> None:
        """Record something to be done."""
        add_task(self._session, case, words, due, source=source)

    def accept_task(self, case: CaseId, proposal: TaskProposal, words: str) -> None:
        """Take on what the program proposed."""
        accept_proposal(self._session, case, proposal, words)

    def finish_task(self, task: TaskId) -> None:
        """Tick a task off."""
        finish_task(self._session, task)

    def reopen_task(self, task: TaskId) -> None:
        """Take the tick back."""
        reopen_task(self._session, task)

    def record_read_aloud(self, case: CaseId, number: str, reader: str) -> None:
        """Record that ``reader`` read the number aloud."""
        record_read_aloud(self._session, case, number, reader)

    def read_pasted(self, text: str) -> Extraction:
        """What a pasted text proposes."""
        return read_pasted(self._session, text)

    def supplement(self, case: CaseId, typed: SupplementText) -> None:
        """Add to the report what was told later."""
        add_supplement(self._session, case, typed)

    def merge(self, case: CaseId, number: str, reason: str, *, leads: bool) -> None:
        """Tell two cases as one."""
        other = find_case(self._session, number)
        lead, merged = (case, other) if leads else (other, case)
        merge_cases(self._session, lead, merged, reason)

    def unmerge(self, case: CaseId, reason: str) -> None:
        """Let a merged case stand by itself again."""
        unmerge_case(self._session, case, reason)

    def change_holder(self, case: CaseId, act: str, to: DeviceId, reason: str) -> None:
        """Hand the case to another desk, or answer."""
        change_holder(self._session, case, act, to, reason)

    def slip(self, *orders: OrderId) -> Slip:
        """The order as a sealed QR code."""
        return make_slip(self._session, *orders)

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        return draw_stop_form(self._session, order)

    def reveal(self, case: CaseId) -> None:
        """Record that the personal numbers of a case were shown in full."""
        self._reveal(case)
