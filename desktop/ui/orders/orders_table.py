"""The orders as a table, under their flows, most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.domain.orders.order import OrderState
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.orders.order_lines import FlowBand, FlowRest, Line
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import ClockLimits, clock_name, span, still_text
from desktop.ui.shared.orders.order_texts import (
    kind_text,
    kind_tone,
    state_text,
    state_tone,
    target_text,
)
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.tables.cell_delegate import CellDelegate
from desktop.ui.shared.widgets.tables.rows_model import ROW_ROLE, Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan

R = TypeVar("R")


class OrdersModel(RowsModel[Line]):
    """A heading can not be chosen; the arrow keys step over it. Who comes to the line below a flow asks for more."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing for a heading."""
        if index.isValid() and isinstance(self.rows[index.row()], FlowBand):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @property
    def orders(self) -> tuple[OrderRow, ...]:
        """The orders shown, top first."""
        return tuple(row for row in self.rows if isinstance(row, OrderRow))

    def bands(self) -> list[int]:
        """The rows of the headings, and of those that tell how many more there are."""
        return [place for place, row in enumerate(self.rows) if not isinstance(row, OrderRow)]

    def first_order(self) -> int:
        """The row of the first order, -1 without one."""
        return next((place for place, row in enumerate(self.rows) if isinstance(row, OrderRow)), -1)


def line_key(line: Line) -> str:
    """By what a row is known again."""
    if isinstance(line, OrderRow):
        return line.view.order.id
    return f"{'flow' if isinstance(line, FlowBand) else 'rest'}/{line.flow.value}"


Index = QModelIndex | QPersistentModelIndex

_WIDTHS = {"kind": 120, "target": 250, "amount": 110, "case": 110, "name": 120, "clock": 230}


class OrdersTable(Table[Line]):
    """Kind, target, amount, case, state in words, which clock, time left with a bar. ``more_wanted(flow)``: the line
    that tells of more is chosen."""

    more_wanted = Signal(object)

    def __init__(self, kit: Kit, limits: ClockLimits) -> None:
        self._orders_kit = kit
        self._limits = limits
        self._bands: list[int] = []
        self.orders_model = OrdersModel(kit, self._columns(), line_key)
        super().__init__(kit, self.orders_model, "orders_table")
        self.setItemDelegate(_BandDelegate(kit, self))
        self.set_widths(_WIDTHS, stretch="state")
        kit.texts.bind(self.setAccessibleName, "orders.title")
        for changed in (
            self.orders_model.modelReset,
            self.orders_model.layoutChanged,
            self.orders_model.rowsInserted,
            self.orders_model.rowsRemoved,
        ):
            changed.connect(self._span_bands)
        self.current_changed.connect(self._ask_for_more)

    def chosen(self) -> OrderRow | None:
        """The order of the current row."""
        line = self.selected()
        return line if isinstance(line, OrderRow) else None

    def with_chosen(self, act: Callable[[OrderRow], object]) -> None:
        """Have ``act`` done with the order of the current row; nothing where there is none."""
        row = self.chosen()
        if row is not None:
            act(row)

    def _ask_for_more(self) -> None:
        line = self.selected()
        if isinstance(line, FlowRest):
            self.more_wanted.emit(line.flow)

    def _stand_somewhere(self) -> None:
        first = self.orders_model.first_order()
        if not self.currentIndex().isValid() and first >= 0:
            self.setCurrentIndex(self.orders_model.index(first, 0))

    def _span_bands(self, *_: object) -> None:
        theme, heights = self._orders_kit.theme, self.verticalHeader()
        for row in self._bands:
            heights.resizeSection(row, theme.space("table_row"))
        self.clearSpans()
        self._bands = self.orders_model.bands()
        for row in self._bands:
            self.setSpan(row, 0, 1, self.orders_model.columnCount())
            heights.resizeSection(row, theme.space("table_header"))

    def _columns(self) -> tuple[TableColumn[Line], ...]:
        return (
            TableColumn(
                "kind", "orders.column.kind", self._kind, chip=True, tone=_of_order(_kind_tone)
            ),
            TableColumn("target", "orders.column.target", _text(_target), keeps=Keeps.ENDS),
            TableColumn(
                "amount", "orders.column.amount", _text(_amount), align_right=True, digits=True
            ),
            TableColumn("case", "orders.column.case", _text(_victim)),
            TableColumn(
                "state", "orders.column.state", _text(self._state), tone=_of_order(self._state_tone)
            ),
            TableColumn("name", "orders.column.name", _text(self._name), tone=_grey),
            TableColumn(
                "clock",
                "orders.column.clock",
                _text(self._still),
                clock=_of_order(self._clock),
                tone=_of_order(_still_tone),
            ),
        )

    def _kind(self, line: Line) -> str:
        if not isinstance(line, OrderRow):
            return self._orders_kit.texts.text(_words_of(line), count=f"{line.count:,}")
        return kind_text(self._orders_kit, line.view)

    def _state(self, row: OrderRow) -> str:
        state = state_text(self._orders_kit, row.view)
        marks = {
            "orders.alone.mark": row.view.order.unconfirmed,
            "orders.lapsed": row.is_lapsed_at(self._orders_kit.ticks.now()),
        }
        words = [self._orders_kit.texts.text(key) for key, holds in marks.items() if holds]
        return " · ".join((state, *words))

    def _state_tone(self, row: OrderRow) -> Tone | None:
        """Confirmed and failed are coloured, and what has not left this desk; what is on its way is plain."""
        if row.is_lapsed_at(self._orders_kit.ticks.now()):
            return Tone.BAD
        tone = state_tone(row.view)
        shown = tone in (Tone.OK, Tone.BAD) or row.view.state is OrderState.ISSUED
        return tone if shown else None

    def _clock(self, row: OrderRow) -> ClockSpan | None:
        return span(row, self._limits, self._orders_kit.ticks.now())

    def _name(self, row: OrderRow) -> str:
        return clock_name(self._orders_kit, row, self._orders_kit.ticks.now())

    def _still(self, row: OrderRow) -> str:
        return still_text(self._orders_kit, row, self._orders_kit.ticks.now())


class _BandDelegate(CellDelegate):
    """Draws a heading, and the line that tells of more, over the whole row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A heading, or a cell."""
        line = index.data(ROW_ROLE)
        if isinstance(line, OrderRow):
            super().paint(painter, option, index)
            return
        theme = self._kit.theme
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack the member
        painter.save()
        heading = isinstance(line, FlowBand)
        painter.fillRect(rect, theme.color("surface_soft" if heading else "surface"))
        edge = QRectF(rect.left(), rect.bottom() - 1, rect.width(), theme.space("border"))
        painter.fillRect(edge, theme.color("line"))
        padding = theme.space("table_cell_padding")
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text_muted") if heading else theme.tone(Tone.INFO))
        painter.drawText(
            rect.adjusted(padding, 0, -padding, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            str(index.data()),
        )
        painter.restore()


def _of_order(ask: Callable[[OrderRow], R]) -> Callable[[Line], R | None]:
    return lambda line: ask(line) if isinstance(line, OrderRow) else None


def _text(ask: Callable[[OrderRow], str]) -> Callable[[Line], str]:
    return lambda line: ask(line) if isinstance(line, OrderRow) else ""


def _words_of(line: FlowBand | FlowRest) -> str:
    flow = line.flow.value
    if isinstance(line, FlowRest):
        return f"orders.rest_many.{flow}" if line.many else f"orders.rest.{flow}"
    return f"orders.flow_many.{flow}" if line.many else f"orders.flow.{flow}"


def _kind_tone(row: OrderRow) -> Tone:
    return kind_tone(row.view)


def _target(row: OrderRow) -> str:
    return target_text(row.view.order)


def _amount(row: OrderRow) -> str:
    return yuan(row.view.order.amount_fen) if row.view.order.amount_fen else ""


def _victim(row: OrderRow) -> str:
    return row.view.victim


def _grey(_row: Line) -> Tone:
    return Tone.NEUTRAL


def _still_tone(row: OrderRow) -> Tone:
    """Nobody acts on an order that has not left this desk, however long it waits."""
    return Tone.WARN if row.view.state is OrderState.ISSUED else Tone.NEUTRAL
