"""The telephone of a unit that somebody answers day and night, as papers give it to those who report."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import packed

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


def known_duty_phone(value: object) -> str:
    """What a file says; "" for what is no number."""
    try:
        return duty_phone_of(value) if isinstance(value, str) else ""
    except UserInputError:
        return ""


def duty_phone_in(profile: str) -> str:
    """What the text of ``profile.toml`` says; "" where nobody said it."""
    try:
        return known_duty_phone(tomllib.loads(profile).get("duty_phone"))
    except tomllib.TOMLDecodeError:
        return ""
