"""A stack needs the room of what is in front."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.case.parts.case_parts import FrontStack


def test_a_high_page_behind_does_not_make_the_low_one_scroll(qtbot: QtBot) -> None:
    window, stack = QWidget(), FrontStack()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(stack)
    low, high = QWidget(), QWidget()
    low.setMinimumHeight(100)
    high.setMinimumHeight(600)
    stack.addWidget(low)
    stack.addWidget(high)
    needed = []
    for page in (low, high, low):
        stack.setCurrentWidget(page)
        qtbot.wait(1)
        needed.append(window.minimumSizeHint().height())
    assert needed[0] == needed[2] < 600 <= needed[1]
