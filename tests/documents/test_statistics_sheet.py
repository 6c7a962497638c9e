"""The workbook of the statistics: numbers that say what they are."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from desktop.documents.form_words import FormWords
from desktop.documents.statistics_sheet import statistics_workbook
from desktop.domain.case_statistics import totals
from desktop.runtime.catalogue import LANGUAGES, Catalogue
from desktop.services.ports import StatisticsSheetFacts


def test_every_span_says_that_it_is_minutes_and_nothing_else_does() -> None:
    facts = StatisticsSheetFacts("市反诈中心", "本月", totals(()), (("单位", ()),))
    data = statistics_workbook(facts, FormWords(Catalogue.load(LANGUAGES[0])))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    head = next(iter(book.get_sheet_by_name("单位").iter_rows()))
    said = [str(cell) for cell in head if "分钟" in str(cell)]
    assert said == [cell for cell in map(str, head) if "到" in cell]
    assert len(said) == 6
