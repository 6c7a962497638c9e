"""What the page does with papers: begin, write, sign, make a new version, take back, print, keep as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId, PaperId
from desktop.domain.papers.paper import Paper
from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form, keep_phrase
from desktop.services.papers.note_print import note_saved
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import show_paper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.ports import FormSpec, Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.pages.toast import toast

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form of a case; ``about``: the subject within it, "" for the case as a whole."""

    form: str
    case: CaseId
    about: str = ""


class PaperActions(QObject):
    """``changed``: read the case anew. ``begun(paper)``: a draft is there to be written in. ``failed(error)``.

    ``paper_ready(pdf, title)``: to be shown by the window for printing.
    """

    changed = Signal()
    begun = Signal(str)
    failed = Signal(object)
    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._session = session
        self._window = window
        self._paper = PaperId("")
        self._phrase = ("", "", "")
        self._saving: tuple[FormOf, PaperId | None] | None = None

    def draft(self, case: CaseId, form: str, about: str = "") -> None:
        """Begin a paper, of the case or about something in it."""
        self._start(partial(draft_paper, self._session, case, form, about=about), self._begun)

    def keep(
        self,
        paper: PaperId,
        texts: Mapping[str, str | None],
        blanks: Mapping[str, str],
        done: Callable[[tuple[PaperId, Mapping[str, str | None]]], object],
    ) -> None:
        """Write into a draft, then tell ``done`` (a bound method) what is safe."""
        self._start(partial(_keep, self._session, paper, dict(texts), dict(blanks)), done)

    def ask_sign(self, paper: Paper, title: str) -> None:
        """Ask, then freeze."""
        self._paper = paper.id
        ask(
            self._kit, self._window, "papers.sign.title", "papers.sign.question", "papers.sign.accept",
            self._sign, title=title,
        )  # fmt: skip

    def ask_version(self, paper: Paper, title: str) -> None:
        """Ask for the reason, then begin a new version."""
        dialog = ReasonDialog(
            self._kit, self._window, "papers.ask.version", "paper_ask", title=title
        )
        self._paper = paper.id
        dialog.given.connect(self._replace)
        dialog.open()

    def ask_withdraw(self, paper: Paper, title: str) -> None:
        """Ask for the reason, then take it back."""
        dialog = ReasonDialog(
            self._kit, self._window, "papers.ask.withdraw", "paper_ask", danger=True, title=title
        )
        self._paper = paper.id
        dialog.given.connect(self._withdraw)
        dialog.open()

    def ask_phrase(self, spec: FormSpec, place: str, words: str) -> None:
        """Ask, then word this place so in every case of the unit."""
        self._phrase = (spec.id, place, words)
        ask(
            self._kit, self._window, "papers.phrase.title", "papers.phrase.question", "papers.phrase.accept",
            self._keep_phrase, place=self._kit.texts.text(f"form_words.place.{place}"),
            title=spec.title(self._kit.texts.language),
        )  # fmt: skip

    def print_form(self, form: FormOf, title: str) -> None:
        """A form off the record: what the case says now, to print or keep."""
        draw = partial(_drawn, self._session, form)
        self._start(partial(_titled, title, draw), self._to_print)

    def print_paper(self, paper: PaperId, title: str) -> None:
        """A paper on the record."""
        draw = partial(_pdf_of, self._session, paper)
        self._start(partial(_titled, title, draw), self._to_print)

    def save(self, form: FormOf, paper: PaperId | None, title: str) -> None:
        """Keep a paper, or a form off the record, as a file; asks where."""
        self._saving = form, paper
        choose_target(
            self._kit, self._window, "case.paper.save", f"{title}.pdf", self._target_chosen
        )

    def _target_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths and self._saving is not None:
            save = partial(_save, self._session, *self._saving, paths[0])
            self._start(save, self._saved)

    def _saved(self, _nothing: None) -> None:
        toast(self._kit, self._window, "case.paper.saved")
        self.changed.emit()

    def _to_print(self, made: tuple[Pdf, str]) -> None:
        self.paper_ready.emit(*made)
        self.changed.emit()

    def _keep_phrase(self) -> None:
        self._start(partial(keep_phrase, self._session, *self._phrase), self._phrase_saved)

    def _phrase_saved(self, _nothing: None) -> None:
        toast(self._kit, self._window, "papers.phrase.done")

    def _sign(self) -> None:
        self._start(partial(sign_paper, self._session, self._paper), self._signed)

    def _signed(self, _paper: object) -> None:
        toast(self._kit, self._window, "papers.sign.done")
        self.changed.emit()

    def _replace(self, reason: str) -> None:
        self._start(partial(replace_paper, self._session, self._paper, reason), self._begun)

    def _withdraw(self, reason: str) -> None:
        self._start(partial(withdraw_paper, self._session, self._paper, reason), self._withdrawn)

    def _withdrawn(self, _nothing: None) -> None:
        toast(self._kit, self._window, "papers.ask.withdraw.done")
        self.changed.emit()

    def _begun(self, paper: Paper) -> None:
        self.begun.emit(paper.id)
        self.changed.emit()

    def _start(self, call: Callable[[], T], done: Callable[[T], object]) -> None:
        self._kit.runner.start("db", work_of(call), done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.changed.emit()


def _keep(
    session: Session, paper: PaperId, texts: dict[str, str | None], blanks: dict[str, str]
) -> tuple[PaperId, Mapping[str, str | None]]:
    edit_paper(session, paper, texts, blanks)
    return paper, texts


def _titled(title: str, draw: Callable[[], Pdf]) -> tuple[Pdf, str]:
    """A paper with its title: another one may be asked for before it is drawn."""
    return draw(), title


def _pdf_of(session: Session, paper: PaperId) -> Pdf:
    return show_paper(session, paper, {}).pdf


def _drawn(session: Session, form: FormOf) -> Pdf:
    return draw_form(session, form.form, form.case, about=form.about)


def _save(session: Session, form: FormOf, paper: PaperId | None, target: Path) -> None:
    pdf = _drawn(session, form) if paper is None else _pdf_of(session, paper)
    write_atomic(target, pdf.data, mode=0o644)
    note_saved(session, pdf)
