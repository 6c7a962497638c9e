"""What entries touch is noted whole, or a transaction is alone: whatever is forgotten here is written to by two."""

from __future__ import annotations

import pytest

from desktop.journal.entry import Entry, NewEntry, seal
from desktop.journal.kinds import CASE_AMENDED, CASE_MERGED, CASE_UNMERGED
from desktop.journal.touching import Touched, Touching

OWN = frozenset({"CENTRE.620102540000"})
WALL = "2026-11-24T02:31:07.000Z"


def an_entry(
    stream: str, subject: str, kind: str = CASE_AMENDED, **fields: str | int | bool | None
) -> Entry:
    new = NewEntry(kind, subject, fields)
    return seal(
        new, stream=stream, seq=1, lamport=1, wall=WALL, officer="620134", replaces={}, prev="0" * 64
    )  # fmt: skip


def touching(*entries: Entry) -> Touching | None:
    touched = Touched()
    for entry in entries:
        touched.note(entry)
    return touched.with_own(OWN, "bundle/b1")


def test_streams_subjects_and_cases_are_noted_of_every_entry() -> None:
    found = touching(
        an_entry("A", "case/c1"), an_entry("B", "transfer/t1", case="c2"), an_entry("B", "bundle/b0")
    )  # fmt: skip
    assert found == Touching(
        frozenset({"A", "B", *OWN}),
        frozenset({"case/c1", "transfer/t1", "bundle/b0", "bundle/b1"}),
        frozenset({"c1", "c2"}),
    )
    assert found.names == [
        "bundle/b0", "bundle/b1", "case/c1", "case/c2", "stream A", "stream B",
        "stream CENTRE.620102540000", "transfer/t1",
    ]  # fmt: skip


def test_nothing_noted_is_still_what_is_written_about_it() -> None:
    assert touching() == Touching(OWN, frozenset({"bundle/b1"}), frozenset())


@pytest.mark.parametrize("kind", [CASE_MERGED, CASE_UNMERGED])
def test_what_reaches_into_other_cases_is_written_alone(kind: str) -> None:
    far = an_entry("A", "case/c1", kind)
    assert touching(far, an_entry("A", "case/c2")) is None


@pytest.mark.parametrize(("count", "apart"), [(400, True), (401, False)])
def test_beyond_eight_hundred_names_a_transaction_is_alone(count: int, *, apart: bool) -> None:
    """Each of them names a subject and a case."""
    found = touching(*(an_entry("A", f"case/c{number}") for number in range(count)))
    assert (found is not None) is apart
