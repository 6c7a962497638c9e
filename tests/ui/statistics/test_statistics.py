"""The statistics screen: what it counts, over which days, and what it gives away."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.case_register import write_register
from desktop.app.pages.pages_of_both import write_workbook
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.figure_tallies import rows_of, tallies_of, whole
from desktop.domain.case_file.statistics import CaseFigures, GroupBy, Pace
from desktop.domain.cases.dissuasion import Dissuasions
from desktop.domain.errors import AppError, WorldError
from desktop.domain.progress import Progress
from desktop.services.cases.changes.register_report import register_report
from desktop.services.ports import Pdf
from desktop.services.read_statistics import Span, Statistics
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.tile import Tile
from desktop.ui.shared.widgets.texts.measured_time import span_text
from desktop.ui.statistics.bar_chart import BarChart
from desktop.ui.statistics.statistics_screen import Period, StatisticsScreen, span_of
from tests.support.clocks import START as NOW
from tests.support.sessions import a_form
from tests.support.strict import all_of
from tests.support.texts import zh
from tests.ui.pages.file_page import FilePage
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.words import words_in

UNITS = {"620102540000": "张掖路派出所", "620102560000": "酒泉路派出所"}
_CTRL = Qt.KeyboardModifier.ControlModifier


def a_case(number: int, kind: str, fen: int, held: int, days: int = 0) -> CaseFigures:
    unit = tuple(UNITS)[number % 2]
    pace = Pace(timedelta(minutes=3 + number), timedelta(minutes=20), timedelta(hours=9))
    return CaseFigures(
        f"c{number}", NOW - timedelta(days=days), unit, kind, "", fen, held, held // 2, 0, pace
    )


CASES = (
    a_case(1, "T01", 9_800_000, 9_800_000),
    a_case(2, "T01", 12_000_000, 4_000_000, 3),
    a_case(3, "T05", 45_000_000, 0, 9),
    a_case(4, "T09", 530_000, 530_000, 40),
)
PARTS = (
    CaseFigures("c1", NOW, "620102540000", "T01", "mobile_bank", 9_000_000, 9_000_000),
    CaseFigures("c1", NOW, "620102540000", "T01", "wechat", 800_000, 800_000),
    CaseFigures("c2", NOW, "620102540000", "T01", "", 12_000_000),
)


class StatisticsPage(FilePage):
    """Figures, chart, table."""

    widget: StatisticsScreen

    def figure(self, name: str) -> str:
        return self.find(f"statistics_tile_{name}", Tile).figure.text()

    def column(self, column: int) -> list[str]:
        model = self.find("statistics_table", QTableView).model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]


@dataclass
class Counted:
    """What counting the cases comes to."""

    cases: tuple[CaseFigures, ...] = CASES
    error: AppError | None = None

    def __call__(
        self, _session: Session, _progress: Progress, span_of: Callable[[datetime], Span]
    ) -> Statistics:
        if self.error is not None:
            raise self.error
        since, before = span_of(NOW)

        def within(some: tuple[CaseFigures, ...]) -> tuple[CaseFigures, ...]:
            late = (item for item in some if since is None or item.accepted_at >= since)
            return tuple(item for item in late if before is None or item.accepted_at < before)

        tallies = tallies_of(within(self.cases), within(PARTS))
        rows = {by: rows_of(tallies, by) for by in GroupBy}
        return Statistics(
            whole(tallies),
            rows,
            UNITS,
            "张掖路派出所",
            NOW,
            Dissuasions(count=3, stopped=2, open=1, saved_fen=8_000_000),
        )


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Figures of a year and two units."""
    made = Counted()
    monkeypatch.setattr("desktop.ui.statistics.statistics_screen.read_statistics", made)
    return made


@pytest.fixture
def opened() -> list[tuple[str, Pdf]]:
    return []


@pytest.fixture
def make(
    qtbot: QtBot, kit: Kit, session: Session, opened: list[tuple[str, Pdf]]
) -> Callable[[], StatisticsPage]:
    def open_paper(pdf: Pdf, title: str) -> None:
        opened.append((title, pdf))

    def made() -> StatisticsPage:
        names = {"T01": "刷单返利", "T05": "虚假投资理财", "T09": "冒充公检法"}
        screen = StatisticsScreen(
            kit, session, names.__getitem__, open_paper, write_workbook, write_register
        )
        qtbot.addWidget(screen)
        page = StatisticsPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return made


Make = Callable[[], StatisticsPage]


def test_the_cases_of_the_desk_are_counted(make: Make, session: Session) -> None:
    register_report(session, a_form(session))
    page = make()
    assert page.column(0) == ["刷单返利"]
    assert page.column(2) == ["98,000"]
    register_report(session, a_form(session, "马强"))
    page.press(Qt.Key.Key_F5)
    assert page.column(1) == ["2"]


@pytest.mark.usefixtures("counted")
def test_this_month_by_type_the_greatest_loss_first(make: Make) -> None:
    page = make()
    assert page.column(0) == ["虚假投资理财", "刷单返利"]
    assert page.column(2) == ["450,000", "218,000"]
    assert page.column(4) == ["0%", "63%"]
    assert page.figure("stopped") == "138,000"


def test_what_could_not_be_counted_is_no_nought(make: Make, counted: Counted) -> None:
    counted.error = WorldError("database.server_gone")
    page = make()
    assert {tile.figure.text() for tile in page.widget.findChildren(Tile)} == {"—"}
    assert not any(empty.isVisible() for empty in page.widget.findChildren(EmptyState))
    assert "连不上数据库服务器" in page.message("statistics_banner")
    counted.error = None
    page.press(Qt.Key.Key_F5)
    assert page.figure("reports") == "3"
    assert page.message("statistics_banner") == ""


@pytest.mark.usefixtures("counted")
def test_other_days_and_other_rows(make: Make) -> None:
    page = make()
    page.click("statistics_period_today")
    assert page.column(1) == ["1"]
    page.click("statistics_period_all")
    page.click("statistics_by_unit")
    assert sorted(page.column(0)) == ["张掖路派出所", "酒泉路派出所"]
    page.click("statistics_by_day")
    assert page.column(0) == sorted(page.column(0))
    page.click("statistics_by_channel")
    assert page.column(0) == [
        zh("statistics.unknown"),
        zh("centre.channel.mobile_bank"),
        zh("centre.channel.wechat"),
    ]
    assert page.figure("reports") == "4", "a case of two channels counts once"


@pytest.mark.usefixtures("counted")
def test_all_tables_are_exported_and_printed(
    make: Make, opened: list[tuple[str, Pdf]], tmp_path: Path
) -> None:
    page = make()
    page.widget.export_to((tmp_path / "out.xlsx",))
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        named = re.findall(r'sheet name="(.*?)"', book.read("xl/workbook.xml").decode())
    assert named[:-1] == [
        zh("statistics.by.type"),
        zh("statistics.by.unit"),
        zh("statistics.by.day"),
        zh("statistics.by.channel"),
        zh("documents.period_sheet.dissuasion.title"),
    ]
    assert "out.xlsx" in page.message("statistics_banner")
    page.press(Qt.Key.Key_P, _CTRL)
    ((title, pdf),) = opened
    printed = pdf.data.decode()
    assert title == zh("statistics.title")
    assert "reports=3," in printed
    assert "period='本月（2026-11-01 至 2026-11-24）'" in printed


def _choosers() -> list[QWidget]:
    every = QApplication.topLevelWidgets()
    return [top for top in every if top.objectName() == "file_chooser"]


@pytest.mark.parametrize("whole", [False, True])
def test_the_register_of_the_period_is_written(
    qtbot: QtBot, make: Make, session: Session, tmp_path: Path, *, whole: bool
) -> None:
    register_report(session, a_form(session))
    page = make()
    page.press(Qt.Key.Key_E, _CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = page.dialog("register_dialog")
    if whole:
        QTest.keyClick(dialog.widget.focusWidget(), Qt.Key.Key_Space)
    dialog.click("register_accept")
    page.choose_in_dialog(tmp_path)
    qtbot.waitUntil(lambda: not _choosers())  # Qt does not bear both dialogs to go at once
    written = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert len(written) == 3
    assert all_of(name in page.message("statistics_banner") for name in written)
    texts = "".join(path.read_text("utf-8-sig") for path in tmp_path.glob("*.csv"))
    assert ("13919364417" in texts) is whole


def test_a_period_without_reports_says_so(make: Make, counted: Counted) -> None:
    page = make()
    page.click("statistics_period_last_month")
    assert page.column(0) == ["冒充公检法"]
    counted.cases = ()
    page.widget.opened()
    assert not page.widget.table.isVisible()
    assert not page.enabled("statistics_export")
    assert not page.enabled("statistics_register")


def test_periods_are_those_of_the_calendar() -> None:
    start, end = span_of(Period.LAST_MONTH, NOW)
    assert start is not None
    assert end is not None
    assert (start.month, start.day, end.month, end.day) == (10, 1, 11, 1)
    week, _ = span_of(Period.WEEK, NOW)
    assert week is not None
    assert week.weekday() == 0
    assert span_of(Period.ALL, NOW) == (None, None)


@pytest.mark.usefixtures("counted")
def test_a_switch_of_the_language_leaves_no_word_behind(make: Make, kit: Kit) -> None:
    page = make()
    kit.texts.set_language("en")
    assert words_in(page.widget) == words_in(make().widget)


def test_the_picture_is_drawn_anew_in_another_language(kit: Kit, qtbot: QtBot) -> None:
    drawn: list[str] = []

    class Chart(BarChart):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            drawn.append(kit.texts.language)

    chart = Chart(kit)
    qtbot.addWidget(chart)
    with qtbot.waitExposed(chart):
        chart.show()
    qtbot.waitUntil(lambda: "zh_CN" in drawn)
    kit.texts.set_language("en")
    qtbot.waitUntil(lambda: "en" in drawn)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(make: Make, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    page = make()
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []
    assert (page.widget.width(), page.widget.height()) == (1294, 692)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(100, "1.7 分钟"), (3599, "59 分钟"), (3600, "1.0 小时"), (23_000, "6.4 小时"), (171_980, "47 小时"),
     (3 * 86_400, "3 天")],
)  # fmt: skip
def test_a_measured_time_ends_where_seconds_say_nothing(kit: Kit, seconds: int, shown: str) -> None:
    assert span_text(kit.texts, timedelta(seconds=seconds)) == shown


def test_below_the_bars_units_keep_their_ends_and_a_month_its_days(
    make: Make, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(UNITS, "620102540000", "兰州市公安局城关分局张掖路派出所")
    counted.cases = tuple(a_case(2 * day, "T01", 100, 0, day) for day in range(40))
    page = make()
    page.click("statistics_period_all")
    page.click("statistics_by_unit")
    assert page.widget.chart.names == ("…城关分局张掖路派出所",)
    page.click("statistics_by_day")
    days = page.widget.chart.names
    assert (len(days), days[0], days[-1]) == (31, "10-25", "11-24")


def test_bars_are_as_high_as_what_they_stand_for_in_the_dark_too(
    make: Make, kit: Kit, counted: Counted
) -> None:
    counted.cases = (a_case(1, "T01", 40_000_000, 10_000_000, 1),)
    page = make()
    kit.theme.set_scheme(Scheme.DARK)
    picture = page.widget.chart.grab().toImage()
    middle = range(picture.height())
    high = {
        name: max(
            sum(picture.pixelColor(x, y) == kit.theme.color(name) for y in middle)
            for x in range(picture.width() // 4)
        )
        for name in ("red", "green")
    }
    assert high["red"] > picture.height() / 3
    assert high["green"] == pytest.approx(high["red"] / 4, abs=2)
