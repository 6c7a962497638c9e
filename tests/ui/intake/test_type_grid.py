"""The scam types side by side: an arrow leads to the tile that lies there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.intake.questions.scam_types import TypeGrid
from desktop.ui.shared.kit.kit import Kit
from tests.ui.intake.samples import TYPES

AWAY = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


@pytest.fixture
def grid(kit: Kit, qtbot: QtBot) -> TypeGrid:
    made = TypeGrid(kit, TYPES, str)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("key", AWAY)
def test_an_arrow_leads_to_the_next_tile_on_its_side(grid: TypeGrid, key: Qt.Key) -> None:
    """Up and down go on in the next column, as the list is read; beyond the first and the last there is none."""
    tiles = grid.findChildren(QPushButton)
    across, down = AWAY[key]
    for place, tile in enumerate(tiles):
        tile.setFocus()
        QTest.keyClick(tile, key)
        focused = grid.focusWidget()
        if across:
            beside = [
                other
                for other in tiles
                if other.y() == tile.y() and (other.x() - tile.x()) * across > 0
            ]
            nearest = min(beside, key=lambda other: abs(other.x() - tile.x()), default=tile)
            assert focused is nearest
        else:
            assert focused is tiles[min(max(place + down, 0), len(tiles) - 1)]
