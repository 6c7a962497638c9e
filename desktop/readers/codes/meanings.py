"""What a code is for, by its form: pay codes, contacts, groups, addresses, links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.runtime.resources import resource_path

FILE: Final = "readers/codes.toml"
_LONGEST: Final = 4296
"""Characters of the largest QR code there is (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``id`` names it in the catalogue; ``kind`` is the kind of identifier it gives, "" for none."""

    id: str
    pattern: re.Pattern[str]
    kind: str


UNKNOWN: Final = Meaning("text", re.compile(r"(?s:.*)"), "")


def meaning_of(text: str) -> tuple[Meaning, str]:
    """The meaning and the value to propose as an identifier, "" for none."""
    for meaning in meanings():
        match = meaning.pattern.fullmatch(text[:_LONGEST].strip())
        if match is not None:
            return meaning, match.groupdict().get("value") or ""
    return UNKNOWN, ""


@cache
def meanings() -> tuple[Meaning, ...]:
    """The shipped forms. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        document = tomllib.loads(resource_path(FILE).read_text("utf-8"))
        return tuple(map(_meaning, document["code"]))
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _meaning(table: Mapping[str, Any]) -> Meaning:
    return Meaning(table["id"], re.compile(table["pattern"]), table.get("kind", ""))
