"""The list of rules, by keyboard: found, narrowed to what is doubtful, printed, written as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.law.rule_list import listed_rules
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.services.list_rules import rules_table
from desktop.ui.settings.rules import Rules, RulesDialog
from desktop.ui.shared.kit.kit import Kit
from tests.support.texts import zh
from tests.ui.pages.file_page import FilePage

RULES = listed_rules(load_rule_pack(resource_path("rules")).rules, date(2026, 12, 1))
CONTROL = Qt.KeyboardModifier.ControlModifier


def write(kit: Kit, rules: Rules, path: Path) -> None:
    path.write_bytes(rules_table(rules, kit.texts.text))


@pytest.fixture
def printed() -> list[Rules]:
    return []


@pytest.fixture
def dialog(kit: Kit, qtbot: QtBot, printed: list[Rules]) -> Iterator[FilePage]:
    window = QWidget()
    qtbot.addWidget(window)
    host = FilePage(qtbot, window)
    host.show(1366, 768)
    opened = RulesDialog(kit, window, RULES, printed.append, partial(write, kit))
    opened.open()
    page = FilePage(qtbot, opened)
    qtbot.waitUntil(page.find("rules_search").hasFocus)
    yield page
    window.close()


def rows(dialog: FilePage) -> int:
    return dialog.find("rules_table", QTableView).model().rowCount()


def test_every_rule_is_there_and_the_dialog_fits(dialog: FilePage) -> None:
    assert rows(dialog) == len(RULES)
    assert dialog.widget.height() <= 768
    assert dialog.widget.width() <= 1366


def test_words_find_and_arrows_move_while_the_hand_stays(dialog: FilePage) -> None:
    dialog.type_here("银发 86")
    assert rows(dialog) == 2
    first = dialog.text("rules_detail_name")
    assert "48 小时" in first
    assert "2016-06-01" in dialog.text("rules_detail_note")
    dialog.press(Qt.Key.Key_Down)
    assert dialog.text("rules_detail_name") != first
    assert dialog.find("rules_search", QLineEdit).hasFocus()
    dialog.type_here("nothing like it")
    assert rows(dialog) == 0
    assert dialog.text("rules_detail_name") == ""


def test_what_is_doubtful_alone_is_printed_and_taken_along(
    dialog: FilePage, printed: list[Rules], tmp_path: Path
) -> None:
    dialog.click("rules_which_doubtful")
    doubtful = tuple(item for item in RULES if item.doubtful)
    assert rows(dialog) == len(doubtful)
    dialog.press(Qt.Key.Key_P, CONTROL)
    assert printed == [doubtful]
    dialog.press(Qt.Key.Key_E, CONTROL)
    dialog.choose_in_dialog(tmp_path / "rules.csv")
    read = list(csv.reader((tmp_path / "rules.csv").read_text("utf-8-sig").splitlines()))
    assert len(read) == len(doubtful) + 1
    assert {row[6] for row in read[1:]} == {zh("rules_list.doubtful")}
