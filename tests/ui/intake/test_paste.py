"""Ctrl+Shift+V: from a pasted text to facts on the form, by keyboard, and nothing typed is replaced unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.services.extraction.place_proposals import ProposalPlace
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.views.paste_text import PasteText
from tests.support.strict import all_of
from tests.support.texts import zh
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.looks import each_look

MESSAGE = (
    "【建设银行】您尾号1234的储蓄卡2026年11月24日10:12:35向陈志强转账支出人民币98,000.00元，余额12.00元。\n\n"
    "骗子微信 wxid_abc123def，电话13919364417"
)
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Paste:
    """The window over the intake screen."""

    def __init__(self, page: IntakePage, text: str = MESSAGE) -> None:
        QGuiApplication.clipboard().setText(text)
        self.page = page
        page.press(Qt.Key.Key_V, _BOTH)
        page.window.qtbot.waitUntil(lambda: not text or bool(self.dialog.offers))

    @property
    def dialog(self) -> PasteDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, PasteDialog)
        return found

    @property
    def table(self) -> Table[int]:
        found = self.dialog.findChild(Table)
        assert found is not None
        return found

    def row(self, path: str) -> int:
        (row,) = (place for place, offer in enumerate(self.dialog.offers) if offer.path == path)
        return row

    def begin(self) -> int:
        """The row on which the keyboard stands."""
        self.page.window.qtbot.waitUntil(self.table.hasFocus)
        return self.table.currentIndex().row()

    def at(self, path: str) -> Paste:
        self.table.select_key(self.row(path))
        return self

    def cell(self, path: str, column: str) -> str:
        model = self.table.model()
        names = ("mark", "kind", "value", "sure", "target")
        return str(model.data(model.index(self.row(path), names.index(column))))

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> Paste:
        self.page.press(key, modifier)
        return self


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def test_one_key_fills_all_and_says_how_sure_each_is(page: IntakePage) -> None:
    Paste(page).press(Qt.Key.Key_Return, _CONTROL)
    (transfer,) = page.form.transfers
    assert transfer.amount == "98,000.00"
    assert transfer.time == "2026-11-24 10:12:35"
    assert (transfer.payee_name, transfer.payer_bank) == ("陈志强", "中国建设银行")
    assert dict(transfer.certainty)["amount"] == "receipt"
    assert [(row.kind, row.value) for row in page.form.identifiers] == [
        ("wechat", "wxid_abc123def"), ("mobile", "13919364417"),
    ]  # fmt: skip
    assert all_of(row.source for row in page.form.identifiers)
    assert {row.certainty for row in page.form.identifiers} == {"receipt"}


def test_enter_takes_one_and_goes_to_the_next(page: IntakePage) -> None:
    paste = Paste(page).at("transfers.0.amount")
    first = paste.table.currentIndex().row()
    paste.press(Qt.Key.Key_Return)
    assert page.form.transfers[0].amount == "98,000.00"
    assert not page.form.identifiers
    assert paste.table.currentIndex().row() == first + 1
    assert not paste.dialog.offers[first].wanted


def test_a_demand_that_may_be_a_payment_stands_last_and_the_cursor_on_what_is_chosen(
    page: IntakePage,
) -> None:
    paste = Paste(page, "客服要3000元保证金，我转了5000给陈志强，卡号6222021001113456789")
    amounts = [offer for offer in paste.dialog.offers if offer.proposal.kind == "amount"]
    assert [(offer.text, offer.wanted) for offer in amounts] == [
        ("5,000.00", True), ("3,000.00", False),
    ]  # fmt: skip
    assert paste.dialog.offers[paste.begin()].wanted
    paste.press(Qt.Key.Key_Return, _CONTROL)
    assert [row.amount for row in page.form.transfers] == ["5,000.00"]


def test_the_cursor_stands_behind_what_is_on_the_form_already(page: IntakePage) -> None:
    page.fill(transfers_0_amount="98000")
    paste = Paste(page)
    assert not paste.dialog.offers[0].wanted
    assert [offer.wanted for offer in paste.dialog.offers].index(True) == paste.begin()


def test_space_leaves_one_out(page: IntakePage) -> None:
    paste = Paste(page).at("identifiers.wechat").press(Qt.Key.Key_Space)
    paste.press(Qt.Key.Key_Return, _CONTROL)
    assert [row.kind for row in page.form.identifiers] == ["mobile"]
    assert page.form.transfers[0].amount


def test_what_was_typed_is_replaced_only_by_a_key_on_its_own_row(page: IntakePage) -> None:
    page.fill(transfers_0_amount="98000", transfers_0_payee_name="李建国")
    paste = Paste(page)
    shown = paste.cell("transfers.0.payee_name", "target")
    assert "李建国" in shown
    paste.at("transfers.0.payee_name")
    paste.press(Qt.Key.Key_Return, _CONTROL)
    assert page.form.transfers[0].payee_name == "李建国"
    again = Paste(page).at("transfers.0.payee_name")
    again.press(Qt.Key.Key_Return)
    assert page.form.transfers[0].payee_name == "陈志强"


def test_a_second_payment_gets_its_own_place(page: IntakePage) -> None:
    page.fill(transfers_0_time="09:00", transfers_0_amount="500")
    Paste(page).press(Qt.Key.Key_Return, _CONTROL)
    assert [row.amount for row in page.form.transfers] == ["500.00", "98,000.00"]


def test_pasting_the_same_again_offers_nothing_new(page: IntakePage) -> None:
    Paste(page).press(Qt.Key.Key_Return, _CONTROL)
    before = page.form
    paste = Paste(page)
    assert not any(offer.wanted for offer in paste.dialog.offers)
    paste.press(Qt.Key.Key_Return, _CONTROL).press(Qt.Key.Key_Escape)
    assert page.form.transfers == before.transfers
    assert page.form.identifiers == before.identifiers


def test_text_typed_over_is_read_anew_and_kept_if_wanted(page: IntakePage) -> None:
    paste = Paste(page, "")
    text = paste.dialog.findChild(PasteText)
    assert text is not None
    text.setPlainText("😀转了5万给陈志强")
    page.window.qtbot.waitUntil(lambda: bool(paste.dialog.offers))
    keep: QWidget | None = paste.dialog.findChild(QWidget, "paste_keep")
    assert keep is not None
    QTest.keyClick(keep, Qt.Key.Key_Space)
    paste.press(Qt.Key.Key_Return, _CONTROL)
    assert page.form.transfers[0].amount == "50,000.00"
    assert page.form.narrative.endswith("😀转了5万给陈志强")


def test_the_words_of_the_row_are_marked_in_the_text(page: IntakePage) -> None:
    paste = Paste(page, "😀转了5万给陈志强，微信 wxid_abc123def")
    paste.at("identifiers.wechat")
    text = paste.dialog.findChild(PasteText)
    assert text is not None
    marks = [mark.cursor.selectedText() for mark in text.extraSelections()]  # type: ignore[attr-defined]
    assert marks[-1] == "wxid_abc123def"
    assert {"5万", "陈志强"} <= set(marks)


def test_the_words_that_spoke_for_a_payment_are_shown(page: IntakePage) -> None:
    """In the text while its row is current, and in the tip of how sure it is."""
    paste = Paste(page).at("transfers.0.amount")
    words = [
        word.raw for word in paste.dialog.offers[paste.row("transfers.0.amount")].proposal.because
    ]
    assert "支出" in words
    text = paste.dialog.findChild(PasteText)
    assert text is not None
    marks = [mark.cursor.selectedText() for mark in text.extraSelections()]  # type: ignore[attr-defined]
    assert marks[-1 - len(words) : -1] == words
    model = paste.table.model()
    cell = model.index(paste.row("transfers.0.amount"), 3)
    tip = str(model.data(cell, Qt.ItemDataRole.ToolTipRole))
    assert not [word for word in words if word not in tip]
    other = model.index(paste.row("identifiers.wechat"), 3)
    assert not model.data(other, Qt.ItemDataRole.ToolTipRole)


def test_a_sum_that_was_not_paid_is_shown_with_its_words_and_goes_nowhere(
    page: IntakePage,
) -> None:
    text = "对方说要先转8000元保证金，我没有转，后来用建行卡转了500元给陈志强。"
    paste = Paste(page, text)
    (place,) = (
        place
        for place, offer in enumerate(paste.dialog.offers)
        if offer.place is ProposalPlace.UNPAID
    )
    model = paste.table.model()
    shown = [str(model.data(model.index(place, column))) for column in (0, 2, 4)]
    assert shown == ["", "8,000.00", zh("paste.place.unpaid")]
    words = [word.raw for word in paste.dialog.offers[place].proposal.because]
    tip = str(model.data(model.index(place, 3), Qt.ItemDataRole.ToolTipRole))
    assert words
    assert not [word for word in words if word not in tip]
    paste.press(Qt.Key.Key_Return, _CONTROL)
    assert [row.amount for row in page.form.transfers] == ["500.00"]


def test_a_text_too_long_is_refused_and_stays(page: IntakePage) -> None:
    paste = Paste(page, "")
    text = paste.dialog.findChild(PasteText)
    assert text is not None
    text.setPlainText("一" * 2_000_001)
    banner: QWidget | None = paste.dialog.findChild(QWidget, "paste_banner")
    assert banner is not None
    page.window.qtbot.waitUntil(banner.isVisible)
    assert len(paste.dialog.text) == 2_000_001


def test_it_fits_in_both_languages_and_themes(filled: IntakePage) -> None:
    paste = Paste(filled)
    for _ in each_look(filled.screen.kit):
        filled.window.qtbot.waitUntil(
            lambda: not clipped_texts(paste.dialog) + overlaps(paste.dialog), timeout=2000
        )
        assert paste.dialog.width() <= 1366


def test_the_bank_of_a_pasted_card_is_filled_in_and_follows_the_card(page: IntakePage) -> None:
    """An order without the payee's bank has no addressee at the centre."""
    card = "6230520010037788996"
    said = (
        f"您尾号3317卡11月24日10:02支出98,000元，对方户名：马建成，对方账户：{card}。【工商银行】"
    )
    Paste(page, said).press(Qt.Key.Key_Return, _CONTROL)
    transfer = page.form.transfers[0]
    assert (transfer.payer_bank, transfer.payee_bank) == ("中国工商银行", "中国农业银行")
    page.fill(transfers_0_payee_account="6217004230001234569")
    assert page.form.transfers[0].payee_bank == "中国建设银行"
    assert page.form.transfers[0].payer_bank == "中国工商银行"
