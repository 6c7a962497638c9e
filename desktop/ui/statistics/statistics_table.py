"""The rows of a period with their sums and times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.case_file.statistics import Totals
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table
from desktop.ui.statistics.span_text import span_text

_WIDTHS = {
    "reports": 70, "loss": 112, "stopped": 122, "share": 68, "frozen": 112, "returned": 122,
    "to_order": 140, "to_stop": 140, "to_freeze": 140,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """``name`` as shown."""

    key: str
    name: str
    totals: Totals


class StatisticsTable(Table[StatisticsRow]):
    """One row a type, unit, day or channel."""

    def __init__(self, kit: Kit) -> None:
        self._statistics_kit = kit
        column = "documents.period_sheet.column"

        def figure(name: str, text: Callable[[StatisticsRow], str]) -> TableColumn[StatisticsRow]:
            return TableColumn(name, f"{column}.{name}", text, align_right=True, digits=True)

        columns = (
            TableColumn("name", f"{column}.name", _name, tip=_name, keep_end=True),
            figure("reports", lambda row: str(row.totals.reports)),
            figure("loss", lambda row: _yuan(row.totals.loss_fen)),
            figure("stopped", lambda row: _yuan(row.totals.stopped_fen)),
            figure("share", _share),
            figure("frozen", lambda row: _yuan(row.totals.frozen_fen)),
            figure("returned", lambda row: _yuan(row.totals.returned_fen)),
            figure("to_order", lambda row: self._spans(row, "to_order")),
            figure("to_stop", lambda row: self._spans(row, "to_stop")),
            figure("to_freeze", lambda row: self._spans(row, "to_freeze")),
        )
        self.rows = RowsModel[StatisticsRow](kit, columns, _key)
        super().__init__(kit, self.rows, "statistics_table")
        self.set_widths(_WIDTHS, stretch="name")
        kit.texts.bind(self.setAccessibleName, "statistics.table")

    def _spans(self, row: StatisticsRow, name: str) -> str:
        """The median and what nine of ten kept."""
        both: tuple[timedelta | None, ...] = (
            getattr(row.totals.pace, name),
            getattr(row.totals.slow, name),
        )
        words = self._statistics_kit.texts
        return " / ".join(span_text(words, span) for span in both if span is not None)


def _key(row: StatisticsRow) -> str:
    return row.key


def _name(row: StatisticsRow) -> str:
    return row.name


def _yuan(fen: int) -> str:
    return yuan(fen) if fen else ""


def _share(row: StatisticsRow) -> str:
    share = row.totals.share
    return f"{share:.0%}" if share is not None else ""
