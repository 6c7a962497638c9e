"""Files of all kinds in the viewer: parts by key, messages cited, nothing run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.ui.evidence.viewing.contents_page import ContentsPage
from desktop.ui.shared.kit.kit import Kit
from tests.readers.contents.test_chats import QQ
from tests.readers.contents.test_mail import mail
from tests.support.made_apk import certificate, made_apk
from tests.support.texts import zh
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage


def contents(page: EvidencePage) -> ContentsPage:
    assert page.viewer.shown is page.viewer.contents
    return page.viewer.contents


def cells(page: EvidencePage) -> list[list[str]]:
    part = contents(page).part
    model = part.model()  # type: ignore[attr-defined]
    columns = range(model.columnCount())
    return [[model.index(row, at).data() for at in columns] for row in range(model.rowCount())]


def message(page: EvidencePage) -> str:
    return page.find("evidence_message", QPlainTextEdit).toPlainText()


def test_a_message_is_found_and_cited_by_key(
    make_page: MakePage, port: EvidenceInHand, kit: Kit
) -> None:
    port.add("凭证.png", picture())
    port.add("客服小美.txt", QQ.encode("gb18030"))
    page = make_page()
    page.choose(port.rows[1].id)
    assert cells(page)[1] == ["2", "2026-11-24 10:13:02", "我", "好的"]
    assert contents(page).chat.list.verticalHeader().count() == len(cells(page))
    assert message(page) == "您的账户异常\n请转到安全账户"
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = page.find("evidence_find", QLineEdit)
    assert field.hasFocus()
    page.type_here("好的")
    page.press(Qt.Key.Key_Return)
    assert message(page) == "好的"
    contents(page).chat.list.setFocus()
    page.press(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == (
        "证据2（客服小美.txt）第2条消息，2026-11-24 10:13:02，我：“好的”"
    )
    kit.texts.set_language("en")
    page.press(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().startswith("Evidence 2 (客服小美.txt), message 2,")


def test_parts_of_an_app_by_key(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("收款助手.apk", made_apk(certificate()))
    page = make_page()
    page.rest()
    shown = {row[0]: row[1] for row in cells(page)}
    assert shown[zh("viewer.fact.app_package")] == "com.lucky.invest"
    assert shown[zh("viewer.fact.signed_by")] == "CN=Lucky Invest"
    assert "不安装、不运行" in page.text("evidence_remarks")
    page.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert cells(page)[0] == ["android.permission.READ_SMS", zh("viewer.permission.READ_SMS")]
    page.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert cells(page) == [["pay.lucky-invest.example:8443", "2"]]
    page.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert len(cells(page)) == 2


def test_a_mail_with_what_is_attached(make_page: MakePage, port: EvidenceInHand) -> None:
    sent = mail()
    sent.set_content("请尽快办理退款")
    sent.add_attachment(b"x" * 2048, maintype="application", subtype="pdf", filename="单.pdf")
    port.add("通知.eml", sent.as_bytes())
    page = make_page()
    page.rest()
    assert contents(page).text.toPlainText().strip() == "请尽快办理退款"
    assert contents(page).facts.model().index(0, 1).data() == "客服中心 <service@refund.example>"
    page.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert cells(page)[0][:3] == ["单.pdf", "application/pdf", "2.0 KB"]


def test_an_unknown_file_shows_its_octets(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("未知.bin", bytes(range(256)))
    page = make_page()
    page.rest()
    assert contents(page).text.toPlainText().startswith("000000  00 01 02")
    assert zh("evidence.copy_title") in page.text("evidence_remarks")


def test_cells_are_copied_as_a_table(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("账单.csv", "单号,金额\n00123,98000.00\n".encode())
    page = make_page()
    page.rest()
    table = contents(page).table
    table.selectAll()
    table.setFocus()
    page.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "单号\t金额\n00123\t98000.00"


def test_rows_and_pages_are_cited(make_page: MakePage, port: EvidenceInHand) -> None:
    bill = port.add("账单.csv", "单号,金额\n00123,98000.00\n".encode())
    paper = port.add("流水.pdf", b"%PDF-1.7 /Page /Page /Page ")
    photo = port.add("凭证.png", picture())
    page = make_page()
    clipboard = QGuiApplication.clipboard()
    page.choose(bill)
    table = contents(page).table
    table.setCurrentIndex(table.model().index(1, 0))
    page.press(Qt.Key.Key_C)
    assert clipboard.text() == "证据1（账单.csv）第2行：“00123 | 98000.00”"
    page.choose(paper)
    page.viewer.page_by(1)
    page.press(Qt.Key.Key_C)
    assert clipboard.text() == "证据2（流水.pdf）第2页"
    page.choose(photo)
    page.press(Qt.Key.Key_C)
    assert clipboard.text() == "证据3（凭证.png）"
    assert zh("evidence.custody.cited") in page.text("evidence_custody")


def test_a_pdf_with_scripts_says_in_a_line_that_they_are_not_run(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    quiet = port.add("流水.pdf", b"%PDF-1.7 /Page /Page ")
    loud = port.add("通知.pdf", b"%PDF-1.7 /Page /Page /JS (app.alert\\(1\\))")
    page = make_page()
    page.choose(loud)
    assert page.text("evidence_note") == zh("viewer.actions_here")
    page.press(Qt.Key.Key_PageDown)
    assert page.text("evidence_note") == zh("viewer.actions_here"), "on every page"
    page.press(Qt.Key.Key_I)
    assert "一概不运行" in page.text("evidence_remarks")
    page.choose(quiet)
    assert page.text("evidence_note") == ""


def test_words_of_a_page_are_there_to_copy(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("流水.pdf", b"%PDF-1.7 /Page /Page ")
    page = make_page()
    page.rest()
    page.press(Qt.Key.Key_I)
    assert contents(page).text.toPlainText() == "第1页的字"
    page.press(Qt.Key.Key_I)
    assert page.viewer.shown is page.picture
    assert page.text("evidence_page") == "第 1 / 2 页"
