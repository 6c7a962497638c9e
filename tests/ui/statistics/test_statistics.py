"""The statistics screen: what it counts, over which days, and what it gives away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.statistics import CaseFigures, Pace
from desktop.domain.errors import AppError, WorldError
from desktop.services.ports import Pdf, StatisticsSheetFacts
from desktop.services.read_statistics import Statistics
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.empty_state import EmptyState
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps
from desktop.ui.statistics.span_text import span_text
from desktop.ui.statistics.statistics_screen import Period, StatisticsScreen, span_of
from tests.ui.centre.fakes import NOW
from tests.ui.pages.file_page import FilePage

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

    def column(self, column: int) -> list[str]:
        model = self.find("statistics_table", QTableView).model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]


@dataclass
class MemoryStatistics:
    """Implements ``StatisticsPort``."""

    cases: tuple[CaseFigures, ...] = CASES
    written: list[tuple[StatisticsSheetFacts, Path]] = field(default_factory=list)
    printed: list[StatisticsSheetFacts] = field(default_factory=list)

    fail_with: AppError | None = None

    def load(self) -> Statistics:
        if self.fail_with is not None:
            raise self.fail_with
        return Statistics(self.cases, PARTS, UNITS, "张掖路派出所", NOW)

    def workbook(self, facts: StatisticsSheetFacts, path: Path) -> None:
        self.written.append((facts, path))

    def sheet(self, facts: StatisticsSheetFacts, at: datetime) -> Pdf:
        assert at == NOW
        self.printed.append(facts)
        return Pdf(b"", 1)


@pytest.fixture
def port() -> MemoryStatistics:
    return MemoryStatistics()


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def make(
    qtbot: QtBot, kit: Kit, port: MemoryStatistics, opened: list[str]
) -> Callable[[], StatisticsPage]:
    def made() -> StatisticsPage:
        names = {"T01": "刷单返利", "T05": "虚假投资理财", "T09": "冒充公检法"}
        screen = StatisticsScreen(kit, port, names.__getitem__, lambda _pdf, t: opened.append(t))
        qtbot.addWidget(screen)
        page = StatisticsPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return made


Make = Callable[[], StatisticsPage]


def test_this_month_by_type_the_greatest_loss_first(make: Make) -> None:
    page = make()
    assert page.column(0) == ["虚假投资理财", "刷单返利"]
    assert page.column(2) == ["450,000", "218,000"]
    assert page.column(4) == ["0%", "63%"]
    tile = page.widget._tiles["stopped"]
    assert tile.figure.text() == "138,000"


def test_what_could_not_be_counted_is_no_nought(make: Make, port: MemoryStatistics) -> None:
    port.fail_with = WorldError("database.server_gone")
    page = make()
    assert {tile.figure.text() for tile in page.widget._tiles.values()} == {"—"}
    assert not any(empty.isVisible() for empty in page.widget.findChildren(EmptyState))
    assert "连不上数据库服务器" in page.message("statistics_banner")
    port.fail_with = None
    page.press(Qt.Key.Key_F5)
    assert page.widget._tiles["reports"].figure.text() == "3"
    assert page.message("statistics_banner") == ""


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
    assert page.column(0) == ["未填", "手机银行", "微信"]
    assert page.widget._tiles["reports"].figure.text() == "4", "a case of two channels counts once"


def test_all_tables_are_exported_and_printed(
    make: Make, port: MemoryStatistics, opened: list[str]
) -> None:
    page = make()
    page.widget.export_to((Path("out.xlsx"),))
    ((facts, path),) = port.written
    assert path == Path("out.xlsx")
    assert [title for title, _ in facts.tables] == ["诈骗类型", "单位", "日期", "转出渠道"]
    assert "out.xlsx" in page.message("statistics_banner")
    page.press(Qt.Key.Key_P, _CTRL)
    assert port.printed[0].total.reports == 3
    assert port.printed[0].period == "本月（2026-11-01 至 2026-11-24）"
    assert opened == ["统计"]


def test_a_period_without_reports_says_so(make: Make) -> None:
    page = make()
    page.click("statistics_period_last_month")
    assert page.column(0) == ["冒充公检法"]
    port = page.widget._port
    assert isinstance(port, MemoryStatistics)
    port.cases = ()
    page.widget.opened()
    assert not page.widget.table.isVisible()
    assert not page.enabled("statistics_export")


def test_periods_are_those_of_the_calendar() -> None:
    start, end = span_of(Period.LAST_MONTH, NOW)
    assert start is not None
    assert end is not None
    assert (start.month, start.day, end.month, end.day) == (10, 1, 11, 1)
    week, _ = span_of(Period.WEEK, NOW)
    assert week is not None
    assert week.weekday() == 0
    assert span_of(Period.ALL, NOW) == (None, None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
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
    make: Make, port: MemoryStatistics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(UNITS, "620102540000", "兰州市公安局城关分局张掖路派出所")
    port.cases = tuple(a_case(2 * day, "T01", 100, 0, day) for day in range(40))
    page = make()
    page.click("statistics_period_all")
    page.click("statistics_by_unit")
    assert page.widget.chart.names == ("…城关分局张掖路派出所",)
    page.click("statistics_by_day")
    days = page.widget.chart.names
    assert (len(days), days[0], days[-1]) == (31, "10-25", "11-24")


def test_the_unit_of_the_axis_is_seen_in_the_dark(make: Make, kit: Kit) -> None:
    page = make()
    kit.theme.set_scheme(Scheme.DARK)
    said = page.widget.chart._plot.getAxis("left").labelString()
    assert kit.theme.color("text_muted").name() in said
