"""An act that takes two officers: a colleague types number and password, the officer at the desk stays signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, Cancelled
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    SECRET,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of

Act = Callable[[TypedSecond | None], object]
"""Runs in lane ``db``; raises ``RuleError("second.needed")`` before it did anything where nobody was typed."""


class SecondOfficerDialog(FormDialog):
    """``given(TypedSecond)``. Stays open, with the number, until the act is done; ``what`` says which one it is."""

    def __init__(self, kit: Kit, parent: QWidget, what: str, number: str = "") -> None:
        rows = (
            FormText(text=what, name="second_what", role="strong", ink=""),
            FormText("shared.second.text"),
            (
                Input("number", "shared.second.number", DIGITS, number, needed=True),
                Input("password", "shared.second.password", SECRET, needed=True),
            ),
        )
        form = Form(
            "second", "shared.second.title", "shared.second.accept", rows,
            focus="password" if number else "number", waits=True,
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.setObjectName("second_officer_dialog")

    def outcome(self, filled: FilledForm) -> TypedSecond:
        """Who it is said to be."""
        return TypedSecond(filled["number"], filled["password"])

    def show_error(self, error: Exception) -> None:
        """The number stays, the password is typed anew."""
        super().show_error(error)
        self.fields["password"].setFocus()


class TwoOfficers(QObject):
    """Does acts that may take two officers, over the dialogs of ``window``. Whether one does, the desk says."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window

    def do(
        self,
        act: Act,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        what: str,
        over: QWidget | None = None,
    ) -> None:
        """Do it; ask for a second officer, ``over`` another dialog where one is open, if the desk wants one. ``done``
        and ``failed`` are bound methods; put away, the question gives ``failed(Cancelled())``. ``what``: the act in a
        few words, for the second officer to read."""
        _Doing(self, self._kit, over or self._window, act, done, failed, what).begin()


class _Doing(QObject):
    """One act under way."""

    def __init__(
        self,
        owner: QObject,
        kit: Kit,
        window: QWidget,
        act: Act,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        what: str,
    ) -> None:
        super().__init__(owner)
        self._kit = kit
        self._window = window
        self._act = act
        self._done = done
        self._failed = failed
        self._what = what
        self._dialog: SecondOfficerDialog | None = None
        self._trying = False
        """A password is being tried: the act may be done by the time the question is put away."""

    def begin(self) -> None:
        """As if nobody else were needed."""
        self._kit.runner.start("db", work_of(self._act, None), self._over, self._refused)

    def _refused(self, error: Exception) -> None:
        needed = isinstance(error, AppError) and error.code == "second.needed"
        if not needed or not isValid(self._window):
            self._end(error)
            return
        self._dialog = SecondOfficerDialog(self._kit, self._window, self._what)
        self._dialog.given.connect(self._try)
        self._dialog.rejected.connect(self._put_away)
        self._dialog.open()

    def _try(self, typed: TypedSecond) -> None:
        self._trying = True
        work = work_of(self._act, typed)
        self._kit.runner.start("db", work, self._over, self._refused_again)

    def _refused_again(self, error: Exception) -> None:
        self._trying = False
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:  # put away while the password was tried
            self._end(error)

    def _over(self, result: object) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None and isValid(dialog):
            dialog.rejected.disconnect(self._put_away)
            dialog.accept()
        self._done(result)
        self.deleteLater()

    def _put_away(self) -> None:
        self._dialog = None
        if not self._trying:
            self._end(Cancelled())

    def _end(self, error: Exception) -> None:
        self._failed(error)
        self.deleteLater()
