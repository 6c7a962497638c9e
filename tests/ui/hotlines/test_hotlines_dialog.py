"""The window of hotlines, by keyboard."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.windows.screens import add_hotlines_key
from desktop.domain.reference.directories import Hotline
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import LANGUAGES
from desktop.services.cases.form.find_hotlines import find_hotlines
from desktop.ui.hotlines.hotlines_dialog import HotlinesDialog
from desktop.ui.shared.kit.kit import Kit
from tests.ui.pages.window_page import WindowPage

TABLES = PackedDirectories(resource_path("directories"))


@pytest.fixture
def host(kit: Kit, qtbot: QtBot) -> WindowPage:
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window).setFocus()
    add_hotlines_key(kit, window, TABLES)
    page = WindowPage(qtbot, window)
    page.show()
    return page


def dialog_of(host: WindowPage) -> WindowPage:
    host.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = host.dialog("hotlines_dialog")
    host.qtbot.waitUntil(dialog.find("hotlines_search").hasFocus)
    return dialog


def test_the_key_opens_it_out_of_a_field_and_letters_find(host: WindowPage) -> None:
    dialog = dialog_of(host)
    dialog.type_here("lzyh")
    assert dialog.text("hotlines_number") == "400-88-96799"
    dialog.press(Qt.Key.Key_Escape)
    with pytest.raises(AssertionError):
        host.dialog("hotlines_dialog")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_things_to_say_are_seen_whole(host: WindowPage, kit: Kit, language: str) -> None:
    kit.texts.set_language(language)
    host.show(1366, 768)
    dialog = dialog_of(host)
    assert dialog.find("hotlines_list").width() < dialog.widget.width()


def test_arrows_move_while_the_hand_stays_on_the_letters(host: WindowPage) -> None:
    dialog = dialog_of(host)
    dialog.type_here("yh")
    rows = dialog.find("hotlines_list", QTableView)
    first = dialog.text("hotlines_number")
    dialog.press(Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
    assert dialog.text("hotlines_number") != first
    dialog.press(Qt.Key.Key_Up)
    dialog.press(Qt.Key.Key_Up)
    assert dialog.text("hotlines_number") == first
    assert dialog.find("hotlines_search").hasFocus()


def test_what_nobody_called_says_so(kit: Kit, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    known = (
        Hotline("甲银行", ("95000",), verified=True),
        Hotline("乙支付", (), verified=False, payment=True),
    )
    dialog = HotlinesDialog(kit, window, lambda typed: known if not typed else ())
    page = WindowPage(qtbot, dialog)
    dialog.open()
    rows = dialog.findChild(QTableView, "hotlines_list")
    assert rows is not None
    model = rows.model()
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(2)]
    words = kit.texts.text
    assert shown == [
        ["甲银行", "95000", words("hotlines.verified")],
        ["乙支付", words("hotlines.unknown"), words("hotlines.unverified")],
    ]
    page.find("hotlines_search", QLineEdit).setText("x")
    assert model.rowCount() == 0


def test_every_institution_can_be_shown(kit: Kit, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = HotlinesDialog(kit, window, partial(find_hotlines, TABLES))
    page = WindowPage(qtbot, dialog)
    dialog.open()
    qtbot.waitUntil(page.find("hotlines_search").hasFocus)
    for item in TABLES.hotlines():
        assert page.text("hotlines_number") == (
            item.numbers[0] if item.numbers else kit.texts.text("hotlines.unknown")
        )
        page.press(Qt.Key.Key_Down)
