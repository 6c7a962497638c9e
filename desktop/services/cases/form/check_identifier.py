"""Check one identifier, and say it as JSON."""

from __future__ import annotations

from datetime import date

from desktop.domain.identifiers import CheckVerdict, IdentifierCheck, check
from desktop.domain.records.fields import Fields
from desktop.domain.reference.directories import Directories


def check_identifier(
    kind: str, value: str, directories: Directories, today: date
) -> IdentifierCheck:
    """The check of ``value``; raises ``UserInputError("identifier.kind")`` for an unknown kind."""
    return check(kind, value, directories, today)


def to_json(found: IdentifierCheck) -> Fields:
    """``{kind, value, normal, valid: true/false/"warn", problems, facts}``."""
    valid = "warn" if found.verdict is CheckVerdict.WARN else found.verdict is CheckVerdict.VALID
    return {
        "kind": found.kind,
        "value": found.value,
        "normal": found.normal,
        "valid": valid,
        "problems": list(found.problems),
        "facts": dict(found.facts),
    }
