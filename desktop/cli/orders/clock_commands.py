"""``clock show | compare | list``."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.installation.clock_offset import ClockOffset
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.form.compare_clock import clock_offset, compare_clock
from desktop.services.orders.shift.list_clocks import running_clocks


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("clock", help=texts.text("cli.help.clock"))
    verbs = group.add_subparsers(dest="verb", required=True)
    verbs.add_parser("show", help=texts.text("cli.help.clock_show")).set_defaults(run=show)
    compare = verbs.add_parser("compare", help=texts.text("cli.help.clock_compare"))
    compare.add_argument("official", metavar="TIME")
    compare.set_defaults(run=compare_now)
    verbs.add_parser("list", help=texts.text("cli.help.clock_list")).set_defaults(run=list_all)


def _row(offset: ClockOffset | None) -> dict[str, Json]:
    if offset is None:
        return {"offset_s": None, "compared_at": "", "officer": ""}
    return {
        "offset_s": offset.seconds,
        "compared_at": to_wire(offset.compared_at),
        "officer": offset.officer,
    }


def show(context: CommandContext) -> CommandOutcome:
    """The device's time and how far it was off when it was last compared."""
    with context.session() as desk:
        now, offset = desk.clock.now(), clock_offset(desk)
    known = offset is not None
    line = (
        context.text("clock_off", now=show_time(now), seconds=offset.seconds)
        if offset is not None
        else context.text("clock_never", now=show_time(now))
    )
    return CommandOutcome({"now": to_wire(now), **_row(offset)}, (line,), ok=known)


def compare_now(context: CommandContext) -> CommandOutcome:
    """Record what the official clock shows at this moment."""
    with context.session() as desk:
        offset = compare_clock(desk, context.args.official)
    line = context.text("clock_off", now=show_time(offset.compared_at), seconds=offset.seconds)
    return CommandOutcome(_row(offset), (line,))


def list_all(context: CommandContext) -> CommandOutcome:
    """Every clock that asks something of somebody, the first to end in front."""
    with context.session() as desk:
        clocks, now = running_clocks(desk), desk.clock.now()
    rows: list[Json] = [
        {
            "name": item.deadline.name,
            "at": to_wire(item.deadline.at),
            "overdue": item.deadline.at <= now and not item.deadline.is_gone(now),
            "missed": item.deadline.is_gone(now),
            "certain": item.deadline.certain,
            "rule": item.deadline.rule,
            "article": item.article,
            "case": item.case_number,
        }
        for item in clocks
    ]
    lines = tuple(
        f"{show_time(item.deadline.at)}  {context.texts.text(f'deadlines.{item.deadline.name}')}  "
        f"{item.case_number}  {item.victim}"
        for item in clocks
    )
    return CommandOutcome({"clocks": rows}, lines)
