"""A list of a centre's devices: whoever signs it, only what is whole and that signer's own is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.signed_files.cards import ENROLMENT, make_card
from desktop.bundles.signed_files.centre_list import LIST, make_list, parse_list
from desktop.domain.errors import TrustError
from desktop.sealing.sshsig import sign
from tests.bundles.test_cards import AT, desk_card
from tests.bundles.volumes import CENTRE, DESK

ROOT = make_card(ENROLMENT, CENTRE, "620100000000", "兰州市反诈中心", "Z", "centre", AT)
GOOD = make_list(ROOT, 3, AT, [desk_card()], CENTRE)
TITLE, BODY = GOOD.rpartition("-----BEGIN")[0].split("\n", 1)
DOCUMENT: dict[str, Any] = json.loads(BODY)


def signed(body: str) -> str:
    """As the centre's own key signs whatever it is given."""
    whole = f"{TITLE}\n{body}\n"
    return whole + sign(whole.encode(), CENTRE.signing, LIST.namespace)


def changed(**members: object) -> str:
    return signed(json.dumps({**DOCUMENT, **members}))


def test_a_list_says_whose_devices_it_names() -> None:
    found = parse_list(GOOD)
    assert (found.number, found.signer, found.made_at) == (3, CENTRE.device_id, AT)
    assert [card.device for card in found.cards] == [DESK.device_id]
    assert parse_list(changed()).cards == found.cards


@pytest.mark.parametrize(
    "text",
    [
        "", f"{TITLE}\n", GOOD.replace("兰州", "北京"), GOOD[:-30], GOOD + "x" * (8 << 20),
        signed("[" * 100_000), signed("[]"), signed("7"), signed("{}"), changed(number=0),
        changed(number=2**53), changed(number=True), changed(number="3"),
        changed(root=desk_card()), changed(root=7), changed(root=None), changed(cards=7), changed(cards=[7]),
        changed(cards=[None]), changed(cards=[ROOT[:-40]]), changed(more=1), changed(cards=[desk_card()] * 100_000),
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_what_is_not_whole_is_refused_in_words(text: str) -> None:
    with pytest.raises(TrustError, match=r"^centre_list\.damaged$"):
        parse_list(text)


def test_one_of_a_newer_program_says_so() -> None:
    with pytest.raises(TrustError, match=r"^centre_list\.newer_version$"):
        parse_list(GOOD.replace("centre list 1", "centre list 2"))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just(ROOT),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
MEMBERS = st.dictionaries(st.sampled_from(sorted(DOCUMENT)), ANY)


@given(MEMBERS)
@settings(max_examples=60)
def test_whatever_stands_in_it_there_is_an_answer(members: dict[str, object]) -> None:
    try:
        found = parse_list(changed(**members))
    except TrustError as error:
        assert error.code == "centre_list.damaged"  # noqa: PT017
        return
    assert found.signer == CENTRE.device_id
