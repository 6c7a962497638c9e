"""A form gives what was typed once everything is in order, and says beside its fields what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserInputError, WorldError
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    switch,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Option
from tests.ui.pages.window_page import WindowPage

WAYS = (Option("one", text="一"), Option("other", text="二"))


def _short(filled: FilledForm) -> str:
    return "tasks.dialog.empty" if len(filled["number"]) < 3 else ""


def _other(filled: FilledForm) -> bool:
    return filled["way"] == "other"


FORM = Form(
    "trial",
    "tasks.dialog.title",
    "tasks.dialog.accept",
    (
        FormText("tasks.dialog.text"),
        (
            Input("number", "tasks.dialog.text", DIGITS, needed=True, check=_short),
            Input("at", "tasks.dialog.due", MOMENT),
        ),
        Input("way", "tasks.dialog.kind", switch(WAYS)),
        Input("reason", "tasks.dialog.text", needed=True, when=_other),
        Input("secret", "shared.second.password", SECRET),
        Input("draft", "tasks.dialog.own", tick, value=True),
    ),
)


class Shown:
    """The open dialog, and what it gave."""

    def __init__(self, qtbot: QtBot, host: QWidget, dialog: FormDialog) -> None:
        self.dialog, self.page = dialog, WindowPage(qtbot, dialog)
        self.given: list[FilledForm] = []
        dialog.given.connect(self.given.append)
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        self.host = host

    def allowed(self) -> bool:
        return self.page.find("trial_accept").isEnabled()

    def enter(self) -> None:
        QTest.keyClick(self.page.find("trial_number"), Qt.Key.Key_Return)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_it_gives_what_stands_in_its_fields(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, FORM))
    assert shown.dialog.focusWidget() is shown.page.find("trial_number")
    assert not shown.allowed()
    shown.page.fill("trial_number", " 1234 ")
    shown.page.fill("trial_at", "10:12")
    shown.page.fill("trial_secret", " 1 ")
    shown.enter()
    (filled,) = shown.given
    assert (filled["number"], filled["secret"], filled["way"]) == ("1234", " 1 ", "one")
    assert filled.moment("at").minute == 12
    assert filled.ticked("draft")
    assert shown.dialog.isVisible(), "whoever takes it closes the dialog"


def test_what_is_hidden_is_neither_needed_nor_given(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, FORM))
    shown.page.fill("trial_number", "1234")
    shown.page.click("trial_way_other")
    assert shown.page.find("trial_reason").isVisible()
    assert not shown.allowed()
    shown.page.fill("trial_reason", "x")
    assert shown.allowed()
    shown.page.click("trial_way_one")
    assert not shown.page.find("trial_reason").isVisible()
    shown.enter()
    assert (shown.given[0]["reason"], shown.given[0]["unheard of"]) == ("", "")


def test_what_is_wrong_is_said_beside_its_field(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, FORM))
    shown.page.fill("trial_number", "12")
    shown.enter()
    assert shown.page.find("trial_number_hint").isVisible()
    shown.page.fill("trial_number", "1234")
    assert not shown.page.find("trial_number_hint").isVisible(), "mended is no longer wrong"
    shown.page.fill("trial_at", "10:77")
    shown.enter()
    assert shown.dialog.focusWidget() is shown.page.find("trial_at")
    assert shown.page.find("trial_at_hint").isVisible()
    assert shown.given == []


def test_an_error_forgets_secrets_alone(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, FORM))
    shown.page.fill("trial_number", "1234")
    shown.page.fill("trial_secret", "geheim")
    shown.dialog.show_error(WorldError("disk.full", need=1, free=0))
    assert shown.page.find("trial_banner").isVisible()
    filled = shown.dialog.filled()
    assert (filled["number"], filled["secret"]) == ("1234", "")


def test_one_that_waits_gives_nothing_more_until_it_is_answered(
    qtbot: QtBot, kit: Kit, host: QWidget
) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, replace(FORM, waits=True)))
    shown.page.fill("trial_number", "1234")
    shown.enter()
    shown.page.fill("trial_number", "12345")
    shown.enter()
    assert len(shown.given) == 1
    shown.dialog.show_error(WorldError("disk.full", need=1, free=0))
    shown.enter()
    assert len(shown.given) == 2


def test_what_is_not_offered_is_not_accepted_by_key(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, FORM))
    shown.page.fill("trial_number", "1234")
    shown.dialog.offer(offered=False)
    shown.enter()
    assert shown.given == []
    shown.dialog.offer(offered=True)
    shown.enter()
    assert len(shown.given) == 1


def test_what_cannot_be_made_of_it_is_an_error_in_its_place(
    qtbot: QtBot, kit: Kit, host: QWidget
) -> None:
    class Refusing(FormDialog):
        def outcome(self, filled: FilledForm) -> object:
            raise UserInputError("task.empty")

    shown = Shown(qtbot, host, Refusing(kit, host, replace(FORM, closes=True)))
    shown.page.fill("trial_number", "1234")
    shown.enter()
    assert shown.page.find("trial_banner").isVisible()
    assert shown.dialog.isVisible()
    assert shown.given == []


def test_escape_gives_nothing(qtbot: QtBot, kit: Kit, host: QWidget) -> None:
    shown = Shown(qtbot, host, FormDialog(kit, host, replace(FORM, closes=True)))
    shown.page.fill("trial_number", "1234")
    with qtbot.waitSignal(shown.dialog.rejected):
        QTest.keyClick(shown.dialog, Qt.Key.Key_Escape)
    assert shown.given == []
