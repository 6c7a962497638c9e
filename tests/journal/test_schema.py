"""Every schema beyond the first is named among what a desk says it reads: the centre sends nothing newer."""

from __future__ import annotations

from desktop.journal.entry_table import ENTRIES
from desktop.journal.schema import (
    FIRST,
    MARKS,
    SCHEMA,
    SCHEMA_MARKS,
    SEATS_MARK,
    SINCE,
    schema_mark,
    schema_of,
)

SAID = {"order.issued_alone": 2, "order.confirmed": 2}
"""What programs in use go by, for ever: an entry under a number they read is taken, under a newer one held."""


def test_a_kind_is_announced_by_the_version_that_programs_in_use_know() -> None:
    assert {kind: schema_of(kind) for kind in SAID} == SAID
    assert {schema_of(kind) for kind in ENTRIES} == set(range(FIRST, SCHEMA + 1))
    assert {kind for kind in ENTRIES if schema_of(kind) != FIRST} == SINCE.keys()


def test_each_schema_that_only_some_programs_read_is_named() -> None:
    assert tuple(map(schema_mark, range(2, SCHEMA + 1))) == SCHEMA_MARKS
    assert {schema_mark(number) for number in SINCE.values()} <= set(SCHEMA_MARKS)
    assert schema_mark(FIRST) not in MARKS
    assert {*SCHEMA_MARKS, SEATS_MARK} == set(MARKS)
