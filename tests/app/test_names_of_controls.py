"""Whoever does not see the screen hears what has the keyboard: on every page, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows.window import Program
from desktop.services.cases.changes.register_report import register_report
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shell.main_window import MainWindow
from tests.support.installations import OFFICER, PASSWORD, machine, make_centre, make_desk
from tests.support.sessions import a_form

STEPS, PARTS = "123456", "1234567890"


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """A desk, or a centre, somebody has just signed in at; a desk holds one report."""
    role: str = request.param
    (make_desk if role == "desk" else make_centre)(tmp_path)
    program = Program(qapp, tmp_path, machine=machine(), runner=InlineTaskRunner())
    program.start()
    officer = OFFICER if role == "desk" else "620001"
    session = program.installation.sign_in(officer, PASSWORD)
    if role == "desk":
        register_report(session, a_form(session))
    program.open_desk(session)
    yield program
    if program.front is not None:
        program.front.close()
    program.shut_down()


def nameless(window: QWidget) -> set[str]:
    """What Tab reaches now and a screen reader could not call by a name."""
    return {
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.accessibleName()
    }


def shown(window: MainWindow) -> Iterator[str]:
    """Bring every page and every part of it to the front, one after the other; its name."""
    for page in window.page_keys:
        window.show_page(page)
        yield page
        if page == "intake":
            yield from parts(window, page, STEPS, Qt.KeyboardModifier.ControlModifier)
        if page == "board":
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
            yield from parts(window, "case", PARTS, Qt.KeyboardModifier.AltModifier)


def parts(
    window: MainWindow, page: str, digits: str, modifier: Qt.KeyboardModifier
) -> Iterator[str]:
    assert window.current_page == page
    for digit in digits:
        QTest.keyClick(window.focusWidget(), Qt.Key(ord(digit)), modifier)
        yield f"{page} {digit}"


@pytest.mark.parametrize("opened", ["desk", "centre"], indirect=True)
def test_every_control_that_takes_the_keyboard_has_a_name(opened: Program) -> None:
    window = opened.front
    assert isinstance(window, MainWindow)
    looked: dict[str, set[str]] = {}
    for language in ("zh_CN", "en"):
        opened.kit.texts.set_language(language)
        looked |= {f"{place} {language}": nameless(window) for place in shown(window)}
    assert len(looked) > (30 if "board en" in looked else 10)
    assert {place: found for place, found in looked.items() if found} == {}
