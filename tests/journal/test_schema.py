"""Every schema beyond the first is named among what a desk says it reads: the centre sends nothing newer."""

from __future__ import annotations

from desktop.journal.schema import (
    FIRST,
    MARKS,
    SCHEMA,
    SCHEMA_MARKS,
    SEATS_MARK,
    SINCE,
    schema_mark,
)


def test_each_schema_that_only_some_programs_read_is_named() -> None:
    assert tuple(map(schema_mark, range(2, SCHEMA + 1))) == SCHEMA_MARKS
    assert {schema_mark(number) for number in SINCE.values()} <= set(SCHEMA_MARKS)
    assert schema_mark(FIRST) not in MARKS
    assert {*SCHEMA_MARKS, SEATS_MARK} == set(MARKS)
