"""From the ringing of 96110 to the signed stop: the keys of a call at a typist's rate, what is said aloud, and what the
program itself takes.

Every key goes to the window that is in front, from field to field with Tab, as an officer does it. What is added is
assumed and stands below: nobody measures the caller's breath here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows.window import Program
from desktop.bench.material import Material
from desktop.bench.measure import FigureRow
from desktop.bench.windows.new_program import OFFICER, PAUSE_MS, new_program
from desktop.bench.windows.waiting import let_run, rest
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.time.local_time import show_time

KEY_SECONDS: Final = 0.3
"""One key of somebody who writes down what is said: 200 a minute."""
SIGN_SECONDS: Final = 0.35
"""One sign that is read back, in groups of four with a breath."""
ANSWER_SECONDS: Final = 2.0
"""The caller says yes to an account and to a sum, each."""
_MOST_TABS: Final = 60
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_NAME: Final = ("李秀兰", len("lixiulan ") + 1)
_PAYEE: Final = ("陈建国", len("chenjianguo ") + 1)
"""Names and the keys they take in pinyin, with the space and one choice."""


@dataclass
class _Typist:
    """Presses keys at a program and counts them; ``spent``: seconds the program took for them."""

    program: Program
    keys: int = 0
    spent: float = 0.0

    @property
    def window(self) -> QWidget:
        """The one in front."""
        front = QApplication.activeModalWidget() or self.program.front
        if front is None:
            raise LookupError("no window is open")
        return front

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key, until all that it began is done."""
        begun = perf_counter()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self._settle(begun, 1)

    def write(self, field: str, text: str, keys: int = 0) -> None:
        """Go to a field with Tab and write; ``keys``: those an input method takes."""
        for _ in range(_MOST_TABS):
            there = QApplication.focusWidget()
            if there is not None and there.objectName() == field:
                break
            self.press(Qt.Key.Key_Tab)
        else:
            raise LookupError(f"Tab does not lead to {field}")
        begun, there = perf_counter(), QApplication.focusWidget() or self.window
        if text.isascii():
            QTest.keyClicks(there, text)
        else:
            commit = QInputMethodEvent()
            commit.setCommitString(text)
            QApplication.sendEvent(there, commit)
        self._settle(begun, keys or len(text))

    def _settle(self, begun: float, keys: int) -> None:
        QApplication.processEvents()
        if self.program.kit.runner.busy:
            rest(self.program.kit.runner)
        self.spent += perf_counter() - begun
        self.keys += keys


def calling(made: Material, cases: int) -> Iterator[FigureRow]:
    """Take a call at a centre of so many cases down to the stop of its payment."""
    with new_program(made, InstallationRole.CENTRE, "620100000000", cases) as program:
        yield from _call(program)


def _call(program: Program) -> Iterator[FigureRow]:
    typist = _Typist(program)
    typist.window.activateWindow()
    let_run(PAUSE_MS)
    account, amount = "6230520010037788996", "98000"
    at = show_time(program.kit.ticks.now() - timedelta(minutes=11))
    typist.press(Qt.Key.Key_F2)
    typist.write("answers.call.caller", "13919364417")
    typist.press(Qt.Key.Key_Return)
    typist.write("victim.name", *_NAME)
    typist.write("victim.id_number", "620102196804152044")
    typist.write("transfers.0.time", at[11:16].replace(":", ""))
    typist.write("transfers.0.amount", amount)
    typist.write("transfers.0.payer_account", "6217004230001234569")
    typist.write("transfers.0.payee_account", account)
    typist.write("transfers.0.payee_name", *_PAYEE)
    typist.press(Qt.Key.Key_R, _CONTROL)
    typist.press(Qt.Key.Key_F9)
    typist.press(Qt.Key.Key_F9)
    session = program.installation.session
    if session is None:
        raise LookupError("nobody is signed in")
    with session.store.read() as reader:
        if not any(
            view.order.issued_by == OFFICER and view.order.alone for view in reader.orders()
        ):
            raise LookupError("the stop was not issued")
    aloud = (len(account) + len(amount)) * SIGN_SECONDS + 2 * ANSWER_SECONDS
    whole = typist.keys * KEY_SECONDS + aloud + typist.spent
    yield FigureRow("call_to_stop", round(whole, 1), "s, with 200 keys a minute and read aloud")
    yield FigureRow("call_to_stop_keys", typist.keys, "keys")
    yield FigureRow("call_to_stop_program", round(typist.spent * 1000, 1), "ms")
