"""Bound words: read again at a switch, gone with their widget."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.ui.shared.kit.kit import Kit


def test_a_switch_reaches_every_setter(kit: Kit, qtbot: QtBot) -> None:
    label, button = QLabel(), QPushButton()
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    kit.texts.bind(label.setText, "shared.clock.days", days=3)
    kit.texts.bind(button.setAccessibleName, "shared.save")
    assert (label.text(), button.accessibleName()) == ("3 天", "保存")
    with qtbot.waitSignal(kit.texts.changed):
        kit.texts.set_language("en")
    assert (label.text(), button.accessibleName()) == ("3 days", "Save")


def test_binding_again_replaces(kit: Kit, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    kit.texts.bind(label.setText, "shared.save")
    kit.texts.bind(label.setText, "shared.cancel")
    assert kit.texts.bound == 1
    kit.texts.release(label.setText)
    kit.texts.set_language("en")
    assert label.text() == "取消"


def test_dead_widgets_leave(kit: Kit) -> None:
    label, other = QLabel(), QLabel()
    kit.texts.bind(label.setText, "shared.save")
    kit.texts.bind(other.setText, "shared.save")
    del label
    gc.collect()
    assert kit.texts.bound == 1
    delete(other)
    kit.texts.set_language("en")
    assert kit.texts.bound == 0


def test_a_widget_nobody_names_any_more_stays_bound_while_its_parent_lives(
    kit: Kit, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    rows = QVBoxLayout(parent)

    def fill() -> None:
        label = QLabel()
        label.setObjectName("inner")
        kit.texts.bind(label.setText, "shared.save")
        rows.addWidget(label)

    fill()
    gc.collect()
    kit.texts.set_language("en")
    found = parent.findChild(QLabel, "inner")
    assert isinstance(found, QLabel)
    assert found.text() == "Save"


def test_only_bound_methods_of_objects_can_be_bound(kit: Kit) -> None:
    with pytest.raises(TypeError):
        kit.texts.bind(print, "shared.save")
    texts: list[str] = []
    with pytest.raises(TypeError):
        kit.texts.bind(texts.append, "shared.save")


def test_the_same_language_again_is_no_switch(kit: Kit, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(kit.texts.changed):
        kit.texts.set_language("zh_CN")
