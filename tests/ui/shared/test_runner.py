"""Work in threads: order, delivery, cancelling, closing."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEventLoop, QObject, QThread, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import InlineTaskRunner, Runner
from desktop.ui.shared.kit.thread_runner import TaskRunner, YieldingProgress


class Desk(QObject):
    """Receives outcomes."""

    got = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[QThread] = set()

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())
        self.got.emit()

    def fail(self, error: Exception) -> None:
        self.errors.append(error)
        self.got.emit()

    def step(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner(monotonic=itertools.count(step=0.01).__next__)
    yield made
    made.shutdown()


def _number(number: int) -> Callable[[Progress], int]:
    return lambda _progress: number


def test_the_db_lane_keeps_the_order_and_delivers_on_the_gui_thread(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    session = Desk()
    for number in range(200):
        runner.start("db", _number(number), session.take, session.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert session.results == list(range(200))
    assert session.threads == {session.thread()}
    assert not runner.busy


def test_the_db_lane_is_one_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()
    for _ in range(20):
        runner.start("db", lambda _p: threading.get_ident(), session.take, session.fail)
    with qtbot.waitSignal(runner.idle):
        pass
    assert len(set(session.results)) == 1
    assert session.results[0] != threading.get_ident()


def test_two_files_tasks_run_side_by_side(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()
    both = threading.Barrier(2, timeout=10)
    for _ in range(2):
        runner.start("files", lambda _p: both.wait(), session.take, session.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert sorted(session.results) == [0, 1]  # type: ignore[type-var]


def test_long_work_begins_once_it_is_drawn(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()
    drawn: list[bool] = []
    seen: list[bool] = []
    sign = QLabel("…")
    qtbot.addWidget(sign)
    sign.show()
    with qtbot.waitExposed(sign):
        pass
    QApplication.processEvents()
    sign.paintEvent = lambda _event: drawn.append(True)  # type: ignore[method-assign]
    runner.start("files", lambda _p: seen.append(bool(drawn)), session.take, session.fail)
    sign.update()
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert seen == [True]


def test_a_survey_begins_once_what_the_one_before_it_brought_is_drawn(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    drawn: list[bool] = []
    seen: list[bool] = []

    class Sign(QLabel):
        def take(self, text: str) -> None:
            self.setText(text)

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            drawn.append(self.text() == "read")

    sign, desk = Sign("…"), Desk()
    qtbot.addWidget(sign)
    sign.show()
    with qtbot.waitExposed(sign):
        pass
    runner.start("survey", lambda _p: "read", sign.take, desk.fail)
    runner.start("survey", lambda _p: seen.append(any(drawn)), desk.take, desk.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert seen == [True]


def test_a_survey_begins_while_what_the_one_before_it_brought_asks_something(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    asked: list[bool] = []
    question = QEventLoop()

    class Asking(Desk):
        def take(self, result: object) -> None:
            super().take(result)
            asked.append(question.exec() == 0)

        def answer(self, result: object) -> None:
            super().take(result)
            question.quit()

    desk = Asking()
    QTimer.singleShot(10_000, question, lambda: question.exit(1))
    runner.start("survey", lambda _p: "first", desk.take, desk.fail)
    runner.start("survey", lambda _p: "second", desk.answer, desk.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert (desk.results, asked) == (["first", "second"], [True])


def test_surveys_asked_for_by_what_came_keep_their_order(runner: TaskRunner, qtbot: QtBot) -> None:
    class Asking(Desk):
        def take(self, result: object) -> None:
            super().take(result)
            if result == "first":
                runner.start("survey", lambda _p: "third", self.take, self.fail)

    desk = Asking()
    runner.start("survey", lambda _p: "first", desk.take, desk.fail)
    runner.start("survey", lambda _p: "second", desk.take, desk.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    runner.start("survey", lambda _p: "fourth", desk.take, desk.fail)
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        pass
    assert desk.results == ["first", "second", "third", "fourth"]


def test_errors_arrive_as_they_were_raised(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()

    def work(_progress: Progress) -> None:
        raise WorldError("disk.full", need=2, free=1)

    runner.start("files", work, session.take, session.fail)
    with qtbot.waitSignal(session.got):
        pass
    assert isinstance(session.errors[0], WorldError)
    assert session.errors[0].params == {"need": 2, "free": 1}


def test_cancelling_stops_at_the_next_check(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()
    started, cancelled = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        cancelled.wait(10)
        progress.check()

    handle = runner.start("files", work, session.take, session.fail)
    qtbot.waitUntil(started.is_set, timeout=10_000)
    handle.cancel()
    cancelled.set()
    with qtbot.waitSignal(session.got):
        pass
    assert isinstance(session.errors[0], Cancelled)
    assert session.results == []
    assert handle.finished


def test_progress_is_thinned_and_ends_whole(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()

    def work(progress: Progress) -> None:
        for done in range(1, 1001):
            progress.advance(done, 1000)

    runner.start("files", work, session.take, session.fail, session.step)
    with qtbot.waitSignal(runner.idle):
        pass
    # The clock of the test moves 10 ms a call: ten seconds of work, twenty reports a second at most.
    assert len(session.steps) <= 201
    assert session.steps[-1] == (1000, 1000)


def test_byte_counts_beyond_32_bits_pass(runner: TaskRunner, qtbot: QtBot) -> None:
    session = Desk()
    huge = 5 * 2**32
    runner.start("files", lambda p: p.advance(huge, huge), session.take, session.fail, session.step)
    with qtbot.waitSignal(runner.idle):
        pass
    assert session.steps == [(huge, huge)]


@pytest.mark.parametrize("gone", [True, False])
def test_nothing_is_delivered_to_the_dead(runner: TaskRunner, qtbot: QtBot, gone: bool) -> None:
    session, watcher = Desk(), Desk()
    results = session.results
    hold = threading.Event()
    runner.start("db", lambda _p: hold.wait(10), session.take, session.fail)
    if gone:
        delete(session)
    hold.set()
    runner.start("db", _number(1), watcher.take, watcher.fail)
    with qtbot.waitSignal(runner.idle):
        pass
    assert results == ([] if gone else [True])
    assert watcher.results == [1]


def test_shutdown_waits_and_silences(qtbot: QtBot) -> None:
    runner = TaskRunner()
    session = Desk()
    begun, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress.check()
        finally:
            ended.set()

    runner.start("files", work, session.take, session.fail)
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    runner.start("db", _number(1), session.take, session.fail)
    runner.start("files", _number(1), session.take, session.fail)
    runner.shutdown()
    assert ended.is_set()
    qtbot.wait(1)
    assert session.results == []
    assert session.errors == []
    with pytest.raises(RuntimeError):
        runner.start("db", _number(1), session.take, session.fail)


def test_only_methods_of_objects_are_called_back(runner: TaskRunner) -> None:
    for either in (runner, InlineTaskRunner()):
        results: list[object] = []
        assert isinstance(either, TaskRunner | InlineTaskRunner)
        target: Runner = either
        with pytest.raises(TypeError):
            target.start("db", _number(1), results.append, results.append)
    assert not runner.busy


def test_a_failing_callback_does_not_hold_up_the_next(runner: TaskRunner, qtbot: QtBot) -> None:
    class Clumsy(Desk):
        def take(self, result: object) -> None:
            raise ValueError

    clumsy, session = Clumsy(), Desk()
    with qtbot.captureExceptions() as caught:
        runner.start("db", _number(1), clumsy.take, clumsy.fail)
        runner.start("db", _number(2), session.take, session.fail)
        with qtbot.waitSignal(session.got):
            pass
    assert [kind for kind, _value, _trace in caught] == [ValueError]
    assert session.results == [2]


def test_inline_does_the_same_at_once() -> None:
    session = Desk()
    runner = InlineTaskRunner()
    runner.start("db", _number(3), session.take, session.fail)

    def work(_progress: Progress) -> None:
        raise Cancelled

    handle = runner.start("files", work, session.take, session.fail)
    assert session.results == [3]
    assert isinstance(session.errors[0], Cancelled)
    assert handle.finished


def test_work_that_gives_way_is_cancelled_and_tells_its_progress_as_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []

    class Heard:
        def advance(self, done: int, total: int) -> None:
            told.append((done, total))

        def check(self) -> None:
            told.append("check")
            if len(told) > 4:
                raise Cancelled

    monkeypatch.setattr("time.sleep", lambda seconds: told.append(seconds < 0.01))
    work = YieldingProgress(Heard())
    work.advance(1, 2)
    work.check()
    work.check()
    with pytest.raises(Cancelled):
        work.check()
    assert told == [(1, 2), "check", True, "check", True, "check"]
