"""Orders that name no receiver: somebody at the centre finds out and says how, and the order goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.orders.order import target_value
from desktop.domain.reference.directories import Directories
from desktop.services.orders.answers.dispatch_batches import LONGEST_RECEIVER
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.listed_orders import OrderList, order_columns, view_of_row
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.fields import TextField

_COLUMNS: Final = ("number", "kind", "target", "amount", "victim", "unit")
_IN_SIGHT: Final = 6
"""Orders that stand there without scrolling."""


@dataclass(frozen=True, slots=True)
class NamedReceiver:
    """``order``: its id; ``name``: who is to act; ``source``: how that is known."""

    order: str
    name: str
    source: str


class ReceiverDialog(FormDialog):
    """``given(NamedReceiver)``. Who issued a card by its first digits is proposed and can be typed over."""

    def __init__(
        self, kit: Kit, parent: QWidget, orders: tuple[OrderRow, ...], directories: Directories
    ) -> None:
        self._directories = directories
        self._proposed = ("", "")
        columns = order_columns(kit, view_of_row, _COLUMNS)
        self.table = OrderList[OrderRow](
            kit, "name_orders", "centre.batches.orders", columns, view_of_row,
            rows=min(len(orders), _IN_SIGHT), widths={"unit": 220},
        )  # fmt: skip
        rows: Rows = (
            FormText("centre.batches.name_note"),
            self.table,
            (
                Input("to", "centre.batches.name_to", needed=True),
                Input("source", "centre.batches.name_source", needed=True),
            ),
        )
        form = Form(
            "name", "centre.batches.name_title", "centre.batches.name_accept", rows,
            focus="to", width="dialog_width_form", closes=True,
        )  # fmt: skip
        super().__init__(kit, parent, form)
        for name in ("to", "source"):
            self.field(name, TextField).line.setMaxLength(LONGEST_RECEIVER)
        self.table.current_changed.connect(self._propose)
        self.table.show_rows(orders, choose=True)

    def judge(self, _changed: object = None) -> None:
        """Once an order is chosen, and both are typed."""
        super().judge()
        if self.table.selected() is None:
            self.accept_button.setEnabled(False)

    def outcome(self, filled: FilledForm) -> NamedReceiver | None:
        """What was chosen and typed."""
        row = self.table.selected()
        if row is None:
            return None
        return NamedReceiver(row.view.order.id, filled["to"], filled["source"])

    def _propose(self, _changed: object = None) -> None:
        """By the first digits of the account; what a person typed stays."""
        filled = self.filled()
        row = self.table.selected()
        if row is not None and (filled["to"], filled["source"]) == self._proposed:
            issuer = self._directories.card_issuer(target_value(row.view.order))
            source = ""
            if issuer is not None:
                source = self.kit.texts.text("centre.batches.name_issuer", count=len(issuer.prefix))
            self._proposed = (issuer.bank if issuer is not None else "", source)
            self.put("to", self._proposed[0])
            self.put("source", self._proposed[1])
        self.judge()
