"""What the journal can spell in one way alone, and what of it a new entry replaces."""

from __future__ import annotations

import json
from enum import StrEnum

import pytest
import rfc8785

from desktop.domain.errors import UserInputError
from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Json
from desktop.journal import kinds
from desktop.journal.canonical import canonical
from desktop.journal.entry import GENESIS, MAX_LINE, NewEntry, seal


class Word(StrEnum):
    """A code is a text to a journal."""

    ONE = "甲"


@pytest.mark.parametrize(
    "value", [Word.ONE, {"a": Word.ONE}, [Word.ONE, 7], (1, (2, "x")), [[True, None]]]
)
def test_codes_and_rows_are_spelled_as_plain_texts_and_lists(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(json.loads(json.dumps(value)))


@pytest.mark.parametrize("value", [2**53, -(2**53), {"a": 2**60}, "\ud800", {"a": ["\ud800"]}])
def test_what_has_no_one_spelling_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"surrogate|range|UTF|domain|int"):
        canonical(value)


def test_who_knew_what_stood_there_may_replace_it() -> None:
    plain = NewEntry(kinds.CASE_MOVED, "case/1", {"state": "new"})
    assert plain.may_replace("S", "state", "filed")
    one_stream = NewEntry(kinds.CASE_MOVED, "case/1", {"state": "new"}, instead_of="S")
    assert one_stream.may_replace("S", "state", "filed")
    assert not one_stream.may_replace("T", "state", "filed")
    shown = NewEntry(kinds.CASE_MOVED, "case/1", {"state": "new"}, shown={"state": "filed"})
    assert shown.may_replace("S", "state", "filed"), "it was seen"
    assert shown.may_replace("S", "state", "new"), "it says the same"
    assert not shown.may_replace("S", "state", "closed"), "somebody wrote it meanwhile"
    assert not NewEntry("k", "s", {"state": "new"}, shown={}).may_replace("S", "state", "filed")


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"a": "x" * MAX_LINE}, "entry.too_long"), ({"a": "\ud800"}, "entry.unwritable")],
)
def test_what_no_bundle_could_carry_is_not_written(fields: dict[str, Json], code: str) -> None:
    new = NewEntry(kinds.CASE_AMENDED, "case/1", fields)
    with pytest.raises(UserInputError, match=f"^{code}$"):
        seal(
            new, stream=DeviceId("A" * 16), seq=1, wall="", officer="1", lamport=1, replaces={},
            prev=GENESIS,
        )  # fmt: skip
