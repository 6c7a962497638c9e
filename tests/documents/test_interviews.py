"""The record of interview: its words by kind of case, what the law asks of it, and questions with their answers."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.cases.interview import FIRST, Interview
from desktop.domain.cases.people.party import Party
from desktop.domain.ids import PartyId
from desktop.services.ports import PaperFacts
from tests.documents.interviews import FORMS, KINDS, documents, facts_of, lines_of
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, page_texts, squeezed
from tests.documents.samples import AT, OFFICERS, a_file, hostile_file
from tests.support.sessions import take_seat
from tests.support.sweep import examples

PAPERS = new_papers()
GOLDEN = Path(__file__).with_name("interviews.toml")
CLAUSES = (
    "第1次", "询问时间：", "至", "询问地点：", "询问人（签名）：", "记录人（签名）：", "工作单位：", "被询问人：",
    "性别：", "年龄：", "出生日期：", "身份证件种类及号码：", "人大代表：", "现住址：", "联系方式：", "户籍所在地：",
    "到达时间：", "离开时间：", "同步录音录像：", "在场人员（法定代理人、翻译人员）：", "首页权利义务告知",
    "如实提供证据", "询问个别进行", "上述内容已经知悉", "更正、补充", "捺指印",
    "以上笔录我看过（或向我宣读过），和我说的相符。", "法定代理人、翻译人员：",
)  # fmt: skip
"""What the law and the prescribed form ask of it (程序规定第二百零六条、第二百一十条至第二百一十二条)."""
NEVER = ("卡农", "轻生念头", "另行处理", "→")


@cache
def golden() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(GOLDEN.read_text("utf-8"))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_case_prints_these_words(tmp_path: Path, kind: str) -> None:
    facts = facts_of(take_seat(tmp_path, "A"), kind, FORMS[0])
    for form in FORMS:
        pdf = PAPERS.render(form, facts).data
        assert "\n".join(lines_of(pdf)) + "\n" == golden()[form][kind]
        text = all_text(pdf)
        assert [clause for clause in CLAUSES if clause not in text] == []
        assert [word for word in NEVER if word in text] == []
        parted(pdf)


def parted(pdf: bytes) -> None:
    """Every page that ends a question begins its answer, and is signed."""
    for page in page_texts(pdf):
        body = squeezed(page)
        assert body.rfind("问：") <= body.rfind("答："), page[-400:]
        assert "被询问人（签名、捺指印）：" in body


def test_the_golden_words_are_of_all_kinds_and_none_else() -> None:
    assert {form: tuple(kinds) for form, kinds in golden().items()} == dict.fromkeys(FORMS, KINDS)
    assert set(documents()) < set(KINDS)


def record_of(interview: Interview, **facts: Any) -> str:
    file = a_file()
    case = replace(file.case, interviews=(interview,), **facts)
    pdf = PAPERS.render("statement", PaperFacts(replace(file, case=case), OFFICERS, AT)).data
    return all_text(pdf)


def test_the_time_is_the_interviews_own_or_blank() -> None:
    accepted = "2026年11月24日10时20分"
    unknown = record_of(Interview())
    assert "询问时间：年月日时分至年月日时分" in unknown
    known = record_of(Interview(began=AT))
    assert "询问时间：2026年11月24日10时31分至年月日时分" in known
    assert accepted not in unknown + known
    assert "翻译人员）：首页" in unknown, "nobody said who was there"
    assert "翻译人员）：无首页" in known
    named = record_of(Interview(asker="620135", recorder="620134", place="医院病房"))
    assert "询问地点：医院病房询问人（签名）：马晓燕（警号620135）王建国（警号620134）" in named


def test_who_is_asked_is_whoever_was_named() -> None:
    mother = Party(
        PartyId("p1"), role="guardian", name="王芳", relation="母亲", phone="13893100027"
    )
    text = record_of(Interview(asked="p1"), parties=(mother,))
    assert "被询问人：王芳" in text
    assert "身份、与被害人的关系：监护人；被害人：李秀兰；与被害人关系：母亲" in text
    story = {"parties": (mother,), "narrative": "我点了链接。"}
    assert "我点了链接" not in record_of(Interview(asked="p1"), **story), "whose words they may be"
    assert "我点了链接" in record_of(Interview(), **story)
    gone = record_of(Interview(asked="nobody"), parties=(mother,))
    assert "被询问人：李秀兰" in gone
    alone = record_of(Interview(absent="父母在外地", present="班主任张老师"))
    assert "班主任张老师；法定代理人未到场，原因：父母在外地" in alone


@settings(max_examples=examples(15))
@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 1800), st.integers(1, 4)),
        min_size=1,
        max_size=12,
    )
)
def test_no_question_is_parted_from_its_answer(pairs: list[tuple[int, int, int]]) -> None:
    """Whatever was asked and however long the answers are."""
    lines = [
        f"问：{'问' * asked}？\n答：" + "\n".join(["答" * told] * parts)
        for asked, told, parts in pairs
    ]
    facts = PaperFacts(a_file(), OFFICERS, AT)
    pdf = PAPERS.render("statement", facts, {"statement": "\n".join(lines)}).data
    parted(pdf)


def test_what_is_hostile_is_printed_as_it_is() -> None:
    file = hostile_file()
    words = "#eval(1) " + "长" * 3900
    strange = Interview(FIRST, AT, AT, words, words, words, "p1", words, words)
    case = replace(file.case, interviews=(strange,))
    facts = PaperFacts(replace(file, case=case), OFFICERS, AT)
    for form in FORMS:
        text = all_text(PAPERS.render(form, facts).data)
        assert text.count("#eval(1)") >= 4
    whole = "问：\n" + "答" * 60_000
    pdf = PAPERS.render("statement", facts, {"statement": whole}).data
    assert all_text(pdf).count("答") >= 60_000
