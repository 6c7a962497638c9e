"""F9: the check before sending, what blocks, what only warns, several transfers, the slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.domain.cases.answers import TICKED
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import Order
from desktop.services.cases.form.drafts import new_draft, save_draft
from desktop.services.look_up import case_file, orders
from desktop.ui.intake.stop.order_papers import SlipView
from desktop.ui.intake.stop.stop_candidate import unstopped
from desktop.ui.intake.stop.stop_flow import StopDialog
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.orders.sending_problems import ClockReason
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.intake.conftest import Ways
from tests.ui.intake.doubles import ShakyServices
from tests.ui.intake.samples import sample_form
from tests.ui.pages.errors import close_error
from tests.ui.pages.intake import IntakePage


def _dialog(page: IntakePage) -> StopDialog:
    dialog = page.dialog("stop_dialog").widget
    assert isinstance(dialog, StopDialog)
    return dialog


def _orders(page: IntakePage, seat: Seat) -> list[str]:
    orders = case_file(seat.session, CaseId(page.form.case_id)).orders
    return sorted(view.order.transfer for view in orders)


def test_what_makes_a_stop_impossible_blocks_and_leads_to_its_field(page: IntakePage) -> None:
    page.fill(transfers_0_amount="100").go_to(3).stop()
    assert not page.dialog("stop_dialog").find("stop_send").isEnabled()
    page.press(Qt.Key.Key_F9)
    assert page.has_dialog("stop_dialog")
    page.press(Qt.Key.Key_Return)  # the way to the first problem has the focus
    assert not page.has_dialog("stop_dialog")
    assert page.screen.page == 0
    assert page.focused_path() == "victim.name"


def test_a_jump_opens_the_transfer_the_field_hides_in(filled: IntakePage) -> None:
    filled.stop()
    card = _dialog(filled).cards[1]
    row = next(
        row for row, problem in zip(card.rows, card.candidate.problems, strict=True)
        if problem.field.endswith("payer_account")
    )  # fmt: skip
    row.button.click()
    assert filled.focused_path() == "transfers.1.payer_account"
    assert filled.editor("transfers.1.payer_account").isVisible()


def test_what_can_still_be_saved_is_read_back_and_sent_first(
    filled: IntakePage, seat: Seat
) -> None:
    """The second payment has minutes left, the first was two hours ago."""
    filled.fill(transfers_0_time="2026-11-24 08:00:00", transfers_1_time="2026-11-24 10:25:00")
    filled.stop()
    assert [card.candidate.index for card in _dialog(filled).cards] == [1, 0]
    filled.stop()
    issued = sorted(
        case_file(seat.session, CaseId(filled.form.case_id)).orders,
        key=lambda view: view.order.number,
    )
    sent = [view.order.transfer for view in issued]
    assert sent == [filled.form.transfers[1].id, filled.form.transfers[0].id]


def test_who_can_still_revoke_is_sent_to_the_telephone_first(filled: IntakePage) -> None:
    """A transfer that arrives the next day is undone by the paying bank, sooner than any order is read."""
    filled.focus("transfers.0.arrival").type("next_day")
    filled.stop()
    filled.stop()
    call = filled.window.find("result_call_bank", QLabel)
    assert call.isVisible()
    assert "95533" in call.text()
    filled.screen.kit.texts.set_language("en")
    assert call.text().startswith("Telephone first"), "what is said follows the language"


@pytest.mark.parametrize(
    ("arrival", "time"), [("real_time", "2026-11-24 10:12:35"), ("next_day", "2026-11-22 10:12:35")]
)
def test_nobody_is_sent_to_the_telephone_for_what_has_arrived(
    filled: IntakePage, seat: Seat, arrival: str, time: str
) -> None:
    filled.fill(transfers_0_time=time)
    filled.focus("transfers.0.arrival").type(arrival)
    filled.focus("transfers.1.arrival").type("real_time")
    filled.stop()
    filled.stop()
    assert filled.form.transfers[0].id in _orders(filled, seat)
    assert not filled.window.find("result_call_bank", QLabel).isVisible()


def test_a_clock_that_is_slow_costs_one_key(filled: IntakePage, seat: Seat) -> None:
    """The payment is three minutes ahead of this computer; the reason is typed by a key and recorded."""
    filled.fill(transfers_0_time="2026-11-24 10:34:30")
    filled.stop()
    dialog = _dialog(filled)
    next(card for card in dialog.cards if card.candidate.index == 1).box.setChecked(False)
    offer = dialog.findChild(ClockReason)
    assert offer is not None
    assert offer.isVisibleTo(dialog)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert dialog.despite.value() == zh("ordering.clock_slow.reason")
    filled.stop()
    (view,) = case_file(seat.session, CaseId(filled.form.case_id)).orders
    assert view.despite is not None
    assert view.despite.codes == ("time_past_clock",)
    assert view.despite.reason == zh("ordering.clock_slow.reason")


def test_a_payment_of_next_year_has_no_slow_clock_to_blame(filled: IntakePage) -> None:
    filled.fill(transfers_0_time="2027-11-24 10:34:30")
    filled.stop()
    offer = _dialog(filled).findChild(ClockReason)
    assert offer is not None
    assert not offer.isVisibleTo(_dialog(filled))


def test_warnings_ask_once_and_one_key_sends_nevertheless(filled: IntakePage, seat: Seat) -> None:
    filled.stop()
    dialog = _dialog(filled)
    texts = filled.screen.kit.texts
    send = filled.dialog("stop_dialog").find("stop_send")
    assert send.accessibleName() == texts.text("intake.stop.send_many_anyway", count=2)
    dialog.cards[1].box.click()
    assert send.accessibleName() == texts.text("intake.stop.send")
    dialog.cards[1].box.click()
    filled.stop()
    assert _orders(filled, seat) == sorted(t.id for t in filled.form.transfers)


def test_only_transfers_without_a_stop_are_offered(filled: IntakePage, seat: Seat) -> None:
    filled.stop()
    _dialog(filled).cards[1].box.click()
    filled.stop()
    assert _orders(filled, seat) == [filled.form.transfers[0].id]
    filled.go_to(1).stop()
    dialog = _dialog(filled)
    assert [card.candidate.index for card in dialog.cards] == [1]
    filled.stop()
    assert len(_orders(filled, seat)) == 2
    filled.go_to(1).stop()
    assert not filled.has_dialog("stop_dialog")


def test_a_transfer_that_failed_is_not_offered(filled: IntakePage) -> None:
    first, second = filled.form.transfers[:2]
    form = replace(filled.form, transfers=(first, replace(second, attempted=TICKED)))
    assert unstopped(form, {}) == (0,)
    assert unstopped(form, {first.id: "Z1"}) == ()


def test_the_bar_says_when_nothing_is_left_to_stop(filled: IntakePage) -> None:
    texts = filled.screen.kit.texts
    assert filled.text("stop_promise") == texts.text("intake.stop.promise")
    filled.stop().stop()
    assert filled.text("stop_promise") == texts.text("intake.stop.nothing")
    filled.go_to(1).press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert filled.text("stop_promise") == texts.text("intake.stop.nothing"), "a blank line is none"
    filled.fill(transfers_2_amount="500")
    assert filled.text("stop_promise") == texts.text("intake.stop.promise")


def test_what_was_not_read_back_is_never_sent(filled: IntakePage, seat: Seat) -> None:
    checked = CaseId(filled.form.case_id)
    other = sample_form(new_draft(seat.session).form)
    save_draft(seat.session, other)
    filled.stop()
    filled.screen.resume(CaseId(other.case_id))  # asked for before, and here only now
    assert filled.form.case_id == other.case_id
    filled.dialog("stop_dialog").click("stop_send")
    close_error("order.not_as_checked")
    assert orders(seat.session) == ()
    filled.screen.resume(checked)
    filled.stop()
    filled.screen.model.put("transfers.0.amount", "1")
    filled.stop()
    close_error("order.not_as_checked")
    assert orders(seat.session) == ()


def test_an_order_that_was_made_before_a_failure_stands_and_is_shown(
    filled: IntakePage, seat: Seat, shaky: ShakyServices
) -> None:
    shaky.breaks["issue_stop.1"] = WorldError("disk.full")
    filled.stop().stop()
    close_error("disk.full")
    assert _orders(filled, seat) == [filled.form.transfers[0].id]
    assert filled.screen.pages.panel.shown is filled.screen.pages.result


def test_a_failed_stop_leaves_form_and_page_as_they_were(
    filled: IntakePage, shaky: ShakyServices
) -> None:
    before = filled.form
    shaky.breaks["issue_stop"] = WorldError("disk.full")
    filled.stop().stop()
    close_error("disk.full")
    assert filled.form == before
    assert filled.screen.page == 0
    del shaky.breaks["issue_stop"]
    filled.stop().stop()
    assert filled.screen.pages.panel.shown is filled.screen.pages.result


def test_after_the_stop_the_transfer_says_so_and_the_draft_goes_on(
    filled: IntakePage, seat: Seat
) -> None:
    filled.stop().stop()
    filled.next()
    assert filled.screen.page == 1
    filled.go_to(1)
    ordered = filled.screen.pages.record.ordered()
    assert set(ordered) == {transfer.id for transfer in filled.form.transfers}
    filled.fill(victim_name="李秀英")
    filled.screen.flush()
    assert filled.screen.saver.draft is not None
    assert filled.screen.saver.draft.form.victim.name == "李秀英"


def test_the_form_of_an_order_is_handed_to_the_window(filled: IntakePage, ways: Ways) -> None:
    filled.stop().stop()
    view = filled.screen.pages.record.orders[0]
    filled.window.click(f"order_print_{view.order.number}")
    (paper,) = ways.papers
    assert view.order.number in paper[1]


def test_without_a_trusted_centre_the_slip_says_what_to_do(filled: IntakePage) -> None:
    filled.stop().stop()
    view = filled.screen.pages.record.orders[0]
    filled.window.click(f"order_slip_{view.order.number}")
    close_error("centre.unknown")


def test_the_code_on_screen_can_be_read_by_the_centre(
    filled: IntakePage, centre: Seat, tmp_path, seat: Seat
) -> None:
    filled.stop().stop()
    order = filled.screen.pages.record.orders[-1].order
    filled.window.click(f"order_slip_{order.number}")
    view = filled.dialog("slip_view").widget
    assert isinstance(view, SlipView)
    theme = filled.screen.kit.theme
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.set_scheme(scheme)
        _scanned(view, centre, seat, tmp_path, order)
    view.close()


def _scanned(view: SlipView, centre: Seat, seat: Seat, folder: Path, order: Order) -> None:
    photo = folder / "photo.png"
    assert view.picture.grab().save(str(photo))
    (data,) = centre.session.slips.scan(photo.read_bytes())
    opened = centre.session.slips.open_slip(data, lambda _device: seat.keys.signing_line)
    assert opened.device == seat.session.profile.device
    (told,) = opened.orders
    assert told["order"] == order.id
    assert told["payee.account"] == order.payee.number
