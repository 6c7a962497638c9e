"""A registered report that is amended: saved from any step, said to be unsaved until then, and its order watched."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.domain.ids import CaseId
from desktop.services.cases.changes.amend_case import form_of_file
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.intake.conftest import MakePage
from tests.ui.pages.errors import close_error
from tests.ui.pages.intake import IntakePage


def _mark(page: IntakePage) -> str:
    assert page.screen.mark is not None
    return page.screen.mark[0]


def _says(page: IntakePage, part: str) -> bool:
    labels = page.screen.findChildren(QLabel)
    return any(part in label.text() for label in labels if label.isVisible())


def amend_payee(seat: Seat, case: CaseId, account: str) -> None:
    """As another window does."""
    form = form_of_file(case_file(seat.session, case)).recorded()
    row = replace(form.transfers[0], payee_account=account)
    register_report(seat.session, replace(form, transfers=(row, *form.transfers[1:])))


def test_an_amendment_is_saved_from_the_step_it_is_typed_on(page: IntakePage, seat: Seat) -> None:
    assert page.screen.title_key == "visits.heading.report"
    page.fill(victim_name="王小明").go_to(6).register()
    assert _mark(page) == "intake.registered"
    assert page.screen.title_key == "intake.of_case"
    assert page.screen.title_params == {"number": "1124-A-0001"}
    page.go_to(1).fill(victim_phone="13919364417")
    assert _mark(page) == "intake.amended"
    case = CaseId(page.form.case_id)
    assert not case_file(seat.session, case).case.victim.phone
    page.focus("victim.phone").register()
    assert page.screen.page == 0
    assert page.focused_path() == "victim.phone"
    assert _says(page, zh("intake.papers.amended"))
    assert _mark(page) == "intake.registered"
    assert case_file(seat.session, case).case.victim.phone == "13919364417"


def test_a_draft_that_says_what_is_recorded_is_no_amendment(
    filled: IntakePage, make_page: MakePage
) -> None:
    filled.stop().stop()
    assert _mark(filled) == "intake.registered"
    again = make_page()  # the draft of a stop stays: the report goes on after a restart
    assert again.screen.saver.draft is not None
    assert again.screen.pages.record.registered
    assert _mark(again) == "intake.registered"
    again.fill(transfers_0_payee_name="陈志强")
    again.screen.flush()
    assert _mark(make_page()) == "intake.amended"


def test_an_order_that_says_something_else_is_marked_on_its_payment(filled: IntakePage) -> None:
    filled.go_to(1).stop().stop()
    filled.go_to(1)
    assert _says(filled, "已发起止付")
    filled.fill(transfers_0_amount="108000").register()
    assert _says(filled, "内容与案件不一致")
    filled.fill(transfers_0_amount="98000").register()
    assert not _says(filled, "内容与案件不一致")


def test_what_a_colleague_amended_meanwhile_is_not_undone(filled: IntakePage, seat: Seat) -> None:
    """F9 registers, the form stays open, the case is amended elsewhere, the form is saved and saved again."""
    filled.stop().stop()
    case = CaseId(filled.form.case_id)
    amend_payee(seat, case, "6230520010037788000")
    filled.go_to(2).fill(victim_phone="13919360001").register()
    filled.fill(victim_phone="13919360002").register()
    file = case_file(seat.session, case)
    assert file.transfers[0].payee.number == "6230520010037788000"
    assert file.case.victim.phone == "13919360002"
    assert not file.conflicts, "what this form itself had recorded stands in its way"


def test_a_stop_of_what_a_colleague_amended_asks_to_look_again(
    filled: IntakePage, seat: Seat
) -> None:
    filled.go_to(6).register()
    case = CaseId(filled.form.case_id)
    amend_payee(seat, case, "6230520010037788000")
    filled.go_to(1).stop().stop()
    close_error("order.amended")
    assert not case_file(seat.session, case).orders
    filled.screen.put_aside()
    filled.screen.resume(case)
    filled.go_to(1)
    assert filled.form.transfers[0].payee_account == "6230520010037788000"
    filled.stop().stop()
    ordered = {view.order.payee.number for view in case_file(seat.session, case).orders}
    assert "6230520010037788000" in ordered
    assert len(ordered) == len(filled.form.transfers)
