"""Whatever of a sheet's facts is not known: every place is filled, and the rest of the sheet says what it said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any

import pytest

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.typst_sheets import SHEETS
from desktop.runtime.texts.catalogue import Catalogue
from tests.documents.filled_places import unfilled
from tests.documents.samples import AT
from tests.documents.sheet_samples import (
    hand_over_facts,
    handover_facts,
    masked_slip_facts,
    order_sheet_facts,
)

TEXTS = FormTexts(Catalogue.load("zh_CN", strict=True))
OF_A_CASE = "paper_mark"
"""Stands only on what belongs to a case."""
SAMPLES = (hand_over_facts(), handover_facts(), masked_slip_facts(), order_sheet_facts())


def without_one(facts: Any) -> Iterator[tuple[str, Any]]:
    """The facts without one of those that need not be known, also within their parts, by its name."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        if _need_not_be_known(field):
            yield field.name, replace(facts, **{field.name: _nothing_of(field)})
        if is_dataclass(value):
            for name, part in without_one(value):
                yield f"{field.name}.{name}", replace(facts, **{field.name: part})
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for name, part in without_one(value[0]):
                yield f"{field.name}.{name}", replace(facts, **{field.name: (part, *value[1:])})


def _need_not_be_known(field: Field[Any]) -> bool:
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    return has_default or "None" in str(field.type)


def _nothing_of(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None if field.default is MISSING else field.default


@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: type(facts).__name__)
def test_what_is_not_known_is_an_empty_place(facts: Any) -> None:
    _template, filled = SHEETS[type(facts)]
    whole = filled(facts, TEXTS, AT)
    assert [*unfilled(whole, "")] == []
    variants = dict(without_one(facts))
    assert variants
    for name, bare in variants.items():
        found = filled(bare, TEXTS, AT)
        assert [*unfilled(found, "")] == [], name
        assert found.keys() | {OF_A_CASE} == whole.keys() | {OF_A_CASE}, name
