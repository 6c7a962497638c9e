"""How many items and conflicts stand on the cards of cases, counted for many cards at once."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.cases.taken_out import FIELD, is_contested, is_taken_out
from desktop.domain.fields import Json
from desktop.journal.merge import differ
from desktop.storage.item_projection import is_disputable
from desktop.storage.statements import run, run_among
from desktop.storage.subjects import kind_of

_AT_ONCE: Final = 2000
_SHOWN: Final = "SELECT case_id, lead_id FROM case_card WHERE lead_id AMONG ?"
_STAND: Final = "SELECT case_id, evidence_count, conflicts FROM case_card WHERE case_id AMONG ?"
_EVIDENCE: Final = (
    "SELECT case_id, count(*) FROM evidence_row WHERE case_id AMONG ? GROUP BY case_id"
)
_SAID_TWICE: Final = (
    "SELECT s.case_id, v.subject, v.fields FROM subject s JOIN value v ON v.subject = s.subject "
    "WHERE (SELECT count(*) FROM value o WHERE o.subject = v.subject) > 1 AND s.case_id AMONG ?"
)
"""What two entries or more say of one subject: of one field they may say different things."""
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
    for name, lead in run_among(connection, _SHOWN, cases):
        shown[lead].add(name)
    evidence = {
        row[0]: int(row[1]) for row in run_among(connection, _EVIDENCE, _all_of(shown, shown))
    }
    conflicts = _conflicts(connection, _all_of(shown, disputable))
    changed = []
    for case, items, disputes in run_among(connection, _STAND, cases):
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


def _conflicts(connection: Connection, cases: list[str]) -> Counter[str]:
    """Case → fields of its parts that somebody has to decide about."""
    said: defaultdict[tuple[str, str, str], list[Json]] = defaultdict(list)
    marks: defaultdict[str, list[Json]] = defaultdict(list)
    for case, subject, fields in run_among(connection, _SAID_TWICE, cases):
        kind, told = kind_of(subject), json.loads(fields)
        if FIELD in told:
            marks[subject].append(told[FIELD])
        for name in told:
            if is_disputable(kind, name):
                said[case, subject, name].append(told[name])
    return Counter(
        case
        for (case, subject, name), values in said.items()
        if len(values) > 1
        and differ(values)
        and not is_taken_out(kind_of(subject), marks.get(subject, ()))
        and (name != FIELD or is_contested(marks[subject]))
    )
