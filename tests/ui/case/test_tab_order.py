"""Tab on the overview goes where the eye goes, whenever each line was made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.case.conftest import Bench


def visited(bench: Bench, count: int) -> list[str]:
    """What has the keyboard after each of so many Tabs from the pencil."""
    bench.page.find("case_edit").setFocus()
    names = []
    for _ in range(count):
        bench.page.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.objectName() if focused is not None else "")
    return names


def test_a_stop_is_the_first_thing_below_the_head_of_the_page(desk: Bench) -> None:
    desk.page.widget.activateWindow()
    assert visited(desk, 1) == ["case_stop_1"]
    desk.clock.advance(minutes=5)
    desk.show_held()
    assert visited(desk, 2) == ["case_stop_1", "case_task_add"], "as before, once made again"
