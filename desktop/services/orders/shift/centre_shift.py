"""What a shift of a centre leaves beside its clocks: what is open, who has what in hand, whom to ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.case_file.task_terms import missed_at
from desktop.domain.installation.duty_plan import OnCall
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.masking import masked_text
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.numbers import short_case_number
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import CHINA
from desktop.services.head_office import head_office
from desktop.services.orders.shift.duty_plans import on_call_contacts
from desktop.services.orders.shift.lead_shift import DutyView, duty_view
from desktop.services.ports import HandoverDesk, HandoverSeat, HandoverTask, OpenPart
from desktop.services.session import Session

_MOST: Final = 20
"""Calls, tasks and institutions that are told one by one."""


def centre_shift(session: Session, progress: Progress = SILENT) -> HandoverDesk | None:
    """For whoever leads a centre's shift; None for anybody else, and at a station."""
    session.require(Permission.READ_CASES)
    centre = session.profile.role is InstallationRole.CENTRE
    if not centre or not session.officer.may(Permission.LEAD_SHIFT):
        return None
    view = duty_view(session, _today(session.clock.now()), progress)
    contacts = {one.institution: one for one in on_call_contacts(session)}
    return HandoverDesk(
        tuple(_parts(view)),
        tuple(_seats(view)),
        tuple(_calls(view)),
        tuple(_tasks(session, view)),
        tuple(_to_ring(session, view, contacts)),
    )


def _today(now: datetime) -> tuple[datetime, datetime]:
    begins = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return begins, begins + timedelta(days=1)


def _parts(view: DutyView) -> Iterator[tuple[OpenPart, int]]:
    """Of all orders, in the order in which the page of the duty leader has them."""
    counts = view.orders.counts
    yield OpenPart.GOLDEN, counts.savable
    yield OpenPart.UNANSWERED, counts.waiting
    yield OpenPart.LATE, len(view.late)
    yield OpenPart.CALLS, len(view.calls)
    yield OpenPart.TASKS, len(view.tasks)
    yield OpenPart.LAPSING, len(view.lapsing)
    yield OpenPart.APPROVALS, len(view.approvals.orders)


def _seats(view: DutyView) -> Iterator[HandoverSeat]:
    """Whoever has something in hand."""
    for seat in view.seats:
        if seat.claims:
            oldest = from_wire(seat.claims[0].since)
            officer = seat.officer
            yield HandoverSeat(officer.number, officer.name, len(seat.claims), oldest)


def _calls(view: DutyView) -> Iterator[HandoverTask]:
    for call in view.calls[:_MOST]:
        number = masked_text(call.call.callback or call.call.caller)
        yield HandoverTask("", call.victim, number, call.due)


def _tasks(session: Session, view: DutyView) -> Iterator[HandoverTask]:
    for row in view.tasks[:_MOST]:
        words = "　".join(filter(None, (row.unit_name, masked_text(row.one.task.text))))
        missed = missed_at(session.rules, row.one)
        yield HandoverTask(short_case_number(row.case_number), row.victim, words, missed)


def _to_ring(
    session: Session, view: DutyView, contacts: Mapping[str, OnCall]
) -> Iterator[HandoverTask]:
    """The institutions that are late, whoever lets wait longest first; of whom nobody answers is known without one."""
    for times in [one for one in view.times if one.late][:_MOST]:
        contact = contacts.get(head_office(session.directories, times.receiver))
        words = (contact.desk, contact.phone, contact.hours) if contact is not None else ()
        yield HandoverTask("", times.receiver, "　".join(filter(None, words)))
