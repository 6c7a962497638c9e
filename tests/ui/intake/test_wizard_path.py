"""The whole way at the counter, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.ids import CaseId
from desktop.domain.records.field_table import Typed
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.look_up import case_file
from desktop.ui.intake.form.paths import page_of
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage, Ways
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.intake import IntakePage

_CONTROL = Qt.KeyboardModifier.ControlModifier

# What is typed into each field in turn; every one is left with Enter.
MONEY = (
    ("victim.name", "王小明"),
    ("victim.id_number", "620102196804152044"),
    ("victim.phone", "13919364417"),
    ("transfers.0.time", "10:12:35"),
    ("transfers.0.amount", "9.8万"),
    ("transfers.0.channel", "mobile_bank"),
    ("transfers.0.arrival", "next_day"),
    ("transfers.0.serial", "2611240012358841"),
    ("transfers.0.payer_account", "6217004230001234569"),
    ("transfers.0.payer_name", "王小明"),
    ("transfers.0.payer_bank", "中国建设银行"),
    ("transfers.0.payee_account", "6230520010037788996"),
    ("transfers.0.payee_name", "陈某某"),
    ("transfers.0.payee_bank", "中国农业银行"),
)

# What the program fills in from the victim's name and the card's prefix; Enter goes past it.
FILLED = frozenset({"transfers.0.payer_name", "transfers.0.payer_bank", "transfers.0.payee_bank"})


def test_from_i_have_been_cheated_to_a_registered_report(
    page: IntakePage, seat: Seat, ways: Ways
) -> None:
    for path, text in MONEY:
        if path in FILLED:
            continue
        assert page.focused_path() == path
        page.type(text).enter()
    transfer = page.form.transfers[0]
    filled = (transfer.payer_name, transfer.payer_bank, transfer.payee_bank)
    assert filled == tuple(text for path, text in MONEY if path in FILLED)
    page.stop().stop()
    (order,) = case_file(seat.session, CaseId(page.form.case_id)).orders
    assert order.order.amount_fen == 9_800_000
    assert order.order.payee.number == "6230520010037788996"
    assert page.text(f"order_{order.order.number}") == order.order.number

    page.next()
    assert page.field("reporter.address").value() == ""
    assert page.focused().objectName() == "reported_by_self"
    page.enter()  # in person
    assert page.focused_path() == "victim.address"
    page.type("甘肃省兰州市城关区某街 1 号").next()
    page.press(Qt.Key.Key_Space)  # the first type
    page.focus("narrative").type("点赞返利后垫付，被骗。").next()
    page.type("15900003321").enter().type("wxid_jiedai88").enter().next()
    page.next()
    page.register()
    file = case_file(seat.session, CaseId(page.form.case_id))
    assert file.case.state is CaseState.STOPPING
    assert file.case.type == "T01"
    assert file.case.victim.address == "甘肃省兰州市城关区某街 1 号"
    assert file.case.narrative == "点赞返利后垫付，被骗。"
    assert [item.kind for item in file.identifiers] == ["mobile", "wechat"]
    assert page.text("case_number") == file.case.number
    assert open_drafts(seat.session) == ()


def test_texts_are_settled_as_they_are_read_aloud(page: IntakePage) -> None:
    for path, text in MONEY:
        page.focus(path).type(text).enter()
    transfer = page.form.transfers[0]
    assert transfer.time == "2026-11-24 10:12:35"
    assert transfer.amount == "98,000.00"
    assert transfer.payee_account == "6230 5200 1003 7788 996"
    assert page.form.victim.id_number == "620102 19680415 2044"
    assert page.form.victim.phone == "139 1936 4417"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10:12", "2026-11-24 10:12:00"),
        ("今天 10:12", "2026-11-24 10:12:00"),
        ("昨天 22:05", "2026-11-23 22:05:00"),
        ("2026-11-24 10:12:35", "2026-11-24 10:12:35"),
        ("sometime", "sometime"),
    ],
)
def test_times_as_they_are_said(page: IntakePage, typed: str, read: str) -> None:
    page.fill(transfers_0_time=typed)
    assert page.form.transfers[0].time == read


def test_pages_by_number_and_back(page: IntakePage) -> None:
    for number in (3, 6, 2, 1, 4):
        page.go_to(number)
        assert page.screen.page == number - 1
        assert page.form.page == number - 1
    page.press(
        Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert page.screen.page == 2


def test_saving_by_habit_shows_what_registering_means(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="王小明").register()
    assert page.screen.page == 5
    assert page.screen.pages.record.registered is False
    page.register()
    assert page.screen.pages.record.registered


def test_tab_goes_through_the_money_page_from_left_to_right(page: IntakePage) -> None:
    page.focus("victim.name")
    seen = []
    for _step in MONEY:
        seen.append(page.focused_path())
        page.press(Qt.Key.Key_Tab)
    assert seen == [path for path, _text in MONEY]


def test_a_fact_is_typed_once(page: IntakePage) -> None:
    page.fill(victim_name="王小明", victim_phone="13919364417").go_to(2)
    assert page.field("reporter.name").value() == "王小明"
    page.fill(reporter_name="王大明").go_to(1)
    assert page.field("victim.name").value() == "王大明"
    assert page.field("transfers.0.payer_name").value() == "王大明"


def test_everything_with_a_key_is_in_the_overlay(page: IntakePage) -> None:
    caps = {
        action.cap for _heading, actions in page.screen.kit.actions.groups() for action in actions
    }
    assert {
        "F9",
        "Ctrl ⏎",
        "Ctrl S",
        "Ctrl L",
        "Ctrl +",
        "Ctrl T",
        "F7",
        "Ctrl 1",
        "Ctrl 6",
    } <= caps


def test_every_editor_and_button_has_a_name_for_screen_readers(filled: IntakePage) -> None:
    for number in range(1, 7):
        filled.go_to(number)
        nameless = [
            child.objectName() or type(child).__name__
            for child in filled.screen.findChildren(QWidget)
            if child.isVisible()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not child.accessibleName()
            and not child.objectName().startswith("qt_")
        ]
        assert nameless == []


def test_put_aside_and_taken_up_again(
    page: IntakePage, make_page: MakePage, ways: Ways, alarms: Alarms, seat: Seat
) -> None:
    page.fill(victim_name="王小明").go_to(3)
    page.focus("narrative").type("刚开始说")
    page.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert ways.left == 1
    again = make_page()
    assert again.form.victim.name == "王小明"
    assert again.screen.page == 2
    assert again.focused_path() == "narrative"
    assert again.field("narrative").value() == "刚开始说"


def test_a_blank_report_put_aside_leaves_nothing(page: IntakePage, seat: Seat) -> None:
    assert len(open_drafts(seat.session)) == 1
    page.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert open_drafts(seat.session) == ()
    page.screen.opened()
    assert len(open_drafts(seat.session)) == 1


def test_the_next_person_gets_a_blank_form_and_the_last_draft_stays(
    page: IntakePage, seat: Seat
) -> None:
    page.fill(victim_name="王小明").go_to(3).screen.begin()
    assert page.screen.page == 0
    assert page.form.victim.name == ""
    assert page.focused_path() == "victim.name"
    assert {draft.form.victim.name for draft in open_drafts(seat.session)} == {"王小明", ""}


def test_a_pasted_name_loses_what_nobody_sees(page: IntakePage) -> None:
    """What is read back to the person is what will be recorded."""
    QGuiApplication.clipboard().setText("张\u202e三\u200b")
    for _ in range(2):
        page.focus("victim.name").press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        page.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert page.form.victim.name == "张三"
        assert page.field("victim.name").value() == "张三"


def test_every_fact_of_the_person_is_typed_on_its_page(page: IntakePage) -> None:
    for row in VICTIM_FIELDS.rows:
        kind = "uscc" if row.attribute == "representative" else "resident_id"
        page.screen.model.put("victim.id_kind", kind)
        page.go_to(page_of(row.form) + 1)
        editors = page.screen.pages.fields.fields_at(row.form)
        (shown,) = [field.editor for field in editors if field.isVisible()]
        if row.typed is Typed.WORDS:
            shown.setFocus()
            page.type("甘肃兰州")
            assert page.screen.model.value(row.form) == "甘肃兰州", row.form
