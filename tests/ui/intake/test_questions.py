"""The questions on the page of the story."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.ids import CaseId
from desktop.services.look_up import case_file
from desktop.ui.intake.pages.story import StoryPage
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.window_page import compose

_CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST, SECOND, APP = (
    "answers.core.ask.contact",
    "answers.core.ask.last_transfer",
    "answers.T01.ask.app",
)


def _progress(page: IntakePage) -> str:
    return page.text("questions_progress")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_question_is_cut_at_the_lower_edge_of_what_is_seen(
    filled: IntakePage, qtbot: QtBot, language: str
) -> None:
    """Whatever the height of the window is."""
    filled.screen.kit.texts.set_language(language)
    filled.go_to(3)
    story = filled.screen.findChild(StoryPage)
    assert story is not None
    for height in range(692, 732, 4):
        filled.screen.resize(1294, height)
        qtbot.waitUntil(lambda: _cut(story) == [])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_below_each_question_stands_what_to_keep_in_mind(filled: IntakePage, language: str) -> None:
    filled.go_to(3)
    filled.screen.kit.texts.set_language(language)
    story = filled.screen.findChild(StoryPage)
    assert story is not None
    rows = story.questions.rows()
    assert {bool(row.question.hints) for row in rows} == {True, False}
    for row in rows:
        asked, reminder = row.question.text(language), row.question.hint(language)
        assert (row.label.text(), row.reminder.text()) == (asked, reminder)
        assert row.reminder.isVisibleTo(row) is bool(reminder)
        assert row.editor.accessibleName() == asked
        assert row.editor.accessibleDescription() == reminder


def _cut(story: StoryPage) -> list[int]:
    """Places of the rows that are seen in part."""
    seen, rows = story.parentWidget(), story.questions.rows()
    assert seen is not None
    tops = [row.mapTo(seen, QPoint(0, 0)).y() for row in rows]
    assert tops[0] < seen.height() < tops[-1], "or there is nothing to cut"
    return [
        place
        for place, (top, row) in enumerate(zip(tops, rows, strict=True))
        if top < seen.height() < top + row.height()
    ]


def test_from_the_type_through_the_questions_to_the_case_and_back(
    page: IntakePage, seat: Seat, make_page: MakePage, alarms: Alarms
) -> None:
    page.fill(victim_name="李秀兰").go_to(3)
    page.press(Qt.Key.Key_0).press(Qt.Key.Key_1)  # the number of the type
    assert page.form.type == "T01"
    assert page.focused_path() == "narrative"
    assert _progress(page).endswith("0/20")
    page.press(Qt.Key.Key_J, _CONTROL)
    assert page.focused_path() == FIRST
    page.type("还开着共享屏幕，已挂断").enter()
    assert page.focused_path() == SECOND
    page.press(Qt.Key.Key_F7).enter()  # not known
    for _ in range(13):
        page.enter()  # a question that is passed over stays open
    assert page.focused_path() == "answers.T01.ask.roles"
    page.focus(APP).type("福利社").press(Qt.Key.Key_J, _CONTROL)
    assert page.focused_path() == "answers.T01.ask.withdrawals"
    assert "3/20" in _progress(page)
    alarms.ring_all()

    again = make_page()  # what a power cut leaves
    assert again.form.answers == page.form.answers
    again.register().register()
    case = case_file(seat.session, CaseId(page.form.case_id)).case
    assert dict(case.answers) == {
        "core.ask.contact": "还开着共享屏幕，已挂断",
        "core.ask.last_transfer": "@unknown",
        "T01.ask.app": "福利社",
    }

    page.screen.resume(case.id)
    page.go_to(3).focus(APP).type("福利社二群")
    page.focus(SECOND).press(Qt.Key.Key_F7).press(Qt.Key.Key_F7).press(Qt.Key.Key_F7)
    page.register().register()
    assert dict(case_file(seat.session, case.id).case.answers) == {
        "core.ask.contact": "还开着共享屏幕，已挂断",
        "T01.ask.app": "福利社二群",
    }


def test_a_digit_typed_before_the_page_was_left_counts_no_more(page: IntakePage) -> None:
    page.go_to(3).press(Qt.Key.Key_0).go_to(1).go_to(3).press(Qt.Key.Key_1)
    assert page.form.type == ""
    page.press(Qt.Key.Key_2)
    assert page.form.type == "T12"


def test_what_another_type_asked_is_kept_for_when_it_is_taken_again(page: IntakePage) -> None:
    page.go_to(3).press(Qt.Key.Key_0).press(Qt.Key.Key_1)
    page.focus(APP).type("福利社")
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    page.press(Qt.Key.Key_0).press(Qt.Key.Key_8)
    assert page.form.type == "T08"
    assert page.window.text("type_chosen") == "冒充公检法"
    assert not page.screen.pages.fields.fields_at(APP)
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    page.press(Qt.Key.Key_0).press(Qt.Key.Key_1)
    assert page.field(APP).value() == "福利社"


def test_enter_belongs_to_the_input_method_while_it_composes(page: IntakePage) -> None:
    page.go_to(3).press(Qt.Key.Key_0).press(Qt.Key.Key_1)
    page.focus(APP)
    compose(page.editor(APP), "fu li")
    page.enter()
    assert page.focused_path() == APP
    event = QInputMethodEvent()
    event.setCommitString("福利")
    QCoreApplication.sendEvent(page.editor(APP), event)
    page.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.focused_path() == APP
    page.enter()
    assert page.focused_path() == "answers.T01.ask.withdrawals"
    assert dict(page.form.answers)["T01.ask.app"] == "福利"


def test_words_take_the_place_of_a_reason_and_a_reason_never_that_of_words(
    page: IntakePage,
) -> None:
    page.go_to(3).press(Qt.Key.Key_0).press(Qt.Key.Key_1)
    page.focus(FIRST).press(Qt.Key.Key_F7).press(Qt.Key.Key_F7)
    assert dict(page.form.answers)["core.ask.contact"] == "@refused"
    page.type("挂了")
    page.press(Qt.Key.Key_F7)
    assert dict(page.form.answers)["core.ask.contact"] == "挂了"
    labels = page.screen.pages.panel.shown.findChildren(QLabel)
    assert any(label.text().startswith("你现在还和对方联系吗") for label in labels)
    page.screen.kit.texts.set_language("en")
    assert any(label.text().startswith("Are you still in contact") for label in labels)


def test_the_story_has_all_the_room_of_its_field(filled: IntakePage) -> None:
    filled.go_to(3)
    field = filled.field("narrative")
    room = field.height() - field.editor.height()
    others = field.label.sizeHint().height() + field.hint.sizeHint().height()
    assert room <= others + 2 * filled.screen.kit.theme.space("space_s")
