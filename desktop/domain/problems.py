"""What a check found: a field, a code the catalogue explains, and how far it stands against the step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``BLOCK``: the step is impossible. ``WRONG``: what stands there cannot be right; a person may go on and says why.
    ``WARN``: it may be right, a person is asked. The first two are shown in red."""

    BLOCK = "block"
    WRONG = "wrong"
    WARN = "warn"

    @property
    def red(self) -> bool:
        """Whether nobody gets past it by agreeing."""
        return self is not Severity.WARN


_RANK = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is a dotted path such as ``transfers.0.payee.account``; ``code`` is ``problems.<code>`` in the
    catalogue, ``params`` fill its words."""

    field: str
    code: str
    severity: Severity = Severity.WARN
    params: tuple[tuple[str, str | int], ...] = ()


def gravest_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, the gravest first; those of one severity in the order in which they were found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda item: _RANK[item.severity]))


def needs_reason(problems: Iterable[Problem]) -> bool:
    """Whether somebody who goes on has to say why."""
    return any(item.severity is Severity.WRONG for item in problems)


def is_blocked(problems: Iterable[Problem]) -> bool:
    """Whether the step is impossible."""
    return any(item.severity is Severity.BLOCK for item in problems)
