"""The first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import FirstRun, InstallationRole, ServerChoice
from desktop.services.ports import Pdf
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.sign_in.setup_steps import (
    group_to_ask,
    groups_of,
    letter_fault,
    same_group,
    unit_code_fault,
)
from desktop.ui.sign_in.setup_window import SetupWindow
from tests.support.texts import zh
from tests.ui.pages.sign_in import SetupPage
from tests.ui.sign_in.conftest import CODE, KeyFile

UNIT = "兰州市公安局城关分局张掖路派出所"


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, key_file: KeyFile) -> SetupPage:
    window = SetupWindow(kit, key_file.calls)
    qtbot.addWidget(window)
    shown = SetupPage(qtbot, window)
    shown.show()
    qtbot.waitUntil(window.isActiveWindow)
    return shown


def _to_code(page: SetupPage) -> None:
    page.on()
    page.unit(UNIT, "620102540000")
    page.officer("王建国", "620134", "Right-word-7")


def _prove(page: SetupPage, change: Callable[[str], str] = str) -> None:
    code = page.code()
    page.fill("code_proof", change(groups_of(code)[group_to_ask(code)]))
    page.find("code_proof").setFocus()
    page.on()


def test_by_keyboard_alone(page: SetupPage, key_file: KeyFile, qtbot: QtBot) -> None:
    _to_code(page)
    assert key_file.made == [
        FirstRun(
            InstallationRole.DESK, "620102540000", UNIT, "A", "620134", "王建国", "Right-word-7"
        )
    ]
    assert page.step() == "code"
    assert page.code() == CODE
    window = page.widget
    assert isinstance(window, SetupWindow)
    with qtbot.waitSignal(window.signed_in) as told:
        _prove(page, str.lower)
    assert told.args == [{"officer": "620134"}]
    assert page.find("new_password", QLineEdit).text() == ""
    assert CODE[:4] not in page.code()


def test_the_centre_is_chosen_with_an_arrow(page: SetupPage, key_file: KeyFile) -> None:
    _centre_to_database(page)
    page.on()
    page.officer("王建国", "620134", "Right-word-7")
    assert key_file.made[0].role is InstallationRole.CENTRE
    assert key_file.made[0].server is None
    assert key_file.tried == []


def _centre_to_database(page: SetupPage) -> None:
    page.press(Qt.Key.Key_Right)
    page.on()
    page.unit("兰州市反诈中心", "620100000000")
    assert page.step() == "database"


def _server(page: SetupPage) -> None:
    """By keyboard: the switch, then field after field."""
    page.press(Qt.Key.Key_Right)
    for text in ("db.lz.example", "", "fanzha", "fanzha user", "s3cret/word"):
        page.press(Qt.Key.Key_Tab)
        if text:
            page.type_here(text)


def test_a_centre_on_a_server_is_tried_before_it_is_made(
    page: SetupPage, key_file: KeyFile
) -> None:
    _centre_to_database(page)
    _server(page)
    key_file.server_error = WorldError("database.server_refused")
    for _ in range(3):  # the root certificate and its button lie between
        page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Space)
    assert "拒绝了用户名或密码" in page.text("setup_banner_message")
    assert page.step() == "database"
    page.on()
    assert page.step() == "database", "what does not work is not gone on with"
    key_file.server_error = None
    page.find("database_try").setFocus()
    page.press(Qt.Key.Key_Space)
    assert zh("shared.password.good") in page.text("setup_banner_message")
    page.on()
    assert page.step() == "officer"
    assert len(key_file.tried) == 1, "what was tried is not tried again"
    page.officer("王建国", "620134", "Right-word-7")
    address = "postgresql+psycopg://fanzha%20user@db.lz.example:5432/fanzha"
    assert key_file.made[0].server == ServerChoice(address, "s3cret/word")


def test_the_root_certificate_is_chosen_by_keyboard(
    page: SetupPage, key_file: KeyFile, tmp_path: Path
) -> None:
    root = tmp_path / "市局 CA.crt"
    root.write_text("-----BEGIN CERTIFICATE-----", encoding="ascii")
    _centre_to_database(page)
    _server(page)
    for _ in range(2):
        page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Space)
    chooser = page.widget.findChild(QFileDialog, "file_chooser")
    assert isinstance(chooser, QFileDialog)
    assert chooser.fileMode() is QFileDialog.FileMode.ExistingFile
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile(str(root))
    chooser.accept()
    assert page.find("database_root", QLineEdit).text() == str(root)
    assert page.find("database_try").hasFocus()
    page.on()
    address = make_url(key_file.tried[0].address)
    assert address.query == {"sslrootcert": str(root)}


def test_going_on_tries_the_server_and_back_keeps_it(page: SetupPage, key_file: KeyFile) -> None:
    _centre_to_database(page)
    _server(page)
    page.on()
    assert page.step() == "officer"
    assert len(key_file.tried) == 1
    page.click("setup_back")
    assert page.step() == "database"
    page.fill("database_name", "other")
    page.click("setup_next")
    assert page.step() == "officer"
    assert key_file.tried[-1].address.endswith("/other")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("database_host", "db.lz.example/x", "主机名"),
        ("database_host", "", "主机名"),
        ("database_port", "70000", "65535"),
        ("database_name", "a?sslmode=disable", "数据库名"),
        ("database_user", "", "填写"),
    ],
)
def test_what_is_no_server_is_said_beside_its_field(
    page: SetupPage, key_file: KeyFile, field: str, text: str, said: str
) -> None:
    _centre_to_database(page)
    _server(page)
    page.fill(field, text)
    page.click("setup_next")
    assert said in page.text(f"{field}_hint")
    assert page.find(field).hasFocus()
    assert (page.step(), key_file.tried) == ("database", [])


def test_a_desk_is_not_asked_and_a_choice_left_behind_does_not_count(
    page: SetupPage, key_file: KeyFile
) -> None:
    _centre_to_database(page)
    _server(page)
    for _ in range(2):
        page.click("setup_back")
    page.press(Qt.Key.Key_Left)
    page.on()
    page.on()
    assert page.step() == "officer"
    page.officer("王建国", "620134", "Right-word-7")
    assert key_file.made[0].server is None


def test_the_code_must_be_proved(page: SetupPage, qtbot: QtBot) -> None:
    _to_code(page)
    window = page.widget
    assert isinstance(window, SetupWindow)
    with qtbot.assertNotEmitted(window.signed_in):
        _prove(page, lambda group: "XXXX" if group != "XXXX" else "YYYY")
    assert page.find("code_proof").property("state") == "red"
    assert not page.find("setup_back").isVisible()


def test_the_sheet_with_the_code_is_shown(page: SetupPage, key_file: KeyFile) -> None:
    _to_code(page)
    window = page.widget
    sheets: list[Pdf] = []
    assert isinstance(window, SetupWindow)
    window.code.sheet_ready.connect(sheets.append)
    key_file.error = WorldError("disk.full")
    page.click("code_print")
    assert sheets == []
    assert page.find("code_banner").isVisible()
    key_file.error = None
    page.click("code_print")
    assert [sheet.data for sheet in sheets] == [CODE.encode()]
    assert not page.find("code_banner").isVisible()


def test_each_step_holds_until_it_is_in_order(page: SetupPage) -> None:
    page.on()
    page.on()
    assert page.step() == "unit"
    assert page.find("unit_name").hasFocus()
    page.unit(UNIT, "62010254000")
    assert page.text("unit_code_hint") == zh("sign_in.check.unit_code_length")
    assert page.find("unit_code").hasFocus()
    page.type_here("0")
    page.on()
    assert page.step() == "officer"
    page.officer("王建国", "620134", "short")
    assert page.step() == "officer"
    assert page.find("new_password").hasFocus()
    page.click("setup_back")
    assert page.step() == "unit"


def test_a_complaint_goes_once_something_else_is_typed(page: SetupPage) -> None:
    page.on()
    page.on()
    page.unit("", "620102540000")
    assert page.text("unit_name_hint") == zh("sign_in.check.empty")
    page.type_here("张掖路派出所")
    assert page.text("unit_name_hint") == ""


def test_what_is_weak_is_said_in_the_language_shown(page: SetupPage, kit: Kit) -> None:
    page.on()
    page.unit(UNIT, "620102540000")
    page.officer("王建国", "620134", "short")
    page.click("switch_language")
    told = kit.texts.text("errors.password.too_short.what", minimum=10)
    assert told in [label.text() for label in page.find("setup_officer").findChildren(QLabel)]


def test_a_failure_is_explained_and_nothing_typed_is_lost(
    page: SetupPage, key_file: KeyFile, kit: Kit
) -> None:
    key_file.error = WorldError("disk.full")
    _to_code(page)
    assert page.step() == "officer"
    assert page.text("setup_banner_message") == kit.texts.text("errors.disk.full.what")
    key_file.error = None
    page.click("setup_next")
    assert page.step() == "code"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_clipped_on_any_step(
    page: SetupPage, kit: Kit, qtbot: QtBot, language: str
) -> None:
    kit.texts.set_language(language)

    def check() -> None:
        qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
        assert overlaps(page.widget) == []

    check()
    page.on()
    page.on()
    check()
    page.unit(UNIT, "620102540000")
    page.on()
    check()
    page.officer("王建国", "620134", "Right-word-7")
    check()
    _prove(page, lambda group: group[::-1] + "0")
    check()
    assert (page.widget.width(), page.widget.height()) == (1366, 768)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_clipped_where_a_server_is_named(
    page: SetupPage, kit: Kit, qtbot: QtBot, key_file: KeyFile, language: str
) -> None:
    _centre_to_database(page)
    _server(page)
    kit.texts.set_language(language)
    for code in ("", "database.tls_unknown"):
        if code:
            key_file.server_error = WorldError(code)
            page.click("database_try")
        qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
        assert overlaps(page.widget) == []
        assert (page.widget.width(), page.widget.height()) == (1366, 768)


def test_a_request_never_shows_its_password() -> None:
    request = FirstRun(InstallationRole.DESK, "1" * 12, "x", "A", "620134", "y", "Right-word-7")
    assert "Right-word-7" not in repr(request)


def test_checks() -> None:
    assert unit_code_fault("６２０１０２５４００００") == ""
    assert unit_code_fault("62010254000A") == "sign_in.check.unit_code_digits"
    assert letter_fault("b") == ""
    assert letter_fault("AB") == "sign_in.check.letter"
    assert letter_fault("甲") == "sign_in.check.letter"


_GROUP = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=4)


@given(st.lists(_GROUP, min_size=8, max_size=8))
def test_the_asked_group_exists_and_is_recognised(groups: list[str]) -> None:
    code = "-".join(groups)
    place = group_to_ask(code)
    assert 1 <= place <= 7
    assert same_group(f" {groups[place].lower()} ", groups[place])
