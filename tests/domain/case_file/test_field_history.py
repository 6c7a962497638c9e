"""The value before a change, and who had set it."""

from __future__ import annotations

import pytest

from desktop.domain.case_file.field_history import former_values, replaced, stories
from desktop.domain.case_file.views import HistoryRow
from desktop.domain.cases.holder_objection import OBJECTIONS
from tests.ui.case import samples


def row(seq: int, officer: str, **fields: str) -> HistoryRow:
    """An entry about one case."""
    return HistoryRow(
        samples.NOW, officer, "case.amended", "case/c", tuple(fields.items()), "S", seq
    )


def test_a_change_knows_what_it_replaced_and_a_filling_does_not() -> None:
    history = (
        row(1, "王", phone="138", name=""),
        row(2, "马", phone="139", name="李"),
        row(3, "周", phone="139"),
        row(4, "周", phone="150"),
    )
    assert replaced(history) == {("S", 2, "phone"): ("王", "138"), ("S", 4, "phone"): ("周", "139")}


def test_a_story_holds_every_value_once_and_counts_changes_only() -> None:
    history = (
        row(1, "王", phone="138", name="", reason="首次"),
        row(2, "马", phone="139", name="李", reason="听错"),
        row(3, "周", phone="139"),
        row(4, "周", phone="", name="李"),
    )
    told = {story.field: story for story in stories(history)}
    assert [item.value for item in told["phone"].values] == ["", "139", "138"]
    assert told["phone"].changes == 2
    assert told["phone"].values[1].reason == "听错"
    assert (told["name"].current, told["name"].changes) == ("李", 0)
    assert [item.row.officer for item in told["name"].values] == ["马"]


@pytest.mark.parametrize("key", ["decision", "name", "received_by"])
def test_what_acts_of_their_own_record_is_not_given_back(key: str) -> None:
    """Who decides about an objection must be allowed to; an objection ends by an act that says why."""
    field = f"{OBJECTIONS.beginning}j1.{key}"
    history = (
        HistoryRow(samples.NOW, "王", "case.registered", "case/c", (("accepted_at", "x"),), "S", 1),
        HistoryRow(samples.NOW, "王", "case.amended", "case/c", ((field, "upheld"),), "S", 2),
        HistoryRow(samples.NOW, "马", "case.amended", "case/c", ((field, "refused"),), "S", 3),
    )
    assert former_values(stories(history), "case/c", field) == {}
    assert former_values(stories(history[:2]), "case/c", field) == {}
