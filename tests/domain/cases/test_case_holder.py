"""Who holds a case is one value, which reads back whole; what a stranger wrote there is no holder, and no crash."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.case_holder import (
    CHARGE,
    CaseHolder,
    HolderNote,
    holder_from_fields,
    holder_from_text,
    letter_of,
)
from tests.domain.orders.samples import instants, words

names = words.filter(bool)
notes = st.builds(HolderNote, names, words, words, st.none() | instants, words)
maybe = st.none() | notes
holders = st.builds(
    CaseHolder, names, words, words, st.none() | instants, words, words, maybe, maybe
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
NAMES = ("device", "letter", "by", "since", "at", "reason", "former", "offer", "declined")


@given(holders)
def test_a_holder_reads_back_as_it_was(holder: CaseHolder) -> None:
    written = json.dumps(holder.to_json())
    assert holder_from_text(written) == holder
    assert holder_from_fields({CHARGE: json.loads(written)}) == holder


@given(st.dictionaries(st.sampled_from(NAMES), anything), anything)
def test_whatever_stands_there_is_read_or_is_no_holder(found: object, other: object) -> None:
    for value in (found, other):
        holder = holder_from_text(json.dumps(value))
        named = isinstance(value, dict) and isinstance(value.get("device"), str) and value["device"]
        assert (holder is not None) is bool(named)


@pytest.mark.parametrize("content", ["", "{", "null", "[]", '"x"', "{}", '{"device": 3}'])
def test_what_is_no_object_is_no_holder(content: str) -> None:
    assert holder_from_text(content) is None


def test_the_letter_stands_in_the_number_of_a_case() -> None:
    assert letter_of("620102540000-20261124-B-0001") == "B"
    assert letter_of("") == letter_of("B-0001") == letter_of("a-b-c-d-e") == ""
