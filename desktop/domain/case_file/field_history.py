"""What a field held and holds: the value an entry replaced, and the whole story of each field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.case_file.views import HistoryRow


def replaced(history: Iterable[HistoryRow]) -> dict[tuple[str, int, str], tuple[str, str]]:
    """(stream, seq, field) of each entry that changed a value → (officer, value) before; oldest first.

    A field that was empty or unknown before was not changed but filled.
    """
    known: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[tuple[str, int, str], tuple[str, str]] = {}
    for row in history:
        for name, value in row.fields:
            before = known.get((row.subject, name))
            if before is not None and before[1] and before[1] != value:
                found[row.stream, row.seq, name] = before
            known[row.subject, name] = (row.officer, value)
    return found


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value a field had. ``row``: the entry that set it, with who and when."""

    value: str
    row: HistoryRow

    @property
    def reason(self) -> str:
        """Why, where the entry says so."""
        return dict(self.row.fields).get("reason", "")


@dataclass(frozen=True, slots=True)
class FieldStory:
    """Every value of one field, the newest first: that one holds, the others were superseded by the one above."""

    subject: str
    field: str
    values: tuple[FieldValue, ...]

    @property
    def current(self) -> str:
        """What holds."""
        return self.values[0].value

    @property
    def changes(self) -> int:
        """How often another value took the place of one that was there."""
        return sum(1 for item in self.values[1:] if item.value)


def stories(history: Iterable[HistoryRow]) -> tuple[FieldStory, ...]:
    """The story of every field that ever held something, in the order in which they were first set. An entry that sets
    what stands already is no change."""
    found: dict[tuple[str, str], list[FieldValue]] = {}
    for row in history:
        for name, value in row.fields:
            known = found.setdefault((row.subject, name), [])
            if not known and not value:
                continue
            if not known or known[-1].value != value:
                known.append(FieldValue(value, row))
    return tuple(
        FieldStory(subject, name, tuple(reversed(values)))
        for (subject, name), values in found.items()
        if values
    )
