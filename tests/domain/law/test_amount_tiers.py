"""Gross, returned, net and attempted amounts, and the tier they reach."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.payments.amounts import amounts_of
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.ids import TransferId
from desktop.domain.law.amount_tiers import Tier, offence_of, tier_line
from desktop.domain.law.rules import LegalRule, RulePack, Unit
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack

RULES = load_rule_pack(resource_path("rules"))
DAY = date(2026, 11, 24)
FEN = st.integers(0, 10**12)


def a_transfer(fen: int, returned: int = 0, *, attempted: bool = False) -> Transfer:
    return Transfer(
        TransferId("t"), 1, None, fen, None, None, Account(), Account(),
        returned_fen=returned, attempted=attempted,
    )  # fmt: skip


@given(st.lists(st.tuples(FEN, FEN, st.booleans()), max_size=5), FEN, FEN)
def test_nothing_is_counted_twice_or_lost(
    rows: list[tuple[int, int, bool]], returned: int, attempted: int
) -> None:
    found = amounts_of(
        [a_transfer(fen, back, attempted=failed) for fen, back, failed in rows], returned, attempted
    )
    paid = sum(fen for fen, _, _ in rows)
    assert found.gross_fen + found.attempted_fen == paid + attempted
    assert found.returned_fen == returned + sum(back for _, back, _ in rows)
    assert found.net_fen == max(found.gross_fen - found.returned_fen, 0)


@pytest.mark.parametrize(
    ("yuan", "tier", "near"),
    [
        (2_999, Tier.ADMINISTRATIVE, False),
        (3_000, Tier.LARGE, False),
        (23_999, Tier.LARGE, False),
        (24_000, Tier.LARGE, True),
        (30_000, Tier.HUGE, False),
        (400_000, Tier.HUGE, True),
        (500_000, Tier.ESPECIALLY_HUGE, False),
    ],
)
def test_telecom_fraud_has_one_line_for_the_country(yuan: int, tier: Tier, near: bool) -> None:
    found = tier_line(RULES, yuan * 100, DAY)
    assert found is not None
    assert (found.tier, found.near) == (tier, near)
    assert found.rule.article
    assert found.rule.valid_from <= DAY


@given(FEN, FEN)
def test_more_money_never_lowers_the_tier(first: int, second: int) -> None:
    order = list(Tier)
    less, more = (tier_line(RULES, fen, DAY) for fen in sorted((first, second)))
    if less is not None and more is not None:
        assert order.index(less.tier) <= order.index(more.tier)


def test_a_province_has_its_own_line_and_a_branch_its_own_offence() -> None:
    own = LegalRule("theft.large_62", 250_000, Unit.FEN, "甘肃", DAY, DAY)
    rules = RulePack("x", (*RULES.rules, own))
    theft = tier_line(rules, 200_000, DAY, offence="theft", province="62")
    assert theft is not None
    assert theft.tier is Tier.ADMINISTRATIVE
    elsewhere = tier_line(rules, 200_000, DAY, offence="theft", province="11")
    assert elsewhere is not None
    assert elsewhere.tier is Tier.LARGE
    assert offence_of(("law.branch.minor", "law.branch.theft"), "law.branch.") == "theft"
    assert offence_of((), "law.branch.") == "fraud"


@pytest.mark.parametrize("offence", ["theft", "extortion"])
def test_near_is_said_of_telecom_fraud_alone(offence: str) -> None:
    lines = [
        tier_line(RULES, yuan * 100, DAY, offence=offence) for yuan in range(100, 500_000, 100)
    ]
    assert {line.tier for line in lines if line} == set(Tier)
    assert not any(line.near for line in lines if line)


def test_below_every_line_stands_the_law_of_the_day() -> None:
    before, after = (tier_line(RULES, 100_000, day) for day in (date(2025, 6, 1), DAY))
    assert before is not None
    assert after is not None
    assert "四十九" in before.rule.article
    assert "五十八" in after.rule.article
    assert tier_line(RULES, 0, DAY) is None
