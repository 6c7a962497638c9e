"""Ways of payment on the card: nothing more for a bank, one key for a chain's address, fields of a way only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.services.look_up import case_file, orders
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.transfers.card import TransferCard
from desktop.ui.intake.transfers.rows import ORDER, TARGETS, TransferLines, rows_of
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from tests.domain.cases.test_way import TRON
from tests.support.sessions import Seat
from tests.support.way_fields import OWN_FIELDS
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.looks import each_look
from tests.ui.pages.pictures import keep_picture

_ALT = Qt.KeyboardModifier.AltModifier
USUAL = {
    "time", "amount", "channel", "arrival", "serial",
    "payer_account", "payer_name", "payer_bank", "payee_account", "payee_name", "payee_bank",
}  # fmt: skip
LONG = "很长的一段说明文字 with more words than one field has room for 0123456789"


def _card(page: IntakePage, index: int = 0) -> TransferCard:
    return page.screen.pages.money.cards[index]


def _shown(page: IntakePage) -> set[str]:
    card = _card(page)
    fields = ((name, editor) for name in ORDER for editor in _editors(card, name))
    return {name for name, editor in fields if editor.isVisible()}


def _editors(card: TransferCard, name: str) -> Iterator[QWidget]:
    return (item for item in card.editors() if item.objectName().endswith(f".{name}"))


def _choose(page: IntakePage, way: str) -> None:
    page.press(Qt.Key.Key_K, _ALT)
    assert page.focused_path() == "transfers.0.way_kind"
    field = _card(page).field("way_kind")
    field.editor.hidePopup()  # type: ignore[attr-defined]  # a combo
    page.type(way)


def _note(page: IntakePage) -> QLabel:
    found = _card(page).findChild(QLabel, "transfer_way_note")
    assert isinstance(found, QLabel)
    return found


def test_a_bank_transfer_asks_nothing_more(page: IntakePage) -> None:
    page.fill(transfers_0_amount="98000", transfers_0_payee_account="6230520010037788996")
    assert _shown(page) == USUAL
    assert not _note(page).isVisible()
    assert page.form.transfers[0].way_kind == ""


def test_a_chain_address_becomes_a_coin_by_one_key_and_comes_back(page: IntakePage) -> None:
    page.fill(transfers_0_amount="5000", transfers_0_payee_account=TRON)
    offer = _card(page).findChild(ChipButton, "coin_offered")
    assert isinstance(offer, ChipButton)
    assert offer.isVisible()
    assert page.form.transfers[0].way_kind == "", "it is offered, not changed"
    doubt = page.screen.kit.texts.text("problems.chain_address_as_account")
    assert page.hint("transfers.0.payee_account") == doubt
    page.focus("transfers.0.payee_account").press(Qt.Key.Key_K, _ALT)
    typed = page.form.transfers[0]
    assert (typed.way_kind, typed.way_chain, typed.payee_account) == ("coin", "tron", TRON)
    assert not offer.isVisible()
    assert page.focused_path() == "transfers.0.payee_bank", "the exchange is what is missing"
    texts = page.screen.kit.texts
    label = page.field("transfers.0.payee_account").label
    assert label.text() == texts.text("ways.target.coin.payee_account")
    assert _note(page).text() == texts.text("ways.note.coin")
    assert page.hint("transfers.0.payee_account") == texts.text("hints.address_right")
    page.focus("transfers.0.payee_account").type(TRON[:-1] + "7").press(Qt.Key.Key_Tab)
    assert page.hint("transfers.0.payee_account") == texts.text("problems.coin_address_wrong")
    page.focus("transfers.0.payee_account").type(TRON).press(Qt.Key.Key_Tab)
    page.focus("transfers.0.way_kind").type("")
    assert page.form.transfers[0].payee_account == TRON
    assert label.text() == texts.text("intake.money.payee_account")


@pytest.mark.parametrize("way", [kind for kind in WayKind if kind in OWN_FIELDS])
def test_a_way_shows_its_own_fields_and_no_others(page: IntakePage, way: WayKind) -> None:
    page.focus("transfers.0.amount")
    _choose(page, way.value)
    shown = _shown(page)
    assert {name for name in shown if name.startswith("way_")} == {
        "way_kind", *(f"way_{name}" for name in OWN_FIELDS[way]),
    }  # fmt: skip
    assert not {"channel", "arrival"} & shown
    assert set(TARGETS[way]) - {"payer_account"} <= shown | {"payer_bank"}
    assert _note(page).isVisible()


@pytest.mark.parametrize(("way", "payee"), [("coin", "payee_account"), ("cash", "payee_bank")])
def test_a_folded_payment_shows_its_way(page: IntakePage, way: str, payee: str) -> None:
    page.fill(transfers_0_amount="98000")
    _choose(page, way)
    page.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert _card(page).folded
    assert _shown(page) >= {"time", "amount", payee}
    assert _shown(page) <= {"time", "amount", "way_kind", payee}


def test_what_was_typed_stays_in_sight_whatever_the_way(page: IntakePage) -> None:
    page.fill(transfers_0_serial="26112400128841").focus("transfers.0.amount")
    _choose(page, "coin")
    page.focus("transfers.0.way_hash").type("ab")
    page.press(Qt.Key.Key_Tab)
    assert {"serial", "way_hash"} <= _shown(page)
    page.focus("transfers.0.way_kind").type("")
    assert "way_hash" in _shown(page)


@pytest.mark.parametrize("way", ["", *WayKind])
def test_every_fact_has_its_place_however_many_are_filled_in(
    kit: Kit, qtbot: QtBot, way: str
) -> None:
    rows = rows_of(
        folded=False, narrow=True, second_number=True, returned=True, way=way, asked=True,
        filled=lambda _name: True,
    )  # fmt: skip
    fields = {name: QWidget() for cells in rows for name, _ in cells if name}
    card, lines = QWidget(), TransferLines(kit)
    qtbot.addWidget(card)
    card.setLayout(lines)
    lines.lay_out(rows, fields, tuple(fields.values()))  # type: ignore[arg-type]  # plain widgets
    placed = [lines.itemAt(place).layout() for place in range(lines.count())]
    assert [
        name for name, field in fields.items() if not any(row.indexOf(field) >= 0 for row in placed)
    ] == []


def test_a_way_of_a_newer_program_is_shown_as_it_is(page: IntakePage) -> None:
    page.screen.model.put("transfers.0.way_kind", "teleport")
    head = _card(page).findChild(ChipButton, "transfer_way")
    assert isinstance(head, ChipButton)
    assert head.text() == "teleport"
    page.fill(transfers_0_amount="500")
    assert page.form.transfers[0].way_kind == "teleport"
    page.screen.model.put("transfers.0.way_kind", "x" * 4000)
    page.window.qtbot.waitUntil(partial(_fits, page, full=False), timeout=1000)
    assert head.width() < page.screen.width() // 3


def test_each_way_fits(filled: IntakePage) -> None:
    """Also with too much typed."""
    screen = filled.screen
    for full in (False, True):
        for look in each_look(screen.kit):
            for way in WayKind:
                screen.model.put("transfers.0.way_kind", way.value)
                if full:
                    _overfill(screen.model, way)
                filled.window.qtbot.waitUntil(partial(_fits, filled, full=full), timeout=1000)
                keep_picture(screen, f"{way}-{full}-{look}")


def _overfill(model: FormModel, way: WayKind) -> None:
    for name in OWN_FIELDS.get(way, ()):
        if name not in {"chain", "goods", "handover", "used"}:
            model.put(f"transfers.0.way_{name}", LONG)


def _fits(page: IntakePage, *, full: bool) -> bool:
    """What is longer than its editor is scrolled there."""
    screen = page.screen
    return not (overlaps(screen) + ([] if full else clipped_texts(screen)))


JOURNEYS: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "coin": (
        {"payee_account": TRON},
        {"way_hash": "ab" * 32, "payee_bank": "OKX"},
        "OKX",
    ),
    "cash": (
        {},
        {"way_goods": "gold", "way_handover": "on_the_way", "payee_bank": "滴滴", "order_number": "DD20261124",
         "way_plate": "甘A12345"},
        "滴滴",
    ),
    "cross_border": (
        {"payee_account": "GB82WEST12345698765432", "payee_name": "Smith"},
        {"way_currency": "GBP", "way_foreign_amount": "1000", "payer_bank": "中国银行", "way_swift": "MIDLGB22"},
        "中国银行",
    ),
}  # fmt: skip
"""What the officer types before the way is chosen, what after, and who is asked."""


@pytest.mark.parametrize("way", JOURNEYS)
def test_from_the_first_key_to_the_call_back(page: IntakePage, seat: Seat, way: str) -> None:
    """Whoever is asked gets an order at once; the coin takes one key, the others one key and a choice."""
    before, after, asked = JOURNEYS[way]
    page.fill(victim_name="李秀兰", transfers_0_time="10:12", transfers_0_amount="98000")
    _type(page, before)
    if way == "coin":
        page.focus("transfers.0.payee_account").press(Qt.Key.Key_K, _ALT)
    else:
        _choose(page, way)
    _type(page, after)
    page.window.qtbot.waitUntil(partial(_fits, page, full=False), timeout=1000)
    keep_picture(page.screen, f"journey-{way}")
    asked_for = page.screen.kit.texts.text(f"ways.ask.{way}")
    assert page.window.find("stop_now").accessibleName() == asked_for
    page.stop()
    keep_picture(page.dialog("stop_dialog").widget, f"journey-{way}-check")
    assert asked_for in _words(page)
    page.stop()
    (view,) = case_file(seat.session, CaseId(page.form.case_id)).orders
    assert (view.order.kind, view.order.addressee) == (OrderKind.REVOKE, asked)
    assert page.screen.pages.panel.shown is page.screen.pages.result
    keep_picture(page.screen, f"journey-{way}-result")
    assert page.screen.pages.record.ordered() == {view.order.transfer: view.order.number}
    page.go_to(1).stop()
    assert not page.has_dialog("stop_dialog"), "it was asked for once"


def _type(page: IntakePage, facts: Mapping[str, str]) -> None:
    for name, text in facts.items():
        page.focus(f"transfers.0.{name}").type(text).press(Qt.Key.Key_Tab)


def _words(page: IntakePage) -> str:
    dialog = page.dialog("stop_dialog").widget
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_stop_is_never_sent_to_an_address_on_a_chain(page: IntakePage, seat: Seat) -> None:
    page.fill(
        victim_name="李秀兰", transfers_0_time="10:12", transfers_0_amount="98000", transfers_0_payee_account=TRON
    )  # fmt: skip
    page.stop()
    assert not page.dialog("stop_dialog").find("stop_send").isEnabled()
    page.press(Qt.Key.Key_F9)
    assert orders(seat.session) == ()
    page.press(Qt.Key.Key_Return)  # the way to what blocks has the focus
    assert page.focused_path() == "transfers.0.payee_account"
    page.press(Qt.Key.Key_K, _ALT)
    assert page.form.transfers[0].way_kind == "coin"
