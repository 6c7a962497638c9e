"""What the case page asks of the desk, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.case_file.views import Conflict
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import SupplementText
from desktop.domain.cases.task import TaskSource
from desktop.domain.cases.transfer import Transfer
from desktop.domain.ids import CaseId, DeviceId, OrderId, StepId, TaskId
from desktop.domain.scripts import NO_SCRIPTS, Scripts
from desktop.domain.statements.proposal import Extraction
from desktop.ui.case.evidence_tab import EvidenceFactory
from desktop.ui.case.flow_tab import FlowFactory, no_flow
from desktop.ui.case.paper_port import PaperPort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.ordering.port import OrderPort
from desktop.ui.shared.widgets.page_view import DrawPage

if TYPE_CHECKING:
    from desktop.services.orders.make_slip import Slip
    from desktop.services.ports import Pdf


class CasePort(PaperPort, Protocol):
    """The services behind the page. All may be slow, run in lane ``db`` and raise ``AppError``."""

    @property
    def ordering(self) -> OrderPort:
        """The orders of a case."""
        ...

    def load(self, case: CaseId) -> CaseSheet:
        """The case with all that hangs on it."""
        ...

    def issue_stop(self, case: CaseId, seen: Transfer, *, confirmed: bool) -> OrderId:
        """Order the stop of a transfer as it was shown; ``UserInputError("order.unconfirmed")`` when something is to
        be checked, ``RuleError("order.amended")`` when it was changed meanwhile."""
        ...

    def resolve(self, conflict: Conflict, value: str) -> None:
        """Decide a conflict for one of the values that were shown."""
        ...

    def record_step(
        self, case: CaseId, kind: StepKind, at: datetime, number: str, note: str
    ) -> None:
        """Record a procedural step."""
        ...

    def withdraw_step(self, case: CaseId, step: StepId, reason: str) -> None:
        """Take back a step that was recorded by mistake."""
        ...

    def set_official(self, case: CaseId, numbers: OfficialNumbers) -> None:
        """Record the numbers of the official register."""
        ...

    def add_task(self, case: CaseId, words: str, due: datetime | None, source: TaskSource) -> None:
        """Record something to be done."""
        ...

    def accept_task(self, case: CaseId, proposal: TaskProposal, words: str) -> None:
        """Take on what the program proposed."""
        ...

    def finish_task(self, task: TaskId) -> None:
        """Tick a task off."""
        ...

    def reopen_task(self, task: TaskId) -> None:
        """Take the tick back."""
        ...

    def record_read_aloud(self, case: CaseId, number: str, reader: str) -> None:
        """Record that ``reader`` read the number aloud; raises ``AppError`` for one who may not."""
        ...

    def read_pasted(self, text: str) -> Extraction:
        """What a pasted text proposes; touches no database."""
        ...

    def supplement(self, case: CaseId, typed: SupplementText) -> None:
        """Add to the report what was told later."""
        ...

    def merge(self, case: CaseId, number: str, reason: str, *, leads: bool) -> None:
        """Tell the case and the one of that number as one; ``leads``: the first of them leads."""
        ...

    def unmerge(self, case: CaseId, reason: str) -> None:
        """Let a merged case stand by itself again."""
        ...

    def change_holder(self, case: CaseId, act: str, to: DeviceId, reason: str) -> None:
        """Hand the case to another desk, or answer; ``act`` as :mod:`desktop.services.cases.change_holder` names it."""
        ...

    def slip(self, *orders: OrderId) -> Slip:
        """The order as a sealed QR code."""
        ...

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        ...

    def reveal(self, case: CaseId) -> None:
        """Record that the personal numbers of a case were shown in full."""
        ...


class CaseNavigator(Protocol):
    """The ways out of the page; the window that holds the screens implements it."""

    def open_case(self, case: CaseId) -> None:
        """Show another case."""
        ...

    def edit_case(self, case: CaseId) -> None:
        """Open the case in the wizard."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...


@dataclass(frozen=True, slots=True)
class CaseSetup:
    """What the page must know beforehand.

    ``type_name`` names a scam type in the language shown. ``evidence_factory`` makes the pane of a case.
    ``draw_page`` turns a page of a PDF into a picture; never called on the GUI thread. ``limits``: when clocks
    turn red or amber.
    """

    type_name: Callable[[str], str]
    evidence_factory: EvidenceFactory
    draw_page: DrawPage
    limits: ClockLimits
    scripts: Scripts = NO_SCRIPTS
    """The questions behind the answers of a case."""
    flow_factory: FlowFactory = no_flow
    """Makes the money flow of a case."""
    people_factory: FlowFactory = no_flow
    """Makes the page of the persons of a case."""
    writes: bool = True
    """Whether the officer adds to a case here; a centre reads what its stations wrote."""
    orders: bool = True
    """Whether the officer may order a stop and record what was answered."""
