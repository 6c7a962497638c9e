"""Orders that name no receiver: somebody at the centre finds out and says how, and the order goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.orders.target import target_value
from desktop.domain.reference.directories import Directories
from desktop.services.orders.answers.dispatch_batches import LONGEST_RECEIVER
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.dispatch_texts import amount_of, target_of, unit_of
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table

_WIDTHS: Final = {"number": 132, "kind": 96, "amount": 96, "victim": 84, "unit": 220}
_SEEN: Final = 6
"""Orders that are seen without scrolling."""


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
        listed = RowsModel[OrderRow](kit, _columns(kit), lambda row: row.view.order.id)
        self.table: Table[OrderRow] = Table(kit, listed, "name_orders")
        self.table.set_widths(_WIDTHS, stretch="target")
        space = kit.theme.space
        height = space("table_header") + min(len(orders), _SEEN) * space("table_row")
        self.table.setFixedHeight(height)
        kit.texts.bind(self.table.setAccessibleName, "centre.packs.orders")
        rows: Rows = (
            FormText("centre.packs.name_note"),
            self.table,
            (
                Input("to", "centre.packs.name_to", needed=True),
                Input("source", "centre.packs.name_source", needed=True),
            ),
        )
        form = Form(
            "name", "centre.packs.name_title", "centre.packs.name_accept", rows,
            focus="to", width="dialog_width_form", closes=True,
        )  # fmt: skip
        super().__init__(kit, parent, form)
        for name in ("to", "source"):
            self.field(name, TextField).line.setMaxLength(LONGEST_RECEIVER)
        self.table.current_changed.connect(self._propose)
        listed.set_rows(orders)
        self.table.selectRow(0)
        self._propose()

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
                source = self.kit.texts.text("centre.packs.name_issuer", count=len(issuer.prefix))
            self._proposed = (issuer.bank if issuer is not None else "", source)
            self.put("to", self._proposed[0])
            self.put("source", self._proposed[1])
        self.judge()


def _columns(kit: Kit) -> tuple[TableColumn[OrderRow], ...]:
    return (
        TableColumn("number", "centre.element.number", lambda r: r.view.order.number, digits=True),
        TableColumn("kind", "centre.column.kind", lambda r: kind_text(kit, r.view)),
        TableColumn("target", "centre.column.target", target_of, tip=target_of, keep_end=True),
        TableColumn("amount", "centre.column.amount", amount_of, align_right=True, digits=True),
        TableColumn("victim", "centre.element.victim", lambda r: r.view.victim),
        TableColumn("unit", "centre.column.unit", unit_of, tip=unit_of, keep_end=True),
    )  # fmt: skip
