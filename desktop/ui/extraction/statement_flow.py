"""One statement from the evidence into the case: read, ask for what is missing, show, take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import inf

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.domain.statements.statement import ColumnChoice, Statement, StatementRow, TablePreview
from desktop.services.extraction.coin_leads import CoinLeads, coin_leads
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.mark_rows import RowMark, mark_rows
from desktop.services.extraction.statement_transfers import transfer_of_row
from desktop.ui.extraction.columns_dialog import ColumnsDialog
from desktop.ui.extraction.evidence_reader import EvidenceReader
from desktop.ui.extraction.statement_dialog import StatementDialog
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame, is_open
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.form_dialog import FilledForm
from desktop.ui.shared.dialogs.secret_dialog import SecretDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.when_in_front import WhenInFront
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow

_REST_MS = 250
"""What is read faster than this shows no window in between."""


class WorkingDialog(DialogFrame):
    """``rejected`` when the person stops it."""

    def __init__(self, kit: Kit, parent: QWidget, title_key: str) -> None:
        super().__init__(kit, parent, title_key)
        self.setObjectName("working_dialog")
        self._row = ProgressRow(kit, "items", name="working_row")
        self._row.cancelled.connect(self.reject)
        self.body.addWidget(self._row)
        self._row.begin("extraction.safe")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_REST_MS)
        self._wait.timeout.connect(self._appear)

    def open(self) -> None:
        """Appear, unless it is over first."""
        self._wait.start()

    def advance(self, done: int, total: int) -> None:
        """So much is read."""
        self._row.advance(done, total)

    def done(self, result: int) -> None:
        """Over, shown or not."""
        self._wait.stop()
        super().done(result)
        self.deleteLater()

    def _appear(self) -> None:
        super().open()


class FilePasswordDialog(SecretDialog):
    """``given(password)``: try it. The caller closes the window, or says that it is wrong."""

    def __init__(self, kit: Kit, parent: QWidget, name: str) -> None:
        super().__init__(kit, parent, "extraction.password", "file_password", name, closes=False)
        self.body.addWidget(self.banner)
        self._typed = self.field("", PasswordField)
        self._typed.edited.connect(self.banner.clear)

    def show_error(self, error: Exception) -> None:
        """Say that it was wrong; another can be typed."""
        typed = self._typed.value()
        super().show_error(error)
        self._typed.set_value(typed)
        self.judge()
        self._typed.line.selectAll()
        self._typed.setFocus()

    def outcome(self, filled: FilledForm) -> str:
        """Copied from a message, with what stood around it."""
        return filled[""].strip()


_PASSWORDS = frozenset({"statement.password", "statement.password_wrong"})
_UNKNOWN = "statement.unknown"
_ROWS_NAMED = 6


class StatementFlow(QObject):
    """``failed(error)``: the item cannot be read as a statement, and no window is open that says so."""

    failed = Signal(object)
    read = Signal()

    def __init__(
        self, kit: Kit, host: QWidget, reader: EvidenceReader, sink: ExtractionSink, item: Evidence
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._reader = reader
        self._sink = sink
        self._item = item
        self._when_in_front = WhenInFront(host, self)
        self._password = ""
        self._working: WorkingDialog | None = None
        self._asking: FilePasswordDialog | None = None
        self._dialog: StatementDialog | None = None
        self._columns: ColumnsDialog | None = None
        sink.taken.connect(self._taken)
        sink.failed.connect(self._not_taken)

    def start(self, choice: ColumnChoice | None = None) -> None:
        """Read the item; ``choice`` is what was said of its columns."""
        if self._asking is None and self._columns is None:
            self._working = WorkingDialog(self._kit, self._host, "extraction.working")
            self.destroyed.connect(self._working.reject)  # another item was asked for meanwhile
            self._working.open()
        work = partial(_read, self._reader, self._item, self._password, choice)
        handle = self._kit.runner.start(
            "files", work, self._read_it, self._refused_it, self._advance
        )
        if self._working is not None and isValid(self._working):
            self._working.rejected.connect(handle.cancel)

    def _advance(self, done: int, total: int) -> None:
        if self._working is not None and isValid(self._working):
            self._working.advance(done, total)

    def _read_it(self, found: tuple[Statement, CoinLeads]) -> None:
        self._put_away()
        self._open(self._show, *found)

    def _refused_it(self, error: Exception) -> None:
        self._put_away()
        self._open(self._refused, error)

    def _show(self, statement: Statement, leads: CoinLeads) -> None:
        if self._asking is not None and isValid(self._asking):
            self._asking.accept()
        self._asking = None
        self._close_columns()
        dialog = self._dialog = StatementDialog(self._kit, self._host, self._item, statement)
        dialog.take_wanted.connect(self._take)
        dialog.columns_wanted.connect(self._look_at_columns)
        dialog.leads_found.connect(self._show_leads)
        dialog.leads_wanted.connect(self._take_leads)
        dialog.show_leads(leads, self._sink.offers(leads.reading), whole=True)
        dialog.open()
        self.read.emit()
        self._mark()

    def _refused(self, error: Exception) -> None:
        code = error.code if isinstance(error, UserInputError) else ""
        if code in _PASSWORDS:
            self._ask_password(error)
            return
        if self._columns is not None and isValid(self._columns):
            self._columns.show_error(error)
            return
        if code == _UNKNOWN:
            self._look_at_columns()
            return
        if self._asking is not None and isValid(self._asking):
            self._asking.reject()
        self._asking = None
        self.failed.emit(error)

    def _look_at_columns(self) -> None:
        """Have the first rows, so that the officer says what the columns are."""
        work = partial(_table, self._reader, self._item, self._password)
        self._kit.runner.start("files", work, self._table_read, self._no_table)

    def _table_read(self, preview: TablePreview) -> None:
        self._open(self._ask_columns, preview)

    def _open(self, window: Callable[..., None], *arguments: object) -> None:
        """Open one in the place of another, which nobody left; else once the page is in front."""
        if any(map(is_open, (self._asking, self._columns, self._dialog))):
            window(*arguments)
        else:
            self._when_in_front.do(window, *arguments)

    def _ask_columns(self, preview: TablePreview) -> None:
        if self._asking is not None and isValid(self._asking):
            self._asking.accept()
        self._asking = None
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        columns = self._columns = ColumnsDialog(self._kit, self._host, self._item, preview)
        columns.chosen.connect(self.start)
        columns.rejected.connect(self._columns_left)
        columns.open()

    def _no_table(self, error: Exception) -> None:
        if self._asking is not None and isValid(self._asking):
            self._asking.reject()
        self._asking = None
        self.failed.emit(error)

    def _close_columns(self) -> None:
        if self._columns is not None and isValid(self._columns):
            self._columns.accept()
        self._columns = None

    def _columns_left(self) -> None:
        self._columns = None

    def _put_away(self) -> None:
        if self._working is not None and isValid(self._working):
            self._working.accept()
        self._working = None

    def _ask_password(self, error: Exception) -> None:
        if self._asking is not None and isValid(self._asking):
            self._asking.show_error(error)
            return
        asking = self._asking = FilePasswordDialog(self._kit, self._host, self._item.name)
        asking.given.connect(self._try)
        asking.rejected.connect(self._given_up)
        asking.open()

    def _try(self, password: str) -> None:
        self._password = password
        self.start()

    def _given_up(self) -> None:
        self._asking, self._password = None, ""

    def _mark(self) -> None:
        if self._dialog is not None and isValid(self._dialog):
            rows, known = self._dialog.statement.rows, self._sink.known()
            work = partial(_marks, rows, known, self._item, self._reader)
            self._kit.runner.start("files", work, self._marked, self._not_taken)

    def _marked(self, marks: Mapping[int, RowMark]) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.set_marks(marks)

    def _take(self, rows: tuple[StatementRow, ...]) -> None:
        if self._dialog is None:
            return
        head, holder = self._dialog.statement.head, self._sink.holder()
        by_time = sorted(rows, key=_time)  # a statement begins with the newest
        transfers = tuple(transfer_of_row(head, row, self._item.id, holder) for row in by_time)
        named = [str(row.row) for row in rows[:_ROWS_NAMED]]
        key = "extraction.source_rows" if len(rows) <= _ROWS_NAMED else "extraction.source_many"
        words = self._kit.texts.text
        source = words(key, name=self._item.name, rows=words("extraction.comma").join(named),
                       count=len(rows))  # fmt: skip
        self._sink.take(Picked(source, transfers))

    def _show_leads(self, leads: CoinLeads) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_leads(leads, self._sink.offers(leads.reading))

    def _take_leads(self, places: tuple[int, ...]) -> None:
        if self._dialog is not None and places:
            self._sink.take(self._dialog.leads.picked(self._item, places))

    def _taken(self, count: int) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_taken(count)
            leads = self._dialog.leads
            leads.refresh(self._sink.offers(leads.leads.reading))
            self._mark()

    def _not_taken(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)


def _read(
    reader: EvidenceReader,
    item: Evidence,
    password: str,
    choice: ColumnChoice | None,
    progress: Progress,
) -> tuple[Statement, CoinLeads]:
    found = reader.statement(item, progress, password=password, choice=choice)
    return found, coin_leads(found.rows)


def _table(
    reader: EvidenceReader, item: Evidence, password: str, progress: Progress
) -> TablePreview:
    return reader.table(item, progress, password=password)


def _marks(
    rows: Sequence[StatementRow],
    known: tuple[TransferText, ...],
    item: Evidence,
    reader: EvidenceReader,
    _progress: Progress,
) -> Mapping[int, RowMark]:
    return mark_rows(rows, known, item.id, reader.now())


def _time(row: StatementRow) -> float:
    return row.time.timestamp() if row.time is not None else inf
