"""Ctrl+K opens the search from wherever the typing is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.shared.widgets.input.fields import LongTextField, TextField


@pytest.mark.parametrize("kind", [TextField, LongTextField])
def test_no_editor_keeps_the_key_of_the_search(kit, qtbot, kind):
    field = kind(kit, "story", "board.title")
    qtbot.addWidget(field)
    editor: QWidget = field.editor
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    )
    event.ignore()
    QApplication.sendEvent(editor, event)
    assert not event.isAccepted()
