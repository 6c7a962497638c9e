"""Slips of several codes: any order, repeats, gaps, mixtures and damage."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.codes.slip import MAX_SIZE, open_slip, seal_orders, seal_slip
from desktop.bundles.codes.slip_codes import (
    HEAD_SIZE,
    MOST_CODES,
    codes_of,
    nothing_missing,
    read_code,
)
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.orders.sending.slip_collector import PartialSlip, SlipCollector, slip_digest
from tests.bundles.test_slip import ORDER, TO
from tests.bundles.volumes import CENTRE, DESK
from tests.support.strict import all_of
from tests.support.sweep import examples

BATCH = [
    ORDER
    | {
        "order": hashlib.sha256(f"order {n}".encode()).hexdigest()[:32],
        "payee.account": str(6217000000000000000 + 7919**n % 10**14),
        "serial": str(7919**n % 10**20),
    }
    for n in range(30)
]
WHOLE = seal_orders(BATCH, DESK, TO)
CODES = codes_of(WHOLE)
OTHERS = codes_of(seal_orders(BATCH[:9], DESK, TO), 200)


def put_all(codes: list[bytes], collector: SlipCollector | None = None) -> SlipCollector:
    collector = collector or SlipCollector()
    for code in codes:
        collector = collector.put(read_code(code))
    return collector


def test_codes_are_of_one_size_and_hold_what_they_are_made_of() -> None:
    assert len(CODES) > 1
    assert max(map(len, CODES)) <= MAX_SIZE
    assert max(map(len, CODES)) - min(map(len, CODES)) < len(CODES)
    assert b"".join(code[HEAD_SIZE:] for code in CODES) == WHOLE
    assert all_of(code[:3] == b"FZ2" for code in CODES)
    assert {code[3:19] for code in CODES} == {hashlib.sha256(WHOLE).digest()[:16]}
    assert [tuple(code[19:21]) for code in CODES] == [
        (n + 1, len(CODES)) for n in range(len(CODES))
    ]


@given(st.data())
@settings(max_examples=60)
def test_any_order_and_any_repeats_make_the_whole(data: st.DataObject) -> None:
    order = data.draw(st.permutations([*CODES, *data.draw(st.lists(st.sampled_from(CODES)))]))
    mixed = data.draw(st.lists(st.sampled_from(OTHERS[1:]), max_size=12))
    places = [data.draw(st.integers(0, len(order))) for _ in mixed]
    codes = list(order)
    for place, code in zip(places, mixed, strict=True):
        codes.insert(place, code)
    collector = put_all(codes)
    begun = collector.of(read_code(CODES[0]))
    assert begun is not None
    assert begun.missing == ()
    assert begun.whole() == WHOLE
    assert len(collector.without(begun).begun) == bool(mixed)


@given(st.sets(st.sampled_from(range(len(CODES))), max_size=len(CODES) - 1))
def test_what_is_missing_is_named(there: set[int]) -> None:
    collector = put_all([CODES[n] for n in there])
    if there:
        (begun,) = collector.begun
        assert begun.missing == tuple(n + 1 for n in range(len(CODES)) if n not in there)
    assert nothing_missing([CODES[n] for n in there]) is (not there)
    assert nothing_missing(CODES)


def test_codes_that_only_claim_to_belong_together_are_refused() -> None:
    (begun,) = put_all(list(CODES)).begun
    forged = replace(begun.codes[2], data=begun.codes[2].data[:-1] + b"x")
    with pytest.raises(TrustError, match=r"slip\.mixed"):
        PartialSlip(begun.slip, begun.count, {**begun.codes, 2: forged}).whole()
    swapped = {**begun.codes, 1: begun.codes[2], 2: begun.codes[1]}
    with pytest.raises(TrustError, match=r"slip\.mixed"):
        PartialSlip(begun.slip, begun.count, swapped).whole()


def test_a_single_code_is_a_whole_slip() -> None:
    data = seal_slip(ORDER, DESK, TO)
    code = read_code(data)
    assert (code.slip, code.number, code.count, code.data) == (slip_digest(data), 1, 1, data)
    assert nothing_missing([data])
    assert not nothing_missing([data, b"https://example.org"])
    assert open_slip(put_all([data]).begun[0].whole(), (CENTRE.age,)).device == DESK.device_id


def test_only_the_slips_begun_last_are_kept() -> None:
    collector = SlipCollector()
    for number in range(20):
        collector = collector.put(replace(read_code(CODES[0]), slip=f"{number:032x}"))
    assert [begun.slip for begun in collector.begun] == [
        f"{number:032x}" for number in range(12, 20)
    ]


@given(st.data())
@settings(max_examples=examples(150))
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    code = bytearray(data.draw(st.sampled_from(CODES)))
    code[data.draw(st.integers(0, len(code) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(TrustError, match=r"^slip\."):
        read_code(bytes(code))


@given(st.binary(max_size=60))
def test_anything_else_is_distinguished(data: bytes) -> None:
    for code in (data, b"FZ" + data, b"FZ1" + data, b"FZ2" + data):
        with pytest.raises(TrustError, match=r"slip\.(not_a_slip|newer_version|damaged)"):
            read_code(code)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_slip"),
        (b"https://example.com", "not_a_slip"),
        (b"FZ9xxxx", "newer_version"),
        (b"FZ1", "damaged"),
        (b"FZ2", "damaged"),
        (CODES[0][:HEAD_SIZE], "damaged"),
    ],
    ids=["nothing", "a_link", "newer", "bare_one", "bare_two", "head_alone"],
)
def test_other_codes_are_named(data: bytes, code: str) -> None:
    with pytest.raises(TrustError, match=rf"slip\.{code}"):
        read_code(data)


def test_more_than_anybody_scans_is_refused() -> None:
    most = MOST_CODES * (MAX_SIZE - HEAD_SIZE)
    assert len(codes_of(bytes(most))) == MOST_CODES
    with pytest.raises(UserInputError, match=r"slip\.too_long"):
        codes_of(bytes(most + 1))
