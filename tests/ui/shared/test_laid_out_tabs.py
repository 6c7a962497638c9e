"""Tab goes as a layout lies, and what is put in order stays where it belongs."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.layout.tab_order import tab_as_laid_out


def test_the_collector_leaves_what_was_put_in_order(qtbot: QtBot, kit: Kit) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    outer = QVBoxLayout(host)
    outer.addWidget(QPushButton("above"))
    _laid_below(kit, outer)
    gc.collect()
    assert [button.text() for button in host.findChildren(QPushButton)] == ["above", "inside"]


def _laid_below(kit: Kit, outer: QVBoxLayout) -> None:
    """A scrolled area that nothing but its window holds."""
    content, inside = QWidget(), QPushButton("inside")
    QVBoxLayout(content).addWidget(inside)
    outer.addWidget(ScrollArea(kit, content))
    tab_as_laid_out(content, inside)
