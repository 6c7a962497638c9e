"""To which order an answer belongs: found by number, account, station or victim, and chosen from a list.

Local numbers of several stations are alike; only the line with its station and account says which order is meant.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.answer import QueuedAnswer
from desktop.ui.centre.answer_card import asked_text, trouble_text
from desktop.ui.centre.dispatch_order import by_clock, matching
from desktop.ui.centre.dispatch_texts import amount_of, centre_state, target_of, unit_of
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import OrderRow
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS: Final = {"number": 132, "amount": 96, "victim": 84, "unit": 232, "state": 116}
_MOST: Final = 100
"""Orders that are listed; whoever sees so many types more."""
_SEEN: Final = 5


class AssignDialog(DialogFrame):
    """``given(OrderRow)``. What the answer named is typed already; the order it is known to be about is chosen."""

    given = Signal(object)

    def __init__(
        self, kit: Kit, parent: QWidget, item: QueuedAnswer, orders: tuple[OrderRow, ...]
    ) -> None:
        super().__init__(kit, parent, "centre.answers.assign_title", width="dialog_width_form")
        self.setObjectName("assign_dialog")
        self._orders = by_clock(orders, kit.ticks.now())
        self._banner = Banner(kit, "assign_banner")
        self.body.addWidget(self._banner)
        self._say_why(item)
        self._field = TextField(kit, "assign_field", "centre.answers.assign_field")
        self.body.addWidget(self._field)
        self._rows = RowsModel[OrderRow](kit, self._columns(), lambda row: row.view.order.id)
        self.table: Table[OrderRow] = Table(kit, self._rows, "assign_orders")
        self.table.set_widths(_WIDTHS, stretch="target")
        space = kit.theme.space
        self.table.setFixedHeight(space("table_header") + _SEEN * space("table_row"))
        kit.texts.bind(self.table.setAccessibleName, "centre.answers.assign_orders")
        self.body.addWidget(self.table)
        note = Label(kit, "centre.answers.assign_note", role="small", ink="muted", wrap=True)
        self.body.addWidget(note)
        self.add_button("shared.cancel", name="assign_cancel")
        self._accept = self.add_button(
            "centre.answers.assign_accept", variant=Variant.PRIMARY, name="assign_accept",
            closes=False,
        )  # fmt: skip
        self._accept.clicked.connect(self._tell)
        self.set_default(self._accept)
        self._field.edited.connect(self._look)
        self.table.current_changed.connect(self._allow)
        self.table.activated_row.connect(self.given)
        self._field.set_value(item.answer.number or item.answer.account)
        self._look(self._field.value())
        self.table.select_key(item.order)
        self._field.line.installEventFilter(self)
        self._field.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was chosen stays."""
        self._banner.show_error(error)

    def _say_why(self, item: QueuedAnswer) -> None:
        kit = self.kit
        why = Label(kit, ink="muted", wrap=True)
        why.set_text(trouble_text(kit, item))
        self.body.addWidget(why)
        if told := asked_text(kit, item):
            asked = Label(kit, role="small", wrap=True)
            asked.setObjectName("assign_asked")
            asked.set_text(told)
            self.body.addWidget(asked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from what is typed into the list; the room around both would scroll."""
        pressed = event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _columns(self) -> tuple[TableColumn[OrderRow], ...]:
        kit = self.kit
        return (
            TableColumn("number", "centre.element.number", lambda r: r.view.order.number, digits=True),
            TableColumn("target", "centre.column.target", target_of, tip=target_of, keep_end=True),
            TableColumn("amount", "centre.column.amount", amount_of, align_right=True, digits=True),
            TableColumn("victim", "centre.element.victim", lambda r: r.view.victim),
            TableColumn("unit", "centre.column.unit", unit_of, tip=unit_of, keep_end=True),
            TableColumn("state", "centre.column.state", lambda r: centre_state(kit, r.view)),
        )  # fmt: skip

    def _look(self, typed: str) -> None:
        """One that fits alone is chosen; of several a person chooses."""
        found = matching(self._orders, typed)[:_MOST] if typed.strip() else ()
        self._rows.set_rows(found)
        if len(found) == 1:
            self.table.selectRow(0)
        self._allow()

    def _allow(self) -> None:
        self._accept.setEnabled(self.table.selected() is not None)

    def _tell(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.given.emit(row)
