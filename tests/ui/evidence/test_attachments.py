"""Attachments of a mail: opened in place, made evidence by one key, read as any other."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import evidence_pane
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.progress import SILENT
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.extraction.read_evidence import Readable, readable_as
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.shared.kit.kit import Kit
from tests.readers.contents.test_mail import carrying, mail
from tests.support.sessions import a_form, take_seat
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, FakeDecoder
from tests.ui.evidence.passwords import known_password
from tests.ui.evidence.pictures import picture
from tests.ui.extraction.bills import wechat_bill
from tests.ui.pages.evidence import EvidencePage

_CONTROL = Qt.KeyboardModifier.ControlModifier


def a_mail() -> EmailMessage:
    message = mail()
    message.set_content("账单和凭证见附件")
    message.add_attachment(wechat_bill(), maintype="text", subtype="csv", filename="微信账单.csv")
    message.add_attachment(picture(), maintype="image", subtype="png", filename="凭证.png")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="x-exe", filename="退款.exe")
    return message


def to_attachments(page: EvidencePage) -> None:
    """With the keyboard from the list of items."""
    page.rest()
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_PageDown, _CONTROL)
    assert page.focused() is page.viewer.contents.table


def test_attachments_are_opened_in_place_and_left_by_key(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.add("通知.eml", a_mail().as_bytes())
    page = make_page()
    to_attachments(page)
    assert "按 E 设为单独的证据" in page.text("evidence_remarks")
    assert "可以运行的程序" in page.text("evidence_remarks")
    assert not page.shown("evidence_back")
    page.press(Qt.Key.Key_Return)
    page.rest()
    table = page.viewer.contents.table.model()
    assert "附件 1 微信账单.csv" in page.text("evidence_note")
    assert table.rowCount() > 10
    assert page.shown("evidence_back")
    page.press(Qt.Key.Key_C)
    assert "证据1" not in QGuiApplication.clipboard().text(), "a place in it is none in the mail"
    page.press(Qt.Key.Key_Backspace)
    assert page.viewer.contents.text.toPlainText().strip() == "账单和凭证见附件"
    page.press(Qt.Key.Key_PageDown, _CONTROL)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Return)
    page.rest()
    assert page.viewer.shown is page.picture
    page.press(Qt.Key.Key_Backspace)
    page.press(Qt.Key.Key_PageUp, _CONTROL)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Return)
    page.rest()
    assert page.viewer.contents.text.toPlainText().startswith("000000  4d 5a"), "shown, never run"


def test_the_key_for_evidence_leads_to_the_attachments_first(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.add("通知.eml", a_mail().as_bytes())
    page = make_page()
    page.rest()
    page.press(Qt.Key.Key_E)
    assert len(page.names()) == 1
    assert page.focused() is page.viewer.contents.table
    assert "按 E 设为单独的证据" in page.text("evidence_remarks")
    page.press(Qt.Key.Key_E)
    assert page.names() == ["通知.eml", "微信账单.csv"]


def test_a_mail_in_a_mail_is_opened_three_deep_and_no_further(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    message = a_mail()
    for _ in range(4):
        message = carrying(message)
    port.add("转发.eml", message.as_bytes())
    page = make_page()
    for depth in range(1, 4):
        to_attachments(page) if depth == 1 else page.press(Qt.Key.Key_PageDown, _CONTROL)
        page.press(Qt.Key.Key_Return)
        page.rest()
        assert page.text("evidence_note").startswith("附件 " + ".".join("1" * depth))
    page.press(Qt.Key.Key_PageDown, _CONTROL)
    page.press(Qt.Key.Key_Return)
    page.rest()
    assert "第三层" in page.notice()
    page.press(Qt.Key.Key_Backspace)
    assert page.text("evidence_note").startswith("附件 1.1.1")
    page.press(Qt.Key.Key_E)
    assert page.names()[1:] == ["attachment-1.eml"]
    assert port.rows[1].source == "证据1（转发.eml）的附件1.1.1"


def test_a_key_makes_attachments_evidence_with_their_source(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    session = take_seat(tmp_path / "desk", "A").session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "通知.eml", a_mail().as_bytes())
    files = ContentsReader()
    decoders = Decoders(GuardedPdf(), FakeDecoder(), files)
    pane = evidence_pane(kit, session, case, decoders, known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    pane.setFocus()
    try:
        to_attachments(page)
        page.press(Qt.Key.Key_E)
        qtbot.waitUntil(lambda: len(page.names()) == 2)
        port = CaseEvidence(session, case)
        letter, bill = port.items()
        assert (bill.name, bill.source) == ("微信账单.csv", "证据1（通知.eml）的附件1")
        assert port.content(bill).read() == wechat_bill()
        assert readable_as(session, case, bill.id) is Readable.STATEMENT
        assert "证据1（通知.eml）的附件1" in page.text("evidence_source")
        page.choose(letter.id)
        to_attachments(page)
        page.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        page.click("evidence_attach")
        qtbot.waitUntil(lambda: len(page.names()) == 3)
        assert [item.name for item in port.items()][1:] == ["微信账单.csv", "凭证.png"]
        assert port.verify(None, SILENT) == ()
    finally:
        files.close()
