"""Transfers: adding, folding, removing, numbers that move, certainty."""

from __future__ import annotations

from functools import partial
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt

from desktop.demo.gallery import clipped_texts
from desktop.domain.cases.intake import TransferText
from desktop.domain.ids import CaseId
from desktop.services.look_up import case_file
from desktop.ui.intake.form.form_fields import Bound
from desktop.ui.intake.transfers.rows import ORDER
from desktop.ui.intake.transfers.slot import TransferSlot
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from tests.support.sessions import Seat
from tests.ui.pages.errors import assert_about
from tests.ui.pages.intake import IntakePage

_CONTROL = Qt.KeyboardModifier.ControlModifier


MANY_TABS = 60


def _add(page: IntakePage) -> None:
    page.press(Qt.Key.Key_Plus, _CONTROL)


def test_a_new_transfer_opens_and_the_others_fold(page: IntakePage) -> None:
    page.fill(victim_name="王小明", transfers_0_amount="98000", transfers_0_payee_name="陈某某")
    _add(page)
    assert page.focused_path() == "transfers.1.time"
    cards = page.screen.pages.money.cards
    assert [card.folded for card in cards] == [True, False]
    assert page.form.transfers[1].payer_name == "王小明"
    assert not page.editor("transfers.0.amount").isHidden()
    page.focus("transfers.0.amount").press(Qt.Key.Key_T, _CONTROL)
    assert [card.folded for card in cards] == [False, True]


@pytest.mark.parametrize(("key", "asked"), [(Qt.Key.Key_R, "returned"), (Qt.Key.Key_K, "way_kind")])
def test_a_key_that_asks_more_of_a_folded_payment_opens_it(
    filled: IntakePage, key: Qt.Key, asked: str
) -> None:
    cards = filled.screen.pages.money.cards
    assert [card.folded for card in cards] == [False, True]
    filled.focus("transfers.1.amount")
    cards[1].set_folded(folded=True)
    filled.press(key, Qt.KeyboardModifier.AltModifier)
    assert [card.folded for card in cards] == [True, False]
    assert filled.focused_path() == f"transfers.1.{asked}"
    assert cards[1].field(asked).editor.isVisible()
    assert cards[1].field("payee_name").editor.isVisible()


def test_of_many_payments_a_key_asks_only_the_editors_it_concerns(page: IntakePage) -> None:
    """Two hundred cost a quarter of a second a key: each had all its editors, and each editor was asked."""
    rows = [
        TransferText(f"{n:032x}", time="2026-11-24 10:12:35", amount=f"{n + 1}.00")
        for n in range(60)
    ]
    page.screen.model.add_transfers(rows)
    cards = page.screen.pages.money.cards
    assert [card.folded for card in cards] == [False, *[True] * 60], (
        "the one that is open stays open"
    )
    shown = {"time", "amount", "channel", "payee_account"}
    assert {editor.objectName() for editor in cards[9].editors()} == {
        f"transfers.9.{n}" for n in shown
    }
    spied = partial(patch.object, Bound, autospec=True)
    with (
        spied("read", side_effect=Bound.read) as read,
        spied("show_hint", side_effect=Bound.show_hint) as told,
    ):
        page.focus("transfers.0.amount").press(Qt.Key.Key_9)
    assert read.call_count + told.call_count < len(cards)
    page.fill(victim_name="王小明")
    assert {transfer.payer_name for transfer in page.form.transfers} == {"王小明"}
    page.screen.pages.money.reveal("transfers.40.payer_name")
    assert page.field("transfers.40.payer_name").value() == "王小明"
    assert page.editor("transfers.40.payer_name").isVisible()
    page.focus("transfers.40.payee_account").press(Qt.Key.Key_Tab)
    assert page.focused_path() == "transfers.40.payee_name", (
        "what was made later is in the order of Tab"
    )


def test_removing_asks_unless_nothing_was_typed(page: IntakePage) -> None:
    page.fill(transfers_0_amount="98000")
    _add(page)
    page.press(Qt.Key.Key_Minus, _CONTROL)
    assert len(page.form.transfers) == 1
    _add(page)
    page.focus("transfers.0.amount").press(Qt.Key.Key_Minus, _CONTROL)
    assert page.has_dialog("confirm_dialog")
    page.dialog("confirm_dialog").click("confirm_accept")
    assert [transfer.amount for transfer in page.form.transfers] == [""]
    assert page.field("transfers.0.amount").value() == ""


def test_the_last_transfer_stays(page: IntakePage) -> None:
    page.fill(transfers_0_amount="98000")
    page.focus("transfers.0.amount").press(Qt.Key.Key_Minus, _CONTROL)
    assert not page.has_dialog("confirm_dialog")
    assert len(page.form.transfers) == 1


def test_after_a_removal_each_card_shows_the_transfer_in_its_place(page: IntakePage) -> None:
    for number in range(3):
        if number:
            _add(page)
        page.fill(**{f"transfers_{number}_amount": f"{number + 1}00"})
    page.screen.model.remove_transfers({page.screen.model.form.transfers[0].id})
    assert page.field("transfers.0.amount").value() == "200.00"
    assert page.field("transfers.1.amount").value() == "300.00"
    page.fill(transfers_1_amount="999")
    assert [transfer.amount for transfer in page.form.transfers] == ["200.00", "999.00"]


def test_the_number_box_keeps_its_text_when_the_channel_changes_its_name(page: IntakePage) -> None:
    page.fill(transfers_0_channel="mobile_bank", transfers_0_serial="42000023")
    page.fill(transfers_0_channel="wechat")
    assert (page.form.transfers[0].serial, page.form.transfers[0].order_number) == ("", "42000023")
    assert page.editor("transfers.0.order_number").isVisible()
    assert not page.editor("transfers.0.serial").isVisible()
    page.fill(transfers_0_channel="quick_pay")
    assert page.editor("transfers.0.serial").isVisible()
    assert page.editor("transfers.0.order_number").isVisible()
    page.fill(transfers_0_serial="888", transfers_0_channel="atm")
    assert page.form.transfers[0].order_number == "42000023"
    assert page.editor("transfers.0.order_number").isVisible()


def test_f7_says_where_a_field_was_read(page: IntakePage) -> None:
    page.focus("transfers.0.payee_name").type("陈某某")
    said = []
    for _step in range(4):
        page.press(Qt.Key.Key_F7)
        said.append(page.screen.model.certainty(0, "payee_name"))
    assert said == ["receipt", "told", "guessed", ""]
    assert page.focused_path() == "transfers.0.payee_name"


def test_the_bank_follows_the_card_until_somebody_types_another(page: IntakePage) -> None:
    page.fill(transfers_0_payee_account="6230520010037788996")
    assert page.form.transfers[0].payee_bank == "中国农业银行"
    page.fill(transfers_0_payee_account="6217004230001234569")
    assert page.form.transfers[0].payee_bank == "中国建设银行"
    page.fill(transfers_0_payee_bank="建行城关支行")
    page.fill(transfers_0_payee_account="6230520010037788996")
    assert page.form.transfers[0].payee_bank == "建行城关支行"


def test_every_field_of_the_form_has_its_editor(page: IntakePage) -> None:
    fields = set(type(page.form.transfers[0]).__dataclass_fields__) - {
        "id",
        "certainty",
        "payee_masked",
        "attempted",  # a mark, put by a key
        "origin",  # where it was read, which no person types
    }
    assert fields == set(ORDER)


def _remove(page: IntakePage, index: int) -> None:
    page.focus(f"transfers.{index}.amount").press(Qt.Key.Key_Minus, _CONTROL)


def test_what_is_removed_after_registering_leaves_the_case(filled: IntakePage, seat: Seat) -> None:
    case = CaseId(filled.form.case_id)
    filled.go_to(6).register()
    assert len(case_file(seat.session, case).transfers) == 2
    filled.screen.resume(case)
    filled.go_to(1)
    _remove(filled, 1)
    filled.dialog("confirm_dialog").click("confirm_accept")
    filled.go_to(6).register()
    assert [item.amount_fen for item in case_file(seat.session, case).transfers] == [9_800_000]


def _read_from(page: IntakePage, *origins: str) -> None:
    """The transfers of the form, and as many more, with where each was read."""
    model = page.screen.model
    while len(model.form.transfers) < len(origins):
        _add(page)
    for index, origin in enumerate(origins):
        page.fill(**{f"transfers_{index}_amount": f"{index + 1}00"})
        model.put(f"transfers.{index}.origin", origin)


ROWS = tuple(f"evidence/s1#row={row}" for row in (4, 9, 12))


def test_all_that_was_read_from_one_statement_is_removed_in_one_step(page: IntakePage) -> None:
    elsewhere = ("", "evidence/s2#row=4", "evidence/s1#xywh=1,2,3,4")
    _read_from(page, *ROWS, *elsewhere)
    gone = tuple(row.id for row in page.form.transfers[:3])
    _remove(page, 1)
    dialog = page.dialog("confirm_dialog")
    assert dialog.find("confirm_all", Button).text() == "移除这份流水的全部 3 笔"
    assert "共 3 笔" in dialog.text("confirm_statement")
    dialog.click("confirm_all")
    assert tuple(row.origin for row in page.form.transfers) == elsewhere
    assert page.form.removed[-3:] == gone
    assert not page.has_dialog("confirm_dialog")


def test_a_form_of_one_statement_alone_begins_anew(page: IntakePage) -> None:
    _read_from(page, *ROWS)
    _remove(page, 0)
    page.dialog("confirm_dialog").click("confirm_all")
    (left,) = page.form.transfers
    assert left.is_blank()
    assert page.field("transfers.0.amount").value() == ""


def test_one_row_alone_is_still_removed_alone(page: IntakePage) -> None:
    _read_from(page, *ROWS)
    _remove(page, 0)
    page.dialog("confirm_dialog").click("confirm_accept")
    assert tuple(row.origin for row in page.form.transfers) == ROWS[1:]
    _read_from(page, "evidence/s2#row=4", ROWS[1])
    _remove(page, 0)
    assert page.dialog("confirm_dialog").widget.findChild(Button, "confirm_all") is None


def test_what_an_order_is_about_stays_when_its_statement_goes(page: IntakePage, kit: Kit) -> None:
    _read_from(page, *ROWS)
    kept = page.form.transfers[2].id
    page.screen.pages.money.set_orders({}, {f"transfer/{kept}": "1124-A-0017-Z1"}, frozenset())
    _remove(page, 0)
    dialog = page.dialog("confirm_dialog")
    assert "其中 1 笔已有指令" in dialog.text("confirm_statement")
    kit.texts.set_language("en")
    assert clipped_texts(dialog.widget) == []
    dialog.click("confirm_all")
    assert [row.id for row in page.form.transfers] == [kept]


def test_a_payment_that_is_being_stopped_is_not_removed(filled: IntakePage) -> None:
    filled.stop().stop()
    filled.go_to(1)
    _remove(filled, 1)
    assert not filled.has_dialog("confirm_dialog")
    error = assert_about(filled.dialog("error_dialog").widget, "part.ordered")
    assert filled.screen.pages.record.orders[0].order.number in error.what.text()
    error.close()
    assert len(filled.form.transfers) == 2


def test_of_many_payments_only_those_in_sight_are_made(page: IntakePage) -> None:
    """Two hundred took two seconds and 136 MB at once: each had a card with its editors."""
    rows = [TransferText(f"{n:032x}", amount=f"{n + 1}.00") for n in range(60)]
    page.screen.model.add_transfers(rows)
    made = [slot.made is not None for slot in page.screen.findChildren(TransferSlot)]
    assert len(made) == 61
    assert made.count(True) <= 12
    assert not made[40]
    page.screen.pages.money.reveal("transfers.40.amount")
    assert page.editor("transfers.40.amount").isVisible()


def test_tab_leads_into_payments_that_were_not_in_sight(page: IntakePage) -> None:
    rows = [TransferText(f"{n:032x}", amount=f"{n + 1}.00") for n in range(30)]
    page.screen.model.add_transfers(rows)
    met = set()
    page.focus("transfers.0.time")
    for _ in range(200):
        page.press(Qt.Key.Key_Tab)
        met.add(page.focused_path().rpartition(".")[0])
    assert {f"transfers.{n}" for n in range(31)} <= met


def test_tab_leads_through_the_payments_and_on(filled: IntakePage) -> None:
    """Never round and round one payment: behind the last amount comes what is done with the page."""
    filled.focus("transfers.0.time")
    reached: list[str] = []
    while "stop_now" not in reached and len(reached) < MANY_TABS:
        reached.append(filled.press(Qt.Key.Key_Tab).focused().objectName())
    assert {"attempted", "stop_now"} <= {*reached}
    assert "transfers.0.time" not in reached
