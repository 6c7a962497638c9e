"""Rules as a list: where each comes from, where in it, and what nobody has compared yet."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.law.rule_list import listed_rules
from desktop.domain.law.rules import LegalRule, Unit
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack

DAY = date(2026, 12, 1)
PACK = load_rule_pack(resource_path("rules"))


def a_rule(article: str, note: str = "", until: date | None = None) -> LegalRule:
    return LegalRule("x.y", 1, Unit.DAYS, article, date(2020, 1, 1), DAY, note, until)


@pytest.mark.parametrize(
    ("told", "source", "article"),
    [
        ("程序规定（2020） 第二百三十九条", "程序规定（2020）", "第二百三十九条"),
        ("程序规定第六十二条：写明时限", "程序规定", "第六十二条：写明时限"),
        ("法发〔2016〕32号 二（一）", "法发〔2016〕32号", "二（一）"),
        ("本程序建议：提前提醒", "本程序建议", "提前提醒"),
        ("GB/T 22239-2019：8.1.4.1 a)", "GB/T 22239-2019", "8.1.4.1 a)"),
        ("公通字〔2015〕32号", "公通字〔2015〕32号", ""),
    ],
)
def test_the_source_is_parted_from_the_article(told: str, source: str, article: str) -> None:
    (item,) = listed_rules((a_rule(told),), DAY)
    assert (item.source, item.article) == (source, article)


def test_nothing_of_an_article_is_lost_and_all_in_force_are_listed() -> None:
    listed = listed_rules(PACK.rules, DAY)
    assert len({item.rule.id for item in listed}) == len(listed) == len({r.id for r in PACK.rules})
    for item in listed:
        assert item.source, item.rule.id
        bare = item.rule.article.replace("：", "").replace(" ", "")
        assert (item.source + item.article).replace("：", "").replace(" ", "") == bare


def test_doubt_is_what_the_note_says() -> None:
    told = {item.rule.id: item.doubtful for item in listed_rules(PACK.rules, DAY)}
    assert told["helping.gain"], "an opinion of 2025 was not read"
    assert told["filing.ordinary"]
    assert not told["stop.validity"]
    assert told["freeze.deposit"], "on which day six months end"
    past = a_rule("x", until=date(2021, 1, 1))
    assert listed_rules((past,), DAY) == ()
