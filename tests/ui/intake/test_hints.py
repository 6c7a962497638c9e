"""Hints, the live panel and the steps while somebody types."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.ui.shared.widgets.pages.step_list import StepState
from tests.support.sessions import Seat
from tests.ui.intake.doubles import Alarms
from tests.ui.intake.samples import PAYEE, other_cases
from tests.ui.pages.intake import IntakePage


def test_hints_and_borders_follow_every_key(page: IntakePage) -> None:
    page.focus("victim.id_number").type("62010219680415204")
    assert page.state("victim.id_number") == "red"
    page.type("620102196804152044")
    assert page.state("victim.id_number") == "green"
    assert "58" in page.hint("victim.id_number")
    page.focus("transfers.0.amount").type("98000")
    assert page.hint("transfers.0.amount") == "玖万捌仟元整"
    page.type("98,00")
    assert page.state("transfers.0.amount") == "red"
    page.type("")
    assert page.hint("transfers.0.amount") == ""
    assert page.state("transfers.0.amount") == ""


def test_a_number_in_the_place_of_a_name_is_pointed_out(page: IntakePage) -> None:
    for path, number in (
        ("victim.name", "62010219680415204X"),
        ("transfers.0.payee_name", "6230 5200 1003 7788 994"),
        ("transfers.0.payee_bank", "１３９１９３６４４１７"),
    ):
        page.focus(path).type(number)
        assert page.state(path) == "red"
        assert page.hint(path)
        page.type("王小明")
        assert page.state(path) == ""


def test_the_time_left_to_revoke_and_the_hotline(page: IntakePage, seat: Seat) -> None:
    page.fill(transfers_0_time="10:12:35", transfers_0_amount="98000")
    page.focus("transfers.0.arrival").type("next_day")
    page.fill(transfers_0_payer_account="6217004230001234569")
    assert "23:41:28" in page.hint("transfers.0.arrival")
    assert "95533" in page.hint("transfers.0.arrival")
    seat.clock.advance(seconds=2)
    page.screen.kit.ticks.tick()
    assert "23:41:26" in page.hint("transfers.0.arrival")


def test_the_golden_clock_runs_from_the_newest_transfer(filled: IntakePage, seat: Seat) -> None:
    clock = filled.window.find("golden_clock", QLabel)
    assert clock.text() == "18:53"
    seat.clock.advance(minutes=1)
    filled.screen.kit.ticks.tick()
    assert clock.text() == "17:53"


def test_before_there_is_a_time_the_clock_says_what_it_waits_for(page: IntakePage) -> None:
    texts = page.screen.kit.texts
    waiting = ("--:--", texts.text("intake.panel.golden_waits"))
    assert page.golden_clock() == waiting
    page.fill(transfers_0_time="10:12")
    clock, caption = page.golden_clock()
    assert clock != "--:--"
    assert caption == texts.text("intake.panel.golden")
    page.fill(transfers_0_time="")
    assert page.golden_clock() == waiting


def test_a_wake_after_the_deadline_says_so_at_once(filled: IntakePage, seat: Seat) -> None:
    seat.clock.advance(hours=3)
    filled.screen.kit.ticks.tick()
    clock = filled.window.find("golden_clock", QLabel)
    assert filled.screen.kit.texts.text("shared.clock.gone", time="02:41:07") == clock.text()


def test_other_cases_appear_beside_and_above_the_account(
    page: IntakePage, seat: Seat, alarms: Alarms
) -> None:
    other_cases(seat.session, seat.clock)
    page.focus("transfers.0.payee_account").type(PAYEE)
    alarms.ring_all()
    texts = page.screen.kit.texts
    shown = [
        label.text()
        for label in page.screen.findChildren(QLabel)
        if label.isVisible() and label.text()
    ]
    assert texts.text("intake.money.seen", count=3) in shown
    assert texts.text("intake.yuan", amount="310,000") in shown


def test_elements_and_steps_are_ticked_as_they_come(page: IntakePage, seat: Seat) -> None:
    texts = page.screen.kit.texts

    def title() -> str:
        return page.text("elements_title")

    assert title() == texts.text("intake.panel.elements", done=0, total=5)
    page.fill(victim_name="王小明", victim_id_number="620102196804152044")
    assert title() == texts.text("intake.panel.elements", done=1, total=5)
    page.fill(transfers_0_time="25:99")
    assert page.step_state(0) is StepState.BAD
    page.fill(transfers_0_time="10:12", transfers_0_amount="98000")
    assert title() == texts.text("intake.panel.elements", done=2, total=5)
    assert page.step_state(0) is StepState.TODO


def test_an_impossible_number_never_blocks_the_typing(page: IntakePage) -> None:
    page.fill(victim_id_number="1", victim_name="王小明").next()
    assert page.screen.page == 1
    assert page.step_state(0) is StepState.BAD
