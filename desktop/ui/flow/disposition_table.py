"""The conservation table: a row for each method, and every row sums to the loss. Choosing a row chooses the method."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.money.money_flow import Disposition, TracingMethod
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

_TONES = {Disposition.STOPPED: Tone.OK, Disposition.FROZEN: Tone.OK, Disposition.ESCAPED: Tone.BAD}


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One method's fates in fen, and their sum."""

    method: TracingMethod
    dispositions: tuple[tuple[Disposition, int], ...]
    loss_fen: int

    def fen(self, disposition: Disposition) -> int:
        """One of them."""
        return dict(self.dispositions)[disposition]


class DispositionCard(QWidget):
    """``chosen(Method)`` when the person stands on another row."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, texts: FlowTexts) -> None:
        super().__init__()
        self._texts = texts
        columns: tuple[TableColumn[MethodRow], ...] = (
            TableColumn("method", "flow.method.title", self._method, tip=self._tip),
            *(_column(disposition) for disposition in Disposition),
            TableColumn("sum", "flow.sum", _sum, align_right=True, digits=True),
        )
        self.model = RowsModel[MethodRow](kit, columns, _key, self)
        self.table = Table[MethodRow](kit, self.model, "flow_fates")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        kit.texts.bind(self.table.setAccessibleName, "flow.conservation")
        rows = kit.theme.space("control_compact") + kit.theme.space("space_xxs")
        self.table.verticalHeader().setDefaultSectionSize(rows)
        high = (
            kit.theme.space("table_header")
            + len(TracingMethod) * rows
            + kit.theme.space("space_xs")
        )
        self.table.setFixedHeight(high)
        card = Card(kit, "flow.conservation")
        self._note = Label(kit, role="hint", ink="muted")
        card.header.addWidget(self._note)
        card.body.addWidget(self.table)
        Column(kit, self).addWidget(card)
        self.table.current_changed.connect(self._moved)

    def show_sheet(self, sheet: FlowSheet, method: TracingMethod) -> None:
        """Show the answers of all methods, and stand on one."""
        self.model.set_rows(
            [
                MethodRow(name, tuple(view.dispositions.items()), sum(view.dispositions.values()))
                for name, view in sheet.methods.items()
            ]
        )
        self.table.select_key(method)
        self._note.set_text(self._texts.scope(sheet))

    def _moved(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.chosen.emit(row.method)

    def _method(self, row: MethodRow) -> str:
        return self._texts.method(row.method)

    def _tip(self, row: MethodRow) -> str:
        return self._texts.text(f"method.{row.method.value}_tip")


def _column(disposition: Disposition) -> TableColumn[MethodRow]:
    return TableColumn(
        disposition.value,
        f"flow.fate.{disposition.value}",
        partial(_amount, disposition),
        align_right=True,
        digits=True,
        tone=partial(_tone, disposition),
    )


def _amount(disposition: Disposition, row: MethodRow) -> str:
    fen = row.fen(disposition)
    return yuan(fen) if fen else "—"


def _tone(disposition: Disposition, row: MethodRow) -> Tone | None:
    return _TONES.get(disposition) if row.fen(disposition) else None


def _sum(row: MethodRow) -> str:
    return yuan(row.loss_fen)


def _key(row: MethodRow) -> TracingMethod:
    return row.method
