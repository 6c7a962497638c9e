"""The end of a shift: what runs on and what was promised, to whom it is given, and the sheet both sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.domain.masking import masked_text
from desktop.services.ports import HandoverCase, HandoverClock, HandoverFacts, HandoverOlder
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    several_lines,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.desk_lines import desk_lines
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table

_WIDTHS = {"group": 110, "at": 130, "case": 170}
_HIGH = 240
_NO_TASKS = frozenset({"open", "seat", "to_ring"})
"""Lines of a centre that are no task of anybody."""


@dataclass(frozen=True, slots=True)
class ShiftHandoverLine:
    """One row: a clock, a promise, digits that are missing, another task. ``group`` names which."""

    place: int
    group: str
    at: datetime | None
    case: str
    what: str


def lines_of(kit: Kit, facts: HandoverFacts) -> tuple[ShiftHandoverLine, ...]:
    """Everything that is handed over, clocks in front, each group in order of its time."""
    found: list[tuple[str, datetime | None, str, str]] = [
        ("clock", clock.at, f"{clock.victim} {clock.local_case_number}", _named(clock))
        for clock in facts.clocks
    ]
    if facts.older is not None:
        found.append(_older(kit, facts.older))
    found += [
        ("case", item.at, f"{item.victim} {item.local_case_number}", _between(kit, item))
        for item in facts.cases
    ]
    for group, tasks in (
        ("promise", facts.promises),
        ("missing", facts.missing),
        ("task", facts.tasks),
        ("news", facts.news),
    ):
        found += [
            (group, task.due_at, f"{task.victim} {task.local_case_number}", masked_text(task.text))
            for task in tasks
        ]
    desk = desk_lines(kit, facts.desk) if facts.desk is not None else ()
    of_desk = [(line.group, line.at, line.who, line.what) for line in desk]
    every = (*of_desk, *found)
    return tuple(ShiftHandoverLine(place, *parts) for place, parts in enumerate(every))


def _named(clock: HandoverClock) -> str:
    """With the institution and the sum: of six stops of a case one ends first."""
    return "　".join(part for part in (clock.name, clock.note) if part)


def _older(kit: Kit, older: HandoverOlder) -> tuple[str, datetime | None, str, str]:
    first = older.oldest
    what = kit.texts.text("orders.handover.older", count=older.count, name=first.name)
    return "older", first.at, f"{first.victim} {first.local_case_number}", what


def _between(kit: Kit, item: HandoverCase) -> str:
    key = "orders.handover.to_us" if item.to_us else "orders.handover.to_them"
    return kit.texts.text(key, letter=item.letter, reason=item.reason)


class ShiftHandoverDialog(FormDialog):
    """``given(facts)``: print the sheet with who takes over and the remarks."""

    def __init__(
        self, kit: Kit, parent: QWidget, facts: HandoverFacts, officers: Mapping[str, str]
    ) -> None:
        self._facts = facts
        self._officers = officers
        lines = lines_of(kit, facts)
        self.model = RowsModel[ShiftHandoverLine](kit, self._columns(), _key)
        self.table = Table(kit, self.model, "handover_table")
        self.table.set_widths(_WIDTHS, stretch="what")
        self.table.setMinimumHeight(_HIGH)
        kit.texts.bind(self.table.setAccessibleName, "orders.handover.title")
        self.model.set_rows(lines)
        older = facts.older.count if facts.older is not None else 0
        clocks = len(facts.clocks) + bool(older)
        of_nobody = sum(line.group in _NO_TASKS for line in lines)
        tasks = len(lines) - clocks - len(facts.news) - of_nobody
        counts = {"clocks": len(facts.clocks) + older, "tasks": tasks}
        rows = (
            FormText("orders.handover.summary", name="handover_summary", params=counts),
            self.table,
            Input(
                "incoming",
                "orders.handover.incoming",
                value=" ".join(facts.incoming[0]) if facts.incoming else "",
                placeholder="orders.handover.example",
            ),
            Input("remarks", "orders.handover.remarks", several_lines(2)),
        )
        form = Form(
            "handover", "orders.handover.title", "orders.handover.print", rows,
            width="dialog_width_wide", accept_name="print",
        )  # fmt: skip
        super().__init__(kit, parent, form)

    def outcome(self, filled: FilledForm) -> HandoverFacts:
        """Who takes over is optional on screen: the name can be written on the paper."""
        number, _, name = filled["incoming"].partition(" ")
        incoming = ((number, name.strip() or self._officers.get(number, "")),) if number else ()
        return replace(self._facts, incoming=incoming, remarks=filled["remarks"])

    def _columns(self) -> tuple[TableColumn[ShiftHandoverLine], ...]:
        return (
            TableColumn(
                "group", "orders.handover.column.group", self._group, chip=True, tone=self._tone
            ),
            TableColumn("at", "orders.handover.column.at", self._at, tone=self._tone),
            TableColumn("case", "orders.handover.column.case", _case),
            TableColumn("what", "orders.handover.column.what", _what, tip=_what),
        )

    def _group(self, line: ShiftHandoverLine) -> str:
        return self.kit.texts.text(f"orders.handover.group.{line.group}")

    def _at(self, line: ShiftHandoverLine) -> str:
        return show_local(line.at, self.kit.zone)[5:16] if line.at else ""

    def _tone(self, line: ShiftHandoverLine) -> Tone | None:
        return Tone.BAD if line.at is not None and line.at <= self._facts.shift_to else None


def _key(line: ShiftHandoverLine) -> int:
    return line.place


def _case(line: ShiftHandoverLine) -> str:
    return line.case


def _what(line: ShiftHandoverLine) -> str:
    return line.what
