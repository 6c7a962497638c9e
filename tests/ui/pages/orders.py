"""The list of orders as a person works it."""

from __future__ import annotations

from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.widgets.pages.tile import Tile
from tests.ui.pages.window_page import WindowPage


class OrdersPage(WindowPage):
    """Rows, cells and tiles by their names."""

    widget: OrdersScreen

    def victims(self) -> list[str]:
        """Whose orders, top to bottom."""
        return [row.view.victim for row in self.widget.table.orders_model.orders]

    def cell(self, victim: str, column: str) -> str:
        """The text of a cell in the first row of a victim."""
        model = self.widget.table.orders_model
        place = [found.name for found in model.columns].index(column)
        return str(model.index(self._place(victim), place).data())

    def figure(self, tile: str) -> str:
        """The figure on a tile."""
        return self.find(f"orders_tile_{tile}", Tile).figure.text()

    def stand_on(self, victim: str) -> None:
        """Put the keyboard on the first row of a victim."""
        table = self.widget.table
        table.setFocus()
        table.setCurrentIndex(table.orders_model.index(self._place(victim), 0))

    def headings(self) -> list[str]:
        """The bands over the flows, top to bottom."""
        model = self.widget.table.orders_model
        return [str(model.index(row, 0).data()) for row in model.bands()]

    def _place(self, victim: str) -> int:
        model = self.widget.table.orders_model
        row = next(row for row in model.orders if row.view.victim == victim)
        return model.row_of(row.view.order.id)
