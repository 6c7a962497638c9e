"""Links between cases: what shares a value belongs together, hubs link nothing, and what people said holds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from desktop.analysis.case_linker import Linker
from desktop.analysis.case_links import edges, groups
from desktop.analysis.like_stories import Sketches, like_stories
from desktop.domain.ids import CaseId
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.series import LinkedCases, lead_key, link_key
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.hub_list import load_hub_list

CASES = "abcdefgh"
pairs = st.lists(st.tuples(st.sampled_from("123456"), st.sampled_from(CASES)), max_size=24)
said = st.sets(st.sets(st.sampled_from(CASES), min_size=2, max_size=2).map(frozenset), max_size=5)


def shared(rows) -> list[tuple[str, tuple[str, ...]]]:
    """Each value that two or more cases hold, with them."""
    held: dict[str, set[str]] = {}
    for value, case in rows:
        held.setdefault(value, set()).add(case)
    return [(value, tuple(sorted(held[value]))) for value in sorted(held) if len(held[value]) > 1]


def found(rows, together=frozenset(), apart=frozenset(), most: int = 50) -> list[LinkedCases]:
    links, _ = edges(shared(rows), most, lambda _normal: False)
    return sorted(groups(links, together, apart))


def reached(rows, case: str) -> set[str]:
    """By brute force: everybody who can be walked to over shared values."""
    known = {case}
    while True:
        values = {value for value, name in rows if name in known}
        more = {name for value, name in rows if value in values}
        if more <= known:
            return known
        known |= more


@given(pairs)
def test_a_group_is_whoever_can_be_walked_to(rows) -> None:
    sets = {frozenset(group.cases) for group in found(rows)}
    for _, case in rows:
        walked = frozenset(reached(rows, case))
        assert (walked in sets) == (len(walked) > 1)


@given(pairs, said, said, st.randoms())
def test_what_people_said_holds_in_any_order(rows, together, apart, random) -> None:
    made = found(rows, together, apart)
    where = {case: group.id for group in made for case in group.cases}
    for pair in apart:
        one, other = sorted(pair)
        assert where.get(one, one) != where.get(other, other)
    if not apart:
        for pair in together:
            assert len({where[case] for case in pair}) == 1
    for group in made:
        assert len(group.cases) == len(set(group.cases)) > 1
        for value in group.by:
            assert sum((value, case) in set(rows) for case in group.cases) > 1
    random.shuffle(rows)
    assert found(rows, together, apart) == made


@given(pairs, said)
def test_taking_a_decision_back_restores_what_was(rows, apart) -> None:
    before = found(rows)
    found(rows, frozenset(), apart)
    assert found(rows, frozenset(), frozenset()) == before


def test_the_rarest_value_decides_who_goes_with_whom() -> None:
    """c shares one value with everybody and another with b alone: different a and b, so c goes with b."""
    rows = [("1", "a"), ("1", "b"), ("1", "c"), ("2", "b"), ("2", "c")]
    made = found(rows, apart=frozenset({frozenset("ab")}))
    assert [group.cases for group in made] == [("b", "c")]


def test_hubs_link_nothing() -> None:
    rows = [("1", case) for case in CASES] + [("2", "a"), ("2", "b")]
    links, hubs = edges(shared(rows), 5, lambda _normal: False)
    assert [edge.normal for edge in links] == ["2"]
    assert [(hub.normal, hub.cases) for hub in hubs] == [("1", 8)]


def test_the_list_knows_gateways_hotlines_and_short_links() -> None:
    linker = Linker(
        load_hub_list(resource_path("rules")), lambda number: "银行" if number == "95599" else None
    )
    every = (
        "95599",
        "http://t.cn",
        "https://www.taobao.com/",
        "6230520010037788996",
        "https://t.cn/A6x",
        "财付通",
    )
    rows = [(value, case) for value in every for case in "ab"]
    links, hubs = linker.edges(shared(rows), 50, frozenset({"6230520010037788996"}))
    assert {edge.normal for edge in links} == {"https://t.cn/A6x"}
    assert {hub.normal for hub in hubs if hub.chosen} == {"6230520010037788996"}
    assert HubList().holds("t.cn") is False


STORY = (
    "报警人在短视频平台看到一则兼职刷单的消息，加了对方微信后被拉进一个群，"
    "按导师的要求下载软件做任务，先返利三次，随后垫付九万八千元，对方称操作失误要求再转五万元解冻。"
)


def test_stories_that_read_alike_are_a_hint() -> None:
    other = STORY.replace("短视频平台", "快手").replace("九万八千元", "三万元")
    told = [
        (CaseId("a"), STORY),
        (CaseId("b"), other),
        (CaseId("c"), "客服说百万保障到期要扣费，" * 8),
    ]
    (hint,) = like_stories(told, 60, 40)
    assert (hint.first, hint.second) == ("a", "b")
    assert 60 <= hint.percent < 100
    assert like_stories([(CaseId("a"), "刷单"), (CaseId("b"), "刷单")], 60, 40) == ()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_texts_may_be_compared(texts: list[str]) -> None:
    told = [(CaseId(str(place)), text) for place, text in enumerate(texts)]
    hints = like_stories(told, 60, 10)
    assert {(h.first, h.second) for h in hints} <= set(combinations((c for c, _ in told), 2))


@given(st.lists(st.sampled_from([STORY, STORY[:60], STORY[20:] * 2, "短"]), max_size=6))
def test_what_was_met_before_is_compared_alike(texts: list[str]) -> None:
    """Also of a case with two texts, and however often the same is asked."""
    told = [(CaseId(str(place // 2)), text) for place, text in enumerate(texts)]
    known = Sketches()
    fresh = like_stories(told, 30, 10)
    assert [like_stories(told, 30, 10, known) for _ in range(2)] == [fresh, fresh]


def test_a_hyphen_in_the_address_of_a_page_counts() -> None:
    assert lead_key("https://task-bonus.example.cn/A6x") == "https://task-bonus.example.cn/A6x"
    assert lead_key("0x52908400098527886E0F7030069857D2E4169EE7") == (
        "0x52908400098527886e0f7030069857d2e4169ee7"
    )


def test_addresses_on_a_chain_keep_their_capitals() -> None:
    assert link_key(" TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t") == "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
    assert link_key("0x52908400098527886E0F7030069857D2E4169EE7") == (
        "0x52908400098527886e0f7030069857d2e4169ee7"
    )
    assert link_key("６２３０ 5200-1003 7788 996") == "6230520010037788996"
