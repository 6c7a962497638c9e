"""What an entry replaced: the value a field had before, and who had set it."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.views import HistoryRow


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
