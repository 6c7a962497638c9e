"""What a person types or opens is never behind what is read across cases, and nobody works for a page that was left."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.domain.surveys import give_way
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import open_drafts, save_draft
from desktop.services.look_up import case_file
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import LANES, Lane, work_of
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shared.widgets.tables.list_page import ListPage
from tests.support.endless_reading import read_endlessly
from tests.support.sessions import a_form

_WAIT_S = 20


class Told(QObject):
    """Receives outcomes, by the name of the work."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.errors: list[Exception] = []

    def take(self, result: object) -> None:
        self.results.append(result)

    def fail(self, error: Exception) -> None:
        self.errors.append(error)


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner(monotonic=lambda: 0.0)  # by this clock nothing ever takes too long
    yield made
    made.shutdown()


def _idle(runner: TaskRunner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not runner.busy, timeout=_WAIT_S * 1000)


def test_a_draft_is_saved_a_report_registered_and_a_case_opened_while_a_survey_reads(
    session: Session, runner: TaskRunner, qtbot: QtBot
) -> None:
    survey, desk = Told(), Told()
    begun = threading.Event()
    runner.start("survey", work_of(read_endlessly, session, begun), survey.take, survey.fail)
    assert begun.wait(_WAIT_S)
    runner.start("survey", work_of(open_drafts, session), survey.take, survey.fail)
    form = a_form(session)
    runner.start("input", work_of(save_draft, session, form), desk.take, desk.fail)
    qtbot.waitUntil(lambda: len(desk.results) == 1, timeout=_WAIT_S * 1000)
    assert [draft.form.case_id for draft in open_drafts(session)] == [form.case_id]
    runner.start("input", work_of(register_report, session, form), desk.take, desk.fail)
    qtbot.waitUntil(lambda: len(desk.results) == 2, timeout=_WAIT_S * 1000)
    case = desk.results[1].case
    runner.start("db", work_of(case_file, session, case), desk.take, desk.fail)
    qtbot.waitUntil(lambda: len(desk.results) == 3, timeout=_WAIT_S * 1000)
    assert desk.results[2].case.id == case
    assert survey.results == survey.errors == []  # it still reads, and the next waits for it
    runner.cancel_all("survey")
    _idle(runner, qtbot)
    assert [type(error) for error in survey.errors] == [Cancelled, Cancelled]
    assert open_drafts(session) == ()  # its connection serves on


class _Slow(ListPage[int]):
    def __init__(self, kit: Kit, work: Callable[[Progress], int]) -> None:
        super().__init__(kit, "orders.title", "slow", "orders.keys.title")
        self._work = work
        self.shown: list[int] = []

    def work(self) -> Callable[[Progress], int]:
        return self._work

    def show_view(self, view: int) -> None:
        self.shown.append(view)


def test_leaving_a_page_ends_its_survey_in_the_middle(
    kit: Kit, session: Session, runner: TaskRunner, qtbot: QtBot
) -> None:
    begun = threading.Event()
    stack = QStackedWidget()
    page = _Slow(replace(kit, runner=runner), work_of(read_endlessly, session, begun))
    stack.addWidget(page)
    stack.addWidget(QStackedWidget())
    qtbot.addWidget(stack)
    stack.show()
    page.opened()
    assert begun.wait(_WAIT_S)
    stack.setCurrentIndex(1)
    _idle(runner, qtbot)
    assert page.shown == []
    assert page.banner.isHidden()


def test_a_survey_stands_aside_until_what_a_person_waits_for_is_done(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    told = Told()
    order: list[str] = []
    asked, hold = threading.Event(), threading.Event()

    def pressing(_progress: Progress) -> None:
        assert hold.wait(_WAIT_S)
        order.append("pressing")

    def survey(_progress: Progress) -> None:
        asked.set()
        give_way()
        order.append("survey")

    runner.start("db", pressing, told.take, told.fail)
    runner.start("survey", survey, told.take, told.fail)
    runner.start("files", survey, told.take, told.fail)
    qtbot.waitUntil(asked.is_set, timeout=_WAIT_S * 1000)
    assert order == []
    hold.set()
    _idle(runner, qtbot)
    assert order == ["pressing", "survey", "survey"]
    assert told.errors == []


def test_a_survey_goes_on_beside_what_takes_too_long(qtbot: QtBot) -> None:
    """Otherwise two that wait for each other would wait for ever."""
    now = [0.0]
    runner = TaskRunner(monotonic=lambda: now[0])
    told = Told()
    surveyed = threading.Event()

    def pressing(_progress: Progress) -> bool:
        return surveyed.wait(_WAIT_S)

    def survey(_progress: Progress) -> None:
        give_way()
        surveyed.set()

    runner.start("input", pressing, told.take, told.fail)
    now[0] = 5.0
    runner.start("survey", survey, told.take, told.fail)
    _idle(runner, qtbot)
    runner.shutdown()
    assert sorted(map(str, told.results)) == ["None", "True"]


def test_what_is_done_makes_nothing_else_younger(qtbot: QtBot) -> None:
    """Two lanes that are never both done would keep a survey waiting for ever."""
    now = [0.0]
    runner = TaskRunner(monotonic=lambda: now[0])
    told = Told()
    surveyed, late = threading.Event(), threading.Event()

    def pressing(_progress: Progress) -> bool:
        return surveyed.wait(_WAIT_S)

    def survey(_progress: Progress) -> None:
        give_way()
        surveyed.set()

    runner.start("db", pressing, told.take, told.fail)
    runner.start("input", lambda _progress: late.wait(_WAIT_S), told.take, told.fail)
    now[0] = 5.0
    late.set()
    qtbot.waitUntil(lambda: told.results == [True], timeout=_WAIT_S * 1000)
    runner.start("survey", survey, told.take, told.fail)
    _idle(runner, qtbot)
    runner.shutdown()
    assert told.results.count(True) == 2


def test_who_writes_gives_way_to_nobody(session: Session, runner: TaskRunner, qtbot: QtBot) -> None:
    """Others wait for the turn to write: to stand aside with it would keep them waiting."""
    told = Told()
    writes, waits = threading.Event(), threading.Event()

    def files(progress: Progress) -> str:
        with session.store.write() as transaction:
            writes.set()
            assert waits.wait(_WAIT_S)
            give_way()
            progress.check()
            return transaction.tip(session.profile.device)

    def draft(_progress: Progress) -> object:
        waits.set()
        return save_draft(session, a_form(session))

    runner.start("files", files, told.take, told.fail)
    qtbot.waitUntil(writes.is_set, timeout=_WAIT_S * 1000)
    runner.start("input", draft, told.take, told.fail)
    _idle(runner, qtbot)
    assert len(told.results) == 2
    assert told.errors == []


_Step = tuple[Lane, bool]
"""Where work is started, and whether all of its lane is then cancelled."""


@given(steps=st.lists(st.tuples(st.sampled_from(LANES), st.booleans()), max_size=40))
@settings(max_examples=25, deadline=None)
@pytest.mark.usefixtures("qapp")
def test_each_lane_keeps_its_order_and_everything_has_one_outcome(steps: list[_Step]) -> None:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - as the fixtures of Qt do

    runner = TaskRunner()
    done: defaultdict[Lane, list[int]] = defaultdict(list)
    outcomes: list[Told] = []

    def work(lane: Lane, number: int, progress: Progress) -> int:
        progress.check()
        give_way()
        done[lane].append(number)
        return number

    for number, (lane, cancel) in enumerate(steps):
        outcomes.append(told := Told())
        runner.start(lane, partial(work, lane, number), told.take, told.fail)
        if cancel:
            runner.cancel_all(lane)
    while runner.busy:
        QCoreApplication.processEvents()
    runner.shutdown()
    for lane in ("input", "db", "survey"):
        assert done[lane] == sorted(done[lane])
    for number, told in enumerate(outcomes):
        assert len(told.results) + len(told.errors) == 1
        assert told.results in ([], [number])
        assert {type(error) for error in told.errors} <= {Cancelled}
    kept = {number for number, _ in enumerate(steps) if outcomes[number].results}
    assert kept <= {number for numbers in done.values() for number in numbers}
