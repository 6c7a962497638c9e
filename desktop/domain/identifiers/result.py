"""What a check of an identifier says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Final, TypeAlias

from desktop.domain.reference.directories import Directories


class CheckVerdict(StrEnum):
    """``INVALID`` only for what cannot exist by its own arithmetic or alphabet; every mere doubt is ``WARN``."""

    VALID = "valid"
    WARN = "warn"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """The reading of one identifier.

    ``value`` is the text as given, ``normal`` the form that is compared and sent (empty when nothing is left).
    ``problems`` are codes, texts under ``identifiers.problem.<code>``; ``facts`` are what the number says of
    itself, names under ``identifiers.fact.<name>``, coded values under ``identifiers.value.<name>.<value>``.
    """

    kind: str
    value: str
    normal: str
    verdict: CheckVerdict
    problems: tuple[str, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check may look at besides the text."""

    directories: Directories
    today: date


CODED: Final = frozenset({
    "sex", "place_state", "region", "document", "department", "card_kind", "form", "virtual", "family", "origin",
    "wallet", "host_form", "scheme", "case", "carrier", "platform",
})  # fmt: skip
"""Facts whose values are codes with words of their own."""

Checker: TypeAlias = Callable[[str, str, CheckContext], IdentifierCheck]
"""Of kind, text as given, context."""


_CheckOfNormal: TypeAlias = Callable[[str, str, str, CheckContext], IdentifierCheck]
"""Of kind, text as given, what counts of it, context."""


def reads(clean: Callable[[str], str]) -> Callable[[_CheckOfNormal], Checker]:
    """The checker of what ``clean`` leaves of a text; where that is nothing, the problem is ``empty``."""

    def checker_of(judge: _CheckOfNormal) -> Checker:
        @wraps(judge)
        def check(kind: str, value: str, context: CheckContext) -> IdentifierCheck:
            normal = clean(value)
            if not normal:
                return result(kind, value, "", invalid=("empty",))
            return judge(kind, value, normal, context)

        return check

    return checker_of


def result(
    kind: str,
    value: str,
    normal: str,
    *,
    invalid: tuple[str, ...] = (),
    warn: tuple[str, ...] = (),
    facts: Mapping[str, str] | None = None,
) -> IdentifierCheck:
    """A check whose verdict follows from its problems; empty facts are left out."""
    known = {name: text for name, text in (facts or {}).items() if text}
    verdict = CheckVerdict.INVALID if invalid else CheckVerdict.WARN if warn else CheckVerdict.VALID
    return IdentifierCheck(kind, value, normal, verdict, (*invalid, *warn), known)
