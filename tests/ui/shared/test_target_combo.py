"""A place to write to is told by its end: however long it is, the row it stands in fits the screen."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import Drive
from desktop.ui.shared.widgets.target_combo import TargetCombo


class Carried:
    """One stick, deep below other folders."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def carried(self) -> tuple[Drive, ...]:
        return (Drive(self._root, "", 1 << 30),)

    def eject(self, drive: Drive) -> bool:
        return drive.root == self._root


def width_of(kit: Kit, qtbot: QtBot, root: Path) -> tuple[TargetCombo, int]:
    combo = TargetCombo(kit, Carried(root), "target")
    qtbot.addWidget(combo)
    combo.refresh()
    qtbot.waitUntil(lambda: combo.target() == root)
    return combo, combo.minimumSizeHint().width()


def test_a_long_place_takes_no_more_room(kit: Kit, qtbot: QtBot) -> None:
    deep = Path("/media/officer") / ("folder" * 20) / "STICK-A"
    combo, wide = width_of(kit, qtbot, deep)
    assert combo.currentText().startswith("…")
    assert "STICK-A" in combo.currentText()
    assert wide <= 2 * width_of(kit, qtbot, Path("/media/STICK-A"))[1]
