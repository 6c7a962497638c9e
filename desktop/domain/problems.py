"""What a check found: a field, a code the catalogue explains, and whether it stops the step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``BLOCK`` only for what makes the step impossible; everything else advises."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is a dotted path such as ``transfers.0.payee.account``; ``code`` is ``problems.<code>`` in the
    catalogue."""

    field: str
    code: str
    severity: Severity = Severity.WARN
