"""Files and pictures come in: by button, drop and paste; cancelled; failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.domain.errors import AppError, Cancelled, WorldError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.ui.evidence.items.drops import given
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.room import Room
from tests.support.held_runner import HeldRunner
from tests.support.strict import all_of
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders, records_of
from tests.ui.evidence.pictures import picture, plain_picture
from tests.ui.pages.errors import close_error
from tests.ui.pages.evidence import EvidencePage, files_of
from tests.ui.pages.window_page import WindowPage


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "聊天-01.png", tmp_path / "聊天-02.png"]
    for place, path in enumerate(paths):
        path.write_bytes(picture() + bytes(place + 1))
    return paths


def test_files_are_chosen_by_key(
    make_page: MakePage, port: EvidenceInHand, photos: list[Path]
) -> None:
    page = make_page()
    page.press(Qt.Key.Key_Insert)
    page.choose_in_dialog(*photos)
    assert page.names() == ["聊天-01.png", "聊天-02.png"]
    assert all_of(row.sm3 for row in port.rows)  # worked out behind it
    current = page.grid.current()
    assert current is not None
    assert current.name == "聊天-01.png"


def test_a_folder_is_dropped_anywhere(make_page: MakePage, photos: list[Path]) -> None:
    page = make_page()
    data = files_of(photos[0].parent)
    assert page.drag_over(data)
    assert page.find("evidence_drop", QWidget).property("panel") == "blue"
    page.drag_away()
    assert page.find("evidence_drop", QWidget).property("panel") == "drop"
    page.drop(data)
    assert page.names() == ["聊天-01.png", "聊天-02.png"]
    assert photos[0].exists()  # copied, never moved


def test_what_cannot_be_taken_is_not_accepted_or_is_explained(make_page: MakePage) -> None:
    page = make_page()
    text = QMimeData()
    text.setText("转账")
    assert not page.drag_over(text)
    page.paste("只有文字")
    assert "剪贴板里没有图片" in page.banner()


def test_a_screenshot_and_copied_files_are_pasted(
    make_page: MakePage, port: EvidenceInHand, photos: list[Path]
) -> None:
    page = make_page()
    page.paste(plain_picture())
    assert page.names() == ["截图-20261124-103107.png"]
    assert port.rows[0].method is AcquisitionMethod.SCREENSHOT
    page.paste(files_of(*photos))
    assert len(page.names()) == 3
    assert page.banner() == ""


@pytest.mark.parametrize("code", ["disk.full", "file.in_use", "disk.failed"])
def test_failures_are_reported_and_the_list_is_read_again(
    make_page: MakePage, port: EvidenceInHand, photos: list[Path], code: str
) -> None:
    page = make_page()
    port.fail_with = WorldError(code, need="2 GB", free="1 GB", errno=0)
    page.drop(files_of(*photos))
    assert page.banner()
    page.drop(files_of(*photos))
    assert len(page.names()) == 2
    assert page.banner() == ""


def test_what_the_list_has_already_is_shown_and_not_added_twice(
    make_page: MakePage, photos: list[Path], tmp_path: Path
) -> None:
    page = make_page()
    page.drop(files_of(*photos))
    copy = tmp_path / "副本.png"
    copy.write_bytes(photos[1].read_bytes())
    page.drop(files_of(copy))
    assert page.names() == ["聊天-01.png", "聊天-02.png"]
    assert "“聊天-02.png”的内容已是第 2 项" in page.banner()
    current = page.grid.current()
    assert current is not None
    assert current.name == "聊天-02.png"
    third = tmp_path / "聊天-03.png"
    third.write_bytes(b"new")
    page.drop(files_of(*photos, third))
    assert page.names()[2:] == ["聊天-03.png"]
    assert "2 项的内容已在列表中（第 1、2 项）" in page.banner()


def test_the_same_screenshot_is_pasted_once(make_page: MakePage) -> None:
    page = make_page()
    page.paste(plain_picture())
    page.paste(plain_picture())
    assert len(page.names()) == 1
    assert "已是第 1 项" in page.banner()


@pytest.mark.parametrize(
    ("failure", "sentence"), [(WorldError("disk.full"), "磁盘已满"), (Cancelled(), "已停止添加")]
)
def test_what_came_in_before_the_end_is_counted(
    make_page: MakePage, port: EvidenceInHand, photos: list[Path], failure: AppError, sentence: str
) -> None:
    page = make_page()
    heard: list[None] = []
    page.widget.changed.connect(lambda: heard.append(None))
    port.fail_at, port.failure = 2, failure
    page.drop(files_of(*photos))
    assert sentence in page.banner()
    assert "1 项已经固定，其余没有添加" in page.text("evidence_banner_detail")
    assert len(heard) == 1, "others count the evidence too"
    port.fail_at = 0
    page.drop(files_of(*photos))
    assert page.names() == ["聊天-01.png", "聊天-02.png"]


def test_files_that_can_not_be_read_are_reported_without_asking_for_the_others_again(
    make_page: MakePage, port: EvidenceInHand, photos: list[Path]
) -> None:
    page = make_page()
    port.fail_at = 2
    port.failure = WorldError("evidence.some_unreadable", count=2, names="a.jpg · b.jpg")
    page.drop(files_of(*photos))
    assert "2 个文件无法读取" in page.banner()
    assert "其余没有添加" not in page.text("evidence_banner_detail")


def test_an_empty_clipboard_is_reported() -> None:
    assert not given(None).usable


@pytest.fixture
def slow(
    qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand
) -> tuple[EvidencePage, HeldRunner]:
    kit, runner = held
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port))
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    runner.run_all()
    return page, runner


def test_work_is_shown_cancelled_and_leaves_nothing(
    slow: tuple[EvidencePage, HeldRunner], port: EvidenceInHand, photos: list[Path]
) -> None:
    page, runner = slow
    page.drop(files_of(*photos))
    page.drop(files_of(photos[0]))  # waits behind the first
    page.working("evidence_take")
    assert len(runner.tasks) == 1
    page.click("evidence_take_cancel")
    runner.run_all()
    assert port.rows == ()
    assert page.find("evidence_work", QWidget).isHidden()
    assert page.banner() == ""  # a wish to stop is no error


def test_batches_follow_each_other(
    slow: tuple[EvidencePage, HeldRunner], photos: list[Path]
) -> None:
    page, runner = slow
    page.drop(files_of(photos[0]))
    page.drop(files_of(photos[1]))
    runner.run_all()
    assert page.names() == ["聊天-01.png", "聊天-02.png"]


def test_only_what_was_added_to_be_read_is_read(
    slow: tuple[EvidencePage, HeldRunner], photos: list[Path]
) -> None:
    page, runner = slow
    read: list[Evidence] = []
    page.widget.read_wanted.connect(read.append)
    page.drop(files_of(photos[0]))  # still under way
    page.widget.add_and_read()
    page.choose_in_dialog(photos[1])
    runner.run_all()
    assert page.names() == ["聊天-01.png", "聊天-02.png"]
    assert [item.name for item in read] == ["聊天-02.png"]


def test_verification_can_be_stopped(
    slow: tuple[EvidencePage, HeldRunner], port: EvidenceInHand, photos: list[Path]
) -> None:
    page, runner = slow
    page.drop(files_of(*photos))
    runner.run_all()
    page.do_more("verify_all")
    page.working("evidence_verifying")
    page.click("evidence_verifying_cancel")
    runner.run_all()
    assert page.find("evidence_work", QWidget).isHidden()
    assert not any(row.kind == "evidence.verified" for row in port.log)


def test_another_item_chosen_meanwhile_is_the_one_that_is_shown(
    slow: tuple[EvidencePage, HeldRunner], port: EvidenceInHand, qtbot: QtBot
) -> None:
    page, runner = slow
    first, second = port.add("a.txt", b"first"), port.add("b.txt", b"second")
    page.widget.reload()
    runner.run_all()
    page.grid.choose(first)
    qtbot.waitUntil(lambda: runner.busy)
    runner.run_next()  # opened, not yet read
    waiting = len(runner.tasks)
    page.grid.choose(second)
    qtbot.waitUntil(lambda: len(runner.tasks) > waiting)
    runner.run_all()
    assert page.viewer.contents.text.toPlainText() == "second"


def test_what_a_picture_says_of_itself_comes_though_it_was_asked_for_early(
    slow: tuple[EvidencePage, HeldRunner], port: EvidenceInHand, qtbot: QtBot
) -> None:
    page, runner = slow
    item = port.add("凭证.png", picture())
    page.widget.reload()
    runner.run_all()
    page.grid.choose(item)
    qtbot.waitUntil(lambda: runner.busy)
    while page.viewer.shown is not page.picture:
        runner.run_next()
    page.click("evidence_about")  # nobody knows it yet
    runner.run_all()
    assert page.viewer.contents.isVisible()


def test_closing_the_pane_in_the_middle_of_work_harms_nothing(
    qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand, photos: list[Path]
) -> None:
    kit, runner = held
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port))
    pane.show()
    runner.run_all()
    page = EvidencePage(qtbot, pane)
    page.drop(files_of(*photos))
    pane.deleteLater()
    del pane, page
    qtbot.wait(1)
    runner.run_all()
    assert len(port.rows) == 2


def test_what_was_dropped_comes_in_although_another_case_was_opened(
    held: tuple[Kit, HeldRunner], port: EvidenceInHand, qtbot: QtBot, tmp_path: Path
) -> None:
    kit, runner = held
    room, pane = Room(kit), EvidencePane(kit, port, fake_decoders(), records_of(port))
    qtbot.addWidget(room)
    room.hold(pane)
    page = EvidencePage(qtbot, pane)
    WindowPage(qtbot, room).show(1262, 586)
    runner.run_all()
    for name in ("a.txt", "b.txt"):  # the second waits behind the first
        (tmp_path / name).write_text(name)
        page.drop(files_of(tmp_path / name))
    room.hold(QLabel("another case"))
    assert not pane.isVisible()
    while runner.tasks:
        runner.run_next()
        QApplication.processEvents()
    assert [row.name for row in port.rows] == ["a.txt", "b.txt"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(pane)


def test_what_fails_after_another_case_was_opened_is_reported_over_the_window(
    held: tuple[Kit, HeldRunner], port: EvidenceInHand, qtbot: QtBot, tmp_path: Path
) -> None:
    kit, runner = held
    room, pane = Room(kit), EvidencePane(kit, port, fake_decoders(), records_of(port))
    qtbot.addWidget(room)
    room.hold(pane)
    window = WindowPage(qtbot, room)
    window.show(1262, 586)
    runner.run_all()
    (tmp_path / "a.txt").write_text("a")
    EvidencePage(qtbot, pane).drop(files_of(tmp_path / "a.txt"))
    port.fail_with = WorldError("disk.full")
    room.clear()
    runner.run_all()
    close_error("disk.full")
