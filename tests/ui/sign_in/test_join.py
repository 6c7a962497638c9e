"""A new PC joins a centre that exists, in the window of the first start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts
from desktop.domain.errors import TrustError
from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.support.texts import zh
from tests.ui.pages.errors import tells
from tests.ui.pages.file_page import FilePage
from tests.ui.pages.looks import each_look
from tests.ui.pages.sign_in import SignInPage
from tests.ui.sign_in.conftest import OWN, THEIRS, KeyFile


def test_a_card_goes_out_an_approval_comes_back_and_the_centre_is_joined(
    kit: Kit, qtbot: QtBot, key_file: KeyFile, tmp_path: Path
) -> None:
    window = SetupWindow(kit, key_file.calls)
    qtbot.addWidget(window)
    page = FilePage(qtbot, window)
    page.show()
    page.click("setup_join")
    page.click("join_next")
    assert page.find("join_unit_name").hasFocus(), "what lacks is asked for first"
    page.fill("join_unit_name", "兰州市反诈中心")
    page.fill("join_unit_code", "620100000000")
    page.fill("join_number", "620009")
    page.fill("join_new_password", "Right-word-7")
    page.fill("join_repeat_password", "Right-word-7")
    page.click("join_next")
    page.choose_in_dialog(tmp_path / "seat.card")
    assert page.text("join_fingerprint") == OWN
    assert not page.enabled("join_next")
    approval = tmp_path / "seat.approval"
    approval.write_text(THEIRS, "utf-8")
    key_file.error = TrustError("seat_keys.for_another")
    page.click("join_choose")
    page.choose_in_dialog(approval)
    assert tells(page.message("join_banner"), "seat_keys.for_another")
    assert not page.enabled("join_next")
    key_file.error = None
    page.click("join_choose")
    page.choose_in_dialog(approval)
    assert page.text("join_centre_fingerprint") == THEIRS
    approval.write_text("of somebody else, once it was compared", "utf-8")
    page.fill("join_server", "10.1.2.3, 10.1.2.4")
    with qtbot.waitSignal(window.restored) as joined:
        page.click("join_next")
    assert key_file.servers == ["10.1.2.3, 10.1.2.4"]
    assert joined.args == [ApprovingCentre("兰州市反诈中心", THEIRS)]


def test_a_pc_that_waits_goes_on_where_it_was(
    kit: Kit, qtbot: QtBot, key_file: KeyFile, tmp_path: Path
) -> None:
    key_file.calls.seat.make(
        NewSeat("620100000000", "兰州市反诈中心", "C", "620009", "Right-word-7"),
        tmp_path / "seat.card",
    )
    window = SetupWindow(kit, key_file.calls)
    qtbot.addWidget(window)
    page = FilePage(qtbot, window)
    page.show()
    window.show_join()
    assert page.text("join_fingerprint") == OWN
    page.click("join_anew")
    assert page.shown("join_unit_name"), "a card with a wrong code is made again"
    page.press(Qt.Key.Key_Escape)
    assert not page.shown("join_card")


def test_a_pc_that_has_joined_takes_new_keys_before_anybody_signs_in(
    kit: Kit, qtbot: QtBot, key_file: KeyFile, tmp_path: Path
) -> None:
    """As one must that is let in no longer by the keys it has."""
    window = SignInWindow(kit, key_file.calls, unit_name="兰州市反诈中心", on_server=True)
    qtbot.addWidget(window)
    page, approval = FilePage(qtbot, window), tmp_path / "seat.approval"
    page.show()
    for _ in each_look(kit):
        assert clipped_texts(window) == []
    kit.texts.set_language("zh_CN")
    page.click("new_keys")
    assert clipped_texts(window) == []
    page.click("join_anew")
    assert page.find("join_own_number").hasFocus(), "what lacks is asked for first"
    page.fill("join_own_number", "620009")
    page.fill("join_own_password", "Right-word-7")
    page.click("join_anew")
    page.choose_in_dialog(tmp_path / "seat.card")
    assert page.text("join_fingerprint") == OWN
    assert not page.enabled("join_next")
    approval.write_text(THEIRS, "utf-8")
    page.click("join_choose")
    page.choose_in_dialog(approval)
    assert page.text("join_centre_fingerprint") == THEIRS
    page.click("join_next")
    assert key_file.servers == [""]
    assert SignInPage(qtbot, window).message() == zh("sign_in.renew.done")
    page.click("new_keys")
    page.press(Qt.Key.Key_Escape)
    assert page.shown("sign_in_submit")
