"""Registers the report: what is on the form becomes journal facts, and the draft goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.intake import IntakeForm
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

    def start(self) -> None:
        """Register what stands on the form now."""
        if self._form is not None:
            return
        self._form = self._model.form
        # Before it in the lane: should it be refused, what was typed is on disk. A save that came after it would bring
        # the draft back.
        self._saver.flush()
        self._saver.hold(self._form)
        work = partial(_register, self._port, self._form)
        self._kit.runner.start("db", work, self._done, self._failed)

    def _done(self, result: Registered) -> None:
        if self._form is not None and same_facts(self._model.form, self._form):
            self._saver.forget()
        if self._form is not None:
            self._model.recorded(self._form)
        self._form = None
        self._saver.release()
        self.registered.emit(result)

    def _failed(self, error: Exception) -> None:
        self._form = None
        self._saver.release()
        present(self._kit, self._host, error)
