"""The manual is a key away, and goes with the program."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.app.windows.manual_help import ManualHelp
from desktop.ui.shared.kit.kit import Kit
from tests.ui.pages.shell import ShellPage

_SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_key_opens_the_manual_and_the_program_s_end_does_not_wait_for_it(
    shell: ShellPage, kit: Kit
) -> None:
    offered = ManualHelp(kit, None)
    offered.offer(shell.window)
    shell.shortcut(Qt.Key.Key_F1, _SHIFT)
    first = offered.window
    assert first is not None
    assert first.isVisible()
    assert not first.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    shell.shortcut(Qt.Key.Key_F1, _SHIFT)
    assert offered.window is first
    offered.close()
    assert offered.window is None
