"""The record side of the pane: how items were obtained, custody, completeness, filming; each with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.papers.paper import PaperState
from desktop.domain.progress import Progress
from desktop.services.ports import Pdf
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.checklist.actions import ChecklistActions
from desktop.ui.evidence.custody.actions import CustodyActions
from desktop.ui.evidence.decoders import PictureDecoder
from desktop.ui.evidence.photographing.actions import PhotographingActions
from desktop.ui.evidence.record.actions import RecordActions
from desktop.ui.evidence.record_views import EvidencePaper
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
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


class PapersActions(DialogActions):
    """``ask()`` opens the dialog; ``ready(Pdf, title)``: the paper that was chosen."""

    ready = Signal(object, str)

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(kit, window)
        self._records = records

    def ask(self) -> None:
        """Read how far each paper got, then open."""
        self._kit.runner.start("db", partial(_papers, self._records), self._open, self._failed)

    def _open(self, papers: tuple[EvidencePaper, ...]) -> None:
        dialog = PapersDialog(self._kit, self._window, papers)
        dialog.wanted.connect(self._print)
        self._show(dialog, "")

    def _print(self, paper: EvidencePaper) -> None:
        self._run(partial(_print, self._records, paper), then=self._printed)

    def _printed(self, action: RunningAction, made: tuple[Pdf, str]) -> None:
        self._action_done(action, made)
        self.ready.emit(*made)


def _papers(records: CaseRecords, _progress: Progress) -> tuple[EvidencePaper, ...]:
    return records.papers()


def _print(records: CaseRecords, paper: EvidencePaper, _progress: Progress) -> tuple[Pdf, str]:
    """The paper and its title: another one may be asked for before it is drawn."""
    return records.print_paper(paper.form), paper.title


_GROUP = "evidence.keys.title"
_KEYS = {
    "record": "Ctrl+Shift+E",
    "seal": "Ctrl+Shift+L",
    "hand_on": "Ctrl+Shift+G",
    "meter": "Ctrl+Shift+Y",
    "md5": "Ctrl+Shift+D",
    "film": "Ctrl+Shift+F",
    "papers": "Ctrl+Shift+P",
}


_ALWAYS = ("film", "papers")
"""What needs no chosen item."""
_READS = ("meter", "papers")
"""What changes nothing."""


class RecordSide(QObject):
    """``changed``: the items are to be read anew. ``told(key)``: something to say. ``check_wanted``: verify all.
    ``met(Meter | None)``: how the evidence stands before the court's list. ``paper_ready(Pdf, title)``: show it."""

    changed = Signal()
    failed = Signal(object)
    told = Signal(str)
    check_wanted = Signal()
    met = Signal(object)
    paper_ready = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        records: CaseRecords,
        pane: QWidget,
        current: Callable[[], Evidence | None],
        pictures: PictureDecoder,
        *,
        writes: bool = True,
    ) -> None:
        super().__init__(pane)
        self._current = current
        self._writes = writes
        self._records = RecordActions(kit, records, pane)
        self._custody = CustodyActions(kit, records, pane)
        self._checklists = ChecklistActions(kit, records, pane)
        self._photographing = PhotographingActions(kit, records, pictures, pane)
        self._papers = PapersActions(kit, records, pane)
        self._papers.ready.connect(self.paper_ready)
        self._papers.failed.connect(self.failed)
        for actions in (self._records, self._custody, self._photographing):
            actions.changed.connect(self.changed)
            actions.failed.connect(self.failed)
        self._checklists.read.connect(self.met)
        self._checklists.record_wanted.connect(self._records.ask)
        self._checklists.seal_wanted.connect(self._custody.ask_seal)
        self._checklists.check_wanted.connect(self.check_wanted)
        self._checklists.told.connect(self.told)
        self._checklists.failed.connect(self.failed)
        handlers: Mapping[str, Callable[[], object]] = {
            "record": self._about_item(self._records.ask),
            "seal": self._about_item(self._custody.ask_seal),
            "hand_on": self._about_item(self._custody.ask_pass),
            "meter": self._about_item(self._checklists.ask),
            "md5": self._about_item(self._custody.digest),
            "film": self._photographing.ask,
            "papers": self._papers.ask,
        }
        self.actions: dict[str, Action] = {
            name: kit.actions.add(pane, f"evidence.{name}", _KEYS[name], work, group_key=_GROUP)
            for name, work in handlers.items()
        }

    @property
    def item_actions(self) -> dict[str, Action]:
        """What is done to the chosen item."""
        return {name: action for name, action in self.actions.items() if name != "film"}

    def need_item(self, *, chosen: bool) -> None:
        """Allow what makes sense now."""
        for name, action in self.actions.items():
            may = self._writes or name in _READS
            action.set_enabled(enabled=may and (chosen or name in _ALWAYS))

    def refresh(self) -> None:
        """Read how the evidence stands again."""
        self._checklists.refresh()

    def _about_item(self, work: Callable[[EvidenceId], object]) -> Callable[[], None]:
        """Does ``work`` to the chosen item."""

        def done() -> None:
            item = self._current()
            if item is not None:
                work(item.id)

        return done
