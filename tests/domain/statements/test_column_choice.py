"""Choices of columns survive being kept; headers are known again however they are written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statements.column_choice import (
    choice_from_json,
    choice_to_json,
    header_signature,
    missing_columns,
)
from desktop.domain.statements.statement import ColumnChoice, StatementColumn

_ROLES = st.dictionaries(st.sampled_from(StatementColumn), st.integers(0, 60), min_size=1)


@given(_ROLES, st.sampled_from(["mdy", "dmy"]), st.integers(0, 60))
def test_what_is_enough_comes_back(roles: dict[StatementColumn, int], order: str, row: int) -> None:
    choice = ColumnChoice(row, roles, order)
    document = json.loads(json.dumps(choice_to_json(choice)))
    if missing_columns(roles):
        with pytest.raises(ValueError, match="no choice"):
            choice_from_json(document, row)
    else:
        assert choice_from_json(document, row) == choice


@pytest.mark.parametrize("document", [{}, [], {"roles": {"x": 1}, "day_order": "mdy"},
                                      {"roles": {"date": "a"}, "day_order": "mdy"}])  # fmt: skip
def test_what_was_damaged_is_refused(document: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        choice_from_json(document, 1)


def test_a_header_is_the_same_in_any_width_case_and_spacing() -> None:
    known = header_signature(["交易 日期", "Amount", "对方", ""])
    assert known == header_signature(["交易日期", "ＡＭＯＵＮＴ", "对方"])
    assert known != header_signature(["交易日期", "对方", "amount"])
    assert header_signature(["", "合计"]) == ""
