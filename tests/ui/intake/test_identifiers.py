"""The page of leads and its model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.cases.intake import IdentifierText, IntakeForm
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.identifiers import KINDS as CHECKED
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.ui.intake.form.choices import KINDS
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.leads.identifier_model import KIND, NOTE, STATE, VALUE, IdentifierModel
from desktop.ui.intake.pages.identifiers import IdentifierTable
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from tests.support.sessions import Seat
from tests.ui.intake.doubles import Alarms
from tests.ui.intake.samples import PAYEE, other_cases
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.window_page import compose


def _model(kit: Kit) -> tuple[FormModel, IdentifierModel]:
    model = FormModel(IntakeForm(case_id="c1"))
    return model, IdentifierModel(kit, model, lambda row: (f"#{row}", Tone.OK))


def test_the_model_keeps_the_rules_of_models(kit: Kit) -> None:
    model, rows = _model(kit)
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(4):
        model.add_identifier(IdentifierText(f"i{number}", "qq", f"1234{number}"))
    model.remove_identifier(2)
    model.put("identifiers.0.note", "群主")
    rows.remarks_changed()
    kit.texts.set_language("en")
    model.load(IntakeForm(case_id="c2", identifiers=(IdentifierText("x", "", "y"),)))
    model.remove_identifier(0)
    assert rows.rowCount() == 0
    del tester


def test_edits_go_into_the_form(kit: Kit) -> None:
    model, rows = _model(kit)
    model.add_identifier(IdentifierText("i1", "qq", "12345"))
    assert rows.setData(rows.index(0, VALUE), " 67890 ")
    assert rows.setData(rows.index(0, KIND), "mobile")
    assert rows.setData(rows.index(0, NOTE), "群主")
    assert not rows.setData(rows.index(0, STATE), "x")
    assert model.form.identifiers == (IdentifierText("i1", "mobile", "67890", "群主"),)


def test_enter_adds_with_the_kind_guessed_and_goes_on(page: IntakePage) -> None:
    page.go_to(4)
    for value in ("13919364417", "https://sd-88.example/app", "共享屏幕"):
        page.type(value).enter()
    kinds = [item.kind for item in page.form.identifiers]
    assert kinds == ["mobile", "url", "app"]
    assert page.focused().objectName() == "lead_value"
    assert page.field("lead_value").value() == ""


def test_a_chosen_kind_is_not_guessed_over(page: IntakePage) -> None:
    page.go_to(4).fill(lead_value="283748123", lead_kind="wechat", lead_note="群主")
    page.focus("lead_value").enter()
    (item,) = page.form.identifiers
    assert (item.kind, item.note) == ("wechat", "群主")


def test_nothing_is_not_a_lead(page: IntakePage) -> None:
    page.go_to(4).enter()
    assert page.form.identifiers == ()
    assert page.focused().objectName() == "lead_value"


@pytest.mark.parametrize("leave", ["go_to", "register", "flush", "put_aside"])
def test_a_lead_typed_without_enter_belongs_to_the_report(page: IntakePage, leave: str) -> None:
    page.go_to(4).type("13919364417")
    if leave == "go_to":
        page.go_to(2)
    elif leave == "register":
        page.register()
    else:
        getattr(page.screen, leave)()
    assert [(item.kind, item.value) for item in page.form.identifiers] == [
        ("mobile", "13919364417")
    ]


def test_a_lead_typed_without_enter_never_reaches_the_next_report(page: IntakePage) -> None:
    page.fill(victim_name="王小明").go_to(4).type("13919364417")
    first = page.form.case_id
    page.screen.begin()
    page.window.qtbot.waitUntil(lambda: page.form.case_id != first)
    page.go_to(4)
    assert [item.value for item in page.form.identifiers] == []
    assert page.field("lead_value").value() == ""
    page.screen.resume(CaseId(first))
    page.window.qtbot.waitUntil(lambda: page.form.case_id == first)
    assert [item.value for item in page.form.identifiers] == ["13919364417"]


def _table(page: IntakePage) -> IdentifierTable:
    return page.window.find("leads", IdentifierTable)


def test_rows_are_changed_in_place_and_taken_out_by_key(page: IntakePage) -> None:
    page.go_to(4).type("13919364417").enter().type("12345678").enter()
    table = _table(page)
    table.setFocus()
    page.press(Qt.Key.Key_Return)
    editor = table.findChild(LineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "13900000000")
    compose(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.form.identifiers[0].value == "13919364417"
    compose(editor, "")
    QTest.keyClick(editor, Qt.Key.Key_Return)  # the delegate commits with the next events
    page.window.qtbot.waitUntil(lambda: page.form.identifiers[0].value == "13900000000")
    table.setFocus()
    page.press(Qt.Key.Key_Delete)
    assert [item.value for item in page.form.identifiers] == ["12345678"]


def test_a_cell_that_is_being_changed_belongs_to_the_report(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="Li Xiulan").go_to(4).type("13919364417").enter()
    page.go_to(6).register().go_to(4)
    case = CaseId(page.form.case_id)
    for number, leave in (("13900000001", page.register), ("13900000002", page.screen.begin)):
        table = _table(page)
        table.setFocus()
        page.press(Qt.Key.Key_Return)
        editor = table.findChildren(LineEdit)[-1]  # the last one is still about to be deleted
        editor.selectAll()
        QTest.keyClicks(editor, number)
        leave()
        if leave == page.register:
            assert case_file(seat.session, case).identifiers[0].value == number
    page.screen.resume(case)
    assert page.form.identifiers[0].value == "13900000002"


def test_what_was_typed_beside_a_lead_never_reaches_the_next_report(page: IntakePage) -> None:
    page.fill(victim_name="Li Xiulan").go_to(4).fill(lead_kind="wechat", lead_note="QQ 群主")
    page.screen.begin()
    page.go_to(4)
    fields = [page.field(f"lead_{name}").value() for name in ("value", "kind", "note")]
    assert fields == ["", "", ""]


def test_a_lead_known_from_other_cases_says_so(
    page: IntakePage, seat: Seat, alarms: Alarms
) -> None:
    other_cases(seat.session, seat.clock)
    page.go_to(4).type(PAYEE).enter()
    alarms.ring_all()
    model = _table(page).model()
    shown = model.data(model.index(0, STATE))
    assert shown == page.screen.kit.texts.text("intake.money.seen", count=3)


@pytest.mark.parametrize("value", ["13919364417", "139 1936 4417"])
def test_a_sound_lead_is_not_repeated_beside_itself(page: IntakePage, value: str) -> None:
    page.go_to(4).type(value).enter()
    model = _table(page).model()
    texts = page.screen.kit.texts
    assert model.data(model.index(0, STATE)) != "13919364417"
    assert model.data(model.index(0, STATE)) == texts.text("intake.identifiers.sound")


def test_every_kind_the_checks_know_can_be_chosen(kit: Kit) -> None:
    assert set(KINDS) == set(CHECKED)
    for kind in KINDS:
        assert kit.texts.text(f"intake.kind.{kind}")


def test_many_lines_pasted_are_many_leads(page: IntakePage) -> None:
    page.go_to(4).type("13919364417").enter()
    clipboard = QApplication.clipboard()
    clipboard.setText("微信：xy_kefu0091\n139 1936 4417\nhttps://sd-88.example/app\n")
    page.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(item.kind, item.value) for item in page.form.identifiers] == [
        ("mobile", "13919364417"),
        ("wechat", "xy_kefu0091"),
        ("url", "https://sd-88.example/app"),
    ]
    clipboard.setText("qq 12345")
    page.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.field("lead_value").value() == "qq 12345"


def test_how_sure_and_what_it_says_of_itself(page: IntakePage, seat: Seat) -> None:
    page.go_to(4).type("１３９ 1936 4417").enter()
    forms, facts = page.text("lead_forms"), page.text("lead_facts")
    assert "１３９ 1936 4417" in forms  # the raw text beside the normal form
    assert "13919364417" in forms
    assert "甘肃" in facts
    page.press(Qt.Key.Key_F7)
    assert page.form.identifiers[0].certainty == "receipt"
    page.screen.model.put("identifiers.0.source", "受害人手机聊天记录")
    case = register_report(seat.session, page.form).case
    (lead,) = case_file(seat.session, case).identifiers
    assert (lead.value, lead.normal) == ("１３９ 1936 4417", "13919364417")
    assert (lead.certainty, lead.source) == (Certainty.RECEIPT, "受害人手机聊天记录")
    assert form_of(seat.session, case).identifiers[0].source == "受害人手机聊天记录"


def test_impossible_ones_are_kept_and_flagged(page: IntakePage) -> None:
    page.go_to(4)
    page.fill(lead_kind="resident_id", lead_value="620102202713450017")
    page.focus("lead_value").enter()
    assert page.form.identifiers[0].value == "620102202713450017"
    table = _table(page)
    assert table.model().index(0, STATE).data()
