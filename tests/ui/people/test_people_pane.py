"""The page of targets over a real store: confirmed, added, told the same, taken back, asked on, printed; by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.analysis.case_linker import Linker
from desktop.domain.cases.people.person import PersonRole, TieKind, TypedTie
from desktop.domain.ids import CaseId
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.people_sheet import TargetState
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.record_person import record_person
from desktop.services.look_up import history
from desktop.services.ports import OnRecord
from desktop.services.session import Session
from desktop.ui.people.actions import PersonDialog, SameDialog
from desktop.ui.people.pane import PeoplePane
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.form import OrderFormDialog
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from tests.support.flow_cases import CARD, THIRD, case_with_hops, with_analyst
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.pages.window_page import WindowPage, type_text

LONG = "阿卜杜拉·买买提江·库尔班（化名马三）"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = with_analyst(take_seat(tmp_path / "desk", "A").session)
    return replace(made, linker=Linker(HubList(), lambda _number: None))


@pytest.fixture
def case(session: Session) -> CaseId:
    return case_with_hops(session)


@pytest.fixture
def pane(kit: Kit, qtbot: QtBot, session: Session, case: CaseId) -> PeoplePane:
    made = PeoplePane(kit, session, case)
    qtbot.addWidget(made)
    WindowPage(qtbot, made).show(1262, 590)
    made.reload()
    return made


def press(qtbot: QtBot, pane: PeoplePane, key: Qt.Key) -> None:
    qtbot.keyClick(pane, key, Qt.KeyboardModifier.AltModifier)


def dialog(qtbot: QtBot, kind: type[QWidget]) -> WindowPage:
    found = next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return WindowPage(qtbot, found)


def choose(pane: PeoplePane, account: str) -> None:
    target = next(t for t in pane.table.rows.rows if any(x.key == account for x in t.things))
    pane.table.select_key(target.key)


def confirmed(pane: PeoplePane) -> list[str]:
    return [t.name for t in pane.table.rows.rows if t.state is TargetState.CONFIRMED]


def test_a_proposal_is_confirmed_by_a_key(qtbot: QtBot, pane: PeoplePane) -> None:
    choose(pane, CARD)
    assert pane.card.title.whole_text() == "陈某某　开户人"
    press(qtbot, pane, Qt.Key.Key_Y)
    assert confirmed(pane) == ["陈某某"]
    choose(pane, CARD)
    assert any("报案 · 口述" in line.more for line in pane.card.lines.rows.rows)


def test_the_next_step_stops_the_account(qtbot: QtBot, pane: PeoplePane) -> None:
    choose(pane, THIRD)
    target = pane.table.selected()
    assert target is not None
    assert pane.texts.next_step(target) == zh("people.lack.stop")
    press(qtbot, pane, Qt.Key.Key_X)
    page = dialog(qtbot, OrderFormDialog)
    page.click("order_form_accept")
    if page.widget.isVisible():  # a doubt is shown first
        page.click("order_form_accept")
    choose(pane, THIRD)
    assert any(line.order is not None for line in pane.card.lines.rows.rows)
    target = pane.table.selected()
    assert target is not None
    assert pane.texts.next_step(target) == zh("people.action.confirm")


def test_a_person_is_added_to_a_case_in_which_the_account_stands(
    kit: Kit, qtbot: QtBot, session: Session, case: CaseId
) -> None:
    """Of a series: its first case may be another station's, which knows nothing of the account."""
    account = "6228480402564890018"
    form = a_form(session, "马强")
    paid = replace(form.transfers[0], payee_account=account, serial="7")
    second = register_report(session, replace(form, transfers=(paid,))).case
    made = PeoplePane(kit, session, case, second)
    qtbot.addWidget(made)
    WindowPage(qtbot, made).show(1262, 590)
    made.reload()
    for number, at in ((account, second), (THIRD, case)):
        choose(made, number)
        press(qtbot, made, Qt.Key.Key_N)
        page = dialog(qtbot, PersonDialog)
        asked = page.widget
        assert isinstance(asked, PersonDialog)
        assert asked.field("case", ComboField).value() == at
        asked.reject()


def test_somebody_is_typed_called_the_same_and_taken_back(
    qtbot: QtBot, pane: PeoplePane, session: Session, case: CaseId
) -> None:
    record_person(session, case, (TypedTie("马三", role=PersonRole.WITHDRAWER, note="监控辨认"),))
    pane.reload()
    choose(pane, CARD)
    press(qtbot, pane, Qt.Key.Key_N)
    page = dialog(qtbot, PersonDialog)
    form = page.widget
    assert isinstance(form, PersonDialog)
    assert (form.filled()["kind"], form.filled()["value"]) == (TieKind.ACCOUNT.value, CARD)
    form.field("name", TextField).line.clear()
    page.click("person_accept")
    assert form.isVisible(), "nobody is refused, and what was typed stays"
    type_text(form.field("name", TextField).line, "马三")
    page.click("person_accept")
    assert confirmed(pane) == ["马三", "马三"]
    choose(pane, CARD)
    press(qtbot, pane, Qt.Key.Key_M)
    dialog(qtbot, SameDialog).click("person_same_accept")
    assert confirmed(pane) == ["马三"]
    target = pane.table.selected()
    assert target is not None
    assert target.person is not None
    assert len(target.person.ties) == 2
    tie = next(line for line in pane.card.lines.rows.rows if line.tie is not None)
    pane.card.lines.select_key(tie.key)
    press(qtbot, pane, Qt.Key.Key_Z)
    page = dialog(qtbot, ReasonDialog)
    page.click("person_withdraw_accept")
    assert page.widget.isVisible(), "without a reason nothing is taken back"
    page.fill("person_withdraw_reason", "认错人")
    page.click("person_withdraw_accept")
    assert confirmed(pane) == ["马三"]
    kinds = [row.kind for row in history(session, case)]
    assert kinds.count("person.withdrawn") == 1


def test_two_who_were_called_the_same_by_mistake_are_two_again(
    qtbot: QtBot, pane: PeoplePane, session: Session, case: CaseId
) -> None:
    for value in (CARD, THIRD):
        tie = TypedTie(LONG, role=PersonRole.HOLDER, kind=TieKind.ACCOUNT, value=value)
        record_person(session, case, (tie,))
    pane.reload()
    choose(pane, CARD)
    press(qtbot, pane, Qt.Key.Key_M)
    dialog(qtbot, SameDialog).click("person_same_accept")
    assert confirmed(pane) == [LONG]
    asks = [
        button.text()
        for button in pane.card.findChildren(QAbstractButton)
        if button.objectName().startswith("people_step_") and not button.isHidden()
    ]
    assert asks[1:] == ["查开户人 8996", "查开户人 0127"], "of two accounts each is named"
    press(qtbot, pane, Qt.Key.Key_M)
    page = dialog(qtbot, SameDialog)
    asked = page.widget
    assert isinstance(asked, SameDialog)
    assert asked.field("other", ComboField).combo.width() < asked.width(), (
        "however long the names are"
    )
    told = asked.field("other", ComboField).combo.itemText(0)
    assert told == f"{LONG} 8996 = {LONG} 0127（已判为同一人）"
    asked.field("verdict", ComboField).combo.setCurrentIndex(
        asked.field("verdict", ComboField).combo.count() - 1
    )
    page.click("person_same_accept")
    assert confirmed(pane) == [LONG, LONG]


def test_numbers_are_masked_until_they_are_revealed(
    qtbot: QtBot, pane: PeoplePane, session: Session, case: CaseId
) -> None:
    record_person(
        session,
        case,
        (TypedTie("马三", "620102198505050011", kind=TieKind.PHONE, value="13800138000"),),
    )
    pane.reload()
    target = next(t for t in pane.table.rows.rows if t.name == "马三")
    pane.table.select_key(target.key)
    shown = [line.what for line in pane.card.lines.rows.rows]
    assert not any("13800138000" in text for text in shown)
    assert "19850505" not in pane.texts.identity(target)
    pane.show_revealed(revealed=True)
    assert any("13800138000" in line.what for line in pane.card.lines.rows.rows)


def test_a_wrong_check_digit_is_said_while_it_is_typed(qtbot: QtBot, pane: PeoplePane) -> None:
    press(qtbot, pane, Qt.Key.Key_N)
    form = dialog(qtbot, PersonDialog).widget
    assert isinstance(form, PersonDialog)
    type_text(form.field("identity", TextField).line, "620102196804152045")
    said = form.field("identity", TextField).hint
    assert said.text() == zh("people.dialog.check_digit")
    form.field("identity", TextField).line.clear()
    type_text(form.field("identity", TextField).line, "620102196804152044")
    assert not said.isVisible()
    form.reject()


def test_the_page_reveals_by_itself_where_no_other_does(
    kit: Kit, qtbot: QtBot, session: Session, case: CaseId
) -> None:
    alone = PeoplePane(kit, session, case, reveals=True)
    qtbot.addWidget(alone)
    page = WindowPage(qtbot, alone)
    page.show(1262, 590)
    alone.reload()
    page.click("people_reveal")
    assert alone.texts.revealed
    assert [row.kind for row in history(session, case)].count("data.revealed") == 1
    page.click("people_reveal")
    assert not alone.texts.revealed


def test_the_page_is_drawn_and_names_where_its_prints_are_recorded(
    qtbot: QtBot, pane: PeoplePane, session: Session, case: CaseId
) -> None:
    with qtbot.waitSignal(pane.paper_ready) as made:
        press(qtbot, pane, Qt.Key.Key_P)
    assert made.args is not None
    assert made.args[1] == zh("people.title")
    assert made.args[0].record == OnRecord("people_sheet", (f"case/{case}",))
    assert "document.printed" not in [row.kind for row in history(session, case)]


def test_an_identity_number_that_is_cut_short_is_said_while_it_is_typed(
    qtbot: QtBot, pane: PeoplePane
) -> None:
    press(qtbot, pane, Qt.Key.Key_N)
    form = dialog(qtbot, PersonDialog).widget
    assert isinstance(form, PersonDialog)
    type_text(form.field("identity", TextField).line, "62010219680415204")
    assert "18 位，现有 17 位" in form.field("identity", TextField).hint.text()


def test_who_is_tied_to_a_telephone_is_its_owner(qtbot: QtBot, pane: PeoplePane) -> None:
    press(qtbot, pane, Qt.Key.Key_N)
    form = dialog(qtbot, PersonDialog).widget
    assert isinstance(form, PersonDialog)
    roles = []
    for kind in (TieKind.PHONE, TieKind.ACCOUNT):
        field = form.field("kind", ComboField)
        field.set_value(kind.value)
        field.edited.emit(kind.value)
        roles.append(form.filled()["role"])
    assert roles == [PersonRole.LINE_OWNER.value, PersonRole.HOLDER.value]
    form.put("role", PersonRole.WITHDRAWER.value)
    form.put("kind", TieKind.PHONE.value)
    form.field("kind", ComboField).edited.emit(TieKind.PHONE.value)
    assert form.filled()["role"] == PersonRole.WITHDRAWER.value


def test_the_only_tie_of_somebody_is_taken_back_without_choosing_it(
    qtbot: QtBot, pane: PeoplePane, session: Session, case: CaseId
) -> None:
    record_person(session, case, (TypedTie("马三", kind=TieKind.PHONE, value="13800138000"),))
    pane.reload()
    pane.table.select_key(next(t for t in pane.table.rows.rows if t.name == "马三").key)
    press(qtbot, pane, Qt.Key.Key_Z)
    page = dialog(qtbot, ReasonDialog)
    page.fill("person_withdraw_reason", "认错人")
    page.click("person_withdraw_accept")
    assert "马三" not in confirmed(pane)
