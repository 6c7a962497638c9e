"""How many items and conflicts stand on the cards of cases, counted for many cards at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.statements import marks, run

_AT_ONCE: Final = 200
_SHOWN: Final = "SELECT case_id, lead_id FROM case_card WHERE lead_id IN ({marks})"
_STAND: Final = (
    "SELECT case_id, evidence_count, conflicts FROM case_card WHERE case_id IN ({marks})"
)
_EVIDENCE: Final = (
    "SELECT case_id, count(*) FROM evidence_row WHERE case_id IN ({marks}) GROUP BY case_id"
)
_CONFLICTS: Final = (  # of what item_projection.is_disputable names
    "SELECT case_id, count(*) FROM (SELECT s.case_id FROM subject s JOIN value v ON v.subject = s.subject "
    "WHERE s.case_id IN ({marks}) AND (s.kind NOT IN ('task', 'paper') OR v.field LIKE 'text.%') "
    "GROUP BY s.case_id, v.subject, v.field HAVING count(*) > 1) AS disputed GROUP BY case_id"
)
_NOTE: Final = "UPDATE case_card SET evidence_count = ?, conflicts = ? WHERE case_id = ?"


def note_counts(
    connection: Connection, cases: Collection[str], disputable: Collection[str]
) -> None:
    """Bring the counts of these cards up to date: of items, and of conflicts where there may be other ones than before.
    What was merged into a case counts on its card."""
    names = sorted(cases)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        _note(connection, some, {case for case in some if case in disputable})


def _note(connection: Connection, cases: list[str], disputable: set[str]) -> None:
    shown: dict[str, set[str]] = {case: {case} for case in cases}
    for name, lead in run(connection, _SHOWN.format(marks=marks(cases)), tuple(cases)):
        shown[lead].add(name)
    evidence = _counted(connection, _EVIDENCE, _all_of(shown, shown))
    conflicts = _counted(connection, _CONFLICTS, _all_of(shown, disputable))
    changed = []
    stand = run(connection, _STAND.format(marks=marks(cases)), tuple(cases)).fetchall()
    for case, items, disputes in stand:
        now = (
            sum(evidence.get(name, 0) for name in shown[case]),
            sum(conflicts.get(name, 0) for name in shown[case]) if case in disputable else disputes,
        )
        if now != (items, disputes):
            changed.append((*now, case))
    if changed:
        run(connection, _NOTE, changed)


def _all_of(shown: dict[str, set[str]], cases: Collection[str]) -> list[str]:
    return sorted({name for case in cases for name in shown[case]})


def _counted(connection: Connection, query: str, cases: list[str]) -> dict[str, int]:
    if not cases:
        return {}
    rows = run(connection, query.format(marks=marks(cases)), tuple(cases))
    return {row[0]: int(row[1]) for row in rows}
