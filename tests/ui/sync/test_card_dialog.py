"""A card comes in by file, by picture, by the clipboard or by a drag; what it is not, is told in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import card_sheet
from desktop.services.exchange.peers.trust import own_card
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.documents.making import drawn
from tests.support.ceremony import approve
from tests.support.seen_codes import Sight, seen
from tests.support.sessions import Seat
from tests.ui.pages.evidence import files_of
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.sync import SyncPage
from tests.ui.pages.window_page import WindowPage
from tests.ui.shared.fake_camera import FakeCamera
from tests.ui.sync.conftest import MakePage, SyncDesk


@pytest.fixture
def camera() -> FakeCamera:
    return FakeCamera()


@pytest.fixture
def kit(kit: Kit, camera: FakeCamera) -> Kit:
    return replace(kit, camera=camera)


@pytest.fixture
def approval(centre_seat: Seat, alone: SyncDesk) -> str:
    """The card with which a centre answers that of this desk."""
    return approve(centre_seat.session, own_card(alone.session))


@pytest.fixture
def picture(centre_seat: Seat, approval: str) -> bytes:
    """Its code."""
    return card_sheet(centre_seat.session, approval).code


def opened(make_page: MakePage) -> tuple[SyncPage, WindowPage]:
    page = make_page()
    page.click("enrol_approval")
    return page, page.dialog("card_dialog")


def compared(page: SyncPage, centre: Seat) -> bool:
    """Whether the fingerprint of the centre is to be compared now."""
    told = page.dialog("fingerprint_dialog").text("fingerprint")
    return told == grouped(centre.session.keys.current)


def test_a_picture_of_the_code_is_as_good_as_the_file(
    make_page: MakePage, centre_seat: Seat, picture: bytes, tmp_path: Path
) -> None:
    page, dialog = opened(make_page)
    photo, holiday = tmp_path / "photo.png", tmp_path / "holiday.png"
    photo.write_bytes(picture)
    blank = QImage(40, 40, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    blank.save(str(holiday))
    dialog.click("card_open")
    page.choose_in_dialog(holiday)
    assert "没有找到卡的二维码" in dialog.text("card_banner_message")
    dialog.click("card_open")
    page.choose_in_dialog(photo)
    assert compared(page, centre_seat)


def test_a_file_may_be_dropped(
    make_page: MakePage, centre_seat: Seat, picture: bytes, tmp_path: Path
) -> None:
    page, dialog = opened(make_page)
    photo = tmp_path / "photo.png"
    photo.write_bytes(picture)
    SyncPage(page.qtbot, dialog.widget).drop(files_of(photo))
    assert compared(page, centre_seat)


def test_a_picture_may_be_pasted_and_text_still_is(
    make_page: MakePage, centre_seat: Seat, approval: str
) -> None:
    page, dialog = opened(make_page)
    editor = dialog.find("card_text", QPlainTextEdit)
    mime = QMimeData()
    mime.setImageData(QImage(40, 40, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "没有找到卡的二维码" in dialog.text("card_banner_message")
    QGuiApplication.clipboard().setText(approval)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == approval
    dialog.click("card_next")
    assert compared(page, centre_seat)


def test_a_card_is_held_before_the_camera(
    make_page: MakePage, centre_seat: Seat, picture: bytes, camera: FakeCamera
) -> None:
    page, dialog = opened(make_page)
    lit = [camera.running]
    dialog.click("card_camera")
    lit.append(camera.running)
    camera.show(seen(drawn(b"https://example.org"), Sight()))
    assert dialog.find("card_banner").isVisible()
    low, window = dialog.widget.frameGeometry().bottom(), page.widget.frameGeometry().bottom()
    assert low <= window, "what makes it higher does not push its buttons off the window"
    dialog.click("card_camera")
    lit.append(camera.running)
    dialog.click("card_camera")
    camera.show(seen(picture, Sight(turn=8, share=0.7)))
    assert compared(page, centre_seat)
    assert [*lit, camera.running] == [False, True, False, False], "its light goes out with the card"


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(make_page: MakePage, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    page, dialog = opened(make_page)
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    dialog.click("card_camera")
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    assert dialog.widget.height() < 768
    dialog.click("card_cancel")
    page.click("enrol_own_card")
    sheet = page.dialog("card_sheet_dialog").widget
    page.qtbot.waitUntil(lambda: clipped_texts(sheet) + overlaps(sheet) == [])
    assert sheet.height() < 768
