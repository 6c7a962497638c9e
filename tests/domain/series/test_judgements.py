"""Decisions about pairs of cases are shown as they were taken: one act, one judgement."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import CaseId
from desktop.domain.series.series import Decision, LinkVerdict, judgements, link_subject
from tests.domain.orders.samples import NOON

CASES = [CaseId(name) for name in "abcde"]
pairs = st.lists(st.sampled_from(CASES), min_size=2, max_size=2, unique=True)


def decision(pair: list[CaseId], minute: int, verdict: LinkVerdict, reason: str) -> Decision:
    first, second = sorted(pair)
    return Decision(first, second, verdict, reason, "620134", NOON + timedelta(minutes=minute))


decisions = st.builds(
    decision,
    pairs, st.integers(0, 2), st.sampled_from(LinkVerdict), st.sampled_from(["", "x"]),
)  # fmt: skip


@given(st.lists(decisions, max_size=8, unique=True))
def test_no_pair_is_lost_and_none_is_made_up(taken: list[Decision]) -> None:
    shown = judgements(taken)
    listed = [
        (link_subject(item.case, other), item.verdict, item.reason, item.at)
        for item in shown
        for other in item.others
    ]
    recorded = [(link_subject(d.first, d.second), d.verdict, d.reason, d.at) for d in taken]
    assert sorted(listed) == sorted(recorded)
    assert [item.at for item in shown] == sorted((item.at for item in shown), reverse=True)


@given(st.sampled_from(CASES), st.lists(st.sampled_from(CASES), min_size=1, unique=True))
def test_a_case_put_apart_from_many_is_one_judgement(case: CaseId, others: list[CaseId]) -> None:
    apart = [other for other in others if other != case]
    act = [decision([case, other], 0, LinkVerdict.DIFFERENT, "") for other in apart]
    shown = judgements(act)
    assert len(shown) == bool(apart)
    if len(apart) > 1:
        assert (shown[0].case, set(shown[0].others)) == (case, set(apart))
