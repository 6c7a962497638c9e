"""Registers the report: what is on the form becomes journal facts, and the draft goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.progress import Progress
from desktop.services.cases.register_report import Registered
from desktop.ui.intake.draft_saver import DraftSaver, same_facts
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.port import IntakePort
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit


def _register(port: IntakePort, form: IntakeForm, _progress: Progress) -> Registered:
    return port.register(form)


class Registering(QObject):
    """``registered(result)`` follows; a form that changed meanwhile keeps its draft."""

    registered = Signal(object)

    def __init__(
        self, kit: Kit, host: QWidget, model: FormModel, port: IntakePort, saver: DraftSaver
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._model = model
        self._port = port
        self._saver = saver
        self._form: IntakeForm | None = None
        self._next = ""
        """The report that was sent off meanwhile."""

    def start(self) -> None:
        """Register what stands on the form now; while another report is being registered, as soon as that is done."""
        if self._form is not None:
            self._next = self._model.form.case_id
            return
        self._form = self._model.form
        # Before it in the lane: should it be refused, what was typed is on disk. A save that came after it would bring
        # the draft back.
        self._saver.flush()
        self._saver.hold(self._form)
        work = partial(_register, self._port, self._form)
        self._kit.runner.start("db", work, self._done, self._failed)

    def _done(self, result: Registered) -> None:
        form = self._over()
        if same_facts(self._model.form, form):
            self._saver.forget()
        self._model.recorded(form)
        self._saver.release()
        self.registered.emit(result)
        self._go_on(form)

    def _failed(self, error: Exception) -> None:
        form = self._over()
        self._saver.release()
        present(self._kit, self._host, error)
        if form.case_id != self._next:  # what was refused just now is not asked for again by itself
            self._go_on(form)

    def _over(self) -> IntakeForm:
        form, self._form = self._form or self._model.form, None
        return form

    def _go_on(self, done: IntakeForm) -> None:
        """Sent off meanwhile: the next person's report, or what was typed on in this one."""
        following, self._next = self._next, ""
        if following == self._model.form.case_id and not same_facts(self._model.form, done):
            self.start()
