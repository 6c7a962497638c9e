"""Ways of payment on the page of a case: what is known of them, what can be asked, what is only offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.payments.way import PaymentWay, WayKind
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from tests.domain.cases.test_way import TRON
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.looks import each_look
from tests.ui.pages.pictures import keep_picture

HASH = "ab" * 32
FACTS = {
    "bank": {},
    "wallet": {},
    "coin": {"coin": "USDT", "chain": "tron", "hash": HASH},
    "cash": {"goods": "gold", "plate": "甘A12345", "driver": "王师傅 13919360000", "handover": "on_the_way",
             "place": "兰州市安宁区培黎街 12 号"},
    "voucher": {"code": "E1234567890", "used": "unused"},
    "ecny": {},
    "cross_border": {"swift": "HSBCHKHH", "currency": "HKD", "foreign_amount": "12,000"},
}  # fmt: skip


def _show(bench: Bench, kind: str, number: str = "", **facts: str) -> None:
    """The third payment of the sample, which has no order, left by that way."""
    shown = bench.sheet.file
    first, second, third = shown.transfers
    payee = Account("陈某某", number, "甲")
    paid = replace(third, payee=payee, way=PaymentWay(third.id, kind, **facts))
    file = replace(shown, transfers=(first, second, paid))
    bench.show(replace(bench.sheet, file=file))


@pytest.mark.parametrize("kind", WayKind)
def test_each_way_is_shown_and_asked_about_in_its_own_words(bench: Bench, kind: WayKind) -> None:
    _show(bench, kind.value, TRON if kind is WayKind.COIN else "6217", **FACTS[kind.value])
    texts, page = bench.kit.texts, bench.page
    assert texts.text(f"ways.kind.{kind}") in page.words()
    named = page.widget.findChildren(QAbstractButton, "case_stop_3")
    (button,) = (item for item in named if item.isVisible())
    stopped = kind in {WayKind.BANK, WayKind.WALLET, WayKind.ECNY}
    key = "case.transfer.stop" if stopped else f"ways.ask.{kind}"
    assert button.accessibleName() == texts.text(key)
    for look in each_look(bench.kit):
        page.words()
        keep_picture(page.widget, f"case-{kind}-{look}")
        assert not clipped_texts(page.widget) + overlaps(page.widget)


def test_what_is_personal_in_a_way_is_masked_until_it_is_revealed(bench: Bench) -> None:
    _show(bench, "cash", **FACTS["cash"])
    words = bench.page.words()
    assert "培黎街" not in words
    assert "13919360000" not in words
    assert "王师傅" in words


def test_an_address_as_account_is_offered_the_change_and_no_stop(bench: Bench) -> None:
    _show(bench, "", TRON)
    assert not bench.page.offers("case_stop_3")
    assert bench.kit.texts.text("ways.offer.coin") in bench.page.words()


def test_a_way_of_a_newer_program_is_shown_and_not_acted_on(bench: Bench) -> None:
    _show(bench, "teleport", "6217")
    assert "teleport" in bench.page.words()
    assert not bench.page.offers("case_stop_3")


def test_a_call_back_is_asked_for_in_its_own_words_in_spite_of_doubts(desk: Bench) -> None:
    page, form = desk.page, form_of(desk.session, samples.CASE)
    paid = replace(
        form.transfers[0], way_kind="cash", payee_account="", payee_bank="货拉拉", way_plate="甘A12345",
        way_handover="handed_over",
    )  # fmt: skip
    register_report(desk.session, replace(form, transfers=(paid,)))
    desk.show_held()
    page.click("case_stop_1")
    question = page.dialog("confirm_dialog")
    words = page.words(question.widget)
    assert zh("ways.ask.cash") in words
    assert zh("case.stop.title") not in words
    question.click("confirm_accept")
    assert desk.file().orders == ()
    QApplication.processEvents()
    doubts = page.dialog("send_despite_dialog")
    words = page.words(doubts.widget)
    assert zh("problems.cash_handed_over") in words
    assert zh("problems.way_not_stopped") not in words
    assert zh("case.stop.title") not in words
    doubts.click("send_despite_accept")
    assert [view.order.kind for view in desk.file().orders] == [OrderKind.REVOKE]
