"""Codes of urgent slips come in any order and as often as anybody likes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import TrustError
from desktop.domain.orders.sending.slip_collector import (
    PartialSlip,
    SlipCode,
    SlipCollector,
    slip_digest,
)

PARTS = {"a": [b"one", b"two", b"three"], "b": [b"single"], "c": [b"", b"two"]}


def codes(name: str) -> list[SlipCode]:
    parts = PARTS[name]
    digest = slip_digest(b"".join(parts))
    return [SlipCode(digest, n, len(parts), part) for n, part in enumerate(parts, 1)]


EVERY = [code for name in PARTS for code in codes(name)]


def put_all(scanned: list[SlipCode]) -> SlipCollector:
    collector = SlipCollector()
    for code in scanned:
        collector = collector.put(code)
    return collector


@given(st.lists(st.sampled_from(EVERY)))
def test_a_slip_is_whole_once_each_of_its_codes_came(scanned: list[SlipCode]) -> None:
    collector = put_all(scanned)
    assert [one.slip for one in collector.begun] == list(
        dict.fromkeys(code.slip for code in scanned)
    )
    for name, parts in PARTS.items():
        mine = codes(name)
        begun = collector.of(mine[0])
        numbers = {code.number for code in scanned if code.slip == mine[0].slip}
        if begun is None:
            assert not numbers
            continue
        assert set(begun.missing) == set(range(1, len(parts) + 1)) - numbers
        if not begun.missing:
            assert begun.whole() == b"".join(parts)
            assert collector.without(begun).of(mine[0]) is None
            assert begun not in collector.having_read(begun).lacking
            assert begun in collector.having_read(begun).begun
    assert collector.lacking == collector.begun


def test_codes_that_do_not_make_what_they_say_are_refused() -> None:
    one, two = codes("c")
    swapped = PartialSlip(one.slip, 2, {1: two, 2: two})
    with pytest.raises(TrustError, match=r"^slip\.mixed$"):
        swapped.whole()


def test_of_many_slips_that_were_begun_the_first_is_forgotten() -> None:
    begun = [SlipCode(f"{n:032x}", 1, 2, b"") for n in range(9)]
    collector = put_all([*begun, begun[8]])
    assert [one.slip for one in collector.begun] == [code.slip for code in begun[1:]]
