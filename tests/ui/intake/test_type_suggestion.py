"""The types proposed on the page of the story: reason words, one key to take one, nothing decided by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.ui.shared.widgets.input.line_edit import TextEdit
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.looks import each_look

STORY = "😀群里做任务返利，后来老师带我在平台投资，提不出来"
QUARREL = "邻居装修把我家墙敲裂了，说好赔两千，一直拖着不给，见面就吵"
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def story_page(page: IntakePage, alarms: Alarms) -> IntakePage:
    page.go_to(3).focus("narrative").type(STORY)
    alarms.ring_all()
    return page


def suggestion(page: IntakePage) -> QWidget:
    found: QWidget | None = page.screen.findChild(QWidget, "type_suggestion")
    assert found is not None
    return found


def marked(page: IntakePage) -> set[str]:
    editor = page.editor("narrative")
    assert isinstance(editor, TextEdit)
    return {mark.cursor.selectedText() for mark in editor.extraSelections()}  # type: ignore[attr-defined]


def test_two_types_with_their_words_are_proposed_and_none_chosen(story_page: IntakePage) -> None:
    assert suggestion(story_page).isVisible()
    assert story_page.form.type == ""
    assert "老师带" in story_page.text("suggestion_0_reasons")
    assert "做任务" in story_page.text("suggestion_1_reasons")
    assert {word[:3] for word in marked(story_page)} >= {"老师带", "做任务"}


def test_the_verdict_and_what_to_ask_stand_beside_them(page: IntakePage, alarms: Alarms) -> None:
    page.go_to(3).focus("narrative").type(QUARREL)
    alarms.ring_all()
    assert page.text("suggestion_verdict") == page.screen.kit.texts.text(
        "suggestion.verdict.not_fraud"
    )
    assert page.text("suggestion_question")
    assert page.form.type == ""


def test_one_key_takes_the_first_and_the_words_lose_their_colour(story_page: IntakePage) -> None:
    story_page.press(Qt.Key.Key_Q, _ALT)
    assert story_page.form.type == "T02"
    assert not suggestion(story_page).isVisible()
    assert not marked(story_page)
    story_page.press(Qt.Key.Key_T, _ALT)  # to take another
    assert suggestion(story_page).isVisible()
    story_page.press(Qt.Key.Key_W, _ALT)
    assert story_page.form.type == "T01"


def test_without_a_story_nothing_is_proposed(page: IntakePage, alarms: Alarms) -> None:
    page.go_to(3)
    alarms.ring_all()
    assert not suggestion(page).isVisible()
    page.press(Qt.Key.Key_Q, _ALT)
    assert page.form.type == ""


def test_it_fits_in_both_languages_and_themes(story_page: IntakePage) -> None:
    for _ in each_look(story_page.screen.kit):
        story_page.window.qtbot.waitUntil(
            lambda: not clipped_texts(story_page.screen) + overlaps(story_page.screen),
            timeout=2000,
        )
