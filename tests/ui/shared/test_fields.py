"""Fields: commit, hints, input methods, times by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import parse_local, show_local, step_unit
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.password_field import PasswordField
from tests.support.clocks import START
from tests.support.texts import zh
from tests.ui.conftest import BEIJING
from tests.ui.pages.window_page import WindowPage, compose, type_text


@pytest.fixture
def form(kit: Kit, qtbot: QtBot) -> WindowPage:
    widget = QWidget()
    qtbot.addWidget(widget)
    rows = QVBoxLayout(widget)
    options = (Option("bank", text="手机银行"), Option("wallet", key="shared.save"))
    for field in (
        TextField(kit, "name", "shared.save"),
        TextField(kit, "other", "shared.cancel", digits=True),
        PasswordField(kit, "secret", "shared.save"),
        LongTextField(kit, "story", "shared.save"),
        ComboField(kit, "channel", "shared.save", options),
        DateTimeField(kit, "when", "shared.save"),
    ):
        rows.addWidget(field)
    page = WindowPage(qtbot, widget)
    page.show(400, 600)
    return page


def test_commit_comes_once_with_enter_or_leaving_and_only_after_a_change(
    form: WindowPage, qtbot: QtBot
) -> None:
    field = form.find("name_field", TextField)
    commits: list[str] = []
    field.committed.connect(commits.append)
    field.setFocus()
    form.press(Qt.Key.Key_Tab)
    assert commits == []
    form.fill("name", "王小明")
    assert commits == ["王小明"]
    field.setFocus()
    form.press(Qt.Key.Key_Return)
    assert commits == ["王小明"]
    form.type_here("a")
    form.press(Qt.Key.Key_Return)
    assert commits == ["王小明", "王小明a"]


def test_a_value_from_the_program_is_neither_edited_nor_committed(
    form: WindowPage, qtbot: QtBot
) -> None:
    field: QWidget
    for name, value in (("name", "李"), ("story", "经过"), ("channel", "wallet"), ("secret", "x")):
        field = form.find(f"{name}_field")
        assert isinstance(field, TextField | LongTextField | ComboField | PasswordField)
        with qtbot.assertNotEmitted(field.edited), qtbot.assertNotEmitted(field.committed):
            field.set_value(value)
            field.setFocus()
            form.press(Qt.Key.Key_Tab)
        assert field.value() == value


def test_enter_while_composing_neither_commits_nor_reaches_the_default_button(
    kit: Kit, form: WindowPage, qtbot: QtBot
) -> None:
    dialog = DialogFrame(kit, form.widget, "shared.save")
    field = TextField(kit, "inner", "shared.save")
    dialog.body.addWidget(field)
    button = dialog.add_button("shared.save", closes=False)
    dialog.set_default(button)
    presses: list[str] = []
    button.clicked.connect(lambda: presses.append("pressed"))
    commits: list[str] = []
    field.committed.connect(commits.append)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    field.setFocus()
    compose(field.editor, "wang")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert (presses, commits) == ([], [])
    type_text(field.editor, "王")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert commits == ["王"]
    assert len(presses) == 1
    dialog.close()


def test_names_and_hints_follow_the_language(kit: Kit, form: WindowPage) -> None:
    field = form.find("name_field", TextField)
    field.set_hint_key(Tone.WARN, "shared.field.not_a_time")
    assert field.editor.property("state") == "amber"
    assert field.editor.accessibleDescription() == field.hint.text()
    kit.texts.set_language("en")
    assert field.editor.accessibleName() == "Save"
    assert form.text("name_hint").startswith("Not a time")


def test_a_choice_shows_words_in_the_language_and_keeps_its_value(
    kit: Kit, form: WindowPage, qtbot: QtBot
) -> None:
    field = form.find("channel_field", ComboField)
    field.setFocus()
    with qtbot.waitSignal(field.committed) as told:
        form.press(Qt.Key.Key_Down)
    assert told.args == ["wallet"]
    assert field.combo.currentText() == zh("shared.save")
    kit.texts.set_language("en")
    assert field.combo.currentText() == "Save"
    assert field.value() == "wallet"
    field.set_value("unknown")
    assert field.value() == ""


def test_capitals_without_shift_give_caps_lock_away(form: WindowPage) -> None:
    field = form.find("secret_field", PasswordField)
    QTest.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert field.hint.isHidden()
    # A press as the system sends it while Caps Lock is on: a capital, and no Shift.
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field.editor, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier
    )
    assert form.text("secret_hint") == zh("shared.field.caps_on")
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field.editor, Qt.Key.Key_A, "a", Qt.KeyboardModifier.NoModifier
    )
    assert field.hint.isHidden()
    assert field.value() == "aAa"


def test_tab_leaves_a_field_of_several_lines_and_enter_stays(form: WindowPage) -> None:
    field = form.find("story_field", LongTextField)
    field.setFocus()
    type_text(field.editor, "一")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    type_text(field.editor, "二")
    assert field.value() == "一\n二"
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert not field.editor.hasFocus()


def _at(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-24 10:12:35", _at(2026, 11, 24, 10, 12, 35)),
        ("2026年11月24日 10时12分35秒", _at(2026, 11, 24, 10, 12, 35)),
        ("２０２６／１１／２４　１０：１２", _at(2026, 11, 24, 10, 12)),
        ("20261124101235", _at(2026, 11, 24, 10, 12, 35)),
        ("11-24 10:12:35", _at(2026, 11, 24, 10, 12, 35)),
        ("11241012", _at(2026, 11, 24, 10, 12)),
        ("10:12", _at(2026, 11, 24, 10, 12)),
        ("10:12:35", _at(2026, 11, 24, 10, 12, 35)),
        ("101235", _at(2026, 11, 24, 10, 12, 35)),
        ("1012", _at(2026, 11, 24, 10, 12)),
        ("23:50", _at(2026, 11, 23, 23, 50)),  # ahead of now: yesterday's
        ("12-30 08:00", _at(2025, 12, 30, 8, 0)),  # ahead of now: last year's
        ("2026-11-24", None),
        ("25:61", None),
        ("11-31 10:00", None),
        ("13-01 10:00", None),
        ("昨天", None),
        ("", None),
        ("99", None),
    ],
)
def test_times_as_people_type_them(typed: str, meant: datetime | None) -> None:
    assert parse_local(typed, START, BEIJING) == meant


def test_what_is_shown_is_understood_again() -> None:
    assert parse_local(show_local(START, BEIJING), START, BEIJING) == START
    assert parse_local(show_local(START), START) == START


def test_units_step_and_carry() -> None:
    assert step_unit("2026-12-31 23:59:59", 19, 1) == "2027-01-01 00:00:00"
    assert step_unit("2026-12-31 23:59:59", 6, 1) == "2027-01-31 23:59:59"
    assert step_unit("2026-01-15 10:00:00", 2, -1) == "2025-01-15 10:00:00"
    assert step_unit("2026-01-31 10:00:00", 6, 1) is None
    assert step_unit("10:00", 1, 1) is None


def test_a_time_is_completed_on_commit_and_stepped_by_keys(form: WindowPage, qtbot: QtBot) -> None:
    field = form.find("when_field", DateTimeField)
    form.fill("when", "1012")
    assert field.value() == "2026-11-24 10:12:00"
    assert field.instant() == _at(2026, 11, 24, 10, 12)
    field.line.setFocus()
    field.line.setCursorPosition(15)
    with qtbot.waitSignal(field.edited):
        form.press(Qt.Key.Key_Up)
    assert field.value() == "2026-11-24 10:13:00"
    form.fill("when", "77")
    assert field.instant() is None
    assert field.editor.property("state") == "red"


@pytest.mark.parametrize(
    "reason", [Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ActiveWindowFocusReason]
)
@pytest.mark.parametrize(("name", "kind"), [("name", TextField), ("story", LongTextField)])
def test_who_comes_back_types_on_behind_what_stands_there(
    form: WindowPage, name: str, kind: type[TextField | LongTextField], reason: Qt.FocusReason
) -> None:
    field = form.find(f"{name}_field", kind)
    field.set_value("138")
    field.editor.setFocus(reason)
    form.type_here("00")
    assert field.value() == "13800"
