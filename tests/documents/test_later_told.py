"""What was told after the report stands in the papers that rest on it, once, with when and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.supplement_papers import brought_with, case_for_paper
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.ids import PaperId, SupplementId
from desktop.domain.papers.paper import Paper
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICERS, a_file

PAPERS = new_papers()
LATER = AT + timedelta(hours=26)


def made_later(name: str, source: SupplementSource, words: str, **more: object) -> Supplement:
    made: dict[str, object] = {"made_at": LATER, "made_by": "620135", **more}
    return Supplement(SupplementId(name), source, LATER, words, **made)  # type: ignore[arg-type]  # real fields


def supplemented() -> CaseFile:
    file = a_file()
    again = made_later(
        "s2",
        SupplementSource.REPORTER,
        "对方还让我下载了第二个软件。",
        transfers=(file.transfers[-1].id,),
    )
    family = made_later("s1", SupplementSource.FAMILY, "家里还有一笔没说。")
    return replace(file, supplements=(family, again))


def text_of(form: str, file: CaseFile, about: str = "") -> str:
    return all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT, about)).data)


def test_the_person_s_second_hearing_has_its_own_statement() -> None:
    file = supplemented()
    text = text_of("statement", file, "supplement/s2")
    for part in (
        "第2次",
        "你今天来补充反映什么情况？",
        "对方还让我下载了第二个软件。",
        "询问时间：年月日时分至年月日时分",
    ):
        assert part in text, part
    assert OFFICERS["620135"] in text
    assert "".join(file.case.narrative.split())[:20] not in text
    assert "家里还有一笔没说" not in text


def test_until_then_the_first_statement_holds_it_and_afterwards_no_more() -> None:
    file = supplemented()
    text = text_of("statement", file)
    assert "第1次" in text
    assert "2026年11月25日12时31分，你又补充反映了什么情况？" in text
    assert "对方还让我下载了第二个软件。" in text
    own = Paper(PaperId("p2"), "statement", "criminal_2022", LATER, about="supplement/s2")
    apart = replace(file, papers=(own,))
    assert "第二个软件" not in text_of("statement", apart)
    assert file.transfers[-1] not in case_for_paper(apart, "", "statement").transfers
    assert file.transfers[-1] in case_for_paper(apart, "", "administrative_statement").transfers
    assert case_for_paper(apart, "supplement/s2", "statement").transfers == file.transfers[-1:]
    gone = replace(apart, papers=(replace(own, withdrawn="写错"),))
    assert "第二个软件" in text_of("statement", gone), "a paper taken back tells nothing"


@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=4), st.lists(st.integers(-4, 4), max_size=5)
)
def test_each_item_of_evidence_came_with_the_supplement_before_it(
    told: list[int], added: list[int]
) -> None:
    """Of several supplements each brings what was added from then until the next; a paper about none, all of it."""
    file = a_file()
    supplements = tuple(
        replace(made_later(f"s{number}", SupplementSource.FAMILY, "又"), reported_at=_hour(at))
        for number, at in enumerate(told)
    )
    items = tuple(replace(file.evidence[0], added_at=_hour(at)) for at in added)
    whole = replace(file, supplements=supplements, evidence=items)
    for about in ("", "order/1", "supplement/other"):
        assert brought_with(whole, about) == whole
    for number, at in enumerate(told):
        end = min((other for other in told if other > at), default=9)
        found = brought_with(whole, f"supplement/s{number}").evidence
        assert [item.added_at for item in found] == [_hour(one) for one in added if at <= one < end]


def _hour(number: int) -> datetime:
    return AT + timedelta(hours=number)


def test_reports_to_those_who_decide_hold_everything_that_was_recorded() -> None:
    file = supplemented()
    for form in ("filing_report", "freeze_report", "query_report"):
        text = text_of(form, file)
        assert "家属反映：家里还有一笔没说。" in text
        assert "报案人补充：对方还让我下载了第二个软件。" in text


def test_a_supplement_s_evidence_list_holds_what_came_with_it() -> None:
    file = supplemented()
    first, second = file.evidence
    late = replace(second, added_at=LATER + timedelta(minutes=3))
    file = replace(file, evidence=(first, late))
    text = text_of("evidence_list", file, "supplement/s2")
    assert "".join(late.name.split()) in text
    assert "".join(first.name.split()) not in text
