"""What a page does, in lane ``db``. A dialog stays open, with everything typed, until the desk has recorded it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.progress import Progress
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import is_in_front
from desktop.ui.shared.kit.task_runner import Lane, work_of
from desktop.ui.shared.widgets.pages.toast import toast


class ActionDialog(Protocol):
    """A dialog that can say why an action was refused."""

    def open(self) -> None:
        """Show it."""
        ...

    def accept(self) -> None:
        """Close it: the action is done."""
        ...

    def show_error(self, error: Exception) -> None:
        """Say what went wrong; what was typed stays."""
        ...

    def isVisible(self) -> bool:
        """Whether it is open."""
        ...

    def deleteLater(self) -> None:
        """It is not needed."""
        ...


class RunningAction(QObject):
    """An action under way and the dialog it was typed in, if any: another one may be open by the time it ends."""

    done = Signal(object, object)
    refused = Signal(object, object)
    """This action, and its result or the error."""

    def __init__(self, owner: QObject, dialog: ActionDialog | None, done_key: str) -> None:
        super().__init__(owner)
        self._dialog = dialog
        self.done_key = done_key
        self.over = False

    @property
    def dialog(self) -> ActionDialog | None:
        """The dialog, while it is there."""
        return self._dialog if self._dialog is not None and isValid(self._dialog) else None

    def succeed(self, result: object) -> None:
        """The desk has recorded it."""
        self.over = True
        self.done.emit(self, result)
        self.deleteLater()

    def fail(self, error: Exception) -> None:
        """The desk has not."""
        self.over = True
        self.refused.emit(self, error)
        self.deleteLater()


class DialogActions(QObject):
    """``changed``: read the case anew. ``failed(error)``: no dialog is there to show it."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._dialog: ActionDialog | None = None
        self._done_key = ""
        self._typed: RunningAction | None = None

    def _show(self, dialog: ActionDialog, done_key: str) -> None:
        """Open ``dialog``; ``done_key`` is said when its action is done. Asked for twice while the desk was busy, it
        opens once; over a page that the person turned to meanwhile it opens not at all."""
        former = self._dialog
        if (former is not None and isValid(former) and former.isVisible()) or not is_in_front(
            self._window
        ):
            dialog.deleteLater()
            return
        self._dialog, self._done_key, self._typed = dialog, done_key, None
        dialog.open()

    def _ask(
        self, dialog: FormDialog, act: Callable[..., object], done_key: str, lane: Lane = "db"
    ) -> None:
        """Open ``dialog``; ``act`` does what it gives. In lane ``files`` it tells its progress."""

        def do(given: object) -> None:
            self._run(work_of(act, given) if lane == "db" else partial(act, given), lane=lane)

        dialog.given.connect(do)
        self._show(dialog, done_key)

    def _ask_form(
        self, form: Form, act: Callable[..., object], done_key: str, lane: Lane = "db"
    ) -> None:
        """The same with a dialog that is nothing but a form."""
        self._ask(FormDialog(self._kit, self._window, form), act, done_key, lane)

    def _do(self, action: Callable[[], object]) -> None:
        """Do what was typed in the dialog; then close it and have the case read anew."""
        self._run(work_of(action))

    def _run(
        self,
        work: Callable[[Progress], object],
        *,
        lane: Lane = "db",
        then: Callable[[RunningAction, Any], None] | None = None,
    ) -> None:
        """The same of longer work, or of work whose end is not the dialog's (``then``). What is typed in one dialog
        is done once, however often it is sent off meanwhile."""
        if self._typed is None or self._typed.over:
            self._typed = RunningAction(self, self._dialog, self._done_key)
            self._set_going(self._typed, work, lane, then or self._action_done)

    def _run_alone(
        self, work: Callable[[Progress], object], *, lane: Lane = "db", done_key: str = ""
    ) -> None:
        """Do what was typed in no dialog; ``done_key`` is said when it is done."""
        self._set_going(RunningAction(self, None, done_key), work, lane, self._action_done)

    def _set_going(
        self,
        action: RunningAction,
        work: Callable[[Progress], object],
        lane: Lane,
        then: Callable[[RunningAction, Any], None],
    ) -> None:
        action.done.connect(then)
        action.refused.connect(self._action_refused)
        self._kit.runner.start(lane, work, action.succeed, action.fail)

    def _action_done(self, action: RunningAction, _result: object) -> None:
        if action.dialog is not None:
            action.dialog.accept()
        if action.done_key:
            toast(self._kit, self._window, action.done_key)
        self.changed.emit()

    def _action_refused(self, action: RunningAction, error: Exception) -> None:
        if action.dialog is not None:
            action.dialog.show_error(error)
        else:
            self.failed.emit(error)

    def _failed(self, error: Exception) -> None:
        """Something could not be read."""
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:
            self.failed.emit(error)
