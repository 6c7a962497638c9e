"""By whom institutions answer, and who has which shift: the duty leader writes it down, everybody reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_plan import DutyShift, OnCall, check_shift, typed_contact
from desktop.domain.installation.officer import Permission
from desktop.domain.time.clock import to_wire
from desktop.services.head_office import head_office
from desktop.services.order_reach import own_institutions, reached_orders, receiver_name
from desktop.services.session import Session

_KEPT: Final = timedelta(days=31)
"""Shifts that ended longer ago are taken away when one is planned."""


@dataclass(frozen=True, slots=True)
class DutyRota:
    """``now``: the shift that runs, ``next``: the one that begins next, None where nobody planned one; ``shifts``: all
    that run or come, the first in front."""

    now: DutyShift | None
    next: DutyShift | None
    shifts: tuple[DutyShift, ...] = ()


def set_on_call(session: Session, typed: OnCall) -> OnCall:
    """Whom to ring at an institution from now on, as it stands then. Raises as :func:`typed_contact`."""
    session.require(Permission.LEAD_SHIFT)
    contact = typed_contact(typed.institution, typed.desk, typed.phone, typed.hours)
    office = head_office(session.directories, contact.institution)
    contact = replace(contact, institution=office)
    with session.store.write() as transaction:
        transaction.keep_on_call(contact)
    return contact


def drop_on_call(session: Session, institution: str) -> None:
    """Nobody is rung there any more; raises ``UserInputError("on_call.unknown")``."""
    session.require(Permission.LEAD_SHIFT)
    name = head_office(session.directories, institution.strip())
    with session.store.write() as transaction:
        if name not in {one.institution for one in transaction.on_call()}:
            raise UserInputError("on_call.unknown")
        transaction.drop_on_call(name)


def on_call_contacts(session: Session) -> tuple[OnCall, ...]:
    """Every contact, by institution; to a clerk those of the own institutions."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        found = reader.on_call()
    if not session.officer.only_own_institution:
        return found
    own = own_institutions(session.directories, session.officer)
    return tuple(one for one in found if one.institution in own)


def on_call_for(session: Session, order: str) -> OnCall | None:
    """Whom to ring about an order; None where nobody was written down, and of one that is out of reach."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        views = reached_orders(session, reader, (order,))
        contacts = reader.on_call()
    if not views:
        return None
    name = head_office(session.directories, receiver_name(views[0].order))
    return next((one for one in contacts if one.institution == name), None)


def plan_shift(session: Session, shift: DutyShift) -> None:
    """Write a shift down, in the place of another that begins then.

    Raises:
        UserInputError: ``shift.times``, ``shift.leader``; ``shift.nobody`` where somebody in it is not enrolled here;
            ``shift.approver`` where who is to approve may not; ``shift.overlaps`` another shift.
    """
    session.require(Permission.LEAD_SHIFT)
    check_shift(shift)
    with session.store.write() as transaction:
        people = {number: transaction.officer(number) for number in shift.people}
        if any(officer is None or not officer.vouches for officer in people.values()):
            raise UserInputError("shift.nobody")
        approver = people.get(shift.approver)
        if approver is not None and not approver.may(Permission.APPROVE_ORDERS):
            raise UserInputError("shift.approver")
        planned = [one for one in transaction.shifts() if one.begins != shift.begins]
        if any(one.begins < shift.ends and shift.begins < one.ends for one in planned):
            raise UserInputError("shift.overlaps")
        for one in planned:
            if one.ends < session.clock.now() - _KEPT:
                transaction.drop_shift(to_wire(one.begins))
        transaction.keep_shift(shift)


def drop_shift(session: Session, shift: DutyShift) -> None:
    """Take it off the rota."""
    session.require(Permission.LEAD_SHIFT)
    with session.store.write() as transaction:
        transaction.drop_shift(to_wire(shift.begins))


def duty_rota(session: Session) -> DutyRota:
    """Who is on duty now, who comes next, and all that is planned."""
    session.require(Permission.SEE_ORDERS)
    now = session.clock.now()
    with session.store.read() as reader:
        shifts = tuple(one for one in reader.shifts() if one.ends > now)
    runs = next((one for one in shifts if one.runs(now)), None)
    return DutyRota(runs, next((one for one in shifts if one.begins > now), None), shifts)
