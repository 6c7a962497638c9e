"""The search runs beside the window: it tells how far it is, is stopped at once, and leaves what was found before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.analysis.case_links import groups
from desktop.analysis.like_stories import like_stories
from desktop.domain.errors import Cancelled
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.series.series import (
    Edge,
    LinkedCases,
    Series,
    SeriesSheet,
)
from desktop.domain.time.clock import from_wire
from desktop.services.series.find_series import FoundSeries
from desktop.services.session import Session
from desktop.ui.series.series_screen import SeriesScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.thread_runner import TaskRunner
from tests.ui.pages.window_page import WindowPage

AT = from_wire("2026-11-24T02:31:07.000Z")


def a_series(name: str, loss: int) -> Series:
    """Two cases that share an account."""
    cases = (CaseId(f"{name}1"), CaseId(f"{name}2"))
    return Series(LinkedCases(cases, ("6230520010037788994",)), loss, 2, AT, AT)


class SlowSearch:
    """A search that goes on until it is let go or stopped, and counts."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)
        self.searches = 0
        self.found = FoundSeries((a_series("a", 5), a_series("b", 3)), ())
        self.shown: list[Series] = []
        """All that any search gave: a sheet may still be asked for when the next one finds others."""

    def __call__(self, _session: Session, progress: Progress, most: int) -> FoundSeries:
        self.searches += 1
        progress.advance(250, 1000)
        self.begun.release()
        while not self.go.wait(0.005):
            progress.check()
        self.shown += self.found.series
        every = self.found.series
        return replace(self.found, series=every[:most], left_off=max(len(every) - most, 0))

    def show(self, _session: Session, case: CaseId, progress: Progress) -> SeriesSheet:
        progress.check()
        series = next(item for item in self.shown if case in item.group.cases)
        return SeriesSheet(series, (), (), (), (), (), proposed=frozenset(), events=())


@pytest.fixture
def threaded(kit: Kit) -> Iterator[Kit]:
    runner = TaskRunner()
    yield replace(kit, runner=runner)
    runner.shutdown()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSearch]:
    made = SlowSearch()
    monkeypatch.setattr("desktop.ui.series.series_screen.find_series", made)
    monkeypatch.setattr("desktop.ui.series.series_screen.show_series", made.show)
    yield made
    made.go.set()


@pytest.fixture
def page(threaded: Kit, qtbot: QtBot, session: Session, slow: SlowSearch) -> WindowPage:
    makers = (lambda _cases: (QWidget(), lambda: None),) * 2
    screen = SeriesScreen(threaded, session, str, makers, proposes=False)
    qtbot.addWidget(screen)
    shown = WindowPage(qtbot, screen)
    shown.show(1294, 692)
    return shown


def losses(page: WindowPage) -> list[int]:
    assert isinstance(page.widget, SeriesScreen)
    return [series.loss_fen for series in page.widget.table.rows.rows]


def search(page: WindowPage) -> None:
    QTest.keyClick(page.widget, Qt.Key.Key_F5)


def test_a_search_tells_how_far_it_is_and_the_window_goes_on(
    page: WindowPage, slow: SlowSearch
) -> None:
    search(page)
    page.qtbot.waitUntil(lambda: slow.begun.acquire(blocking=False))
    status = page.find("series_work_status", QLabel)
    page.qtbot.waitUntil(lambda: status.text().startswith("25 %"))
    assert page.find("series_work").isVisible()
    slow.go.set()
    page.qtbot.waitUntil(lambda: losses(page) == [5, 3])
    page.qtbot.waitUntil(lambda: not page.find("series_work").isVisible())


def test_a_stopped_search_leaves_what_was_found_before(page: WindowPage, slow: SlowSearch) -> None:
    slow.go.set()
    search(page)
    page.qtbot.waitUntil(lambda: losses(page) == [5, 3])
    page.qtbot.waitUntil(lambda: not page.find("series_work").isVisible())
    slow.go.clear()
    slow.found = FoundSeries((a_series("c", 9),), ())
    while slow.begun.acquire(blocking=False):
        pass
    search(page)
    page.qtbot.waitUntil(lambda: slow.begun.acquire(blocking=False))
    page.click("series_work_cancel")
    page.qtbot.waitUntil(lambda: not page.find("series_work").isVisible())
    assert losses(page) == [5, 3]
    assert "已停止查找" in page.text("series_banner_message")
    slow.go.set()
    search(page)
    page.qtbot.waitUntil(lambda: losses(page) == [9])


def test_what_was_said_during_a_search_is_searched_again(
    page: WindowPage, slow: SlowSearch
) -> None:
    search(page)
    page.qtbot.waitUntil(lambda: slow.begun.acquire(blocking=False))
    search(page)
    search(page)
    slow.go.set()
    page.qtbot.waitUntil(lambda: slow.searches == 2)
    page.qtbot.waitUntil(lambda: not page.find("series_work").isVisible())
    assert slow.searches == 2, "two wishes, one search"


def test_more_than_anybody_reads_is_reported_and_not_listed(
    page: WindowPage, slow: SlowSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.series.series_screen._LISTED", 1)
    slow.found = FoundSeries(tuple(a_series(name, 5) for name in "abcdefgh"), ())
    slow.go.set()
    search(page)
    page.qtbot.waitUntil(lambda: losses(page) == [5])
    told = [label.text() for label in page.widget.findChildren(QLabel) if label.isVisible()]
    assert any("另有 7 个没有列出" in text for text in told)


def test_a_search_stops_wherever_it_is() -> None:
    """Each stage of the reckoning asks; none goes on to its end."""

    class Stopped:
        def advance(self, done: int, total: int) -> None:
            """Nobody looks."""

        def check(self) -> None:
            raise Cancelled

    links = [Edge(f"6{n}", (f"a{n}", f"b{n}")) for n in range(3)]
    with pytest.raises(Cancelled):
        groups(links, (), (), Stopped())
    told = [(CaseId(name), "刷单返利" * 30) for name in ("a", "b")]
    with pytest.raises(Cancelled):
        like_stories(told, 60, 40, None, Stopped())
