"""Enquiries, tip-offs and dissuasions at the counter, by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.case import Visit
from desktop.domain.ids import CaseId
from desktop.journal.kinds import CASE_CONVERTED
from desktop.services.look_up import case_file, history
from desktop.ui.shared.kit.theme import Scheme
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.intake import IntakePage

_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
REPORT, ENQUIRY, TIP, DISSUASION = range(1, 5)


def take(page: IntakePage, number: int) -> IntakePage:
    """Alt+1 … Alt+4."""
    return page.press(Qt.Key(Qt.Key.Key_0 + number), _ALT)


def test_an_enquiry_from_the_first_key_to_the_register(
    page: IntakePage, seat: Seat, make_page: MakePage, alarms: Alarms
) -> None:
    take(page, ENQUIRY)
    assert page.focused_path() == "narrative"  # what was asked comes first
    page.type("短信里的贷款要先交 2000 元保证金，能不能交？")
    page.press(Qt.Key.Key_J, _CONTROL)
    assert page.focused_path() == "answers.enquiry.ask.lost"
    page.type("@=nothing").enter().enter().enter()
    assert page.focused_path() == "answers.enquiry.ask.answer"
    page.type("放款前收费的都是诈骗").enter()
    page.press(Qt.Key.Key_Space)
    page.next().fill(reporter_name="马晓梅")
    alarms.ring_all()
    again = make_page()  # what a power cut leaves
    assert again.form == page.form
    again.go_to(4).register()
    case = case_file(seat.session, CaseId(page.form.case_id)).case
    assert case.visit is Visit.ENQUIRY
    assert dict(case.answers) == {
        "enquiry.ask.lost": "@=nothing",
        "enquiry.ask.answer": "放款前收费的都是诈骗",
        "enquiry.advice.no_transfer": "@yes",
    }
    offered = [row.id for row in again.screen.pages.papers.offered()]
    assert offered == ["enquiry_guidance", "guidance"][: len(offered)]


def test_what_must_be_done_at_once_stands_below_the_answer(page: IntakePage) -> None:
    take(page, DISSUASION)
    page.focus("answers.dissuasion.ask.money_sent").type("@=some")
    assert "止付" in page.hint("answers.dissuasion.ask.money_sent")
    page.type("@=none")
    assert page.hint("answers.dissuasion.ask.money_sent") == ""


def test_a_dissuasion_becomes_a_report_with_all_that_was_typed(
    page: IntakePage, seat: Seat
) -> None:
    take(page, DISSUASION).fill(narrative="在宾馆找到本人")
    page.next().fill(reporter_name="赵国强", reporter_phone="13609310027")
    page.go_to(6).register()
    take(page, REPORT).go_to(1)
    assert page.field("victim.name").value() == "赵国强"
    page.register().register()
    told = history(seat.session, CaseId(page.form.case_id))
    assert [row.kind for row in told if row.kind == CASE_CONVERTED] == [CASE_CONVERTED]
    case = case_file(seat.session, CaseId(page.form.case_id)).case
    assert (case.visit, case.converted_from) == (Visit.REPORT, "dissuasion")
    assert case.narrative == "在宾馆找到本人"


def test_the_steps_are_those_of_the_visit_and_go_round_nothing(page: IntakePage) -> None:
    take(page, TIP)
    assert page.text("page_title") == page.screen.kit.texts.text("intake.identifiers.title")
    seen = [page.screen.page]
    for _ in range(6):
        page.next()
        seen.append(page.screen.page)
    assert seen == [3, 2, 1, 4, 5, 5, 5]
    page.go_to(6)  # there are five
    assert page.screen.page == 5
    page.stop()
    assert not page.has_dialog("stop_dialog")


def test_a_blank_form_that_changed_its_kind_leaves_no_draft(page: IntakePage, seat: Seat) -> None:
    take(page, TIP)
    take(page, REPORT)
    assert page.form.untouched
    assert page.form.converted_from == ""
    assert page.focused_path() == "victim.name"


@pytest.fixture
def plain(page: IntakePage) -> Iterator[IntakePage]:
    yield page
    page.screen.kit.theme.set_scheme(Scheme.LIGHT)


@pytest.mark.parametrize("number", [ENQUIRY, TIP, DISSUASION])
@pytest.mark.parametrize("size", [(1294, 692), (1020, 538)])
def test_every_step_of_every_visit_fits(
    plain: IntakePage, number: int, size: tuple[int, int]
) -> None:
    page = plain.show(*size)
    take(page, number)
    for place in range(1, len(page.screen.way.steps) + 1):
        page.go_to(place)
        for language in ("en", "zh_CN"):
            page.screen.kit.texts.set_language(language)
            page.window.qtbot.waitUntil(
                lambda: not clipped_texts(page.screen) + overlaps(page.screen), timeout=1000
            )
