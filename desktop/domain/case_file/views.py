"""Read models: what lists and pages show. Built by storage from the journal, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from desktop.domain.cases.case import Case, CaseState, Identifier
from desktop.domain.cases.case_holder import CaseHolder, letter_of
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.people.person import PersonTie
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.cases.step import ProcedureStep
from desktop.domain.cases.supplement import Supplement
from desktop.domain.cases.tasks.assigned_task import AssignedTask
from desktop.domain.cases.tasks.task import Task
from desktop.domain.evidence.custody import CustodyTransfer, Seal
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import NO_MONEY, MoneyTimeline
from desktop.domain.orders.order import Order, OrderState
from desktop.domain.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One card of the board. Amounts in fen.

    ``stop_ends_at``: the earliest end of a live stop; ``newest_transfer_at``: start of the golden window;
    ``sync``: 0 only here, 1 partly acknowledged by the centre, 2 wholly acknowledged.
    """

    id: CaseId
    number: str
    visit: str
    state: CaseState
    type: str
    victim: str
    loss_fen: int
    accepted_at: datetime
    accepted_by: str
    newest_transfer_at: datetime | None
    stop_ends_at: datetime | None
    evidence_count: int
    order_count: int
    unanswered_orders: int
    conflicts: int
    sync: int
    open_tasks: int = 0
    task_due_at: datetime | None = None
    """When the first of the open tasks is due."""
    missing: str = ""
    """Source of the first paper still to be fetched, see :class:`~desktop.domain.cases.tasks.task.TaskSource`."""
    returned_fen: int = 0
    merged: int = 0
    """How many other reports of the same event are shown as this case."""
    home: str = ""
    """The device that registered it."""
    holder: CaseHolder | None = None
    """Who is in charge, where the case was ever offered or handed on; else it is the desk that registered it."""
    mismatches: int = 0
    """Orders that say something else than the case does by now."""
    unconfirmed: int = 0
    """Orders that one officer alone issued and no second confirmed yet."""
    unsent_orders: int = 0
    """Of the unanswered orders, those that have not left this desk."""
    assigned_tasks: int = 0
    """Of the open tasks, those that a centre gave."""
    money: MoneyTimeline = NO_MONEY
    """Where the money is; of cards that were read alone, nothing."""
    unit_name: str = ""
    """The station that registered it."""

    @property
    def desk(self) -> str:
        """The device in charge."""
        return self.holder.device if self.holder else self.home

    @property
    def desk_letter(self) -> str:
        """The letter of the desk in charge."""
        return self.holder.letter if self.holder else letter_of(self.number)

    @property
    def officer(self) -> str:
        """The officer who registered the case, or took it on since."""
        return self.holder.by if self.holder else self.accepted_by


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its case's words and how far it got."""

    order: Order
    case: CaseId
    case_number: str
    victim: str
    state: OrderState
    way: str = ""
    """How its payment left, of a call-back of what no bank can stop: it is called by what is asked for then."""
    despite: SentDespite | None = None
    """Why it was sent although the check said that something on it is wrong."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """An open task with its case's words."""

    task: Task
    case: CaseId
    case_number: str
    victim: str


@dataclass(frozen=True, slots=True)
class Contested:
    """One of several values of a field: as JSON text, by which officer, when by the clock of which device."""

    value: str
    officer: str = ""
    wall: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more values of one field that did not know of each other; the one that is shown meanwhile first."""

    subject: str
    field: str
    values: tuple[Contested, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything that hangs on it, in the officer's order."""

    case: Case
    transfers: tuple[Transfer, ...]
    identifiers: tuple[Identifier, ...]
    evidence: tuple[Evidence, ...]
    orders: tuple[OrderView, ...]
    conflicts: tuple[Conflict, ...]
    steps: tuple[ProcedureStep, ...] = ()
    tasks: tuple[Task, ...] = ()
    """Open ones first, see :func:`desktop.domain.cases.tasks.task.in_order`."""
    assigned: tuple[AssignedTask, ...] = ()
    """How far those of ``tasks`` got that a centre gave."""
    supplements: tuple[Supplement, ...] = ()
    """What was told after the report, as it was recorded."""
    papers: tuple[Paper, ...] = ()
    """By form, see :func:`desktop.domain.papers.paper.in_order`."""
    readings: tuple[ReadAloud, ...] = ()
    """Numbers a second person read aloud, oldest first."""
    seals: tuple[Seal, ...] = ()
    """Every seal there ever was, oldest first."""
    people: tuple[PersonTie, ...] = ()
    """Who has to do with the fraud, as recorded, oldest first; what was taken back is marked."""
    custody: tuple[CustodyTransfer, ...] = ()
    """Evidence that passed from hand to hand, oldest first."""
    of_others: Mapping[str, CaseId] = field(default_factory=dict)
    """Payments and evidence of another victim, of reports joined to this one → that victim's report."""
    home: str = ""
    recorded_holder: CaseHolder | None = None
    """As on :class:`CaseCard`."""

    @property
    def paid(self) -> tuple[Transfer, ...]:
        """Payments by which money left: one that failed (未遂) put nothing into its payee's account."""
        return tuple(item for item in self.transfers if not item.attempted)

    @property
    def holder(self) -> CaseHolder:
        """Who is in charge, said in full."""
        case = self.case
        return self.recorded_holder or CaseHolder(
            self.home, letter_of(case.number), case.accepted_by, case.accepted_at
        )


@dataclass(frozen=True, slots=True)
class CarriedCase:
    """A case that is not wholly at the centre yet, as the readme of a bundle names it."""

    id: CaseId
    number: str
    victim: str
    loss_fen: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One journal entry as the case page lists it."""

    wall: datetime
    officer: str
    kind: str
    subject: str
    fields: tuple[tuple[str, str], ...]
    stream: str
    seq: int


@dataclass(frozen=True, slots=True)
class SameAccount:
    """Another case in which an account or identifier was seen."""

    case: CaseId
    number: str
    type: str
    unit_name: str
    accepted_at: datetime
    loss_fen: int


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case found by the global search and the text that matched."""

    case: CaseId
    number: str
    victim: str
    type: str
    loss_fen: int
    state: CaseState
    snippet: str
    visit: str = "report"
    marks: tuple[tuple[int, int], ...] = ()
    """From and to of what was asked for, in ``snippet``."""


class CaseHits(NamedTuple):
    """The first cases a search found; ``more``: there are others."""

    hits: tuple[CaseHit, ...]
    more: bool = False


class HitCount(NamedTuple):
    """How many cases a search finds; ``more``: even more than that, which nobody counted."""

    total: int
    more: bool = False
