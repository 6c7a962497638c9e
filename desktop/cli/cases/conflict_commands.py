"""``bundle conflicts | settle``: two values of one field that did not know of each other, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal, note_reveal
from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.changes.settle_conflicts import (
    OpenConflict,
    open_conflicts,
    settle_conflict,
)
from desktop.services.cases.mask_document import masked_values
from desktop.services.look_up import desk_letters, find_case, officer_names


@dataclass(frozen=True, slots=True)
class _People:
    names: Mapping[str, str]
    letters: Mapping[str, str]

    def author(self, context: CommandContext, contested: Contested) -> str:
        """Who, at which desk, when."""
        letter = self.letters.get(contested.device, "")
        desk = context.texts.text("case_holder.mark", letter=letter) if letter else ""
        name = self.names.get(contested.officer, contested.officer)
        return "  ".join(filter(None, (name, desk, show_time(from_wire(contested.wall)))))


def add_conflicts(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    conflicts = verbs.add_parser("conflicts", help=texts.text("cli.help.bundle_conflicts"))
    conflicts.add_argument("case", metavar="CASE", nargs="?")
    add_reveal(conflicts, texts)
    conflicts.set_defaults(run=list_conflicts)
    settle = verbs.add_parser("settle", help=texts.text("cli.help.bundle_settle"))
    settle.add_argument("conflict", metavar="CONFLICT")
    settle.add_argument(
        "--take", metavar="N", type=int, required=True, help=texts.text("cli.help.take")
    )
    settle.set_defaults(run=settle_one)


def list_conflicts(context: CommandContext) -> CommandOutcome:
    """Every value with who wrote it and when; the first is the one shown meanwhile."""
    wanted = context.args.case
    with context.session() as desk:
        found = open_conflicts(desk, find_case(desk, wanted) if wanted else None)
        people = _People(officer_names(desk), desk_letters(desk))
        note_reveal(context, desk, (item.case for item in found))
    reveal = context.args.reveal
    rows: list[Json] = [_row(item, _shown(item.conflict, reveal=reveal)) for item in found]
    lines = [line for item in found for line in _lines(context, item, people)]
    return CommandOutcome({"conflicts": rows}, tuple(lines) or (context.text("conflicts_none"),))


def settle_one(context: CommandContext) -> CommandOutcome:
    """Decide for one value; the others stay in the history."""
    choice = context.args.take
    with context.session() as desk:
        done = settle_conflict(desk, context.args.conflict, choice)
    shown = _shown(done.conflict)
    value = shown[choice - 1]
    value_text = _value(context, done.conflict.field, value)
    field = _field(context, done.conflict.field)
    line = context.text("conflict_settled", number=done.case_number, field=field, value=value_text)
    return CommandOutcome(_row(done, shown) | {"taken": value}, (line,))


def _shown(conflict: Conflict, *, reveal: bool = False) -> tuple[str, ...]:
    """The values as they are listed."""
    values = tuple(contested.value for contested in conflict.values)
    return values if reveal else masked_values(conflict.field, values)


def _row(item: OpenConflict, shown: tuple[str, ...]) -> dict[str, Json]:
    return {
        "conflict": item.key,
        "case": item.case,
        "number": item.case_number,
        "subject": item.conflict.subject,
        "field": item.conflict.field,
        "values": [
            {
                "value": value,
                "officer": contested.officer,
                "at": contested.wall,
                "device": contested.device,
            }
            for value, contested in zip(shown, item.conflict.values, strict=True)
        ],
    }


def _lines(context: CommandContext, item: OpenConflict, people: _People) -> list[str]:
    conflict = item.conflict
    shown = _shown(conflict, reveal=context.args.reveal)
    values = [
        f"  {place}. {_value(context, conflict.field, value)}  ({people.author(context, contested)})"
        for place, (value, contested) in enumerate(zip(shown, conflict.values, strict=True), 1)
    ]
    return [f"{item.key}  {item.case_number}  {_field(context, conflict.field)}", *values]


def _value(context: CommandContext, field: str, value: str) -> str:
    if field == FIELD:
        return context.texts.text("case.taken_out.yes" if value else "case.taken_out.no")
    return value or context.texts.text("case.conflict.empty")


def _field(context: CommandContext, field: str) -> str:
    """The field's name; one of a newer program, or of a part that has none, keeps its own."""
    key = f"case.field.{field.replace('.', '_')}"
    return context.texts.text(key) if key in context.texts else field
