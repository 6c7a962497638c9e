"""What the desk's own sheets print: frozen facts that whoever knows them fills in, and a printer lays out.

Every instant is aware. Numbers with "local" in their name are ours and are printed as such; those with "official"
are printed only where a person typed them from the official system, else their place stays free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.case_file.statistics import Totals
from desktop.domain.cases.dissuasion import NO_DISSUASIONS, Dissuasions
from desktop.domain.cases.payments.transfer import Account, Channel
from desktop.domain.cases.payments.way import NO_WAY, PaymentWay
from desktop.domain.cases.tasks.assigned_task import AssignedKind
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.law.rule_list import ListedRule
from desktop.domain.law.rules import Unit
from desktop.domain.orders.order import OrderKind, OrderState, Terms
from desktop.domain.series.people_sheet import PeopleSheet


@dataclass(frozen=True, slots=True)
class CallSlipFacts:
    """What whoever called a centre is sent and brings to the station. ``number``: of the case, short; ``accounts``:
    masked, those a stop is asked for; ``station``: where the case was assigned, "" while nowhere; ``duty_phone``:
    the centre's, "" where nobody said it; ``mark``: what the ``code`` (PNG) says, "" for a case that bears no number of
    ours."""

    unit: str
    number: str
    at: datetime
    accounts: tuple[str, ...]
    station: str
    duty_phone: str
    mark: str
    code: bytes


@dataclass(frozen=True, slots=True)
class CentreChangeFacts:
    """Another centre takes the place of the ``former`` one at this desk: by whom, and which card it showed."""

    profile: Profile
    head: Officer
    second: Officer
    former: PeerCard
    card: PeerCard


NO_ACCOUNT: Final = Account()


@dataclass(frozen=True, slots=True)
class LegalTerm:
    """How long a measure holds, by which article."""

    value: int
    unit: Unit
    article: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One living order to an institution.

    ``wanted``: what else is asked in words (period of a query, scope of a freeze). ``until``: the instant the reply
    is due or the measure ends, ``article`` where that comes from; never a chance of the desk's own, such as the golden
    window. ``term``: how long the law lets the measure hold.
    """

    local_number: str
    kind: OrderKind
    state: OrderState
    account: Account
    amount_fen: int
    transfer_time: datetime | None
    channel: Channel | None
    issued_at: datetime
    order_number: str = ""
    serial: str = ""
    official_number: str = ""
    reason: str = ""
    wanted: str = ""
    until: datetime | None = None
    article: str = ""
    term: LegalTerm | None = None
    terms: Terms | None = None
    """What its kind says beside the payment."""
    way: PaymentWay = NO_WAY
    """How the payment left, where that was said."""
    payer: Account = NO_ACCOUNT
    """Of what the payer's bank is to send back: the account it left."""


@dataclass(frozen=True, slots=True)
class OrderSheetFacts:
    """All living orders of one case to one bank or payment institution. ``officers``: (number, name)."""

    institution: str
    local_case_number: str
    victim: str
    unit_name: str
    officers: tuple[tuple[str, str], ...]
    orders: tuple[OrderLine, ...]
    hotline: str = ""
    official_case_number: str = ""
    unit_phone: str = ""


@dataclass(frozen=True, slots=True)
class BatchLetterFacts:
    """The letter that goes with a batch of orders. ``centre`` sends it; ``workbook``: the file beside the letter that
    the receiver fills in and sends back."""

    batch: DispatchBatch
    centre: str
    officers: tuple[tuple[str, str], ...]
    workbook: str
    duty_phone: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsSheetFacts:
    """What a period came to. ``tables``: (what the rows are, (name, totals) of each); ``period`` in words."""

    unit_name: str
    period: str
    total: Totals
    tables: tuple[tuple[str, tuple[tuple[str, Totals], ...]], ...]
    dissuasions: Dissuasions = NO_DISSUASIONS


@dataclass(frozen=True, slots=True)
class RulesSheetFacts:
    """The rules by which a computer counts on ``day``, of the package of ``version``."""

    unit_name: str
    day: date
    version: str
    rules: tuple[ListedRule, ...]


@dataclass(frozen=True, slots=True)
class PeopleSheetFacts:
    """The persons behind some cases. ``officer``: (number, name) of who prints; ``officers``: number → name."""

    unit_name: str
    officer: tuple[str, str]
    sheet: PeopleSheet
    officers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MaskedSlipFacts:
    """One transfer whose payee number is masked, for the paying bank to print in full.

    ``candidates``: whole numbers that fit the shown digits and the check digit, when there are few. ``remind_at``:
    when the desk asks again.
    """

    local_case_number: str
    victim: str
    payer: Account
    payee: Account
    amount_fen: int
    time: datetime | None
    unit_name: str
    officers: tuple[tuple[str, str], ...]
    serial: str = ""
    order_number: str = ""
    channel: Channel | None = None
    hotline: str = ""
    candidates: tuple[str, ...] = ()
    remind_at: datetime | None = None
    official_case_number: str = ""


@dataclass(frozen=True, slots=True)
class HandoverClock:
    """A clock that runs on into the next shift; ``name`` in the words of the screen. ``note``: which order it hangs on.
    Not ``certain``: it rests on holidays nobody has announced. ``gone``: a chance that was missed within the hour."""

    local_case_number: str
    victim: str
    name: str
    at: datetime
    article: str = ""
    note: str = ""
    certain: bool = True
    gone: bool = False


@dataclass(frozen=True, slots=True)
class HandoverOlder:
    """Clocks that ran out before the shift and are not listed one by one: how many, and the ``oldest`` of them."""

    count: int
    oldest: HandoverClock


@dataclass(frozen=True, slots=True)
class HandoverTask:
    """A promise to a victim, digits that are missing, or another thing to do; ``due_at`` None: no time was set."""

    local_case_number: str
    victim: str
    text: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandoverCase:
    """A case that waits between two desks: offered by desk ``letter`` to us (``to_us``), or by us to it."""

    local_case_number: str
    victim: str
    letter: str
    to_us: bool
    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandoverSeat:
    """Who has how much in hand, and since when the oldest."""

    number: str
    name: str
    count: int
    oldest: datetime


class OpenPart(StrEnum):
    """What a centre's shift has open, as it is counted."""

    GOLDEN = "golden"
    UNANSWERED = "unanswered"
    LATE = "late"
    CALLS = "calls"
    TASKS = "tasks"
    LAPSING = "lapsing"
    APPROVALS = "approvals"
    CLOCKS = "clocks"
    """Clocks of cases that are not listed one by one."""


@dataclass(frozen=True, slots=True)
class HandoverDesk:
    """What the shift of a centre leaves beside its clocks. ``parts``: how much is open of what; ``seats``: who has what
    in hand; ``calls`` to call back, ``tasks`` of stations that are overdue; ``to_ring``: institutions that are late,
    with whoever answers there, "" where nobody wrote it down."""

    parts: tuple[tuple[OpenPart, int], ...] = ()
    seats: tuple[HandoverSeat, ...] = ()
    calls: tuple[HandoverTask, ...] = ()
    tasks: tuple[HandoverTask, ...] = ()
    to_ring: tuple[HandoverTask, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What one shift leaves to the next. Clocks and tasks print in order of expiry, those overdue first."""

    unit_name: str
    shift_from: datetime | None
    shift_to: datetime
    outgoing: tuple[tuple[str, str], ...]
    incoming: tuple[tuple[str, str], ...] = ()
    clocks: tuple[HandoverClock, ...] = ()
    older: HandoverOlder | None = None
    promises: tuple[HandoverTask, ...] = ()
    missing: tuple[HandoverTask, ...] = ()
    tasks: tuple[HandoverTask, ...] = ()
    cases: tuple[HandoverCase, ...] = ()
    news: tuple[HandoverTask, ...] = ()
    """What happened since the shift began, a line a case."""
    remarks: str = ""
    desk: HandoverDesk | None = None
    """Of a centre."""


@dataclass(frozen=True, slots=True)
class TaskSlipFacts:
    """A task of the centre, for whoever goes out for it. ``number``: of its case; ``name`` to ``address``: of whom it
    is about; ``given_by``, ``accepted_by``: officers' numbers, the second "" until somebody accepted it."""

    unit_name: str
    number: str
    kind: AssignedKind
    urgent: bool
    words: str
    due: datetime | None
    given_at: datetime | None
    given_by: str
    accepted_by: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class EnquiryGuidanceFacts:
    """What somebody who came to ask takes home.

    ``question`` as it was asked; ``type_name`` of the fraud it resembles, empty if none; ``signs`` are its marks and
    ``advice`` what to do, in plain sentences.
    """

    unit_name: str
    local_number: str
    asked_at: datetime
    officers: tuple[tuple[str, str], ...]
    name: str = ""
    question: str = ""
    type_name: str = ""
    signs: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    unit_phone: str = ""
