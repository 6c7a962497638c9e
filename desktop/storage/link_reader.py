"""What links cases, read in the order of the values: the index of keys is walked once, nothing is sorted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.clock import from_wire
from desktop.domain.ids import CaseId
from desktop.domain.series import SeriesCase
from desktop.storage.statements import marks, run, stream

_SHARED: Final = (
    "SELECT k.normal, c.lead_id FROM key_row k JOIN case_card c ON c.case_id = k.case_id "
    "WHERE k.normal NOT LIKE 'person/%' AND k.normal NOT LIKE '%*%' "
    "AND length(k.normal) >= ? ORDER BY k.normal, c.lead_id"
)
_CASES: Final = (
    "SELECT case_id, number, victim, type, state, loss_fen, stopped_fen, accepted_at, unit_code, unit_name "
    "FROM case_card WHERE case_id = lead_id AND case_id IN ({marks})"
)
_AT_ONCE: Final = 500
_STORIES: Final = (
    "SELECT c.case_id, v.value FROM case_card c JOIN value v "
    "ON v.subject = 'case/' || c.case_id AND v.field = 'narrative' "
    "WHERE c.case_id = c.lead_id AND c.accepted_at >= ? ORDER BY c.case_id"
)


def link_pairs(connection: Connection, shortest: int) -> Iterator[tuple[str, str]]:
    """(value, case) in the order of values; a merged report counts as the case that leads it, each pair once."""
    last = None
    for normal, case in stream(connection, _SHARED, (shortest,)):
        if (normal, case) != last:
            last = (normal, case)
            yield last


def series_cases(connection: Connection, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
    """The lines of these cases, by id."""
    found: list[SeriesCase] = []
    for start in range(0, len(cases), _AT_ONCE):
        chunk = tuple(cases[start : start + _AT_ONCE])
        rows = run(connection, _CASES.format(marks=marks(chunk)), chunk)
        found += [_case(tuple(row)) for row in rows]
    return tuple(sorted(found, key=lambda item: item.id))


def _case(row: tuple[Any, ...]) -> SeriesCase:
    id_, number, victim, type_, state, loss, stopped, accepted, code, name = row
    return SeriesCase(
        CaseId(id_), number, victim, type_, state, loss, stopped, from_wire(accepted), code, name
    )


def stories(connection: Connection, since: str) -> Iterator[tuple[CaseId, str]]:
    """(case, narrative) of cases accepted since then; of a disputed narrative each text."""
    for case, content in stream(connection, _STORIES, (since,)):
        text = json.loads(content)
        if text and isinstance(text, str):
            yield CaseId(case), text
