"""The papers of a case: choose one, look at its first page, print or keep it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import write_atomic
from desktop.services.ports import FormSpec, Pdf
from desktop.ui.case.paper_view import PaperView
from desktop.ui.case.port import CasePort, CaseSetup
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.button import Button, Variant
from desktop.ui.shared.card import Card, Row
from desktop.ui.shared.error_words import words_of
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.rows_model import RowsModel, TableColumn
from desktop.ui.shared.table import Table
from desktop.ui.shared.task_runner import TaskHandle
from desktop.ui.shared.toast import toast

_LIST_SHARE, _VIEW_SHARE = 2, 3
_SETS = frozenset(
    {
        "platform_2016",
        "criminal_2022",
        "administrative_2024",
        "administrative_2020",
        "return_2016",
        "local",
    }
)


class PapersTab(QWidget):
    """``paper_ready(pdf, title)``: to be shown by the window for printing. ``failed(error)``."""

    paper_ready = Signal(object, str)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CasePort, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self._port = port
        self._setup = setup
        self._case: CaseId | None = None
        self._number = ""
        self._shown: tuple[CaseId, str] | None = None
        self._drawing: TaskHandle | None = None
        self._target: Path | None = None
        columns: tuple[TableColumn[FormSpec], ...] = (
            TableColumn("title", "case.paper.title", _title),
            TableColumn("set", "case.paper.set", self._set),
        )
        self.model = RowsModel[FormSpec](kit, columns, _form_id, self)
        self.table = Table[FormSpec](kit, self.model, "case_papers_table")
        self.table.set_widths({"set": 110}, stretch="title")
        kit.words.bind(self.table.setAccessibleName, "case.tab.papers")
        self.view = PaperView(kit)
        self._print = Button(
            kit, "case.paper.print", variant=Variant.PRIMARY, icon="print", name="case_paper_print"
        )
        self._save = Button(kit, "case.paper.save", icon="save", name="case_paper_save")
        self._build()
        self._connect()

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Offer the papers of a case; what is shown is drawn anew, since the case may have changed."""
        self._case, self._number = sheet.file.case.id, sheet.file.case.number
        self._shown = None
        self.model.set_rows(sheet.forms)
        self._choose()

    def show_first(self) -> None:
        """The tab came to the front: choose a paper if none is chosen, and draw it."""
        if self.table.selected() is None and self.model.rows:
            self.table.select_key(self.model.rows[0].id)
        self._choose()

    def _choose(self) -> None:
        form = self.table.selected()
        self._print.setEnabled(form is not None)
        self._save.setEnabled(form is not None)
        if form is None or self._case is None:
            self.view.show_text(self._kit.words.text("case.paper.choose"))
            return
        if not self.isVisible() or self._shown == (self._case, form.id):
            return
        self._shown = (self._case, form.id)
        if self._drawing is not None:
            self._drawing.cancel()
        self.view.show_text(self._kit.words.text("case.paper.drawing"))
        work = partial(_draw, self._port, self._setup, form.id, self._case, self.view.page_width())
        self._drawing = self._kit.runner.start("db", work, self._drawn, self._not_drawn)

    def _drawn(self, result: tuple[CaseId, str, bytes]) -> None:
        case, form, png = result
        if self._shown == (case, form):
            self.view.show_picture(png, self._title_of(form))

    def _not_drawn(self, error: Exception) -> None:
        words = words_of(self._kit, error)
        self.view.show_text("\n".join(part for part in (words.what, words.do) if part))

    def _print_clicked(self) -> None:
        self._make(self._made_to_print)

    def _made_to_print(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._file_title())

    def _save_clicked(self) -> None:
        name = f"{self._file_title()}.pdf"
        choose_target(self._kit, self, "case.paper.save", name, self._target_chosen)

    def _target_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self._target = paths[0]
            self._make(self._made_to_save)

    def _made_to_save(self, pdf: Pdf) -> None:
        if self._target is not None:
            work = partial(_write, self._target, pdf.data)
            self._kit.runner.start("files", work, self._saved, self._failed)

    def _saved(self, _nothing: None) -> None:
        toast(self._kit, self, "case.paper.saved")

    def _make(self, done: Callable[[Pdf], object]) -> None:
        form = self.table.selected()
        if form is None or self._case is None:
            return
        work = partial(_print, self._port, form.id, self._case)
        self._kit.runner.start("db", work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _file_title(self) -> str:
        form = self.table.selected()
        return f"{self._number} {form.title}" if form is not None else self._number

    def _title_of(self, form_id: str) -> str:
        return next((form.title for form in self.model.rows if form.id == form_id), form_id)

    def _set(self, form: FormSpec) -> str:
        known = form.form_set in _SETS
        return self._kit.words.text(f"case.paper.sets.{form.form_set}") if known else form.form_set

    def _build(self) -> None:
        row = Row(self._kit, self, gap="card_gap")
        listing = Card(self._kit, "case.paper.list")
        listing.body.addWidget(self.table, 1)
        buttons = Row(self._kit)
        buttons.addWidget(self._print)
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        listing.body.addLayout(buttons)
        row.addWidget(listing, _LIST_SHARE)
        row.addWidget(self.view, _VIEW_SHARE)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._choose)
        self.table.activated_row.connect(self._print_clicked)
        self._print.clicked.connect(self._print_clicked)
        self._save.clicked.connect(self._save_clicked)


def _draw(
    port: CasePort, setup: CaseSetup, form: str, case: CaseId, width: int, progress: Progress
) -> tuple[CaseId, str, bytes]:
    pdf = port.preview_form(form, case)
    progress.check()
    return case, form, setup.draw_page(pdf.data, width)


def _print(port: CasePort, form: str, case: CaseId, _progress: Progress) -> Pdf:
    return port.print_form(form, case)


def _write(target: Path, data: bytes, _progress: Progress) -> None:
    write_atomic(target, data)


def _form_id(form: FormSpec) -> str:
    return form.id


def _title(form: FormSpec) -> str:
    return form.title
