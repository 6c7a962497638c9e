"""Guided filming at the window: folder chosen, photographs mapped by key, taken in, contact sheet begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import evidence_pane
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.evidence.photographing import filmed
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.find_photos import FoundPhotos, Photo
from desktop.services.look_up import case_evidence
from desktop.ui.evidence.photographing.dialog import PhotographingDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.views.moving_picture import MovingPicture
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat, a_form, take_seat
from tests.ui.evidence.fakes import fake_decoders
from tests.ui.evidence.passwords import known_password
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage
from tests.ui.pages.looks import LOOKS

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return take_seat(tmp_path / "desk", "A")


@pytest.fixture
def case(seat: Seat) -> CaseId:
    return register_report(seat.session, a_form(seat.session)).case


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, seat: Seat, case: CaseId) -> EvidencePage:
    pane = evidence_pane(kit, seat.session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    pane.setFocus()
    return page


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Four, and a copy of the last."""
    made = tmp_path / "photos"
    made.mkdir()
    for n in range(4):
        (made / f"IMG_{n}.png").write_bytes(picture(20 + n, 40))
    (made / "IMG_3 (1).png").write_bytes(picture(23, 40))
    return made


def opened(page: EvidencePage) -> PhotographingDialog:
    page.press(Qt.Key.Key_F, CTRL_SHIFT)
    dialog = page.dialog("filming_dialog").widget
    assert isinstance(dialog, PhotographingDialog)
    return dialog


def choose(page: EvidencePage, dialog: PhotographingDialog, folder: Path) -> None:
    page.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.shot_table, Qt.Key.Key_O, CTRL)
    chooser = page.chooser()
    chooser.filesSelected.emit([str(folder)])
    chooser.reject()


def text(dialog: PhotographingDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_a_folder_of_photographs_becomes_numbered_evidence(
    page: EvidencePage, seat: Seat, case: CaseId, photos: Path
) -> None:
    dialog = opened(page)
    assert "还缺" in text(dialog, "filming_missing")
    assert "再选这个文件夹" in text(dialog, "filming_count")
    accept = dialog.findChild(QWidget, "filming_accept")
    assert accept is not None
    assert not accept.isEnabled()
    choose(page, dialog, photos)
    assert text(dialog, "filming_count") == "4 张照片　1 张内容重复，没有再列"
    table = dialog.photo_table
    table.select_key(2)
    QTest.keyClick(table, Qt.Key.Key_Left)
    dialog.activateWindow()
    page.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(table, Qt.Key.Key_Return, CTRL)
    items = filmed(case_evidence(seat.session, case))
    shots = [item.record.shot for item in items]
    assert [shot.partition(".")[2] for shot in shots] == ["phone", "own", "own", "profile"]
    assert [item.record.frame for item in items] == [1, 2, 3, 4]
    assert {item.record.holder for item in items} == {"李秀兰"}


def test_the_chosen_photograph_is_shown_and_what_is_wrong_with_a_folder_is_reported(
    page: EvidencePage, photos: Path, tmp_path: Path
) -> None:
    dialog = opened(page)
    empty = tmp_path / "empty"
    empty.mkdir()
    choose(page, dialog, empty)
    assert "没有照片" in text(dialog, "filming_banner_message")
    assert "再选这个文件夹" in text(dialog, "filming_count"), "it looks no longer"
    choose(page, dialog, photos)
    shown = dialog.findChild(MovingPicture, "filming_picture")
    assert shown is not None
    for place in (0, 2):
        dialog.photo_table.select_key(place)
        assert shown.image is not None
        assert shown.image.width() == 20 + place


def test_photographs_of_the_folder_that_was_chosen_last_stand(
    kit: Kit, qtbot: QtBot, seat: Seat, case: CaseId, photos: Path, tmp_path: Path
) -> None:
    """A large folder on a slow stick is still looked through when a small one is shown."""
    small, runner = tmp_path / "small", HeldRunner()
    small.mkdir()
    (small / "IMG_9.png").write_bytes(picture(30, 40))
    held = replace(kit, runner=runner)
    pane = evidence_pane(held, seat.session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    pane.setFocus()
    runner.run_all()
    page.press(Qt.Key.Key_F, CTRL_SHIFT)
    runner.run_all()
    dialog = page.dialog("filming_dialog").widget
    assert isinstance(dialog, PhotographingDialog)
    dialog.folder_wanted.emit(photos)
    dialog.folder_wanted.emit(small)
    slow = runner.tasks.pop(0)
    runner.run_all()
    assert len(dialog.photos.rows) == 1
    slow.cancelled = False  # it had looked for the last time whether it is wanted
    slow.run()
    runner.run_all()
    assert [row.photo.path.name for row in dialog.photos.rows] == ["IMG_9.png"]
    dialog.reject()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_dialog_fits(page: EvidencePage, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    dialog = opened(page)
    photos = tuple(Photo(Path(f"IMG_20261124_1013{n:02d}.jpg")) for n in range(12))
    dialog.show_photos(FoundPhotos(photos, 12, 12))
    page.qtbot.waitUntil(lambda: clipped_texts(dialog) + overlaps(dialog) == [])
    assert dialog.height() <= 768
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
