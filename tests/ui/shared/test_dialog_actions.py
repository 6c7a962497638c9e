"""An action belongs to the dialog it was typed in: sent off once, and no other dialog is closed by its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WorldError
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.pages.banner import Banner
from tests.support.held_runner import HeldRunner


class AskDialog(DialogFrame):
    """A dialog that can say why."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window, "supplement.dialog.done")
        self.banner = Banner(kit, "ask_banner")
        self.body.addWidget(self.banner)

    def show_error(self, error: Exception) -> None:
        self.banner.show_error(error)


class SampleActions(DialogActions):
    """What a page does, and what the desk then has."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window)
        self.recorded: list[str] = []
        self.notes: list[str] = []

    def ask(self, done_key: str) -> AskDialog:
        dialog = AskDialog(self._kit, self._window)
        self._show(dialog, done_key)
        return dialog

    def send(self, word: str) -> None:
        self._do(lambda: self.recorded.append(word))

    def send_in_vain(self) -> None:
        self._do(_no_room)

    def digest(self) -> None:
        self._run_alone(work_of(self.recorded.append, "digest"), lane="files")


def _no_room() -> None:
    raise WorldError("disk.full")


@pytest.fixture
def runner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def actions(
    qtbot: QtBot, kit: Kit, runner: HeldRunner, monkeypatch: pytest.MonkeyPatch
) -> SampleActions:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = SampleActions(replace(kit, runner=runner), window)
    say: Callable[..., None] = lambda _kit, _window, key: made.notes.append(key)  # noqa: E731
    monkeypatch.setattr("desktop.ui.shared.dialogs.dialog_actions.toast", say)
    return made


def test_what_is_sent_off_twice_is_recorded_once(
    actions: SampleActions, runner: HeldRunner
) -> None:
    dialog = actions.ask("supplement.dialog.done")
    actions.send("seal")
    actions.send("seal")
    runner.run_all()
    assert actions.recorded == ["seal"]
    assert actions.notes == ["supplement.dialog.done"]
    assert not dialog.isVisible()


def test_a_refused_action_says_why_and_can_be_sent_again(
    actions: SampleActions, runner: HeldRunner
) -> None:
    dialog = actions.ask("supplement.dialog.done")
    actions.send_in_vain()
    runner.run_all()
    assert dialog.isVisible()
    assert not dialog.banner.isHidden()
    actions.send("seal")
    runner.run_all()
    assert actions.recorded == ["seal"]
    assert not dialog.isVisible()


def test_the_end_of_an_action_leaves_the_dialog_opened_meanwhile(
    qtbot: QtBot, actions: SampleActions, runner: HeldRunner
) -> None:
    first = actions.ask("supplement.dialog.done")
    actions.send("seal")
    first.reject()
    second = actions.ask("merge.dialog.done")
    actions.send("merge")
    with qtbot.waitSignal(actions.changed):
        runner.run_next()
    assert second.isVisible()
    assert actions.notes == ["supplement.dialog.done"]
    runner.run_all()
    assert not second.isVisible()
    assert actions.recorded == ["seal", "merge"]


def test_work_typed_nowhere_closes_no_dialog_and_says_nothing_of_it(
    actions: SampleActions, runner: HeldRunner
) -> None:
    actions.digest()
    dialog = actions.ask("supplement.dialog.done")
    runner.run_all()
    assert actions.recorded == ["digest"]
    assert dialog.isVisible()
    assert actions.notes == []


def test_no_dialog_opens_over_a_page_that_was_turned_to_meanwhile(
    qtbot: QtBot, kit: Kit, runner: HeldRunner
) -> None:
    """Read for one page, it opened over the next, and the key meant for that answered it."""
    window = QStackedWidget()
    pages = [QWidget(), QWidget()]
    for page in pages:
        window.addWidget(page)
    qtbot.addWidget(window)
    window.show()
    actions = SampleActions(replace(kit, runner=runner), pages[0])
    window.setCurrentWidget(pages[1])
    assert not actions.ask("supplement.dialog.done").isVisible()
    window.setCurrentWidget(pages[0])
    assert actions.ask("supplement.dialog.done").isVisible()
