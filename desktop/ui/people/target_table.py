"""Every target: confirmed persons, then whom somebody named, then accounts and numbers nobody answers for."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.series.people_sheet import PersonTarget
from desktop.ui.people.texts import STATES, PeopleTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS = {"state": 100, "name": 76, "role": 88, "cases": 52, "in": 92, "next": 100}


class TargetTable(Table[PersonTarget]):
    """Rows are known by the target's key."""

    def __init__(self, kit: Kit, words: PeopleTexts) -> None:
        columns: tuple[TableColumn[PersonTarget], ...] = (
            TableColumn("state", "people.column.state", words.state, chip=True, tone=_tone),
            TableColumn("name", "people.column.name", words.name, tip=words.name),
            TableColumn("role", "people.column.role", words.roles, tip=words.roles),
            TableColumn("things", "people.column.things", words.things, digits=True),
            TableColumn("cases", "people.column.cases", _cases, align_right=True),
            TableColumn("in", "people.column.in", _in, align_right=True, digits=True),
            TableColumn("next", "people.column.next", words.next_step, tone=_next_tone),
        )
        self.rows = RowsModel[PersonTarget](kit, columns, _key)
        super().__init__(kit, self.rows, "people_table")
        self.rows.setParent(self)
        self.set_widths(_WIDTHS, stretch="things")
        kit.texts.bind(self.setAccessibleName, "people.title")

    def show_targets(self, targets: Sequence[PersonTarget]) -> None:
        """Show them; who is chosen stays chosen."""
        self.rows.set_rows(tuple(targets))
        if self.selected() is None and targets:
            self.select_key(targets[0].key)
        self.viewport().update()


def _key(target: PersonTarget) -> str:
    return target.key


def _tone(target: PersonTarget) -> Tone | None:
    return STATES[target.state]


def _cases(target: PersonTarget) -> str:
    return str(len(target.cases))


def _in(target: PersonTarget) -> str:
    return yuan(target.in_fen) if target.in_fen else ""


def _next_tone(target: PersonTarget) -> Tone | None:
    return Tone.WARN if target.missing else None
