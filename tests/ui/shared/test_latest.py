"""Only the latest request is heard of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.latest import Latest
from tests.support.held_runner import HeldRunner


class Heard(QObject):
    """What was delivered."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[str] = []
        self.errors: list[Exception] = []

    def take(self, result: str) -> None:
        self.results.append(result)

    def fail(self, error: Exception) -> None:
        self.errors.append(error)


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


def stops(progress: Progress) -> str:
    progress.check()
    return "not stopped"


def fails(_progress: Progress) -> str:
    raise WorldError("file.in_use")


def test_only_the_latest_is_delivered(heard: Heard) -> None:
    """Whether what was asked before stops in time or is through already."""
    runner = HeldRunner()
    latest = Latest(runner, heard)
    latest.start("db", lambda _progress: "first", heard.take, heard.fail)
    latest.start("files", stops, heard.take, heard.fail)
    latest.start("db", fails, heard.take, heard.fail)
    latest.start("db", lambda _progress: "last", heard.take, heard.fail)
    runner.run_all()
    assert heard.results == ["last"]
    assert heard.errors == []


def test_a_failure_of_the_latest_is_reported(heard: Heard) -> None:
    runner = HeldRunner()
    latest = Latest(runner, heard)
    latest.start("db", lambda _progress: "first", heard.take, heard.fail)
    runner.run_all()
    latest.start("db", fails, heard.take, heard.fail)
    runner.run_all()
    assert heard.results == ["first"]
    assert [str(error) for error in heard.errors] == ["file.in_use"]


@pytest.mark.parametrize("by_the_runner", [True, False])
def test_what_was_stopped_is_not_heard_of(heard: Heard, *, by_the_runner: bool) -> None:
    runner = HeldRunner()
    latest = Latest(runner, heard)
    latest.start("files", stops, heard.take, heard.fail)
    if by_the_runner:
        runner.cancel_all()
    else:
        latest.stop()
    runner.run_all()
    assert (heard.results, heard.errors) == ([], [])


def test_a_result_for_a_page_that_was_left_is_not_heard_of_but_a_failure_is(
    heard: Heard, qtbot: QtBot
) -> None:
    page, runner = QWidget(), HeldRunner()
    qtbot.addWidget(page)
    latest = Latest(runner, heard, page)
    latest.start("db", lambda _progress: "unseen", heard.take, heard.fail)
    runner.run_all()
    latest.start("db", fails, heard.take, heard.fail)
    runner.run_all()
    page.show()
    latest.start("db", lambda _progress: "seen", heard.take, heard.fail)
    runner.run_all()
    assert heard.results == ["seen"]
    assert [type(error) for error in heard.errors] == [WorldError]
    assert not latest.waits
