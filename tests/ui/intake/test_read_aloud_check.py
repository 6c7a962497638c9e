"""A second person reads a number aloud: by keys alone, kept with the report, gone when a digit changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.ui.shared.dialogs.read_aloud_dialog import ReadAloudDialog
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import Seat
from tests.ui.intake.samples import PAYEE
from tests.ui.pages.intake import IntakePage

PATH = "transfers.0.payee_account"


def dialog_of(page: IntakePage) -> ReadAloudDialog:
    found = page.dialog("read_aloud_dialog").widget
    assert isinstance(found, ReadAloudDialog)
    return found


def mark(page: IntakePage, path: str) -> str:
    label = page.field(path).findChild(QLabel, f"{page.editor(path).objectName()}_mark")
    return label.text() if label is not None and label.isVisible() else ""


@pytest.fixture
def typed(page: IntakePage) -> IntakePage:
    page.fill(victim_name="王小明", victim_phone="13919364417")
    page.focus(PATH).type(PAYEE).press(Qt.Key.Key_F10)
    return page


def test_a_firm_that_read_a_number_leaves_room_for_what_is_said_of_it(typed: IntakePage) -> None:
    for _group in PAYEE.split():
        typed.enter()
    typed.type("甘肃某某国际贸易进出口有限责任公司兰州新区第一分公司").enter()
    assert "甘肃某某国际贸易进出口…" in mark(typed, PATH)


def test_group_by_group_then_who_read(typed: IntakePage, seat: Seat) -> None:
    groups = len(PAYEE.split())
    for _group in range(groups):
        typed.enter()
    assert dialog_of(typed).place == groups
    typed.type("李静").enter()
    assert not typed.has_dialog("read_aloud_dialog")
    assert "李静" in mark(typed, PATH)
    case = register_report(seat.session, typed.form).case
    (reading,) = case_file(seat.session, case).readings
    assert (reading.number, reading.reader) == (PAYEE.replace(" ", ""), "李静")


def test_nothing_is_confirmed_before_the_last_group(typed: IntakePage) -> None:
    typed.enter().press(Qt.Key.Key_Left).press(Qt.Key.Key_Left)
    assert dialog_of(typed).place == 0
    typed.press(Qt.Key.Key_Escape)
    assert typed.form.read_aloud == ()
    assert mark(typed, PATH) == ""


def test_the_officer_is_no_second_person(typed: IntakePage, seat: Seat) -> None:
    for _group in PAYEE.split():
        typed.enter()
    typed.type(seat.session.officer.number).enter()
    assert typed.has_dialog("read_aloud_dialog")
    assert typed.form.read_aloud == ()
    typed.type("李静").enter()
    assert len(typed.form.read_aloud) == 1


def test_a_changed_digit_is_unread_again(typed: IntakePage) -> None:
    for _group in PAYEE.split():
        typed.enter()
    typed.type("李静").enter()
    typed.focus(PATH).type(PAYEE[:-1] + ("1" if PAYEE[-1] != "1" else "2"))
    assert mark(typed, PATH) == ""
    typed.type(PAYEE)
    assert "李静" in mark(typed, PATH)


def test_a_wrong_group_is_marked_in_the_field(typed: IntakePage) -> None:
    typed.enter().enter()
    dialog_of(typed).wrong_at.emit(2)
    typed.press(Qt.Key.Key_Escape)
    editor = typed.editor(PATH)
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == PAYEE.split()[2]


def test_where_no_number_is_the_open_account_is_meant(typed: IntakePage) -> None:
    typed.press(Qt.Key.Key_Escape)
    typed.focus("victim.name").press(Qt.Key.Key_F10)
    assert typed.has_dialog("read_aloud_dialog")
    typed.press(Qt.Key.Key_Escape)
    typed.focus("victim.phone").press(Qt.Key.Key_F10).enter().enter().enter().type("李静").enter()
    assert "李静" in mark(typed, "victim.phone")


@pytest.mark.parametrize("typed_text", ["", "6222****1234"])
def test_nothing_to_read(page: IntakePage, typed_text: str) -> None:
    if typed_text:
        page.focus(PATH).type(typed_text)
    page.focus(PATH).press(Qt.Key.Key_F10)
    assert not page.has_dialog("read_aloud_dialog")
    assert page.form.read_aloud == ()


def test_it_is_among_the_keys(page: IntakePage, desk_kit: Kit) -> None:
    keys = {action.keys for _, group in desk_kit.actions.groups() for action in group}
    assert "F10" in keys
