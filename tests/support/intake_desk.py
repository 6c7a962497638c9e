"""A child process: the real program on a real display, signed in and at a new report; tells what stands in it.

Orders come as lines of JSON over standard input, each answered by one: ``{"do": "state"}``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.app.qt.input_method import ChineseInput
from desktop.app.windows.window import Program
from desktop.ui.shared.kit.held_keys import watch_held_keys
from tests.support.installations import OFFICER, PASSWORD, machine


class IntakeDesk:
    """``root``: the folder of the profile."""

    def __init__(self, root: Path) -> None:
        self._chinese = ChineseInput(os.environ)
        self._app = QApplication([])
        watch_held_keys(self._app)
        self._program = Program(
            self._app, root, machine=machine(), lacks_chinese=self._chinese.lacking
        )
        self._program.start(maximised=True)
        self._verbs: dict[str, Callable[..., object]] = {
            "open": self._open,
            "focus": self._focus,
            "page": self._page,
            "fresh": self._fresh,
            "state": lambda: None,
            "lock": self._lock,
            "quit": self._app.quit,
        }
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._obey)

    def run(self) -> None:
        """Until told to quit."""
        self._app.exec()
        self._program.shut_down()
        self._chinese.close()

    def _open(self) -> None:
        self._program.open_desk(self._program.installation.sign_in(OFFICER, PASSWORD))
        assert self._program.desk_window is not None
        self._program.desk_window.navigator.new_intake()

    @property
    def _window(self) -> Any:
        assert self._program.desk_window is not None
        return self._program.desk_window.window

    @property
    def _intake(self) -> Any:
        assert self._program.desk_window is not None
        return self._program.desk_window.intake

    def _focus(self, path: str) -> None:
        self._intake.way.jump(path)
        for field in self._intake.pages.fields.fields_at(path):
            if field.isVisible():
                field.editor.setFocus()

    def _fresh(self) -> None:
        """A new report, with nothing of the one before in the way."""
        for dialog in self._window.findChildren(QDialog):
            dialog.close()
        self._intake.pages.fields.composition.forget()
        assert self._program.desk_window is not None
        self._program.desk_window.navigator.new_intake()

    def _lock(self) -> None:
        self._window.lock()

    def _page(self, page: int) -> None:
        self._intake.go_to(page)

    def _obey(self) -> None:
        order = json.loads(os.read(sys.stdin.fileno(), 65536))
        self._verbs[order.pop("do")](**order)
        os.write(1, json.dumps(self._state()).encode() + b"\n")

    def _state(self) -> dict[str, Any]:
        state: dict[str, Any] = {
            "way": self._chinese.way.value,
            "focus": _name(QApplication.focusWidget()),
        }
        state["text"] = _text(QApplication.focusWidget())
        if self._program.desk_window is not None:
            form = self._intake.model.form
            state |= {
                "page": self._intake.page,
                "locked": self._window.locked,
                "front": self._window.current_page,
                "name": form.victim.name,
                "narrative": form.narrative,
                "composing": self._intake.pages.fields.composing,
            }
        return state


def _name(widget: QWidget | None) -> str:
    return "" if widget is None else widget.objectName() or type(widget).__name__


def _text(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


if __name__ == "__main__":
    IntakeDesk(Path(sys.argv[1])).run()
