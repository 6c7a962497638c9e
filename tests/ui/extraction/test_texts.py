"""F8 on what is neither statement nor picture: the words of a receipt in PDF, of a chat, of a mail."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.runtime.files.resources import resource_path
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.readers.contents.test_mail import mail
from tests.ui.evidence.fakes import FakeDecoder, FakeFiles
from tests.ui.evidence.pictures import picture
from tests.ui.extraction.conftest import Attach
from tests.ui.pages.errors import assert_about
from tests.ui.pages.extraction import ReadingPage, save
from tests.ui.pages.looks import LOOKS

_CONTROL = Qt.KeyboardModifier.ControlModifier
CHAT = (
    "客服小美 10:12\r\n转了9.8万到 6230520010037788994，户名陈志强\r\n我的微信 wxid_abc123def\r\n"
)


@pytest.fixture
def decoders() -> Decoders:
    return Decoders(GuardedPdf(), FakeDecoder(), FakeFiles())


def shown(page: ReadingPage) -> PasteDialog:
    found = page.on_top
    assert isinstance(found, PasteDialog)
    return found


def test_a_receipt_in_pdf_fills_the_transfer(page: ReadingPage, attach: Attach) -> None:
    item = attach("建行回单.pdf", (resource_path("samples") / "建行回单.pdf").read_bytes())
    page.read()
    page.key(Qt.Key.Key_Return, _CONTROL)
    (paid,) = page.form.transfers
    assert (paid.time, paid.amount) == ("2026-11-24 10:12:35", "98,000.00")
    assert (paid.payee_name, paid.payee_account) == ("陈某某", "6230 5200 1003 7788 996")
    assert (paid.payer_bank, paid.serial) == ("中国建设银行兰州城关支行", "26112400128841")
    assert paid.origin == f"evidence/{item}"
    assert dict(paid.certainty)["amount"] == "receipt"
    assert "已填入 9 项" in page.label("paste_banner_message")
    assert len(shown(page).offers) > 5
    assert {offer.place for offer in shown(page).offers if offer.path.startswith("t")} == {"same"}


def test_a_chat_is_read_and_its_text_stays_as_it_is(page: ReadingPage, attach: Attach) -> None:
    item = attach("聊天.txt", CHAT.encode())
    page.read()
    text = shown(page).findChild(QPlainTextEdit, "paste_text")
    assert text is not None
    assert text.isReadOnly()
    page.key(Qt.Key.Key_Return, _CONTROL)
    (paid,) = page.form.transfers
    assert (paid.amount, paid.payee_name) == ("98,000.00", "陈志强")
    (lead,) = page.leads
    assert (lead.value, lead.origin) == ("wxid_abc123def", f"evidence/{item}")
    assert "聊天.txt" in lead.source


def test_a_mail_whose_attachments_hold_the_bill_leads_to_them(
    page: ReadingPage, attach: Attach
) -> None:
    message = mail()
    message.set_content(CHAT)
    attach("通知.eml", message.as_bytes())
    page.read()
    assert len(shown(page).offers) > 1
    page.key(Qt.Key.Key_Escape)
    message.add_attachment(picture(), maintype="image", subtype="png", filename="凭证.png")
    attach("附件.eml", message.as_bytes())
    assert_about(page.read(), "statement.mail")


def test_a_scanned_or_broken_pdf_says_what_it_is_not(page: ReadingPage, attach: Attach) -> None:
    attach("坏.pdf", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>\ngarbage")
    assert_about(page.read(), "statement.unreadable")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_it_fits_the_smallest_screen(
    page: ReadingPage, attach: Attach, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    attach("建行回单-李秀兰-20261124.pdf", (resource_path("samples") / "建行回单.pdf").read_bytes())
    dialog = page.read()
    save(page, f"text-{language}-{scheme.value}")
    assert (dialog.width() <= 1366, dialog.height() <= 740) == (True, True)
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []
