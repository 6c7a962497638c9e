"""``centre assign | calls | message``: what becomes of calls that a centre took."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.cases.case_holder import Assignment
from desktop.domain.errors import UserInputError
from desktop.domain.masking import masked_phone
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.calls.assign_case import assign_case
from desktop.services.calls.confirmation_text import (
    call_slip_facts,
    draw_call_slip,
    message_text,
)
from desktop.services.calls.waiting_calls import WaitingCall, waiting_calls
from desktop.services.look_up import case_file, find_case


def add(verb: Callable[[str, Callable[[CommandContext], CommandOutcome]], Any]) -> None:
    """Declare the commands."""
    assign = verb("assign", assign_call)
    assign.add_argument("case", metavar="CASE")
    assign.add_argument("--to", metavar="UNIT", required=True)
    assign.add_argument("--reason", metavar="TEXT", default="")
    verb("calls", list_calls)
    message = verb("message", tell_caller)
    message.add_argument("case", metavar="CASE")
    message.add_argument("--to", metavar="FILE", default="")


def assign_call(context: CommandContext) -> CommandOutcome:
    """Offer a case of the centre to a station."""
    args = context.args
    with centre_session(context) as session:
        case = find_case(session, args.case)
        assign_case(session, case, args.to, args.reason)
        known = case_file(session, case).case
    document: dict[str, Json] = {
        "case": case,
        "number": known.number,
        "unit": args.to,
        "state": Assignment.OFFERED.value,
    }
    return CommandOutcome(
        document, (context.text("assigned", number=known.number, name=known.unit_name),)
    )


def tell_caller(context: CommandContext) -> CommandOutcome:
    """The message for whoever called, and the slip to bring with its code (``.png`` or ``.pdf``)."""
    args = context.args
    target = Path(args.to)
    if args.to and target.suffix.lower() not in {".png", ".pdf"}:
        raise UserInputError("slip.format")
    with centre_session(context) as session:
        file = case_file(session, find_case(session, args.case))
        facts = call_slip_facts(session, file)
        if args.to:
            of_picture = target.suffix.lower() == ".png"
            data = facts.code if of_picture else draw_call_slip(session, file).data
            write_atomic(target, data)
    message = message_text(context.texts.text, facts)
    document: dict[str, Json] = {"message": message, "code": facts.mark, "file": args.to}
    return CommandOutcome(document, (message,))


def list_calls(context: CommandContext) -> CommandOutcome:
    """Calls that are no report yet; numbers masked."""
    with centre_session(context) as session:
        calls = waiting_calls(session)
    rows: list[Json] = [_row(one) for one in calls]
    lines = tuple(
        context.text(
            "call_row",
            number=masked_phone(one.call.reached_at),
            victim=one.victim,
            since=to_wire(one.broke_off or one.begun_at),
        )
        for one in calls
    )
    return CommandOutcome({"calls": rows}, lines)


def _row(one: WaitingCall) -> dict[str, Json]:
    return {
        "case": one.case,
        "caller": masked_phone(one.call.caller),
        "callback": masked_phone(one.call.reached_at),
        "came_from": one.call.came_from,
        "at": one.call.at,
        "victim": one.victim,
        "broke_off": to_wire(one.broke_off) if one.broke_off else "",
        "due": to_wire(one.due) if one.due else "",
    }
