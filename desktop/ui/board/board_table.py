"""The same cards as a table whose columns sort."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal

from desktop.domain.cases.case import CaseState
from desktop.domain.orders.claim import work_of_case
from desktop.domain.records.numbers import short_case_number
from desktop.services.ports import BoardOrder
from desktop.ui.board.board_asking import TableSort
from desktop.ui.board.board_filter import heading_keys, stopped_fen
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.card_name import card_name, card_type
from desktop.ui.board.chip_face import clock_span
from desktop.ui.board.desk_mark import desk_mark
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, deadline_span

_STATE_TONES = {
    CaseState.NEW: Tone.INFO,
    CaseState.STOPPING: Tone.BAD,
    CaseState.FROZEN: Tone.OK,
    CaseState.INVESTIGATING: Tone.INFO,
    CaseState.AWAITING_EVIDENCE: Tone.WARN,
    CaseState.CLOSED: Tone.NEUTRAL,
}
_WIDTHS = {
    "victim": 110,
    "type": 168,
    "loss": 110,
    "stopped": 110,
    "state": 114,
    "clock": 120,
    "desk": 90,
    "files": 70,
    "orders": 70,
    "at": 120,
    "unit": 150,
    "hand": 84,
}
_OF_CENTRE = ("unit", "hand")
"""Headings that sort nothing: the one is chosen above, the other is nothing the database keeps."""


class BoardTable(Listing[BoardItem]):
    """Cards as rows; a click on a heading sorts by it, a second click turns the order around. ``sort_chosen``: so that
    other cards may stand in front; ``end_near``: the end of what is shown comes into sight."""

    sort_chosen = Signal()
    end_near = Signal()

    def __init__(self, kit: Kit, rules: BoardRules, claiming: Claiming | None = None) -> None:
        """``claiming``: at a centre, where cases are of stations and in somebody's hand."""
        self._claiming = claiming
        self._board_rules = rules
        self._items: Sequence[BoardItem] = ()
        self.sort = TableSort()
        """By which heading."""
        self._several = False
        super().__init__(kit, "board_table", "board.title", self._shown(), _case_id, _WIDTHS)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_clicked)
        tell_of_end(self, self.end_near)

    def show_desks(self, *, several: bool) -> None:
        """Say whose each case is, where the station has several desks."""
        self._several = several
        for place, column in enumerate(self.rows.columns):
            if column.name == "desk":
                self.setColumnHidden(place, not several)

    def show_items(self, items: Sequence[BoardItem]) -> None:
        """Show these cards, in their order or in that of the chosen heading."""
        self._items = items
        self._refresh()

    def _refresh(self) -> None:
        rows = list(self._items)
        if self.sort.order is not None:
            keys = heading_keys(self._now(), self._board_rules.golden, self._board_rules.type_name)
            rows.sort(key=keys[self.sort.order], reverse=self.sort.descending)
        self.show_rows(rows)

    def _sort_clicked(self, section: int) -> None:
        name = self.rows.columns[section].name
        if name in _OF_CENTRE:
            return
        order = BoardOrder(name)
        down = order is self.sort.order and not self.sort.descending
        self.sort = TableSort(order, down)
        turn = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(section, turn)
        self._refresh()
        self.sort_chosen.emit()

    def _shown(self) -> tuple[TableColumn[BoardItem], ...]:
        """At a centre the station and who has the case in hand stand where a station counts files and orders."""
        every = self._columns()
        if self._claiming is None:
            return every
        name = "assigned.column.unit"
        more = {
            "files": TableColumn("unit", name, _unit, tip=_unit, keeps=Keeps.END),
            "orders": TableColumn("hand", "centre.column.hand", self._hand, tip=self._hand_line),
        }
        return tuple(more.get(one.name, one) for one in every if one.name != "desk")

    def _hand(self, item: BoardItem) -> str:
        return self._claiming.hand(work_of_case(item.id)) if self._claiming is not None else ""

    def _hand_line(self, item: BoardItem) -> str:
        return self._claiming.line(work_of_case(item.id)) if self._claiming is not None else ""

    def _columns(self) -> tuple[TableColumn[BoardItem], ...]:
        def column(
            name: str, text: Callable[[BoardItem], str], **more: Any
        ) -> TableColumn[BoardItem]:
            return TableColumn(name, f"board.table.{name}", text, **more)

        return (
            column("victim", self._victim),
            column("type", self._type, chip=True, tone=_blue),
            column("loss", _loss, align_right=True, digits=True),
            column("stopped", self._stopped, align_right=True, digits=True, tone=_green),
            column("state", self._state, chip=True, tone=_state_tone),
            column("clock", _nothing, clock=self._clock),
            column("desk", self._desk),
            column("files", _files, align_right=True),
            column("orders", _orders, align_right=True),
            column("at", self._at),
            column("number", self._number, digits=True),
        )

    def _desk(self, item: BoardItem) -> str:
        mark = desk_mark(self._kit, item, self._board_rules.own)
        return mark.chip if mark is not None else ""

    def _number(self, item: BoardItem) -> str:
        """The short one where the column of desks takes its room, or of stations."""
        short = self._several or self._claiming is not None
        return short_case_number(item.number) if short else item.number

    def _victim(self, item: BoardItem) -> str:
        return card_name(self._kit, item)

    def _type(self, item: BoardItem) -> str:
        name = self._board_rules.type_name(item.type) if item.type else ""
        return card_type(self._kit, item, name)

    def _state(self, item: BoardItem) -> str:
        key = f"board.state.{item.state.value}" if item.card else "board.chip.draft"
        return self._kit.texts.text(key)

    def _at(self, item: BoardItem) -> str:
        return clock_or_day(self._kit, item.at)

    def _clock(self, item: BoardItem) -> ClockSpan | None:
        """What the chip of its card counts to, else what the note below the chip is about."""
        rules = self._board_rules
        span = clock_span(item.counts_to(self._now(), rules.golden), rules)
        if span is None and item.clock is not None:
            return deadline_span(item.clock, rules.red_under, rules.amber_under)
        return span

    def _stopped(self, item: BoardItem) -> str:
        fen = stopped_fen(item, self._now())
        return yuan(fen) if fen else ""

    def _now(self) -> datetime:
        return self._kit.ticks.now()


def _case_id(item: BoardItem) -> str:
    return item.id


def _unit(item: BoardItem) -> str:
    return item.card.unit_name if item.card else ""


def _nothing(_item: BoardItem) -> str:
    return ""


def _loss(item: BoardItem) -> str:
    return yuan(item.loss_fen) if item.loss_fen else ""


def _files(item: BoardItem) -> str:
    return str(item.card.evidence_count) if item.card else ""


def _orders(item: BoardItem) -> str:
    return str(item.card.order_count) if item.card else ""


def _blue(_item: BoardItem) -> Tone:
    return Tone.INFO


def _green(_item: BoardItem) -> Tone:
    return Tone.OK


def _state_tone(item: BoardItem) -> Tone:
    return _STATE_TONES[item.state]
