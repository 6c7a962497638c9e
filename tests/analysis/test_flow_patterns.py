"""Patterns: planted gatherings are found, ordinary traffic is not, and what small cases show is not missed."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analysis.flow_patterns import fans, patterns, payee_of, payer_of
from desktop.domain.errors import UserInputError
from desktop.domain.flow.patterns import PatternLimits
from desktop.domain.flow.payment_order import by_time
from desktop.domain.flow.tracing import trace
from desktop.domain.money.money_flow import FlowPayment, TracingMethod
from desktop.readers.transfer_list import read_transfer_list
from tests.analysis.flow_worlds import any_moves

SAMPLE = Path(__file__).with_name("fan_in_sample.csv.gz")
"""Payments into some 980 accounts of the sample ``20K_fanin200`` of IBM's AMLSim (Apache-2.0). Planted payments are of
less than 10 yuan, ordinary ones of 100 and more."""
LIMITS = PatternLimits()
MINUTE, HOUR = 60, 3_600


def sample() -> list[FlowPayment]:
    return read_transfer_list(BytesIO(gzip.decompress(SAMPLE.read_bytes())))


@pytest.mark.parametrize("least", [2, 3])
def test_planted_fan_ins_are_found_and_nothing_else(least: int) -> None:
    moves, limits = sample(), PatternLimits(fan_least=least)
    payers: dict[str, set[str]] = {}
    for move in moves:
        if move.amount_fen < 1_000:
            payers.setdefault(move.payee, set()).add(move.payer)
    planted = {account for account, names in payers.items() if len(names) >= least}
    found = {fan.account: fan for fan in fans(moves, payee_of, limits)}
    hits = len(planted & set(found))
    assert len(planted) > 30
    assert hits / len(planted) >= 0.95
    assert hits / len(found) >= 0.95
    for account in planted & set(found):
        assert set(found[account].others) == payers[account]


@pytest.mark.parametrize("method", TracingMethod)
def test_money_of_the_sample_is_followed_to_the_fen(method: TracingMethod) -> None:
    """Every planted payment at once, through thousands of ordinary ones."""
    moves = sample()
    origins = {move.id: move.amount_fen for move in moves if move.amount_fen < 1_000}
    found = trace(moves, origins, method)
    assert found.traced_fen == sum(origins.values()) > 0
    assert sum(rest.fen for rest in found.rests) == found.traced_fen
    for origin, fen in origins.items():
        assert sum(dict(rest.shares).get(origin, 0) for rest in found.rests) == fen


def case_of_three_victims() -> list[FlowPayment]:
    return by_time([
        FlowPayment("1", 0, "甲", "卡1", 9_800_000),
        FlowPayment("2", 5 * MINUTE, "乙", "卡1", 1_200_000),
        FlowPayment("3", 9 * MINUTE, "丙", "卡1", 30_000),
        FlowPayment("4", 12 * MINUTE, "卡1", "卡2", 10_000_000),
        FlowPayment("5", 15 * MINUTE, "卡2", "卡3", 5_000_000),
        FlowPayment("6", 16 * MINUTE, "卡2", "卡4", 2_000_000),
        FlowPayment("7", 17 * MINUTE, "卡2", "卡5", 2_500_000),
        FlowPayment("8", 3 * HOUR, "卡3", "卡1", 4_000_000),
    ])  # fmt: skip


def test_a_small_case_shows_everything() -> None:
    found = patterns(case_of_three_victims(), LIMITS, {"卡3", "卡4"}, since=12 * MINUTE)
    (gathered,), (scattered,) = found.fan_in, found.fan_out
    assert (gathered.account, len(gathered.others), gathered.amount_fen) == ("卡1", 4, 15_030_000)
    assert (scattered.account, scattered.others) == ("卡2", ("卡3", "卡4", "卡5"))
    assert [dwell_time.account for dwell_time in found.fast_through] == ["卡2"]
    assert found.fast_through[0].median_seconds == 3 * MINUTE
    (ring,) = found.cycles
    assert ring.accounts == ("卡1", "卡2", "卡3")
    assert (ring.amount_fen, found.cycles_whole) == (4_000_000, True)
    (shared,) = found.common
    assert (shared.account, shared.partners, shared.amount_fen) == (
        "卡2",
        ("卡3", "卡4"),
        7_000_000,
    )
    assert {seen.account for seen in found.appeared} == {"卡2", "卡3", "卡4", "卡5"}
    assert {seen.account for seen in found.vanished} == {"甲", "乙", "丙"}


class Walked(list[str]):
    """Accounts in a list, which nobody may search for every payment."""

    def __contains__(self, item: object) -> bool:
        raise AssertionError


def test_the_accounts_looked_at_are_not_searched_for_every_payment() -> None:
    found = patterns(case_of_three_victims(), LIMITS, Walked(["卡3", "卡4"]))
    assert [shared.account for shared in found.common] == ["卡2"]


def test_a_fan_lies_within_its_window() -> None:
    limits = PatternLimits(window_seconds=10 * MINUTE)
    (found,) = fans(case_of_three_victims(), payee_of, limits)
    assert found.others == ("丙", "乙", "甲")
    assert fans(case_of_three_victims(), payee_of, PatternLimits(window_seconds=4 * MINUTE)) == ()


def test_where_no_sum_is_odd_the_number_of_payers_is() -> None:
    """A thousand shops with three customers each, and a wallet with four hundred."""
    moves = [
        FlowPayment(f"{shop}.{guest}", shop, f"客{guest}{shop % 50}", f"店{shop}", 10_000 + shop)
        for shop in range(1_000)
        for guest in range(3)
    ]
    moves += [FlowPayment(f"w{n}", n, f"客{n}号", "钱包", 10_500) for n in range(400)]
    assert [fan.account for fan in fans(moves, payee_of, LIMITS)] == ["钱包"]
    assert fans(moves, payer_of, LIMITS) == ()


@given(any_moves(), st.randoms())
def test_no_order_of_the_file_matters(moves: list[FlowPayment], random) -> None:
    found = patterns(moves, LIMITS, {"A", "B"}, since=4)
    random.shuffle(moves)
    assert patterns(moves, LIMITS, {"A", "B"}, since=4) == found


@given(any_moves(one_a_second=True))
def test_a_cycle_is_payments_one_after_another(moves: list[FlowPayment]) -> None:
    for ring in patterns(moves, LIMITS).cycles:
        assert len(set(ring.accounts)) == len(ring.accounts) > 1
        at = -1
        for payer, payee in zip(ring.accounts, (*ring.accounts[1:], ring.accounts[0]), strict=True):
            at = min(m.at for m in moves if (m.payer, m.payee) == (payer, payee) and m.at > at)


@given(any_moves())
def test_what_passed_never_exceeds_what_came(moves: list[FlowPayment]) -> None:
    for dwell_time in patterns(moves, LIMITS).fast_through:
        assert 0 < dwell_time.passed_fen <= min(dwell_time.in_fen, dwell_time.out_fen)


def test_a_cell_without_end_is_no_list_of_payments() -> None:
    text = f'id,time,payer,payee,amount\n1,2026-11-24,"{"6" * 200_000}",B,1\n'
    with pytest.raises(UserInputError, match=r"^flow_file\.unreadable$"):
        read_transfer_list(BytesIO(text.encode()))
