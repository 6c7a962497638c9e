"""Profiles of earlier programs open, verify, and say what they said; made anew from the journal they say it too."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.services.cases.form.drafts import open_drafts
from tests.golden.conftest import WHOLE, Left, Place, noted
from tests.golden.make_golden import golden_names
from tests.golden.telling import documents_of, own_cases, papers, signed
from tests.support.installations import PASSWORD
from tests.support.strict import all_of
from tests.support.sweep import EVERY

WITHOUT_SIGNATURES = {"0.1.0", "3576e4d5", "6ec59a19"}
"""Kept by programs that did not yet keep under which signature an entry came."""
ALONE = {"fbeab7a1"}
"""One desk that never took anything in."""


_OF_PACKS = {"kind", "taken_at", "unit", "version"}
_ON_ITS_WAY = ["issued", "carried", "acknowledged"]
"""How far an order got. Programs of before measured those of another desk by their own journal, and said too little."""


def assert_still_there(before: Any, now: Any, where: str) -> None:
    """Everything that was said is said; more may be."""
    if isinstance(before, dict):
        assert isinstance(now, dict), where
        if before.keys() >= _OF_PACKS and not before["unit"]:  # this program's own, which is newer
            before = {**before}
            assert before.pop("version") <= now["version"], where
        if "order" in before and {before.get("state"), now.get("state")} <= {*_ON_ITS_WAY}:
            before = {**before}
            said, says = before.pop("state"), now["state"]
            assert _ON_ITS_WAY.index(said) <= _ON_ITS_WAY.index(says), where
        for key, value in before.items():
            assert key in now, f"{where}.{key}"
            assert_still_there(value, now[key], f"{where}.{key}")
    elif isinstance(before, list):
        assert len(before) == len(now), where
        for number, pair in enumerate(zip(before, now, strict=True)):
            assert_still_there(*pair, f"{where}[{number}]")
    else:
        assert before == now, where


def test_something_was_kept() -> None:
    assert golden_names()


def test_a_profile_still_says_what_it_did(place: Place) -> None:
    at = place.post
    assert_still_there(place.documents, documents_of(at, own_cases(at)), place.name)
    assert at.json("rebuild")["changed"] is False  # of all tables: what they say is the same
    if EVERY:
        anew = documents_of(at, own_cases(at))
        assert_still_there(place.documents, anew, f"{place.name}, made anew")


def test_where_the_money_of_a_case_is_comes_to_its_loss(place: Place) -> None:
    seven = ("held", "lapsed", "frozen", "returned", "left", "untraced", "resting")
    rows = place.post.json("report", "list", "--limit", 500)["cases"]
    assert [sum(row[f"{name}_fen"] for name in seven) for row in rows] == [
        r["loss_fen"] for r in rows
    ]
    orders = place.post.whole("order", "list")["orders"]
    assert all_of(row["stopped_fen"] == row["held_fen"] + row["frozen_fen"] for row in orders)


def test_every_entry_of_others_stands_under_its_signature(place: Place) -> None:
    """Programs of before kept no signatures: that is said, and nothing is wrong with it."""
    found = place.post.json("verify", "--origin")
    assert (found["ok"], found["problems"]) == (True, [])
    assert (found["since"] == "") == (place.left.name in WITHOUT_SIGNATURES | ALONE)
    for device in found["devices"]:
        if place.left.name in WITHOUT_SIGNATURES:
            assert device["before"] == device["entries"] > 0
            assert device["signed"] == device["chained"] == device["signatures"] == 0
        else:
            assert device["signed"] + device["by_lost_key"] == device["entries"] > 0
            assert device["signatures"] > 0


@pytest.mark.parametrize("left", ["3576e4d5"], indirect=True)
def test_what_a_station_once_decided_for_the_centre_is_named(left: Left) -> None:
    """A station could say what links cases, and which value links nothing; nothing else it wrote was not its own."""
    for name, kinds in (("desk", {"link.decided", "hub.decided"}), ("other", set())):
        found = left.post(name).json("verify")
        assert found["ok"]
        assert {row["kind"] for row in found["overreach"]} == kinds


@pytest.mark.parametrize("place", noted("draft"), ids="-".join, indirect=True)
def test_a_draft_is_there_to_go_on_with(place: Place) -> None:
    narrative = place.noted("draft")
    with place.post.signed_in() as installation:
        assert [draft.form.narrative for draft in open_drafts(installation.session)] == [narrative]


@pytest.mark.parametrize("place", noted("codes"), ids="-".join, indirect=True)
def test_the_printed_code_still_opens(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at, code = place.post, place.noted("codes")
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", f"neu-{PASSWORD}")
    at.json("recover", "--code", code)
    assert at.say("report", "list").status == 1, "the former password"
    monkeypatch.setenv("FANZHA_PASSWORD", f"neu-{PASSWORD}")
    assert at.json("report", "list")["total"] == place.documents["reports"]["total"]


@pytest.mark.parametrize("left", WHOLE if EVERY else WHOLE[-1:], indirect=True)
def test_papers_still_say_what_they_did(left: Left) -> None:
    case, order = left.told["cases"]["part-time"], left.told["orders"]["stop"]
    found, expected = papers(left.post("desk"), case, order), left.papers()
    other = [form for form in expected if found.get(form) != expected[form]]
    assert other == [], "worded otherwise on purpose? python -m tests.golden.make_golden --papers"


def test_what_was_signed_is_printed_as_it_was(left: Left) -> None:
    assert signed(left.post("desk"), left.told["cases"]["part-time"]) == left.told["signed"]
