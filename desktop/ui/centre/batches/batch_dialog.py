"""What stands in a dispatch batch: the rows of its letter, the most urgent first, and how far their orders got."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.dispatch_batch import AND, DispatchBatch
from desktop.domain.case_file.orders.letter_rows import LetterRow, letter_rows
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import WAITING
from desktop.ui.centre.listed_orders import OrderList, centre_state, order_columns
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_COLUMNS: Final = ("number", "target", "amount", "victim", "unit", "state")
_IN_SIGHT: Final = 8
"""Rows that stand there without scrolling."""
_SINGLE: Final = {"unit": 200}
_SEVERAL: Final = {"unit": 128, "number": 268}
"""Pixels of columns where a row has one number, and where it has two."""


class BatchDialog(FormDialog):
    """Tells only: to whom, when, by whom it was dispatched, by when it is to be answered, and its orders as the
    letter has them: those about one account in one row."""

    def __init__(self, kit: Kit, parent: QWidget, batch: DispatchBatch) -> None:
        listed = letter_rows(batch)
        several = any(len(row.orders) > 1 for row in listed)
        place: TableColumn[LetterRow] = TableColumn(
            "place", "centre.batches.place", _place, digits=True
        )
        self.table = OrderList[LetterRow](
            kit, "batch_orders", "centre.batches.orders", (place, *_columns(kit)), _first,
            rows=min(len(listed), _IN_SIGHT), widths=_SEVERAL if several else _SINGLE,
        )  # fmt: skip
        rows: Rows = (
            FormText(
                "centre.batches.dispatched",
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
                        "centre.batches.by_telephone_note",
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
            "batch", "centre.batches.open_title", "", rows,
            width="dialog_width_form", back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.table.show_rows(listed, choose=True)


def _columns(kit: Kit) -> Iterator[TableColumn[LetterRow]]:
    """Those of one order; of several each column says what any of them says, and the sum what all ask for."""
    own: dict[str, Callable[[LetterRow], str]] = {
        "amount": _amount,
        "state": partial(_state, kit),
    }
    for column in order_columns(kit, _itself, _COLUMNS):
        text = own.get(column.name) or _joined(column.text)
        yield TableColumn(
            column.name, column.header_key, text, align_right=column.align_right,
            digits=column.digits, keeps=column.keeps, tip=text,
        )  # fmt: skip


def _joined(text: Callable[[OrderView], str]) -> Callable[[LetterRow], str]:
    return lambda row: AND.join(dict.fromkeys(map(text, row.orders)))


def _amount(row: LetterRow) -> str:
    """Empty where no sum is named."""
    return yuan(row.amount_fen) if row.amount_fen else ""


def _state(kit: Kit, row: LetterRow) -> str:
    """That of all; else how many are answered."""
    states = {centre_state(kit, view) for view in row.orders}
    if len(states) == 1:
        return states.pop()
    answered = sum(view.state not in WAITING for view in row.orders)
    return kit.texts.text("centre.batches.part", answered=answered, count=len(row.orders))


def _place(row: LetterRow) -> str:
    return str(row.place)


def _first(row: LetterRow) -> OrderView:
    return row.orders[0]


def _itself(view: OrderView) -> OrderView:
    return view
