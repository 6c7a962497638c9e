"""The lists and records of the evidence: which there are, how far each got, and one of them shown to be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.papers.paper import PaperState
from desktop.ui.evidence.record_port import EvidencePaper
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS = {"state": 150}


class PapersDialog(DialogFrame):
    """``wanted(EvidencePaper)``: show it."""

    wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, papers: Sequence[EvidencePaper]) -> None:
        super().__init__(kit, parent, "evidence_papers.title", wide=True)
        self.setObjectName("evidence_papers_dialog")
        self._banner = Banner(kit, "evidence_papers_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "evidence_papers.text", ink="muted", wrap=True))
        columns = (
            TableColumn("title", "evidence_papers.column.title", _title),
            TableColumn(
                "state", "evidence_papers.column.state", self._state, chip=True, tone=_tone
            ),
        )
        self.model = RowsModel[EvidencePaper](kit, columns, _form)
        self.table = Table(kit, self.model, "evidence_papers_table")
        self.table.set_widths(_WIDTHS, stretch="title")
        self.table.setMinimumHeight(kit.theme.space("paste_height"))
        kit.texts.bind(self.table.setAccessibleName, "evidence_papers.title")
        self.model.set_rows(papers)
        self.body.addWidget(self.table)
        self.add_button("shared.close", name="evidence_papers_close")
        show = self.add_button(
            "evidence_papers.show",
            variant=Variant.PRIMARY,
            name="evidence_papers_show",
            closes=False,
        )
        show.clicked.connect(self._show)
        self.table.activated_row.connect(self.wanted)
        if papers:
            self.table.select_key(papers[0].form)
        self.table.setFocus()

    def show_error(self, error: Exception) -> None:
        """What could not be shown is told; the list stays."""
        self._banner.show_error(error)

    def _show(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.wanted.emit(row)

    def _state(self, row: EvidencePaper) -> str:
        return self.kit.texts.text(f"evidence_papers.state.{row.state}")


def _title(row: EvidencePaper) -> str:
    return row.title


def _form(row: EvidencePaper) -> str:
    return row.form


def _tone(row: EvidencePaper) -> Tone | None:
    if row.state == PaperState.SIGNED:
        return Tone.OK
    return Tone.INFO if row.state == PaperState.DRAFT else Tone.NEUTRAL
