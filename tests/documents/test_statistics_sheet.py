"""The workbook of the statistics: numbers that say what they are."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.statistics_sheet import statistics_sheet, statistics_workbook
from desktop.domain.case_file.statistics import Pace, Totals
from desktop.domain.cases.dissuasion import Dissuasions
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.ports import StatisticsSheetFacts
from tests.documents.samples import AT

UNITS = {"小时": 3600, "h": 3600, "分": 60, "min": 60, "秒": 1, "s": 1}
PART = re.compile(r"(\d+) (小时|分|秒|h|min|s)")


def test_every_span_says_that_it_is_minutes_and_nothing_else_does() -> None:
    facts = StatisticsSheetFacts("市反诈中心", "本月", Totals(), (("单位", ()),))
    data = statistics_workbook(facts, FormTexts(Catalogue.load(LANGUAGES[0])))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    head = next(iter(book.get_sheet_by_name("单位").iter_rows()))
    said = [str(cell) for cell in head if "分钟" in str(cell)]
    assert said == [cell for cell in map(str, head) if "到" in cell]
    assert len(said) == 6


def test_the_tables_say_whose_numbers_they_are_and_of_when() -> None:
    facts = StatisticsSheetFacts(
        "市反诈中心", "本月（2026-11-01 至 2026-11-30）", Totals(), (("单位", ()),)
    )
    texts = FormTexts(Catalogue.load(LANGUAGES[0]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(statistics_workbook(facts, texts)))
    assert book.sheet_names == ["单位", "说明"]
    told = [str(row[0]) for row in book.get_sheet_by_name("说明").iter_rows()]
    assert told[:2] == ["统计单位：市反诈中心", "统计时段：本月（2026-11-01 至 2026-11-30）"]


def test_dissuasions_are_counted_apart() -> None:
    apart = Dissuasions(count=3, stopped=2, open=1, saved_fen=8_000_050, calls=5)
    facts = StatisticsSheetFacts("市反诈中心", "本月", Totals(), (("单位", ()),), apart)
    texts = FormTexts(Catalogue.load(LANGUAGES[0]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(statistics_workbook(facts, texts)))
    assert book.sheet_names == ["单位", "预警劝阻", "说明"]
    numbers = list(book.get_sheet_by_name("预警劝阻").iter_rows())[1]
    assert numbers == [3, 5, 2, 1, 80_000.50]
    printed = str(statistics_sheet(facts, texts, AT)["dissuasions"])
    assert "80,000.50" in printed


def test_a_sum_of_nought_is_printed() -> None:
    facts = StatisticsSheetFacts("市反诈中心", "本月", Totals(), (("单位", ()),))
    sheet = statistics_sheet(facts, FormTexts(Catalogue.load(LANGUAGES[0])), AT)
    assert str(sheet["tables"]).count("'0.00'") == 4


@given(seconds=st.integers(0, 10**6), language=st.sampled_from(LANGUAGES))
@example(seconds=59, language="zh_CN")
@example(seconds=60, language="zh_CN")
@example(seconds=3599, language="zh_CN")
@example(seconds=3600, language="zh_CN")
def test_a_printed_time_is_within_its_last_unit_of_the_whole(seconds: int, language: str) -> None:
    """Hours with minutes below sixty, or minutes or seconds alone, below sixty; and so is the slow one beside it."""
    pace = Pace(to_stop=timedelta(seconds=seconds))
    totals = Totals(pace=pace, slow=replace(pace, to_stop=timedelta(seconds=2 * seconds)))
    facts = StatisticsSheetFacts("市反诈中心", "本月", totals, (("单位", ()),))
    sheet = statistics_sheet(facts, FormTexts(Catalogue.load(language)), AT)
    said = next(cell for cell in re.findall(r"'([^']*)'", str(sheet["tables"])) if " / " in cell)
    for printed, meant in zip(said.split(" / "), (seconds, 2 * seconds), strict=True):
        parts = [(int(number), UNITS[unit]) for number, unit in PART.findall(printed)]
        units = [unit for _, unit in parts]
        assert units in ([3600, 60], [60], [1])
        assert 0 <= meant - sum(number * unit for number, unit in parts) < units[-1]
        assert parts[-1][0] < 60
        assert units != [60] or parts[0][0] > 0
