"""``bundle conflicts | settle``: two values of one field that did not know of each other, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.cli.context import Context, Outcome
from desktop.domain.case_file.views import Contested
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.clock import from_wire
from desktop.domain.fields import Json
from desktop.domain.local_time import show_time
from desktop.runtime.catalogue import Catalogue
from desktop.services.cases.settle_conflicts import (
    OpenConflict,
    open_conflicts,
    settle_conflict,
)
from desktop.services.look_up import desk_letters, find_case, officer_names


@dataclass(frozen=True, slots=True)
class _People:
    names: Mapping[str, str]
    letters: Mapping[str, str]

    def author(self, context: Context, told: Contested) -> str:
        """Who, at which desk, when."""
        letter = self.letters.get(told.device, "")
        desk = context.words.text("charge.mark", letter=letter) if letter else ""
        name = self.names.get(told.officer, told.officer)
        return "  ".join(filter(None, (name, desk, show_time(from_wire(told.wall)))))


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
        people = _People(officer_names(desk), desk_letters(desk))
    rows: list[Json] = [_row(item) for item in found]
    lines = [line for item in found for line in _lines(context, item, people)]
    return Outcome({"conflicts": rows}, tuple(lines) or (context.text("conflicts_none"),))


def settle_one(context: Context) -> Outcome:
    """Decide for one value; the others stay in the history."""
    choice = context.args.take
    with context.desk() as desk:
        done = settle_conflict(desk, context.args.conflict, choice)
    value = done.conflict.values[choice - 1].value
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
            {"value": told.value, "officer": told.officer, "at": told.wall, "device": told.device}
            for told in item.conflict.values
        ],
    }


def _lines(context: Context, item: OpenConflict, people: _People) -> list[str]:
    conflict = item.conflict
    values = [
        f"  {place}. {_value(context, conflict.field, told.value)}  ({people.author(context, told)})"
        for place, told in enumerate(conflict.values, 1)
    ]
    return [f"{item.key}  {item.case_number}  {_field(context, conflict.field)}", *values]


def _value(context: Context, field: str, value: str) -> str:
    if field == FIELD:
        return context.words.text("case.taken_out.yes" if value else "case.taken_out.no")
    return value or context.words.text("case.conflict.empty")


def _field(context: Context, field: str) -> str:
    """The field's name; one of a newer program, or of a part that has none, keeps its own."""
    key = f"case.field.{field.replace('.', '_')}"
    return context.words.text(key) if key in context.words else field
