"""What stands in a dispatch batch: its orders, the most urgent first, and how far each got."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.dispatch_batch import DispatchBatch
from desktop.domain.case_file.views import OrderView
from desktop.ui.centre.dispatch_texts import centre_state
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table

_WIDTHS: Final = {"place": 52, "number": 132, "amount": 96, "victim": 84, "unit": 200, "state": 116}
_SEEN: Final = 8
"""Orders that are seen without scrolling."""
_Placed = tuple[int, OrderView]
"""An order with its place in the letter."""


class BatchDialog(FormDialog):
    """Tells only: to whom, when, by whom it was dispatched, by when it is to be answered, and its orders."""

    def __init__(self, kit: Kit, parent: QWidget, batch: DispatchBatch) -> None:
        listed = RowsModel[_Placed](kit, _columns(kit), lambda placed: placed[1].order.id)
        self.table: Table[_Placed] = Table(kit, listed, "batch_orders")
        self.table.set_widths(_WIDTHS, stretch="target")
        space = kit.theme.space
        height = space("table_header") + min(len(batch.orders), _SEEN) * space("table_row")
        self.table.setFixedHeight(height)
        kit.texts.bind(self.table.setAccessibleName, "centre.packs.orders")
        rows: Rows = (
            FormText(
                "centre.packs.dispatched",
                params={
                    "number": batch.number,
                    "receiver": batch.receiver,
                    "made": moment(kit, batch.made_at),
                    "officer": batch.officer,
                    "due": moment(kit, batch.due_at),
                },
            ),
            self.table,
        )
        form = Form(
            "batch", "centre.packs.open_title", "", rows,
            width="dialog_width_form", back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        listed.set_rows(tuple(enumerate(batch.orders, 1)))
        self.table.selectRow(0)


def _columns(kit: Kit) -> tuple[TableColumn[_Placed], ...]:
    return (
        TableColumn("place", "centre.packs.place", lambda placed: str(placed[0]), digits=True),
        TableColumn(
            "number", "centre.element.number", lambda placed: placed[1].order.number, digits=True
        ),
        TableColumn("target", "centre.column.target", _target, tip=_target, keep_end=True),
        TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
        TableColumn("victim", "centre.element.victim", lambda placed: placed[1].victim),
        TableColumn("unit", "centre.column.unit", _unit, tip=_unit, keep_end=True),
        TableColumn("state", "centre.column.state", lambda placed: centre_state(kit, placed[1])),
    )


def _target(placed: _Placed) -> str:
    return target_text(placed[1].order)


def _amount(placed: _Placed) -> str:
    fen = placed[1].order.amount_fen
    return yuan(fen) if fen else ""


def _unit(placed: _Placed) -> str:
    return placed[1].order.unit_name
