"""A part of the page is made when it is first wanted, and is then as if it had been there all the time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.case.parts.tabs import Tab
from tests.support.strict import all_of
from tests.ui.case.conftest import Bench


def test_only_what_is_shown_is_made(bench: Bench) -> None:
    screen = bench.page.widget
    places = screen.parts.count()
    order = [*Tab][1:]
    for made, tab in enumerate(order, start=1):
        bench.page.go_to(tab.value)
        bench.runner.run_all()
        assert screen.parts.count() == places + made
        assert screen.parts.currentWidget() is screen.parts.part(tab)
    bench.page.go_to(Tab.OVERVIEW.value)
    assert screen.parts.count() == places + len(order)
    assert not screen.make_one(), "none is left"


@pytest.mark.parametrize("tab", [Tab.MONEY, Tab.LEADS, Tab.ORDERS, Tab.PAPERS, Tab.HISTORY])
def test_the_keyboard_goes_from_the_names_of_the_parts_into_the_one_just_made(
    bench: Bench, tab: Tab
) -> None:
    page = bench.page
    page.widget.activateWindow()
    page.find(f"case_tab_{tab.value}").setFocus()
    page.press(Qt.Key.Key_Space)
    bench.runner.run_all()
    part = page.widget.parts.part(tab)
    steps = [_after_tab(bench) for _ in range(len(Tab) + 1)]
    first = next((n for n, widget in enumerate(steps) if part.isAncestorOf(widget)), None)
    assert first is not None
    before = steps[:first]
    assert all_of(page.widget.header.isAncestorOf(widget) for widget in before)


def _after_tab(bench: Bench) -> QWidget:
    bench.page.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused
