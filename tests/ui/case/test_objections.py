"""An objection on the page of a case, by keys: received, decided by another officer, released by an order, answered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.app.pages.global_search import place_of
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.orders.objection_release import ABOUT, ObjectionState, ReleaseStep
from desktop.domain.cases.holder_objection import ObjectionDecision, ObjectionOutcome
from desktop.domain.ids import OrderId
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import Deadline
from desktop.domain.orders.order import Order, OrderKind
from desktop.services.cases.objections.decide_objection import TypedDecision, decide_objection
from desktop.services.cases.objections.objections_of_case import ObjectionView, list_objections
from desktop.services.cases.objections.receive_objection import receive_objection
from desktop.services.orders.issue_order import issue_order
from desktop.services.session import Session
from desktop.ui.case.objections.texts import objection_value
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.ceremony import THEIR_PASSWORD, enrol
from tests.support.clocks import START
from tests.support.objections import HEAD, carry_out, head, typed
from tests.ui.case import samples
from tests.ui.case.conftest import HEIGHT, WIDTH, Bench
from tests.ui.pages.looks import LOOKS

CASE = samples.CASE
GROUNDS = "工资卡，车款有合同"


@pytest.fixture
def stop(session: Session) -> Order:
    made = issue_order(session, CASE, OrderKind.STOP, 1).order
    carry_out(session, made)
    return made


@pytest.fixture
def stopped(stop: Order, bench: Bench) -> Bench:
    """The page of a case with a stop that a bank carried out."""
    assert stop.number
    bench.show_held()
    return bench


def only(session: Session) -> ObjectionView:
    (view,) = list_objections(session, CASE)
    return view


def picture(widget: QWidget, name: str) -> None:
    """Kept where somebody wants to look."""
    folder = os.environ.get("FANZHA_TEST_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def go_to_deadline(bench: Bench, subject: str) -> None:
    clock = Deadline("any", START, "", START, subject)
    place = place_of(RunningClock(clock, CASE, "", ""))
    bench.page.widget.open_case(place.case, place.tab, place.part)
    bench.runner.run_all()


def test_from_the_counter_to_the_release(stopped: Bench) -> None:
    page, session = stopped.page, stopped.session
    enrol(session, HEAD)
    page.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    dialog = page.dialog("objection_dialog")
    assert not dialog.find("objection_accept").isEnabled()
    dialog.fill("objection_name", "陈某某")
    dialog.fill("objection_id_number", "620102199001011230")
    dialog.fill("objection_phone", "13893112233")
    dialog.fill("objection_grounds", GROUNDS)
    picture(dialog.widget, "receive")
    dialog.click("objection_accept")
    stopped.runner.run_all()
    view = only(session)
    assert (view.objection.name, view.state) == ("陈某某", ObjectionState.REVIEW)
    words = page.words(page.find("case_objections"))
    for told in ("1. 陈某某", "待核查决定", "138****2233", GROUNDS, "8996"):
        assert told in words
    assert "13893112233" not in words
    decide_by_another(stopped)
    assert only(session).state is ObjectionState.RELEASE
    assert page.widget.focusWidget().objectName() == "case_objection_1_release_order", "it stays"
    assert "待发起解除止付" in page.words(page.find("case_objections"))
    go_to_deadline(stopped, f"{ABOUT}{only(session).objection.id}")
    assert page.widget.focusWidget().objectName() == "case_objection_1_release_order"
    release(stopped)
    assert only(session).state is ObjectionState.ANSWER
    page.go_to("overview")  # an order was issued: the page had turned to the orders
    assert "已发起解除" in page.words(page.find("case_objections"))
    answers = page.widget.findChildren(QAbstractButton, "case_objection_1_objection_answer")
    assert any(button.isVisible() for button in answers)


def decide_by_another(bench: Bench) -> None:
    """Who received it is refused; another approver decides with a password of their own."""
    bench.page.click("case_objection_1_decide")
    dialog = bench.page.dialog("objection_dialog")
    picture(dialog.widget, "decide")
    dialog.click("objection_accept")
    bench.runner.run_all()
    assert "不能自己决定" in dialog.text("objection_banner_message")
    dialog.fill("objection_witness", HEAD.number)
    dialog.fill("objection_password", THEIR_PASSWORD)
    dialog.click("objection_accept")
    bench.runner.run_all()


def release(bench: Bench) -> None:
    """By the form of every order."""
    bench.page.click("case_objection_1_release_order")
    bench.runner.run_all()
    dialog = bench.page.dialog("order_form_dialog")
    picture(dialog.widget, "release")
    dialog.click("order_form_accept")
    bench.runner.run_all()


def test_a_refusal_wants_its_reason_and_a_taken_back_one_its_own(stopped: Bench) -> None:
    session, page = stopped.session, stopped.page
    (order,) = (view.order for view in stopped.file().orders)
    receive_objection(head(session), CASE, typed(order.id))
    stopped.show_held()
    page.click("case_objection_1_decide")
    dialog = page.dialog("objection_dialog")
    dialog.click("objection_outcome_refused")
    dialog.click("objection_accept")
    stopped.runner.run_all()
    assert only(session).state is ObjectionState.REVIEW
    dialog.click("objection_cancel")
    page.click("case_objection_1_withdraw")
    dialog = page.dialog("objection_dialog")
    dialog.fill("objection_reason", "本人撤回")
    dialog.click("objection_accept")
    stopped.runner.run_all()
    assert only(session).state is ObjectionState.WITHDRAWN
    assert "本人撤回" in page.words(page.find("case_objections"))


def test_an_order_that_is_not_carried_out_is_withdrawn(session: Session, bench: Bench) -> None:
    made = issue_order(session, CASE, OrderKind.STOP, 1).order
    receive_objection(session, CASE, typed(made.id))
    upheld = TypedDecision(ObjectionOutcome.UPHELD, "账户与本案无关", (made.id,))
    decide_objection(head(session), CASE, "1", upheld)
    bench.show_held()
    bench.page.click("case_objection_1_release_withdraw")
    bench.runner.run_all()
    dialog = bench.page.dialog("order_withdraw_dialog")
    dialog.fill("order_word", "异议成立")
    dialog.click("order_word_accept")
    bench.runner.run_all()
    (release,) = only(session).releases
    assert release.step is ReleaseStep.OVER
    assert only(session).state is ObjectionState.ANSWER


def test_a_case_that_holds_nobodys_money_has_no_such_card(desk: Bench) -> None:
    assert not desk.page.find("case_objections").isVisible()
    desk.page.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.page.dialog("objection_dialog")
    assert "没有现有的止付、冻结" in desk.page.words(dialog.widget)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_it_fits_with_long_words(stopped: Bench, scheme: Scheme, language: str) -> None:
    session, page = stopped.session, stopped.page
    (order,) = (view.order for view in stopped.file().orders)
    for grounds in (GROUNDS, "我是开户人。" * 60):
        receive_objection(session, CASE, typed(order.id, grounds=grounds))
    refused = TypedDecision(ObjectionOutcome.REFUSED, "所附合同与这笔款项无关，流水对不上。" * 9)
    decide_objection(head(session), CASE, "2", refused)
    stopped.kit.theme.set_scheme(scheme)
    stopped.kit.texts.set_language(language)
    page.widget.resize(WIDTH, HEIGHT)
    stopped.show_held()
    QApplication.processEvents()
    assert clipped_texts(page.find("case_objections")) == []
    assert overlaps(page.find("case_objections")) == []
    picture(page.find("case_objections"), f"card-{language}-{scheme.value}")
    picture(page.widget, f"page-{language}-{scheme.value}")


@pytest.mark.parametrize("outcome", [*ObjectionOutcome, "later"])
def test_the_history_tells_a_decision_whole_and_in_words(kit: Kit, outcome: str) -> None:
    """What, which orders, who, when and why; no line of what is recorded stands there as it is."""
    orders = (OrderId("o1"), OrderId("o2"))
    decision = ObjectionDecision(outcome, "620134", START, orders, GROUNDS)
    told = objection_value(kit, "decision", decision.text, {"o1": "Z1", "o2": "Z2"})
    assert told is not None
    what, released, by, when, why = told.split(" · ")
    assert (released, by, why) == ("Z1、Z2", "620134", GROUNDS)
    assert when.startswith("2026-11-24 ")
    assert what != outcome
    assert ("later" in what) is (outcome == "later")
