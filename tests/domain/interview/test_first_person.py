"""A story in the words of who tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.case import Case
from desktop.domain.cases.people.party import ORGANISATION, SELF, Party
from desktop.domain.ids import PartyId
from desktop.domain.interview.first_person import in_anothers_words, in_first_person
from tests.documents.samples import a_case

LAWYER = Party(PartyId("p1"), role="agent", name="王律师")


def story_of(story: str, case: Case | None = None, asked: Party | None = None) -> str:
    case = case or a_case()
    return in_first_person(story, case, asked or case.reporter)


@pytest.mark.parametrize(
    ("noted", "spoken"),
    [
        ("11 月 24 日，李秀兰看到广告，被害人李秀兰转账。", "11 月 24 日，我看到广告，我转账。"),
        ("报案人称受害人的手机被控制", "我称我的手机被控制"),
        ("其他被害人也在群里，还有 3 名受害人", "其他被害人也在群里，还有 3 名受害人"),
        ("被害人家属代付", "被害人家属代付"),
        ("对方让其下载", "对方让其下载"),
    ],
)
def test_the_victim_says_i(noted: str, spoken: str) -> None:
    assert story_of(noted) == spoken


def test_who_speaks_for_another_is_not_the_victim() -> None:
    case = replace(a_case(), parties=(LAWYER,), reported_by=LAWYER.id)
    story = "报案人王律师称，被害人李秀兰被骗"
    assert story_of(story, case) == "我称，被害人李秀兰被骗"
    assert story_of(story, case, case.everyone[0]) == "报案人王律师称，我被骗"


@pytest.mark.parametrize(
    ("story", "unsure"),
    [
        ("我点了链接，转了 8600 元", True),
        ("我父亲点了链接", True),
        ("对方说“我是警察”，李秀兰信了；我所民警劝阻", False),
    ],
)
def test_an_i_is_put_in_nobody_elses_mouth(story: str, unsure: bool) -> None:
    """Neither the victim's in the mouth of who reports for them, nor the other way round, nor in that of a witness."""
    victim = a_case().everyone[0]
    case = replace(a_case(), parties=(LAWYER,), reported_by=LAWYER.id)
    assert in_anothers_words(story, case, LAWYER) is unsure
    assert in_anothers_words(story, case, victim) is unsure
    assert in_anothers_words(story, replace(case, reported_by=SELF), LAWYER) is unsure
    assert not in_anothers_words(story, replace(case, reported_by=SELF), victim)


def test_an_organisation_says_nothing() -> None:
    case = a_case()
    firm = replace(case, victim=replace(case.victim, name="兰州某公司", id_kind=ORGANISATION))
    assert "被害人兰州某公司" in story_of("被害人兰州某公司转账", firm)


@given(st.text(max_size=40), st.text(max_size=8))
def test_any_story_and_any_name_go_through(story: str, name: str) -> None:
    """Names are data: no sign in them is a pattern, and a story without name or word for the person stays."""
    case = replace(a_case(), victim=replace(a_case().victim, name=name))
    words = ("被害人", "受害人", "事主", "报案人")
    changed = story_of(story, case)
    if not any(word in story for word in words) and (len(name) < 2 or name not in story):
        assert changed == story
