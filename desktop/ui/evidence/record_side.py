"""The record side of the pane: how items were obtained, custody, completeness, filming; each with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.completeness import FactFinding
from desktop.domain.errors import WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.papers.paper import PaperState
from desktop.domain.progress import Progress
from desktop.services.brought_file import read_brought
from desktop.services.evidence.find_photos import PICTURES, FoundPhotos
from desktop.services.ports import Pdf
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.checklist.dialog import ChecklistDialog
from desktop.ui.evidence.custody import CustodyActions
from desktop.ui.evidence.photographing.dialog import Filmed, PhotographingDialog
from desktop.ui.evidence.picture.safe_picture import MAX_BYTES, PictureRefused
from desktop.ui.evidence.record.dialog import RecordDialog, Recorded
from desktop.ui.evidence.record_views import (
    Checklist,
    EvidencePaper,
    PhotographingStart,
    RecordStart,
)
from desktop.ui.evidence.viewing.decoders import PictureDecoder
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormDialog, FormText
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_WIDTHS = {"state": 150}


_MOST_PIXELS: Final = 300_000
"""Of the chosen photograph beside the table."""


class PhotographingActions(DialogActions):
    """``ask()`` opens the dialog."""

    def __init__(
        self, kit: Kit, records: CaseRecords, pictures: PictureDecoder, window: QWidget
    ) -> None:
        super().__init__(kit, window)
        self._records = records
        self._pictures = pictures
        self._open_dialog: PhotographingDialog | None = None
        self._folder: Path | None = None

    def ask(self) -> None:
        """Read the lists for this case, then open."""
        self._kit.runner.start(
            "db", partial(_photographing_start, self._records), self._open, self._failed
        )

    def _open(self, start: PhotographingStart) -> None:
        dialog = PhotographingDialog(
            self._kit, self._window, start.lists, start.taken, start.device
        )
        dialog.folder_wanted.connect(self._look)
        dialog.photo_wanted.connect(self._see)
        dialog.filmed.connect(self._film)
        self._open_dialog, self._folder = dialog, None
        self._show(dialog, "photographing.done")

    def _look(self, folder: Path) -> None:
        """Two are looked through at a time: only that of the folder chosen last is shown."""
        self._folder = folder
        work = partial(_photos, self._records, folder)
        self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, found: tuple[Path, FoundPhotos]) -> None:
        folder, photos = found
        shown = self._dialog is not None and self._dialog is self._open_dialog
        if self._open_dialog is not None and shown and folder == self._folder:
            self._open_dialog.show_photos(photos)

    def _see(self, path: Path) -> None:
        work = partial(_picture, self._pictures, path)
        self._kit.runner.start("files", work, self._previewed, self._unseen)

    def _previewed(self, found: tuple[Path, QImage | None]) -> None:
        if self._dialog is not None and self._dialog is self._open_dialog:
            self._open_dialog.show_picture(*found)

    def _unseen(self, _error: Exception) -> None:
        """A photograph that cannot be read is told when it is taken in."""

    def _film(self, filmed: Filmed) -> None:
        self._run(partial(_film, self._records, filmed), lane="files")


def _photographing_start(records: CaseRecords, _progress: Progress) -> PhotographingStart:
    return records.start_photographing()


def _photos(records: CaseRecords, folder: Path, progress: Progress) -> tuple[Path, FoundPhotos]:
    return folder, records.photos(folder, progress)


def _picture(
    pictures: PictureDecoder, path: Path, progress: Progress
) -> tuple[Path, QImage | None]:
    """Small; None for a film, and for what is no picture whatever its name."""
    progress.check()
    if path.suffix.lower() not in PICTURES:
        return path, None
    try:
        data = read_brought(path, MAX_BYTES + 1)
        return path, pictures.decode(data, _MOST_PIXELS).image if len(data) <= MAX_BYTES else None
    except (PictureRefused, OSError, WorldError):
        return path, None


def _film(records: CaseRecords, filmed: Filmed, progress: Progress) -> None:
    records.film(filmed.frames, filmed.device, progress)


class RecordActions(DialogActions):
    """``ask(evidence)`` opens the dialog of its record."""

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(kit, window)
        self._records = records

    def ask(self, evidence: EvidenceId) -> None:
        """Read what is likely, then open the dialog."""
        work = partial(_start, self._records, evidence)
        self._kit.runner.start("db", work, self._open, self._failed)

    def _open(self, start: RecordStart) -> None:
        dialog = RecordDialog(self._kit, self._window, self._records.guide, start)
        dialog.given.connect(self._record)
        self._show(dialog, "evidence_record.done")

    def _record(self, recorded: Recorded) -> None:
        self._run(
            partial(_record, self._records, recorded), lane="files" if recorded.password else "db"
        )


def _record(records: CaseRecords, recorded: Recorded, _progress: Progress) -> None:
    records.record(recorded.items, recorded.typed, recorded.drafts, recorded.password)


def _start(records: CaseRecords, evidence: EvidenceId, _progress: Progress) -> RecordStart:
    return records.start_record(evidence)


class ChecklistActions(QObject):
    """``read(Checklist | None)``: None while the case is a draft. ``record_wanted``, ``seal_wanted``, ``check_wanted``:
    the person goes to mend an item; ``notice(words)`` what is done elsewhere."""

    read = Signal(object)
    record_wanted = Signal(str)
    seal_wanted = Signal(str)
    check_wanted = Signal()
    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._records = records
        self._window = window
        self._chosen = ""
        self._known: Checklist | None = None
        self._dialog: ChecklistDialog | None = None

    def refresh(self) -> None:
        """Read the findings again."""
        self._kit.runner.start("db", partial(_read, self._records), self._took, self._failed)

    def ask(self, evidence: EvidenceId) -> None:
        """Show the findings, those of ``evidence`` at hand."""
        self._chosen = evidence
        self._kit.runner.start("db", partial(_read, self._records), self._open, self._failed)

    def _took(self, found: Checklist | None) -> None:
        self._known = found
        self.read.emit(found)

    def _open(self, found: Checklist | None) -> None:
        self._took(found)
        if found is None:
            self.notice.emit("completeness.not_registered")
            return
        if is_open(self._dialog):
            return
        self._dialog = ChecklistDialog(
            self._kit, self._window, found.completeness, found.titles, self._chosen
        )
        self._dialog.mend_wanted.connect(self._mend)
        self._dialog.open()

    def _mend(self, finding: FactFinding) -> None:
        kind, _, name = finding.about.partition("/")
        if kind != "evidence":
            self.notice.emit("completeness.elsewhere")
        elif finding.fact.id == "digest":
            self.check_wanted.emit()
        elif finding.fact.id == "seal":
            self.seal_wanted.emit(name)
        elif finding.fact.id == "signed":
            self.notice.emit("completeness.at_papers")
        else:
            self.record_wanted.emit(name)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _read(records: CaseRecords, _progress: Progress) -> Checklist | None:
    return records.checklist()


class PapersDialog(FormDialog):
    """``given(EvidencePaper)``: show it."""

    def __init__(self, kit: Kit, parent: QWidget, papers: Sequence[EvidencePaper]) -> None:
        columns = (
            TableColumn("title", "evidence_papers.column.title", _title),
            TableColumn(
                "state", "evidence_papers.column.state", self._state, chip=True, tone=_tone
            ),
        )
        self.table = Listing[EvidencePaper](
            kit, "evidence_papers_table", "evidence_papers.title", columns, _form, _WIDTHS
        )
        self.table.setMinimumHeight(kit.theme.space("paste_height"))
        form = Form(
            "evidence_papers", "evidence_papers.title", "evidence_papers.show",
            (FormText("evidence_papers.text"), self.table), width="dialog_width_wide",
            accept_name="show", back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.table.show_rows(papers)
        self.table.activated_row.connect(self.given)
        if papers:
            self.table.select_key(papers[0].form)
        self.table.setFocus()

    def is_sound(self, _filled: FilledForm) -> bool:
        """Whether one is chosen."""
        return self.table.selected() is not None

    def outcome(self, _filled: FilledForm) -> EvidencePaper | None:
        """The chosen one."""
        return self.table.selected()

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
        dialog.given.connect(self._print)
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
    """``changed``: the items are to be read anew. ``notice(key)``: something to say. ``check_wanted``: verify all.
    ``met(Checklist | None)``: how the evidence stands before the court's list. ``paper_ready(Pdf, title)``: show it."""

    changed = Signal()
    failed = Signal(object)
    notice = Signal(str)
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
        writes: bool,
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
        self._checklists.notice.connect(self.notice)
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
