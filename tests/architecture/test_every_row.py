"""A table that is one test tries all its rows, and says which of them fail."""

from __future__ import annotations

import inspect

import pytest

from tests.support.every_row import every_row


def test_all_rows_are_tried_and_those_that_fail_are_named() -> None:
    tried = []

    @every_row("first", [1, 2, 3])
    @every_row(("second", "error"), [("a", AssertionError), ("b", None), ("c", KeyError)])
    def rows(tmp: str, first: int, second: str, error: type[Exception] | None) -> None:
        tried.append((tmp, first, second))
        if error is not None and first == 2:
            raise error
        if second == "b" and first == 3:
            pytest.fail("nothing was raised")

    assert [*inspect.signature(rows).parameters] == ["tmp"]
    with pytest.raises(ExceptionGroup) as failed:
        rows(tmp="t")
    assert tried == [("t", first, second) for first in (1, 2, 3) for second in "abc"]
    told = str(failed.value)
    assert ["'a'" in told, "'b'" in told, "'c'" in told] == [True, True, True]
    assert [type(one) for one in failed.value.exceptions[0].exceptions] == [
        AssertionError,
        KeyError,
    ]
    assert "{'first': 1" not in told


def test_a_table_without_rows_checks_nothing() -> None:
    with pytest.raises(ValueError, match="without rows"):
        every_row("one", [])
