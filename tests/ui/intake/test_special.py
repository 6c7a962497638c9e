"""Amounts, special branches, deliveries, circumstances and the person who was here before, at the counter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.intake.conftest import Ways
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.intake import IntakePage

_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def _banner(page: IntakePage, line: str) -> str:
    return page.window.text(f"flag_banner_{line}_message")


def test_gross_returned_net_and_the_tier_are_said_while_typing(
    page: IntakePage, seat: Seat
) -> None:
    page.fill(victim_name="李秀兰", transfers_0_amount="98000")
    assert "98,000" in page.text("amounts_totals")
    tier = page.text("amounts_tier")
    assert zh("amounts.tier.huge") in tier
    assert "法发〔2016〕32号" in tier
    assert "仅供参考" in tier
    page.focus("returned").type("69000")
    assert "29,000" in page.text("amounts_totals")
    assert zh("amounts.tier.large") in page.text("amounts_tier")
    assert "接近上一档" in page.text("amounts_tier")
    page.focus("transfers.0.amount").press(Qt.Key.Key_U, _ALT)  # it was revoked in time
    assert "未遂数额达到数额巨大" in page.text("amounts_tier")
    page.press(Qt.Key.Key_R, _ALT)
    assert page.focused_path() == "transfers.0.returned"
    page.type("100").register().register()
    file = case_file(seat.session, CaseId(page.form.case_id))
    assert file.transfers[0].attempted
    assert file.transfers[0].returned_fen == 10_000
    assert file.case.returned_fen == 6_900_000


def test_words_of_despair_call_at_once_and_are_no_fact_until_marked(
    page: IntakePage, seat: Seat
) -> None:
    page.go_to(3).fill(narrative="钱都没了，不想活了")
    assert "轻生" in _banner(page, "law.branch.suicide")
    assert not page.form.flags
    page.press(Qt.Key.Key_B, _ALT)
    for _ in range(5):
        page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Space)
    assert page.form.flags == ("law.branch.suicide",)
    page.focus("answers.law.branch.suicide.company").type("辅警小马陪护")
    page.register().register()
    case = case_file(seat.session, CaseId(page.form.case_id)).case
    assert case.flags == ("law.branch.suicide",)
    assert dict(case.answers)["law.branch.suicide.company"] == "辅警小马陪护"


def test_cash_by_driver_asks_for_the_driver_and_calls_first(page: IntakePage) -> None:
    page.go_to(3).press(Qt.Key.Key_D, _ALT).press(Qt.Key.Key_Space)
    assert page.form.flags == ("core.delivery.courier",)
    page.window.text("flag_banner_core.delivery.courier_detail")
    page.focus("answers.core.delivery.courier.plate").type("甘A12345")
    assert dict(page.form.answers)["core.delivery.courier.plate"] == "甘A12345"


def test_a_circumstance_says_who_proves_it(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="李秀兰").go_to(3).press(Qt.Key.Key_C, _ALT)
    path = "circumstances.law.circumstance.officials"
    page.focus(path).type("通话录音、被害人陈述")
    page.register().register()
    case = case_file(seat.session, CaseId(page.form.case_id)).case
    assert case.circumstances == (("law.circumstance.officials", "通话录音、被害人陈述"),)
    page.go_to(3).focus(path).type("")
    page.press(Qt.Key.Key_Backspace)
    assert page.form.circumstances in ((), (("law.circumstance.officials", "@yes"),))


def test_who_was_here_before_is_shown_while_typing(
    page: IntakePage, seat: Seat, alarms: Alarms, ways: Ways
) -> None:
    earlier = IntakeForm("earlier", victim=VictimText(name="李秀兰", phone="13919364417"))
    number = register_report(seat.session, earlier).number
    page.fill(victim_phone="139 1936 4417")
    alarms.ring_all()
    card = page.window.find("repeat_card", QWidget)
    assert card.isVisible()
    assert number in [label.text() for label in card.findChildren(QLabel)]
    page.press(Qt.Key.Key_O, _ALT)
    assert ways.cases == ["earlier"]
    page.fill(victim_phone="13900000000")
    alarms.ring_all()
    assert not card.isVisible()


@pytest.mark.parametrize("size", [(1294, 692), (1020, 538)])
def test_everything_at_once_fits(page: IntakePage, seat: Seat, size: tuple[int, int]) -> None:
    form = replace(
        page.form,
        type="T13",
        flags=(
            "core.delivery.courier",
            "law.branch.civil",
            "law.branch.minor",
            "law.branch.suicide",
        ),
        circumstances=(("law.circumstance.weak", "身份证"),),
    )
    page.show(*size)
    page.screen.model.load(form)
    for place in (1, 3):
        page.go_to(place)
        for language in ("en", "zh_CN"):
            page.screen.kit.texts.set_language(language)
            page.window.qtbot.waitUntil(
                lambda: not clipped_texts(page.screen) + overlaps(page.screen), timeout=1000
            )
