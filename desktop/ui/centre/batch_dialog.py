"""What stands in a dispatch batch: its orders, the most urgent first, and how far each got."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.dispatch_batch import DispatchBatch
from desktop.domain.case_file.views import OrderView
from desktop.ui.centre.listed_orders import OrderList, order_columns
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_COLUMNS: Final = ("number", "target", "amount", "victim", "unit", "state")
_IN_SIGHT: Final = 8
"""Orders that stand there without scrolling."""
_Placed = tuple[int, OrderView]
"""An order with its place in the letter."""


class BatchDialog(FormDialog):
    """Tells only: to whom, when, by whom it was dispatched, by when it is to be answered, and its orders."""

    def __init__(self, kit: Kit, parent: QWidget, batch: DispatchBatch) -> None:
        place: TableColumn[_Placed] = TableColumn(
            "place", "centre.packs.place", _place, digits=True
        )
        self.table = OrderList[_Placed](
            kit, "batch_orders", "centre.packs.orders",
            (place, *order_columns(kit, _view, _COLUMNS)), _view,
            rows=min(len(batch.orders), _IN_SIGHT), unit=200,
        )  # fmt: skip
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
            *(
                (
                    FormText(
                        "centre.packs.by_telephone_note",
                        ink="amber",
                        params={"who": batch.answered_by},
                    ),
                )
                if batch.answered_by
                else ()
            ),
            self.table,
        )
        form = Form(
            "batch", "centre.packs.open_title", "", rows,
            width="dialog_width_form", back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.table.show_rows(tuple(enumerate(batch.orders, 1)), choose=True)


def _place(placed: _Placed) -> str:
    return str(placed[0])


def _view(placed: _Placed) -> OrderView:
    return placed[1]
