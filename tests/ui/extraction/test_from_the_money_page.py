"""F8 on the first page: choose a bill, it becomes evidence, its rows come up, and the form is behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.domain.ids import CaseId
from desktop.services.look_up import case_evidence
from desktop.ui.intake.form.paths import PAGE_EVIDENCE, PAGE_MONEY
from tests.support.sessions import Seat
from tests.ui.extraction.bills import wechat_bill
from tests.ui.pages.extraction import ReadingPage

_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_bill_is_taken_in_read_and_lands_on_the_page(
    page: ReadingPage, seat: Seat, tmp_path: Path
) -> None:
    bill = tmp_path / "微信账单.csv"
    bill.write_bytes(wechat_bill())
    page.widget.go_to(PAGE_MONEY)
    page.press(Qt.Key.Key_F8)
    page.choose_in_dialog(bill)
    dialog = page.statement
    page.qtbot.waitUntil(dialog.isActiveWindow)
    (item,) = case_evidence(seat.session, CaseId(page.form.case_id))
    assert item.name == "微信账单.csv"
    page.go_to(11)
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert page.form.transfers[0].amount == "98,000.00"
    assert page.form.transfers[0].origin == f"evidence/{item.id}#row=11"
    assert page.widget.page == PAGE_MONEY
    assert page.text("transfer_origin") == "出自账单第 11 行"
    page.key(Qt.Key.Key_Escape)


def test_the_key_is_the_panes_where_the_pane_is(page: ReadingPage) -> None:
    page.widget.go_to(PAGE_EVIDENCE)
    page.press(Qt.Key.Key_F8)
    assert page.widget.page == PAGE_EVIDENCE
