"""Which report is on the form: a new one, a draft taken up again, a case reopened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import unrecorded
from desktop.services.cases.form.drafts import (
    blank_form,
    discard_draft,
    keep_blank,
    new_draft,
    open_drafts,
)
from desktop.services.session import Session
from desktop.ui.intake.form.draft_saver import DraftSaver
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.task_runner import Runner


@dataclass(frozen=True, slots=True)
class _OpenedForm:
    """A form to go on with; ``unrecorded``: it says something that is not in the journal."""

    form: IntakeForm
    draft: Draft | None = None
    unrecorded: bool = False


def _latest(session: Session, _progress: Progress) -> _OpenedForm:
    drafts = open_drafts(session)
    return _of_draft(session, drafts[0] if drafts else new_draft(session))


def _resume(session: Session, case: CaseId, _progress: Progress) -> _OpenedForm:
    for draft in open_drafts(session):
        if draft.form.case_id == case:
            return _of_draft(session, draft)
    return _OpenedForm(form_of(session, case))


def _of_draft(session: Session, draft: Draft) -> _OpenedForm:
    if draft.on_pc:  # the server, which knows what of it is recorded, is not there
        return _OpenedForm(draft.form, draft)
    form = form_of(session, CaseId(draft.form.case_id))
    return _OpenedForm(form, draft, unrecorded(session, form))


def _wished(
    wish: int, work: Callable[[Progress], _OpenedForm], progress: Progress
) -> tuple[int, _OpenedForm]:
    return wish, work(progress)


def _keep(session: Session, form: IntakeForm, _progress: Progress) -> Draft:
    return keep_blank(session, form)


def _discard(session: Session, case: CaseId, _progress: Progress) -> None:
    discard_draft(session, case)


class IntakeSession(QObject):
    """What is typed into one report never reaches another: the old one is saved before the new one
    shows. ``loaded(unrecorded)``: another form is there, and whether it says more than the journal.
    ``waits(bool)``: another form is asked for, and until it is here nothing may be typed into the one that shows."""

    loaded = Signal(bool)
    waits = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, model: FormModel, saver: DraftSaver, session: Session, runner: Runner
    ) -> None:
        super().__init__()
        self._model = model
        self._saver = saver
        self._session = session
        self._runner = runner
        self._open = False
        self._coming = 0
        self._wish = 0
        """What was asked for last; what comes of an earlier wish is let go."""

    @property
    def open(self) -> bool:
        """Whether a report is on the form, or on its way there: a page that is shown meanwhile asks for no other."""
        return self._open or self._coming > 0

    def begin(self) -> None:
        """A person just came to the counter: what is typed next is theirs, whatever the database has to do first."""
        self._wish += 1
        if self._open and self._model.form.untouched:
            self._saver.forget()
        else:
            self._saver.save_and_forget()
        form = blank_form(self._session)
        self._show(form, None)
        self._runner.start(
            "input", partial(_keep, self._session, form), self._draft_stored, self._failed
        )
        self.loaded.emit(False)

    def resume_latest(self) -> None:
        """Go on with what was typed last, or begin if there is nothing."""
        self._start(partial(_latest, self._session))

    def resume(self, case: CaseId) -> None:
        """Take up a draft, or reopen a registered case."""
        self._start(partial(_resume, self._session, case))

    def leave(self) -> None:
        """Put the report aside; one on which nothing was typed goes."""
        form = self._model.form
        if self._open and form.untouched:
            self._saver.forget()
            work = partial(_discard, self._session, CaseId(form.case_id))
            self._runner.start("input", work, self._gone, self._failed)
        else:
            self._saver.flush()
        self._open = False

    def _start(self, work: partial[_OpenedForm]) -> None:
        self._saver.flush()
        self._coming += 1
        self._wish += 1
        self.waits.emit(True)
        asked = partial(_wished, self._wish, work)
        self._runner.start("input", asked, self._arrived, self._lost)

    def _arrived(self, wished: tuple[int, _OpenedForm]) -> None:
        wish, found = wished
        self._coming -= 1
        if wish == self._wish:
            self._saver.save_and_forget()
            self._show(found.form, found.draft)
            self.loaded.emit(found.unrecorded)

    def _show(self, form: IntakeForm, draft: Draft | None) -> None:
        self._open = True
        self._model.load(form)
        self._saver.adopt(draft)
        self.waits.emit(False)

    def _draft_stored(self, draft: Draft) -> None:
        """The blank form is on disk; what was typed into it since is saved by itself."""
        if draft.form.case_id == self._model.form.case_id and self._saver.draft is None:
            self._saver.adopt(draft)

    def _gone(self, _nothing: None) -> None:
        """The blank draft is away."""

    def _lost(self, error: Exception) -> None:
        self._coming -= 1
        if not self._coming and self._model.form.case_id:  # without a form, nothing may be typed
            self.waits.emit(False)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
