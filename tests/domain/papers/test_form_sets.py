"""A unit prints from the narrowest choice in force, the newest of equals; a day before all of them gets the first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.papers.form_sets import FormChoice, FormSet, FormSets, Procedure

START = date(2020, 1, 1)
UNIT = "620102540000"
SETS = (
    FormSet("old", Procedure.CRIMINAL, ""), FormSet("new", Procedure.CRIMINAL, ""),
    FormSet("admin", Procedure.ADMINISTRATIVE, ""), FormSet("all", Procedure.ANY, ""),
)  # fmt: skip
EVERYBODY = FormChoice("old", START)


def day(number: int) -> date:
    return START + timedelta(days=number)


choices = st.builds(
    FormChoice,
    st.sampled_from(["old", "new"]),
    st.integers(0, 20).map(day),
    st.none() | st.integers(0, 20).map(day),
    st.sampled_from([(), ("62",), ("6201", "6202"), ("31",), ("31", UNIT)]),
)


@given(st.lists(choices, max_size=4), st.integers(-5, 25).map(day))
def test_the_narrowest_choice_in_force_counts(made: list[FormChoice], on: date) -> None:
    every = [EVERYBODY, *made]
    chosen = FormSets(SETS, every).chosen(Procedure.CRIMINAL, UNIT, on)
    fits = {(): 0, ("62",): 2, ("6201", "6202"): 4, ("31", UNIT): len(UNIT)}
    ours = [one for one in every if one.units in fits]
    running = [one for one in ours if one.valid_from <= on <= (one.valid_until or on)]
    if running:
        best = max((fits[one.units], one.valid_from) for one in running)
        allowed = {one.set for one in running if (fits[one.units], one.valid_from) == best}
    else:
        first = min(one.valid_from for one in ours)
        allowed = {one.set for one in ours if one.valid_from == first}
    assert chosen.id in allowed


def test_what_belongs_to_no_procedure_is_printed_in_every_one() -> None:
    sets = FormSets(SETS, [EVERYBODY, FormChoice("new", day(9)), FormChoice("admin", START)])
    assert sets.in_use(UNIT, day(8)) == {"old", "admin", "all"}
    assert sets.in_use(UNIT, day(9)) == {"new", "admin", "all"}
    assert [item.id for item in sets.sets] == ["old", "new", "admin", "all"]
    with pytest.raises(ValueError, match="unknown set"):
        FormSets(SETS, [FormChoice("lost", START)])
