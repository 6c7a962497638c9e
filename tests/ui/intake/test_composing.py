"""Half a word in the input method is neither sent nor lost nor left behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethod, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.ids import CaseId
from tests.ui.intake.doubles import ShakyServices
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.window_page import compose, type_text

_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_enter_belongs_to_the_input_method_while_it_composes(page: IntakePage) -> None:
    page.focus("victim.name")
    compose(page.focused(), "wang")
    page.enter()
    assert page.focused_path() == "victim.name"
    assert page.form.victim.name == ""
    type_text(page.focused(), "王")
    assert page.form.victim.name == "王"
    page.enter()
    assert page.focused_path() == "victim.id_number"


@pytest.mark.parametrize("path", ["victim.name", "narrative", "lead_value"])
def test_no_key_of_the_page_acts_while_it_composes(
    filled: IntakePage, shaky: ShakyServices, path: str
) -> None:
    filled.go_to({"victim.name": 1, "narrative": 3, "lead_value": 4}[path])
    page = filled.screen.page
    filled.focus(path)
    compose(filled.focused(), "wang")
    filled.next().stop().register().go_to(5)
    assert filled.screen.page == page
    assert not filled.has_dialog("stop_dialog")
    type_text(filled.focused(), "王")
    filled.next()
    assert filled.screen.page == page + 1


def test_enter_does_not_add_a_lead_while_it_composes(page: IntakePage) -> None:
    page.go_to(4)
    type_text(page.focused(), "abc")
    compose(page.focused(), "ruan jian")
    page.enter()
    assert not page.form.identifiers
    type_text(page.focused(), "软件")
    page.enter()
    assert [item.value for item in page.form.identifiers] == ["abc软件"]


def test_half_a_word_never_reaches_the_next_report(page: IntakePage) -> None:
    page.focus("victim.name")
    compose(page.focused(), "wang")
    first = page.form.case_id
    page.screen.begin()
    type_text(page.focused(), "王")
    assert (page.form.case_id, page.form.victim.name) == (first, "王")
    page.screen.begin()
    assert page.form.case_id != first
    assert page.field("victim.name").value() == ""


def test_what_an_input_method_commits_is_what_is_saved(
    page: IntakePage, shaky: ShakyServices
) -> None:
    page.focus("victim.name")
    for part in ("欧阳", "𠮷", "·", "买买提"):
        compose(page.focused(), "x")
        type_text(page.focused(), part)
    page.screen.flush()
    saved: IntakeForm = shaky.saved[-1]
    assert saved.victim.name == "欧阳𠮷·买买提"
    page.screen.resume(CaseId(saved.case_id))
    assert page.field("victim.name").value() == "欧阳𠮷·买买提"


@pytest.fixture(name="cutting")
def an_input_method_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to finish, it drops the word, as IBus and fcitx 5 do on X11."""

    def drop(_method: QInputMethod) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, QInputMethodEvent())

    monkeypatch.setattr(QInputMethod, "commit", drop)


@pytest.mark.usefixtures("cutting")
def test_a_name_cut_to_letters_is_asked_about_once(
    filled: IntakePage, shaky: ShakyServices
) -> None:
    filled.go_to(1)
    filled.focus("victim.name").press(Qt.Key.Key_End)
    compose(filled.focused(), "zhao liu")
    filled.next()
    assert filled.screen.page == 0
    assert filled.focused_path() == "victim.name"
    assert "zhao liu" in filled.toast()
    type_text(filled.focused(), "赵六")  # over the letters, which are marked
    assert filled.form.victim.name.endswith("赵六")
    assert "zhao" not in filled.form.victim.name
    filled.next()
    assert filled.screen.page == 1


@pytest.mark.usefixtures("cutting")
def test_letters_that_are_meant_stay(filled: IntakePage) -> None:
    filled.go_to(3)
    filled.focus("narrative")
    compose(filled.focused(), "wechat")
    filled.next().next()
    assert filled.screen.page == 3
    assert filled.form.narrative.endswith("wechat")


@pytest.mark.usefixtures("cutting")
def test_a_chosen_word_that_is_cut_needs_no_question(filled: IntakePage) -> None:
    filled.go_to(1)
    filled.focus("victim.name")
    compose(filled.focused(), "赵六")
    filled.next()
    assert filled.screen.page == 1


@pytest.mark.parametrize("path", ["victim.name", "narrative"])
def test_a_word_dropped_in_going_elsewhere_stays(page: IntakePage, path: str) -> None:
    page.go_to({"victim.name": 1, "narrative": 3}[path]).focus(path)
    editor = page.focused()
    compose(editor, "zhao liu")
    QApplication.sendEvent(
        editor, QInputMethodEvent()
    )  # Qt asked it to finish, and it dropped the word
    page.screen.setFocus(Qt.FocusReason.MouseFocusReason)
    assert page.field(path).value() == "zhao liu"
    page.next()
    assert "zhao liu" in page.toast(), "asked about, though the keyboard was elsewhere"


def test_a_word_that_was_taken_back_does_not_return(page: IntakePage) -> None:
    page.focus("victim.name")
    editor = page.focused()
    compose(editor, "zhao liu")
    QApplication.sendEvent(editor, QInputMethodEvent())
    QApplication.processEvents()  # the next key comes in a turn of its own
    page.enter()
    page.screen.setFocus(Qt.FocusReason.MouseFocusReason)
    assert page.form.victim.name == ""
    page.next()
    assert page.toast() == ""


def test_a_word_that_is_committed_in_going_elsewhere_is_not_doubled(page: IntakePage) -> None:
    page.focus("victim.name")
    editor = page.focused()
    compose(editor, "zhao liu")
    type_text(editor, "赵六")  # chosen: no question
    compose(editor, "wang")
    committed = QInputMethodEvent()
    committed.setCommitString("wang")
    QApplication.sendEvent(editor, committed)
    page.screen.setFocus(Qt.FocusReason.MouseFocusReason)
    assert page.form.victim.name == "赵六wang"
    page.next()
    assert "wang" in page.toast()


def test_letters_that_nobody_takes_stand_behind_half_a_word(page: IntakePage) -> None:
    page.focus("victim.name")
    compose(page.focused(), "zhao")
    page.press(Qt.Key.Key_X)  # its input method died: the key comes to the field
    assert page.form.victim.name == "zhaox"
    page.next()
    assert "zhao" in page.toast()


def test_rare_characters_of_a_name_come_in_by_the_input_method(page: IntakePage) -> None:
    page.focus("victim.name").type("𠮷田𫖯")
    assert (page.form.victim.name, page.state("victim.name"), page.hint("victim.name")) == (
        "𠮷田𫖯", "", "",
    )  # fmt: skip
