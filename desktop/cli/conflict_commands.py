"""``bundle conflicts | settle``: two values of one field that did not know of each other, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.cli.context import Context, Outcome
from desktop.domain.clock import from_wire
from desktop.domain.fields import Json
from desktop.domain.local_time import show_time
from desktop.domain.taken_out import FIELD
from desktop.runtime.catalogue import Catalogue
from desktop.services.cases.settle_conflicts import (
    OpenConflict,
    open_conflicts,
    settle_conflict,
)
from desktop.services.look_up import find_case, officer_names


def add_conflicts(verbs: Any, words: Catalogue) -> None:
    """Declare the commands."""
    conflicts = verbs.add_parser("conflicts", help=words.text("cli.help.bundle_conflicts"))
    conflicts.add_argument("case", metavar="CASE", nargs="?")
    conflicts.set_defaults(run=list_conflicts)
    settle = verbs.add_parser("settle", help=words.text("cli.help.bundle_settle"))
    settle.add_argument("conflict", metavar="CONFLICT")
    settle.add_argument(
        "--take", metavar="N", type=int, required=True, help=words.text("cli.help.take")
    )
    settle.set_defaults(run=settle_one)


def list_conflicts(context: Context) -> Outcome:
    """Every value with who wrote it and when; the first is the one shown meanwhile."""
    wanted = context.args.case
    with context.desk() as desk:
        found = open_conflicts(desk, find_case(desk, wanted) if wanted else None)
        names = officer_names(desk)
    rows: list[Json] = [_row(item) for item in found]
    lines = [line for item in found for line in _lines(context, item, names)]
    return Outcome({"conflicts": rows}, tuple(lines) or (context.text("conflicts_none"),))


def settle_one(context: Context) -> Outcome:
    """Decide for one value; the others stay in the history."""
    choice = context.args.take
    with context.desk() as desk:
        done = settle_conflict(desk, context.args.conflict, choice)
    value = done.conflict.values[choice - 1][0]
    told = _value(context, done.conflict.field, value)
    field = _field(context, done.conflict.field)
    line = context.text("conflict_settled", number=done.case_number, field=field, value=told)
    return Outcome(_row(done) | {"taken": value}, (line,))


def _row(item: OpenConflict) -> dict[str, Json]:
    return {
        "conflict": item.key,
        "case": item.case,
        "number": item.case_number,
        "subject": item.conflict.subject,
        "field": item.conflict.field,
        "values": [
            {"value": value, "officer": officer, "at": wall}
            for value, officer, wall in item.conflict.values
        ],
    }


def _lines(context: Context, item: OpenConflict, names: Mapping[str, str]) -> list[str]:
    head = f"{item.key}  {item.case_number}  {_field(context, item.conflict.field)}"
    values = [
        f"  {place}. {_value(context, item.conflict.field, value)}  "
        f"({names.get(officer, officer)}  {show_time(from_wire(wall))})"
        for place, (value, officer, wall) in enumerate(item.conflict.values, 1)
    ]
    return [head, *values]


def _value(context: Context, field: str, value: str) -> str:
    if field == FIELD:
        return context.words.text("case.taken_out.yes" if value else "case.taken_out.no")
    return value or context.words.text("case.conflict.empty")


def _field(context: Context, field: str) -> str:
    """The field's name; one of a newer program, or of a part that has none, keeps its own."""
    key = f"case.field.{field.replace('.', '_')}"
    return context.words.text(key) if key in context.words else field
