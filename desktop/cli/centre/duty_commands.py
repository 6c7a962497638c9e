"""``centre on-call | rota``: whom to ring at institutions, and who has which shift."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import read_time, show_time
from desktop.services.look_up import officer_names
from desktop.services.orders.shift.duty_plans import (
    drop_on_call,
    drop_shift,
    duty_rota,
    on_call_contacts,
    plan_shift,
    set_on_call,
)
from desktop.services.session import Session


def add(verb: Any) -> None:
    """Declare the commands; ``verb`` makes a parser."""
    contacts = verb("on-call", show_on_call)
    contacts.add_argument("--institution", metavar="S", default="")
    contacts.add_argument("--desk", metavar="S", default="")
    contacts.add_argument("--phone", metavar="N", default="")
    contacts.add_argument("--hours", metavar="S", default="")
    contacts.add_argument("--drop", metavar="S", default="")
    rota = verb("rota", show_rota)
    rota.add_argument("--begins", metavar="TIME", default="")
    rota.add_argument("--ends", metavar="TIME", default="")
    rota.add_argument("--leader", metavar="N", default="")
    rota.add_argument("--approver", metavar="N", default="")
    rota.add_argument("--with", dest="others", metavar="N", action="append", default=[])
    rota.add_argument("--drop", metavar="TIME", default="")


def show_on_call(context: CommandContext) -> CommandOutcome:
    """Write a contact down or take one away, if asked to; then all of them."""
    args = context.args
    with centre_session(context) as session:
        if args.institution:
            set_on_call(session, OnCall(args.institution, args.desk, args.phone, args.hours))
        if args.drop:
            drop_on_call(session, args.drop)
        found = on_call_contacts(session)
    rows: list[Json] = [
        {"institution": one.institution, "desk": one.desk, "phone": one.phone, "hours": one.hours}
        for one in found
    ]
    lines = tuple(
        "  ".join(filter(None, (one.institution, one.desk, one.phone, one.hours))) for one in found
    )
    return CommandOutcome({"on_call": rows}, lines or (context.text("on_call_none"),))


def show_rota(context: CommandContext) -> CommandOutcome:
    """Plan a shift or take one away, if asked to; then those that run or come."""
    args = context.args
    with centre_session(context) as session:
        if args.begins or args.ends:
            begins, ends = _moment(session, args.begins), _moment(session, args.ends)
            plan_shift(
                session, DutyShift(begins, ends, args.leader, args.approver, tuple(args.others))
            )
        if args.drop:
            begins = _moment(session, args.drop)
            drop_shift(session, DutyShift(begins, begins, ""))
        rota, names = duty_rota(session), officer_names(session)
    rows: list[Json] = [
        {
            "begins": to_wire(one.begins),
            "ends": to_wire(one.ends),
            "leader": one.leader,
            "approver": one.approver,
            "others": list(one.others),
        }
        for one in rota.shifts
    ]
    lines = tuple(
        context.text(
            "rota_line", begins=show_time(one.begins), ends=show_time(one.ends),
            people="、".join(f"{names.get(number, '')} {number}".strip() for number in one.people),
        )
        for one in rota.shifts
    )  # fmt: skip
    return CommandOutcome({"shifts": rows}, lines or (context.text("rota_none"),))


def _moment(session: Session, typed: str) -> datetime:
    """Raises ``UserInputError("shift.times")``."""
    at = read_time(typed, session.clock.now())
    if at is None:
        raise UserInputError("shift.times")
    return at
