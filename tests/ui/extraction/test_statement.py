"""F8 on a bill: rows, picks, transfers with the row they were read from."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.answers import TICKED
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.statements.statement import MoneyDirection
from desktop.journal.kinds import EVIDENCE_READ
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.ui.extraction.statement_dialog import StatementDialog
from desktop.ui.extraction.statement_flow import FilePasswordDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.input.password_field import PasswordField
from tests.support.made_apk import certificate, made_apk
from tests.support.sessions import Seat
from tests.ui.extraction.bills import WECHAT_ROWS, chain_export, long_statement, wechat_bill
from tests.ui.extraction.conftest import Attach
from tests.ui.pages.errors import assert_about
from tests.ui.pages.extraction import ReadingPage, save
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import type_text

_CONTROL = Qt.KeyboardModifier.ControlModifier
SAMPLES = Path(__file__).parents[2] / "readers" / "statements" / "samples"


def test_picked_rows_become_transfers_that_say_where_they_were_read(
    page: ReadingPage, attach: Attach, seat: Seat
) -> None:
    item = attach("微信账单.csv", wechat_bill())
    page.read()
    assert "秀兰" in page.label("reading_holder")
    assert "一致" in page.label("reading_total_out")
    page.go_to(11)
    page.key(Qt.Key.Key_Space)
    page.go_to(10)
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    second, first = page.form.transfers
    assert second.time == "2026-11-24 10:12:35", "in order of time, whatever that of the file"
    assert (first.time, first.amount) == ("2026-11-24 10:21:07", "20,000.00")
    assert (first.payee_name, first.channel) == ("财务王姐", "wechat")
    assert (first.payer_account, first.payer_bank) == ("*4569", "中国建设银行")
    assert first.order_number == "1000050001202611240018842311220"
    assert first.origin == f"evidence/{item}#row=10"
    assert second.origin == f"evidence/{item}#row=11"
    assert {"amount": "receipt", "time": "receipt", "payee_name": "receipt"}.items() <= dict(
        second.certainty
    ).items()
    case = CaseId(page.form.case_id)
    register_report(seat.session, page.form)
    assert [t.origin for t in case_file(seat.session, case).transfers] == [
        second.origin,
        first.origin,
    ]
    assert [row.kind for row in history(seat.session, case)].count(EVIDENCE_READ) == 1


def test_what_is_in_the_case_is_not_taken_twice(page: ReadingPage, attach: Attach) -> None:
    attach("微信账单.csv", wechat_bill())
    page.read()
    page.go_to(11)
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    page.go_to(11)
    page.key(Qt.Key.Key_Space)
    assert page.statement.rows.picked == ()
    assert len(page.form.transfers) == 1
    page.key(Qt.Key.Key_Escape)
    page.read()
    assert page.statement.rows.picked == ()


def test_rows_that_came_in_or_were_given_back_are_distinguished(
    page: ReadingPage, attach: Attach
) -> None:
    attach("微信账单.csv", wechat_bill())
    page.read()
    page.go_to(12)
    page.key(Qt.Key.Key_Space)
    assert page.statement.rows.picked == ()
    assert "返还" in page.label("reading_detail")
    page.go_to(15)
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    (taken,) = page.form.transfers
    assert taken.attempted == TICKED


def test_a_refund_that_a_wallet_counts_as_neither_is_no_payment(
    page: ReadingPage, attach: Attach
) -> None:
    page.widget.model.put("transfers.0.amount", "16.03")
    attach("支付宝.csv", (SAMPLES / "alipay.csv").read_bytes())
    page.read()
    (refund,) = (row for row in page.statement.statement.rows if row.amount_fen == 1603)
    assert (refund.direction, refund.status) == (MoneyDirection.NEUTRAL, "退款成功")
    page.go_to(refund.row)
    page.key(Qt.Key.Key_Space)
    assert page.statement.rows.picked == ()
    assert "返还" in page.label("reading_detail")
    assert not page.statement.filter.likely.isEnabled(), "nor does it look like the payment"


def test_the_balance_of_a_row_is_reported_also_when_nothing_is_left(
    page: ReadingPage, attach: Attach
) -> None:
    bill = "交易日期,支出,收入,余额,对方户名\n2026-11-24 10:12:35,98000.00,,0.00,陈某某\n"
    attach("流水.csv", bill.encode())
    page.read()
    assert "余额 0.00" in page.label("reading_detail")


def test_a_reported_payment_is_found_and_marked(page: ReadingPage, attach: Attach) -> None:
    page.widget.model.put("transfers.0.amount", "98000")
    attach("农行流水.csv", long_statement(400))
    page.read()
    current = page.statement.rows.table.selected()
    assert current is not None
    assert current.counterparty == "陈志强"
    page.statement.filter.likely.click()
    assert [row.counterparty for row in page.statement.rows.model.rows] == ["陈志强"]


def test_the_filter_takes_chinese_amounts_and_days(page: ReadingPage, attach: Attach) -> None:
    attach("微信账单.csv", wechat_bill())
    page.read()
    bar, rows = page.statement.filter, page.statement.rows

    def shown() -> list[int]:
        page.statement.filter.changed.emit()
        return [row.row for row in rows.model.rows]

    event = QInputMethodEvent()
    event.setCommitString("王姐")
    QApplication.sendEvent(bar.text, event)
    assert shown() == [10, 11]
    type_text(bar.least, "50000")
    assert shown() == [11]
    bar.least.clear()
    bar.text.clear()
    type_text(bar.since, "11-23")
    type_text(bar.until, "2026-11-23")
    assert shown() == [13, 14]
    type_text(bar.most, "abc")
    assert shown() == [13, 14]
    assert bar.most.property("state") == "red"


def test_a_sum_that_disagrees_with_the_file_is_said(page: ReadingPage, attach: Attach) -> None:
    attach("微信账单.csv", wechat_bill(went_sum="1.00"))
    page.read()
    assert "账单载明 5 笔 1.00 元，不一致" in page.label("reading_total_out")


def test_rows_a_spreadsheet_damaged_can_be_shown_alone(page: ReadingPage, attach: Attach) -> None:
    rows = WECHAT_ROWS[:3]
    damaged = (*rows[1][:8], "1.00005E+27", "/")
    attach("微信账单.csv", wechat_bill((rows[0], damaged, rows[2])))
    page.read()
    assert "1 行" in page.label("reading_warnings")
    page.statement.filter.problems.click()
    assert [row.row for row in page.statement.rows.model.rows] == [11]
    assert "科学计数" in page.label("reading_detail")


def test_the_account_behind_a_name_goes_into_its_own_field(
    page: ReadingPage, attach: Attach
) -> None:
    """A stop needs name and account apart, and some banks write both in one cell."""
    attach("招行流水.csv", (SAMPLES / "cmb-debit.csv").read_bytes())
    page.read()
    assert "2024-01-01 – 2024-01-27" in page.label("reading_holder"), "though its rows lie askew"
    page.go_to(3)
    page.key(Qt.Key.Key_Space)
    page.go_to(6)
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    paid, bought = page.form.transfers
    assert (paid.payee_name, paid.payee_account) == ("张三", "6666 6666 6666 66")
    assert bought.payee_name == "抖音电商商家888888888", "a merchant's number is no account"


def test_a_payment_of_a_chain_comes_from_an_address_and_no_bank(
    page: ReadingPage, attach: Attach
) -> None:
    attach("oklink.csv", (SAMPLES / "oklink.csv").read_bytes())
    page.read()
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    (paid,) = page.form.transfers
    assert paid.payer_account.startswith("0x")
    assert paid.payer_bank == ""


def test_a_password_is_asked_for_and_used_once(page: ReadingPage, attach: Attach) -> None:
    packed = io.BytesIO()
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"192837")
        archive.writestr("bill.csv", wechat_bill())
    attach("微信账单.zip", packed.getvalue())
    asked = page.read()
    assert isinstance(asked, FilePasswordDialog)
    type_text(asked.field("", PasswordField).line, "000000")
    page.key(Qt.Key.Key_Return)
    assert page.on_top is asked
    type_text(asked.field("", PasswordField).line, " 192837 ")
    page.key(Qt.Key.Key_Return)
    assert len(page.statement.statement.rows) == 6


def test_a_password_is_tried_once_until_there_is_an_answer(qtbot: QtBot, kit: Kit) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    asked = FilePasswordDialog(kit, window, "微信账单.zip")
    given: list[str] = []
    asked.given.connect(given.append)
    asked.open()
    qtbot.waitUntil(asked.isVisible)
    typed = asked.field("", PasswordField).line
    type_text(typed, " 000000 ")
    for _ in range(2):
        QTest.keyClick(typed, Qt.Key.Key_Return)
    assert given == ["000000"]
    asked.show_error(UserInputError("statement.password_wrong"))
    assert typed.selectedText(), "it is typed anew, or mended"
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert len(given) == 2
    asked.reject()


def test_a_file_that_is_no_statement_says_so(page: ReadingPage, attach: Attach) -> None:
    attach("随笔.txt", "今天去了公园，天气很好。".encode())
    assert_about(page.read(), "statement.unknown")


@pytest.mark.parametrize("name", ["诈骗.apk", "退款.exe"])
def test_a_program_is_called_one(page: ReadingPage, attach: Attach, name: str) -> None:
    program = b"MZ\x90\0" + bytes(600)
    attach(name, made_apk(certificate()) if name.endswith("apk") else program)
    assert_about(page.read(), "statement.program")


def test_a_long_statement_is_filtered_off_the_window(page: ReadingPage, attach: Attach) -> None:
    attach("农行流水.csv", long_statement(20_000))
    page.read()
    dialog = page.statement
    assert isinstance(dialog, StatementDialog)
    type_text(dialog.filter.text, "陈志强")
    dialog.filter.changed.emit()
    assert len(dialog.rows.model.rows) == 1


def test_addresses_and_hashes_of_a_chain_become_leads_with_their_row(
    page: ReadingPage, attach: Attach, seat: Seat
) -> None:
    item = attach("export-token.csv", chain_export())
    page.read()
    assert "不是人民币" in page.label("reading_total_out"), "coins do not add up to 0.00 yuan"
    page.key(Qt.Key.Key_I, _CONTROL)
    table = page.statement.leads.table
    assert [offer.proposal.kind for offer in table.offers] == [
        "eth",
        "tx_hash",
        "tx_hash",
        "eth",
        "tx_hash",
    ]
    assert table.chosen == (), "an export also lists what is no fraud"
    assert "2 行" in page.label("reading_detail")
    page.key(Qt.Key.Key_Return)
    (lead,) = page.leads
    assert (lead.kind, lead.certainty) == ("eth", "receipt")
    assert lead.origin == f"evidence/{item}#row=2"
    assert "第 2 行" in lead.source
    page.key(Qt.Key.Key_Space)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert [lead.kind for lead in page.leads] == ["eth", "tx_hash"]
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert len(page.leads) == 2, "what stands in the form is not taken twice"
    page.key(Qt.Key.Key_I, _CONTROL)
    assert page.statement.rows.isVisible()
    case = CaseId(page.form.case_id)
    register_report(seat.session, page.form)
    assert [item.origin for item in case_file(seat.session, case).identifiers] == [
        f"evidence/{item}#row=2",
        f"evidence/{item}#row=2",
    ]


def test_the_filter_of_rows_holds_for_addresses_too(page: ReadingPage, attach: Attach) -> None:
    attach("export-token.csv", chain_export())
    page.read()
    page.key(Qt.Key.Key_I, _CONTROL)
    type_text(page.statement.filter.since, "2026-11-25")
    page.statement.filter.changed.emit()
    assert [offer.proposal.kind for offer in page.statement.leads.table.offers] == [
        "eth",
        "tx_hash",
    ]


def test_a_bill_without_coins_has_no_page_for_them(page: ReadingPage, attach: Attach) -> None:
    attach("微信账单.csv", wechat_bill())
    page.read()
    page.key(Qt.Key.Key_I, _CONTROL)
    assert page.statement.rows.isVisible()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_page_of_addresses_fits_the_smallest_screen(
    page: ReadingPage, attach: Attach, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    attach("export-token-0xa1a1.csv", chain_export())
    dialog = page.read()
    page.key(Qt.Key.Key_I, _CONTROL)
    page.key(Qt.Key.Key_Return)
    page.key(Qt.Key.Key_Space)
    QApplication.processEvents()
    assert dialog.width() <= 1366
    assert dialog.height() <= 740
    save(page, f"leads-{language}-{scheme.value}")
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_it_fits_the_smallest_screen(
    page: ReadingPage, attach: Attach, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    page.widget.model.put("transfers.0.amount", "98000")
    rows = (*WECHAT_ROWS, (*WECHAT_ROWS[1][:8], "1.00005E+27", "/"))
    attach("微信账单-李秀兰-20261124.csv", wechat_bill(rows, went_sum="1.00"))
    dialog = page.read()
    page.go_to(10)
    page.key(Qt.Key.Key_Space)
    QApplication.processEvents()  # the layout follows the words
    assert dialog.width() <= 1366
    assert dialog.height() <= 740
    save(page, f"statement-{language}-{scheme.value}")
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []
