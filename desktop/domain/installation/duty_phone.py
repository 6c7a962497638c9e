"""The telephone of a unit that somebody answers day and night, as papers give it to those who report."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import packed
from desktop.domain.records.fields import Fields, text

_FIELD: Final = "duty_phone"
_NUMBER: Final = re.compile(
    r"(?:\d{3,8}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?:[-转]\d{1,6})?"
)
"""A short number, a mobile, a landline with its area or without, 400; each with an extension."""


def duty_phone_of(typed: str) -> str:
    """The number as papers print it; "" for none. Raises ``UserInputError("duty_phone.unreadable")``."""
    number = packed(typed)
    if number and not _NUMBER.fullmatch(number):
        raise UserInputError("duty_phone.unreadable")
    return number


def duty_phone_fields(number: str) -> Fields:
    """Journal fields of subject ``device/<id>``."""
    return {_FIELD: number}


def duty_phone_in(fields: Fields) -> str:
    """What ``device/<id>`` says; "" where nobody said it, or what is no number."""
    try:
        return duty_phone_of(text(fields, _FIELD))
    except UserInputError:
        return ""
