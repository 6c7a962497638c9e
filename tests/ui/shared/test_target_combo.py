"""A place to write to is told by its end: however long it is, the row it stands in fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WorldError
from desktop.domain.progress import SILENT
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.drives import Drive, SystemDrives
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from tests.support.clocks import HandClock
from tests.ui.sync.samples import CardboardDrives


class Carried:
    """One stick, deep below other folders."""

    def __init__(self, root: Path, place: int = 0, *, locked: bool = False) -> None:
        self._root, self._place, self._locked = root, place, locked

    def carried(self) -> tuple[Drive, ...]:
        return (Drive(self._root, "", 1 << 30, place=self._place, locked=self._locked),)

    def eject(self, drive: Drive) -> bool:
        return drive.root == self._root


class Mounted:
    """The one medium Qt knows of."""

    def __init__(self, kind: str, *, locked: bool) -> None:
        self.fileSystemType = lambda: QByteArray(kind.encode())
        self.mountedVolumes = lambda: [self]
        self.isValid = self.isReady = lambda: True
        self.isRoot = lambda: False
        self.isReadOnly = lambda: locked
        self.rootPath = lambda: "/media/officer/STICK"
        self.name = lambda: "STICK"
        self.device = lambda: QByteArray(b"/dev/sdb1")
        self.bytesAvailable = lambda: 1 << 30


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


def test_a_stick_is_seen_by_whoever_looks_and_waits(kit: Kit, qtbot: QtBot) -> None:
    """On every page and in every dialog; not behind them, not while it is written to, not under a hand that chooses."""
    first, second = Drive(Path("/media/A"), "A", 1), Drive(Path("/media/B"), "B", 1)
    drives = CardboardDrives(first)
    combo = TargetCombo(kit, drives, "target")
    qtbot.addWidget(combo)
    combo.refresh()
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)

    def letters() -> list[str]:
        clock.advance(seconds=6)
        kit.ticks.tick()
        return [combo.itemText(place)[:1] for place in range(combo.count() - 1)]

    drives.drives = (first, second)
    assert letters() == ["A"]
    combo.show()
    combo.setEnabled(False)
    assert letters() == ["A"]
    combo.setEnabled(True)
    combo.showPopup()
    assert letters() == ["A"]
    combo.hidePopup()
    assert letters() == ["A", "B"]
    drives.drives = (second,)
    assert letters() == ["B"]
    assert combo.target() == second.root


def test_work_does_not_begin_on_a_stick_that_left_its_folder_behind(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    here = tmp_path.stat().st_dev
    for place, begins in ((here, True), (here + 1, False), (0, True)):
        combo = TargetCombo(kit, Carried(tmp_path, place), "target")
        qtbot.addWidget(combo)
        combo.refresh()
        work = combo.guarded(lambda _progress: "written")
        if begins:
            assert work(SILENT) == "written"
        else:
            with pytest.raises(WorldError, match=r"^medium\.gone$"):
                work(SILENT)


def test_a_write_protected_stick_is_there_and_says_so(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    combo = TargetCombo(kit, Carried(tmp_path, locked=True), "target")
    qtbot.addWidget(combo)
    combo.refresh()
    assert "写保护" in combo.currentText()


@pytest.mark.parametrize(
    ("kind", "locked", "listed"),
    [("vfat", True, True), ("vfat", False, True), ("iso9660", True, False), ("cifs", False, False)],
)
def test_which_media_are_drives(
    monkeypatch: pytest.MonkeyPatch, kind: str, locked: bool, listed: bool
) -> None:
    volume = Mounted(kind, locked=locked)
    monkeypatch.setattr("desktop.ui.shared.widgets.input.drives.QStorageInfo", volume)
    monkeypatch.setattr("desktop.ui.shared.widgets.input.drives.sys.platform", "linux")
    assert [drive.locked for drive in SystemDrives().carried()] == [locked] * listed
