"""What the duty leader of a centre sees and does: who is there, what each has in hand, and who gets it instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedRow, AssignedView
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.case_file.orders.reply_times import ReplyTimes, reply_times
from desktop.domain.cases.tasks.assigned_task import AssignedState
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.installation.officer import Officer, Permission, Role
from desktop.domain.law.deadlines import legal_day
from desktop.domain.orders.claim import STALE_AFTER, WorkClaim, seat_of
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import from_wire
from desktop.services.assigned_tasks.list_assigned import list_assigned
from desktop.services.calls.waiting_calls import WaitingCall, waiting_calls
from desktop.services.look_up import officer_names
from desktop.services.orders.answers.dispatch_batches import sent_batches
from desktop.services.orders.claim_work import (
    LONGEST_REASON,
    about_claims,
    claim_of,
    claim_on,
    may_work_on,
    require_work,
    work_named,
)
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_dispatch import DispatchView, dispatch_view
from desktop.services.orders.page_orders import rows_at
from desktop.services.orders.reckon import reckon
from desktop.services.orders.shift.duty_plans import DutyRota, duty_rota
from desktop.services.orders.shift.rota_approvals import WaitingApprovals, waiting_approvals
from desktop.services.ports import ANY_ORDER, OrderPlace
from desktop.services.session import Session

SHOWN: Final = 200
"""Orders that a duty leader looks through."""
LATELY: Final = timedelta(days=7)
"""[own] How far back the times of answers look."""
_LAPSE: Final = "stop_end"
"""The clock of a stop that lapses by itself; a freeze takes it away."""
_NO_SEAT: Final = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.CUSTODIAN})
"""Who has these roles alone works on nothing of the queue."""


_NO_APPROVALS: Final = WaitingApprovals()


@dataclass(frozen=True, slots=True)
class SeatLoad:
    """A seat of the centre. ``since``: since when somebody sits there, None while nobody is heard of; ``claims``: what
    they have in hand, what they took first in front."""

    officer: Officer
    since: datetime | None
    claims: tuple[WorkClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyView:
    """What wants somebody: orders nobody answered, the most urgent first and at most :data:`SHOWN` of them, calls that
    broke off, tasks of stations that are overdue and requests of theirs that nobody passed on, batches whose answer is
    ``late``, and stops that are ``lapsing`` in this shift without a freeze. ``times``: how fast institutions answered
    within :data:`LATELY`, and who lets wait."""

    orders: DispatchView
    calls: tuple[WaitingCall, ...]
    tasks: tuple[AssignedRow, ...]
    seats: tuple[SeatLoad, ...]
    rota: DutyRota
    names: Mapping[str, str]
    """Of officers, by number."""
    late: tuple[DispatchBatch, ...] = ()
    lapsing: tuple[OrderRow, ...] = ()
    times: tuple[ReplyTimes, ...] = ()
    approvals: WaitingApprovals = _NO_APPROVALS


def duty_view(
    session: Session, today: tuple[datetime, datetime], progress: Progress = SILENT
) -> DutyView:
    """The whole page, and who is there."""
    session.require(Permission.LEAD_SHIFT)
    waiting = replace(ANY_ORDER, waits=True)
    orders = dispatch_view(session, waiting, today, SHOWN, progress)
    calls = tuple(call for call in waiting_calls(session) if call.broke_off is not None)
    tasks = _waiting_tasks(session)
    seats, rota, now = duty_seats(session), duty_rota(session), session.clock.now()
    sent = sent_batches(session, progress).batches
    late = [batch for batch in sent if batch.unanswered and batch.due_at <= now]
    return DutyView(
        orders,
        calls,
        tasks,
        seats,
        rota,
        officer_names(session),
        tuple(sorted(late, key=lambda batch: batch.due_at)),
        lapsing_stops(session, progress),
        reply_times(sent, now - LATELY, now),
        waiting_approvals(session, progress),
    )


def lapsing_stops(session: Session, progress: Progress = SILENT) -> tuple[OrderRow, ...]:
    """Stops that end within the rule ``shift.ahead`` and that no freeze took over (将失效未转冻结), first the next."""
    session.require(Permission.LEAD_SHIFT)
    basis, now = reckon(session, progress), session.clock.now()
    until = now + session.rules.duration("shift.ahead", legal_day(now))
    with session.store.read() as reader:
        ends = reader.clocks_named(basis, _LAPSE, now, until, SHOWN)
        places = [
            OrderPlace(end.deadline.subject.removeprefix("order/"), end.case, 0, ()) for end in ends
        ]
        return tuple(rows_at(session, reader, places))


def _waiting_tasks(session: Session) -> tuple[AssignedRow, ...]:
    """Those that are overdue, and requests of stations that nobody decided about."""
    overdue = list_assigned(session, AssignedView.OVERDUE).rows
    asked = list_assigned(session, AssignedView.REQUESTS).rows
    late = {row.one.task.id for row in overdue}
    new = (row for row in asked if row.one.state is AssignedState.REQUESTED)
    return (*overdue, *(row for row in new if row.one.task.id not in late))


def duty_seats(session: Session) -> tuple[SeatLoad, ...]:
    """Everybody who works at the queue: whoever is there first, then by number."""
    session.require(Permission.LEAD_SHIFT)
    with session.store.read() as reader:
        officers = reader.officers(session.profile.device)
        claims = reader.claims(session.clock.now())
    held: dict[str, list[WorkClaim]] = {}
    for claim in claims:
        held.setdefault(claim.officer, []).append(claim)
    seats = [
        _seat(officer, held.get(officer.number, []))
        for officer in officers
        if not _NO_SEAT.issuperset(officer.roles)
    ]
    return tuple(sorted(seats, key=lambda seat: (seat.since is None, seat.officer.number)))


def receivers_of_work(session: Session, about: str) -> tuple[Officer, ...]:
    """To whom the duty leader may give an order, a case or a batch: everybody who may work on it. Raises as
    :func:`work_named` and :func:`require_work`."""
    session.require(Permission.LEAD_SHIFT)
    about = work_named(session, about)
    with session.store.read() as reader:
        require_work(session, reader, about)
        officers = reader.officers(session.profile.device)
        held = claim_on(session, reader, about)
        return tuple(
            officer
            for officer in officers
            if (held is None or officer.number != held.officer)
            and may_work_on(session, reader, officer, (about,))
        )


def reassign_work(session: Session, about: str, number: str, reason: str) -> WorkClaim:
    """Put an order, a case or a batch into the hands of an officer, whoever has it now; both see by whom and why. Who
    is not signed in counts as silent, so that until then anybody may take it.

    Raises:
        UserInputError: as :func:`receivers_of_work`; ``claim.no_reason``; ``claim.nobody`` for who may not work on it.
    """
    session.require(Permission.LEAD_SHIFT)
    why = clean(reason)[:LONGEST_REASON]
    if not why:
        raise UserInputError("claim.no_reason")
    about = work_named(session, about)
    with session.store.write(about_claims(about)) as transaction:
        require_work(session, transaction, about)
        receiver = transaction.officer(number)
        if receiver is None or not may_work_on(session, transaction, receiver, (about,)):
            raise UserInputError("claim.nobody")
        held = claim_on(session, transaction, about)
        former = held.officer if held is not None else session.officer.number
        here = transaction.claims(session.clock.now())
        silent = next((one.silent for one in here if one.about == seat_of(number)), STALE_AFTER)
        words = f"{session.officer.name}：{why}"[:LONGEST_REASON]
        given = claim_of(session, receiver, about, former, words, silent=silent)
        transaction.keep_claim(given)
    return given


def _seat(officer: Officer, claims: list[WorkClaim]) -> SeatLoad:
    since = None
    for claim in claims:
        if claim.is_seat and claim.silent < STALE_AFTER:
            since = from_wire(claim.since)
    held = sorted((one for one in claims if not one.is_seat), key=lambda one: one.since)
    return SeatLoad(officer, since, tuple(held))
