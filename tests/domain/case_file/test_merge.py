"""Who leads follows from the pointers alone, and a payment told twice counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.merge import (
    MergedReport,
    joined,
    leader,
    repeated_transfers,
    same_payment,
    twice_in,
)
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.people.party import Party
from desktop.domain.ids import CaseId, IdentifierId, PartyId, TransferId
from tests.ui.case import samples

NAMES = "abcdef"
LINKS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=6)


@given(LINKS)
def test_every_case_of_a_group_names_the_same_leader(links: dict[str, str]) -> None:
    for case, into in links.items():
        assert leader(links, case) == leader(links, into)
        lead = leader(links, case)
        assert leader(links, lead) == lead


def test_two_desks_that_merged_each_others_case_agree() -> None:
    assert leader({"a": "b", "b": "a"}, "b") == "a"
    assert leader({"a": "b", "b": "a", "c": "b"}, "c") == "a"
    assert leader({"b": "a", "c": "b"}, "c") == "a"


def payment(name: str, **changes: object) -> Transfer:
    """The first transfer of the sample case under another id."""
    return replace(samples.TRANSFERS[0], id=TransferId(name), **changes)  # type: ignore[arg-type]  # real fields


def test_a_payment_of_unknown_time_takes_none_that_another_one_is() -> None:
    """Two equal payments, five hours apart; each report has forgotten one of the hours."""
    noon, later = samples.ago(hours=6), samples.ago(hours=1)
    plain = {"serial": "", "order_number": ""}
    first = [payment("a", time=None, **plain), payment("b", time=noon, **plain)]
    second = [payment("c", time=noon, **plain), payment("d", time=later, **plain)]
    assert repeated_transfers(first, second) == {"c": "b", "d": "a"}
    assert repeated_transfers(second, first) == {"a": "d", "b": "c"}
    numbered = [payment("e", time=noon, **plain), payment("f", time=noon, serial="1")]
    again = [payment("g", time=noon, serial="1"), payment("h", time=noon, **plain)]
    assert repeated_transfers(numbered, again) == {"g": "f", "h": "e"}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"amount_fen": 1}, False),
        ({"time": samples.ago(minutes=30)}, True),
        ({"time": samples.ago(hours=5)}, False),
        ({"time": None}, True),
        ({"payee": Account("陈某某", "6230****8994", "农业银行")}, False),
        ({"payee": Account("陈某某", "", "农业银行")}, False),
    ],
)
def test_what_makes_two_reports_speak_of_one_payment(
    changes: dict[str, object], *, same: bool
) -> None:
    assert same_payment(payment("a"), payment("b", **changes)) is same


def test_a_serial_decides_where_both_have_one() -> None:
    late = samples.ago(hours=-9)
    assert same_payment(payment("a", serial="1"), payment("b", serial="1", time=late))
    assert not same_payment(payment("a", serial="1"), payment("b", serial="2"))


def test_three_equal_payments_are_three() -> None:
    first = [payment("a1"), payment("a2")]
    second = [payment(f"b{number}") for number in range(3)]
    assert len(repeated_transfers(first, second)) == 2
    assert len(twice_in([first, second, [payment("c")]])) == 3


def test_joining_keeps_every_part_and_says_where_it_came_from() -> None:
    own = samples.sheet().file
    again = replace(
        own,
        case=replace(own.case, id=CaseId("other"), number="620102540000-20261124-A-0018"),
        transfers=(payment("x1"), payment("x2", amount_fen=700)),
        orders=(),
        identifiers=(),
        evidence=(),
        conflicts=(),
    )
    whole, merger = joined(own, [MergedReport(again, None, "620134", "同一人")])
    assert [item.position for item in whole.transfers] == [1, 2, 3, 4, 5]
    assert merger.twice == {"x1": own.transfers[0].id}
    assert merger.number_of("x2") == again.case.number
    assert merger.number_of(own.transfers[0].id) == ""
    assert joined(own, ())[0] == own


def test_joined_reports_show_the_parties_of_all() -> None:
    """The victim of another report is one of the parties; whoever is named in two is one."""
    own = samples.sheet().file
    father = Party(PartyId("p1"), role="victim", name="王大山", id_number="620102195001011234")
    again = Party(PartyId("p2"), role="payer", name="王大山", id_number=father.id_number)
    witness = Party(PartyId("p3"), role="witness", name="刘某", phone="13893100027")
    son = replace(own.case.victim, name="王小明", id_number="620102200001011234", phone="")
    first = replace(own, case=replace(own.case, parties=(father,)))
    other = replace(
        own, case=replace(own.case, id=CaseId("other"), victim=son, parties=(again, witness))
    )
    whole, _ = joined(first, [MergedReport(other, None, "620134", "同一事")])
    assert [party.name for party in whole.case.everyone] == [
        own.case.victim.name, "王大山", "王小明", "刘某",
    ]  # fmt: skip
    assert whole.case.reporter == first.case.reporter
    assert joined(first, [MergedReport(first, None, "620134", "同一人")])[0].case == first.case


def test_joined_reports_keep_apart_of_whom_no_name_is_known() -> None:
    """A tip without a name, and of each report a courier who is known by nothing but a word."""
    own = samples.sheet().file
    nameless = replace(own.case.victim, name="", id_number="", phone="")
    couriers = [
        Party(PartyId(name), role="payer", relation=words)
        for name, words in (("p1", "穿黄衣"), ("p2", "戴头盔"))
    ]
    first, other = (
        replace(own, case=replace(own.case, id=CaseId(name), victim=nameless, parties=(courier,)))
        for name, courier in zip(("first", "other"), couriers, strict=True)
    )
    whole, _ = joined(first, [MergedReport(other, None, "620134", "同一事")])
    assert set(couriers) <= set(whole.case.parties)


def test_times_that_differ_by_less_than_half_an_hour_are_one_time() -> None:
    at = samples.TRANSFERS[0].time
    assert at is not None
    assert same_payment(payment("a"), payment("b", time=at + timedelta(minutes=30)))
    assert not same_payment(payment("a"), payment("b", time=at + timedelta(minutes=31)))


def test_a_number_that_both_reports_name_stands_on_paper_once() -> None:
    one = samples.full_sheet().file
    other = replace(
        one,
        case=replace(one.case, id=CaseId("other")),
        transfers=(),
        identifiers=tuple(
            replace(lead, id=IdentifierId(f"again-{lead.id}"), note="自称客服")
            for lead in one.identifiers
        ),
    )
    whole, merger = joined(one, (MergedReport(other, samples.NOW, "620134", ""),))
    assert len(whole.identifiers) == 2 * len(one.identifiers)
    once = merger.once(whole).identifiers
    assert [lead.id for lead in once] == [lead.id for lead in one.identifiers]
    assert [lead.note for lead in once] == [lead.note or "自称客服" for lead in one.identifiers]
