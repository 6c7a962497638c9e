"""Out: what is pending, where to, and never "unplug" too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WorldError
from desktop.domain.exchange.volumes import Pending, WrittenVolume
from desktop.domain.ids import BundleId
from desktop.services.exchange.export.export_bundle import Exported, OnVolume
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shared.widgets.input.drives import Drive
from desktop.ui.sync.export_card import volume_lines
from desktop.ui.sync.sync_screen import SyncScreen
from tests.support.held_runner import HeldRunner
from tests.support.texts import zh
from tests.ui.pages.sync import SyncPage
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import NOW, CardboardDrives, Papers

PENDING = Pending(12, 5, 214, 46, 1843 << 20, NOW - timedelta(hours=17))


def test_what_is_pending_is_counted(make_page: MakePage, desk: SyncDesk, stick: Drive) -> None:
    desk.changed_status = {"pending": PENDING}
    page = make_page()
    assert page.figures() == ("12", "214", "1.8")
    assert "昨天 17:31" in page.text("sync_details")
    assert page.target.target() == stick.root
    assert page.enabled("sync_export")


def test_nothing_pending_says_so_and_exports_nothing(
    make_page: MakePage, desk: SyncDesk, stick: Drive
) -> None:
    desk.changed_status = {"pending": Pending(0, 0, 0, 0, 0, None)}
    page = make_page()
    assert zh("sync.all_there") in page.text("sync_details")
    assert not page.enabled("sync_export")
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert list(stick.root.iterdir()) == []


def test_unplug_is_said_after_the_last_volume_was_read_back_and_not_before(
    slow: tuple[SyncPage, HeldRunner], stick: Drive
) -> None:
    page, runner = slow
    seen: list[str] = []
    page.exporting.changed.connect(lambda: seen.append(page.message("sync_export_banner")))
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.shown("sync_progress")
    assert not page.enabled("sync_export")
    assert not page.enabled("sync_target")
    runner.run_all()
    assert len(list(stick.root.glob("**/*.fzb"))) == 1
    assert not any("可以拔出" in said for said in seen)
    assert "可以拔出" in page.message("sync_export_banner")
    assert "收到对方回执后才算送达" in page.message("sync_export_banner")
    assert not page.shown("sync_progress")
    assert page.text("sync_volume_status_0").startswith("✓ 已写入并回读校验")


@pytest.mark.parametrize("moved", [False, True])
def test_the_keyboard_comes_back_after_an_export(
    slow: tuple[SyncPage, HeldRunner], *, moved: bool
) -> None:
    page, runner = slow
    page.target.setFocus()
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.widget.focusWidget() is not page.target
    if moved:
        page.find("sync_import").setFocus()
    runner.run_all()
    found = page.widget.focusWidget()
    assert found is (page.find("sync_import") if moved else page.target)


@pytest.mark.parametrize("code", ["disk.full", "disk.failed", "disk.read_only"])
def test_a_failing_stick_never_ends_green(
    make_page: MakePage, desk: SyncDesk, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def failing(*_given: object, on_volume: OnVolume, **_more: object) -> Exported:
        on_volume(1, 2, WrittenVolume("A-000213-1.fzb", 10, "", ""))
        raise WorldError(code, errno=0)

    monkeypatch.setattr("desktop.ui.sync.exporting.export_bundle", failing)
    desk.stop()
    page = make_page()
    page.click("sync_export")
    said = page.message("sync_export_banner")
    assert said
    assert "可以拔出" not in said
    assert "先写完的 1 卷是完整的" in page.text("sync_export_banner_detail")
    assert not page.shown("sync_volumes")
    assert page.enabled("sync_export")


def test_missing_evidence_is_reported_with_the_success(make_page: MakePage, desk: SyncDesk) -> None:
    desk.stop()
    done = Exported(BundleId("b"), "A-000213", (), 214, 46, Path(), ("ab", "cd"))
    desk.note("exporting.export_bundle", answer=done)
    page = make_page()
    page.click("sync_export")
    assert "2 份证据的文件已不在本机" in page.message("sync_export_banner")


def test_stopping_in_the_middle_tells_which_volumes_are_whole(
    slow: tuple[SyncPage, HeldRunner],
) -> None:
    page, runner = slow
    page.click("sync_export")
    task = runner.tasks[0]
    first = WrittenVolume("A-000213-1.fzb", 10, "", "")
    page.volume_written(1, 2, first)
    assert page.shown("sync_volume_1")
    page.click("sync_progress_cancel")
    assert task.cancelled
    runner.run_all()
    assert "先写完的 1 卷是完整的" in page.message("sync_export_banner")


def test_a_small_stick_is_reported_beforehand_and_volume_one_may_still_go(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives, stick: Drive
) -> None:
    desk.changed_status = {"pending": PENDING, "to_write": PENDING.size}
    drives.drives = (Drive(stick.root, "SMALL", 100 << 20),)
    page = make_page()
    assert "第 1 卷（案件与指令）仍会先写入" in page.text("sync_space")
    assert page.shown("sync_space")
    assert page.enabled("sync_export")


def test_sticks_come_and_go(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives, stick: Drive
) -> None:
    desk.stop()
    drives.drives = ()
    page = make_page()
    assert page.target.target() is None
    assert not page.enabled("sync_export")
    drives.drives = (stick,)
    clock = page.widget.kit.ticks.clock
    clock.advance(seconds=6)  # type: ignore[attr-defined]
    page.widget.kit.ticks.tick()
    assert page.target.target() == stick.root
    assert page.enabled("sync_export")


@pytest.mark.usefixtures("desk")
def test_a_folder_can_be_chosen_instead(make_page: MakePage, tmp_path: Path) -> None:
    page = make_page()
    page.target.setCurrentIndex(page.target.count() - 1)
    page.target.activated.emit(page.target.count() - 1)
    page.choose_in_dialog(tmp_path)
    assert page.target.target() == tmp_path
    page.target.refresh()
    assert page.target.target() == tmp_path


def test_lines_of_an_export_with_many_volumes() -> None:
    assert [line.title_key for line in volume_lines((), 0)] == ["sync.volume.first"]
    two = volume_lines((1,), 4)
    assert [(line.first, line.tone.value) for line in two] == [(1, "green"), (2, "blue")]
    many = volume_lines((1, 5, 5), 4)
    assert [(line.first, line.last, line.size) for line in many] == [
        (1, 1, 1),
        (2, 3, 10),
        (4, 4, 0),
    ]
    assert len(volume_lines((1, 5, 5, 5), 4)) == 2


def test_volumes_are_followed_from_the_worker_thread(
    qtbot: QtBot, kit: Kit, desk: SyncDesk, drives: CardboardDrives, papers: Papers
) -> None:
    desk.stop()
    runner = TaskRunner()
    screen = SyncScreen(replace(kit, runner=runner), desk.session, papers.open_paper, drives)
    qtbot.addWidget(screen)
    page = SyncPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    qtbot.waitUntil(lambda: not runner.busy)
    seen: list[tuple[int, ...]] = []
    exporting = page.exporting
    exporting.changed.connect(lambda: seen.append(exporting.sizes))
    with qtbot.waitSignal(exporting.finished):
        page.click("sync_export")
    qtbot.waitUntil(lambda: not runner.busy)
    runner.shutdown()
    assert seen[0] == ()
    assert len(seen[-1]) == 1, "one volume, followed to its end"
    assert "可以拔出" in page.message("sync_export_banner")
