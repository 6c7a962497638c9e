"""One piece of long work at a time, and the button that stops it stops just that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from tests.support.held_runner import HeldRunner


@pytest.fixture
def runner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def card(qtbot: QtBot, kit: Kit, runner: HeldRunner) -> WorkCard:
    made = WorkCard(replace(kit, runner=runner), "items")
    qtbot.addWidget(made)
    return made


def count(progress: Progress) -> int:
    progress.check()
    return 7


def test_other_work_waits_and_its_end_comes_after_the_card_is_gone(
    kit: Kit, runner: HeldRunner, card: WorkCard
) -> None:
    work = OneWork(replace(kit, runner=runner), card, card)
    told: list[tuple[object, bool, bool]] = []
    failed: list[Exception] = []

    def done(result: object) -> None:
        told.append((result, work.busy, card.isHidden()))

    assert work.start("sync.import.looking", count, done, failed.append)
    assert work.busy
    assert not card.isHidden()
    assert not work.start("sync.import.working", count, done, failed.append)
    (task,) = runner.tasks
    task.run()
    assert told == [(7, False, True)]
    assert failed == []
    assert work.start("sync.import.working", count, done, failed.append)


def test_whatever_is_going_on_is_what_stops(kit: Kit, runner: HeldRunner, card: WorkCard) -> None:
    work = OneWork(replace(kit, runner=runner), card, card)
    done: list[int] = []
    failed: list[Exception] = []
    for _ in range(2):
        work.start("sync.import.looking", count, done.append, failed.append)
        card.cancelled.emit()
        runner.tasks.pop().run()
    assert [type(error) for error in failed] == [Cancelled, Cancelled]
    assert done == []
    assert not work.busy
