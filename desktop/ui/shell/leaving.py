"""Closing the window, or handing it to another officer: what runs is let finish, and nothing typed is lost unasked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.toast import toast
from desktop.ui.shell.open_dialogs import OpenDialogs


class Leaving(QObject):
    """Of ``window``; ``give_back`` gives the keyboard back. ``begun``: it closes once all is done."""

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        dialogs: OpenDialogs,
        give_back: Callable[[QWidget | None], None],
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._dialogs = dialogs
        self._give_back = give_back
        self.unsaved: Callable[[], bool] = bool
        """Whether going now would lose something that could not be saved."""
        self.begun = False
        self._given_up = False
        """The person would rather lose what cannot be saved."""
        self._go_on: Callable[[], object] = window.close
        self._typing: QWidget | None = None

    def waits(self) -> bool:
        """Whether something still runs; then it is let finish or stopped, and the window closed after it."""
        if not self._kit.runner.busy:
            return False
        if not self.begun:
            self.begun = True
            self._typing = self._window.focusWidget()
            self._window.setEnabled(False)
            with self._dialogs.letting():
                toast(self._kit, self._window, "shell.finishing", tone=Tone.INFO)
            self._kit.runner.cancel_all("files")
            self._kit.runner.when_idle(self._window.close)
        return True

    def hold_back(self, go_on: Callable[[], object]) -> bool:
        """Whether something would be lost; then the person is asked, and ``go_on`` called if it is to be so."""
        if self._given_up or not self.unsaved():
            return False
        self.begun = False
        self._window.setEnabled(True)
        self._give_back(self._typing)
        self._go_on = go_on
        with self._dialogs.letting():
            ask(
                self._kit, self._window, "shell.unsaved.title", "shell.unsaved.text",
                "shell.unsaved.accept", self._give_up, danger=True,
            )  # fmt: skip
        return True

    def _give_up(self) -> None:
        self._given_up = True
        self._go_on()
