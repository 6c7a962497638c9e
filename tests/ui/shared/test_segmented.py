"""A switch of a few choices: where Tab comes to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented


@pytest.mark.parametrize(("chosen", "open_choice"), [("a", False), ("c", False), ("", True)])
def test_tab_comes_to_the_choice_and_leaves_in_one_step(
    qtbot: QtBot, kit: Kit, chosen: str, open_choice: bool
) -> None:
    page, before, after = QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(page)
    options = [Option(name, text=name) for name in ("a", "b", "c")]
    switch = Segmented(kit, options, "switch", open_choice=open_choice)
    switch.set_value(chosen)
    column = QVBoxLayout(page)
    for widget in (before, switch, after):
        column.addWidget(widget)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    focused = page.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"switch_{chosen or 'a'}"
    assert switch.value() == chosen
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert page.focusWidget() is after
