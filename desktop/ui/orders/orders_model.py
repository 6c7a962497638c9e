"""Orders under the headings of their flows; a heading takes the whole row and no focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from desktop.services.orders.list_orders import OrderRow
from desktop.ui.orders.order_list import FlowBand, Line
from desktop.ui.shared.widgets.tables.rows_model import RowsModel

Index = QModelIndex | QPersistentModelIndex


class OrdersModel(RowsModel[Line]):
    """A heading can not be chosen; the arrow keys step over it."""

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
        """The rows of the headings."""
        return [place for place, row in enumerate(self.rows) if isinstance(row, FlowBand)]

    def first_order(self) -> int:
        """The row of the first order, -1 without one."""
        return next((place for place, row in enumerate(self.rows) if isinstance(row, OrderRow)), -1)


def line_key(line: Line) -> str:
    """By what a row is known again."""
    return f"flow/{line.flow.value}" if isinstance(line, FlowBand) else line.view.order.id
