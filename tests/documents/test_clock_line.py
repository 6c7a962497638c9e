"""Papers say by how much the clock that took their times is off, where that is known and matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.documents.case_forms.typst_papers import clock_line
from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.installation.clock_offset import ClockOffset
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, page_texts
from tests.documents.samples import AT, OFFICERS, a_file, an_order
from tests.support.strict import all_of

PAPERS = new_papers()
SLOW = ClockOffset(133, AT, "620134")
FACTS = PaperFacts(a_file(), OFFICERS, AT)


def text_of(form: str, facts: PaperFacts) -> str:
    return all_text(PAPERS.render(form, facts).data)


@pytest.mark.parametrize(
    "form", ["stop_application", "acceptance_register", "statement", "extraction_record"]
)
def test_a_paper_with_times_says_by_how_much_its_clock_is_off(form: str) -> None:
    shown = "本机时钟比北京时间慢2分13秒（2026年11月24日10时31分比对），本机记录的时间未作改正"
    off = replace(FACTS, clock=SLOW)
    pages = page_texts(PAPERS.render(form, off).data)
    assert all_of(shown in "".join(page.split()) for page in pages)
    assert "本机时钟" not in text_of(form, FACTS)
    assert len(pages) == PAPERS.render(form, FACTS).pages, "a line in the footer takes no page"


def test_a_paper_without_times_says_nothing_of_clocks() -> None:
    assert "本机时钟" not in text_of("victim_rights", replace(FACTS, clock=SLOW))


def test_the_application_of_one_order_says_it_too() -> None:
    order = an_order(FACTS.file.transfers[0])
    data = PAPERS.stop_form(FACTS.file, order, OFFICERS, AT, SLOW).data
    assert "慢2分13秒" in all_text(data)


def test_a_later_comparison_makes_no_signed_paper_differ() -> None:
    off = replace(FACTS, clock=SLOW)
    assert PAPERS.printed_facts("statement", off) == PAPERS.printed_facts("statement", FACTS)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-3600, "快 1 小时（"), (90_061, "慢 1 天 1 小时 1 分 1 秒（"), (-61, "快 1 分 1 秒（")],
)
def test_the_length_is_shown_in_whole_units(seconds: int, shown: str) -> None:
    texts = FormTexts(Catalogue.load("zh_CN"))
    assert shown in clock_line(ClockOffset(seconds, AT, ""), texts)


def test_nothing_is_said_of_a_clock_that_is_right() -> None:
    texts = FormTexts(Catalogue.load("zh_CN"))
    assert clock_line(None, texts) == clock_line(ClockOffset(0, AT, ""), texts) == ""
