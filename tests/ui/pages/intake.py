"""The intake wizard as a person works it: by keys, field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.cases.intake import IntakeForm
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.line_edit import Combo
from desktop.ui.shared.widgets.pages.step_list import StepState
from desktop.ui.shared.widgets.pages.toast import Toast
from tests.ui.pages.window_page import WindowPage, type_text

_CONTROL = Qt.KeyboardModifier.ControlModifier


def path_of(name: str) -> str:
    """``victim_name`` is ``victim.name``, ``transfers_0_payee_account`` is
    ``transfers.0.payee_account``."""
    part, _, rest = name.partition("_")
    if part in ("victim", "reporter"):
        return f"{part}.{rest}"
    if part in ("transfers", "identifiers", "parties"):
        index, _, field = rest.partition("_")
        return f"{part}.{index}.{field}"
    if part == "call":
        return f"answers.call.{rest}"
    return name


class IntakePage:
    """Verbs return the page, so that a test reads as a sentence."""

    def __init__(self, qtbot: QtBot, screen: IntakeScreen) -> None:
        self.screen = screen
        self.window = WindowPage(qtbot, screen)

    @property
    def form(self) -> IntakeForm:
        return self.screen.model.form

    def show(self, width: int = 1294, height: int = 692) -> IntakePage:
        """As large as the main window of 1366×768 leaves it."""
        self.window.show(width, height)
        return self

    def step_state(self, number: int) -> StepState:
        """What the rail says of a step, from 0."""
        return self.screen._face.states[number]

    def golden_clock(self) -> tuple[str, str]:
        """What the clock of the golden window shows, and what stands beside it."""
        clock = self.screen._panel.clock
        return clock.clock.text(), clock.caption.text()

    def fill(self, **facts: str) -> IntakePage:
        """Type each text into its field and leave it."""
        for name, text in facts.items():
            self.focus(path_of(name))
            self.type(text)
            self.press(Qt.Key.Key_Tab)
        return self

    def focus(self, path: str) -> IntakePage:
        """Put the keyboard into a field of the page in front."""
        self.editor(path).setFocus()
        return self

    def type(self, text: str) -> IntakePage:
        """Replace what is in the field with the keyboard, or choose in a list."""
        focused = self.focused()
        if isinstance(focused, QComboBox):
            self._choose(focused, text)
        else:
            QTest.keyClick(focused, Qt.Key.Key_A, _CONTROL)
            QTest.keyClick(focused, Qt.Key.Key_Delete)
            type_text(focused, text)
        return self

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> IntakePage:
        """Press a key wherever the focus is, in the screen or its dialog."""
        QTest.keyClick(self.focused(), key, modifier)
        return self

    def enter(self) -> IntakePage:
        return self.press(Qt.Key.Key_Return)

    def next(self) -> IntakePage:
        """Ctrl+Enter."""
        return self.press(Qt.Key.Key_Return, _CONTROL)

    def go_to(self, number: int) -> IntakePage:
        """Ctrl+1 … Ctrl+6."""
        return self.press(Qt.Key(Qt.Key.Key_0 + number), _CONTROL)

    def stop(self) -> IntakePage:
        """F9: opens the check, or sends from it."""
        return self.press(Qt.Key.Key_F9)

    def register(self) -> IntakePage:
        """Ctrl+S."""
        return self.press(Qt.Key.Key_S, _CONTROL)

    def editor(self, path: str) -> QWidget:
        """The editor of a fact on the page in front."""
        field = self.field(path)
        return field.editor

    def field(self, path: str) -> Field:
        """The field of a fact on the page in front."""
        found = self.screen.pages.panel.shown.reveal(path)
        if found is None:
            found = self.window.find(f"{path}_field", Field)
        return found

    def hint(self, path: str) -> str:
        """What is said below a field; empty when nothing is."""
        label = self.field(path).hint
        return label.text() if label.isVisible() else ""

    def state(self, path: str) -> str:
        """The colour of a field's border: green, amber, red or none."""
        return str(self.editor(path).property("state") or "")

    def text(self, name: str) -> str:
        return self.window.find(name, QLabel).text()

    def dialog(self, name: str) -> WindowPage:
        return self.window.dialog(name)

    def has_dialog(self, name: str) -> bool:
        return any(
            top.objectName() == name and top.isVisible() for top in QApplication.topLevelWidgets()
        )

    def toast(self) -> str:
        """What is being confirmed or asked."""
        shown = self.screen.window().findChild(Toast)
        return shown.message.text() if shown is not None and shown.isVisible() else ""

    def focused(self) -> QWidget:
        """Where the keyboard is: the open dialog first."""
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self.window.qtbot.waitUntil(dialog.isActiveWindow)
            return dialog.focusWidget() or dialog
        self.screen.activateWindow()  # offscreen, a closed dialog gives the activation to nobody
        self.window.qtbot.waitUntil(self.screen.isActiveWindow)
        return self.screen.focusWidget() or self.screen

    def focused_path(self) -> str:
        return self.screen.pages.fields.path_of(self.focused())

    def _choose(self, combo: QComboBox, value: str) -> None:
        assert isinstance(combo, Combo)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _place in range(combo.count()):
            if combo.value() == value:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{combo.objectName()} offers no {value}")
