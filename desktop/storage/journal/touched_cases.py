"""Which cases the journal speaks of since somebody looked last, for readers that keep what they read.

Of ten thousand cases one has changed since. Whatever might reach further than its own case - reports merged or
parted, a part that moved, what the centre has - is answered by reading everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.journal.kinds import (
    BUNDLE_EXPORTED,
    BUNDLE_RECEIVED,
    BUNDLE_WRITTEN,
    CASE_MERGED,
    CASE_UNMERGED,
)
from desktop.storage.current_values.subjects import CASE_SUBJECTS, kind_of
from desktop.storage.current_values.values import of_field
from desktop.storage.database.statements import marks, run

_MOST: Final = 100
"""Entries told of since; more of them are a bundle or a long absence, and everything is read."""
_SINCE: Final = "SELECT kind, subject FROM entry WHERE stream = ? AND seq > ?"
_FAR: Final = frozenset(
    {CASE_MERGED, CASE_UNMERGED, BUNDLE_EXPORTED, BUNDLE_WRITTEN, BUNDLE_RECEIVED}
)
_FAR_SUBJECTS: Final = frozenset({"bundle", "party"})
"""They tell how far each case and order got."""
_OWNERS: Final = "SELECT DISTINCT case_id FROM subject WHERE subject IN ({marks})"
_MOVED: Final = (
    "SELECT EXISTS (SELECT 1 FROM replaced WHERE field = 'case' AND subject IN ({marks})) OR EXISTS "
    "(SELECT 1 FROM value WHERE subject IN ({marks}) AND {case} IS NOT NULL GROUP BY subject HAVING count(*) > 1)"
)
"""Whether one of these parts ever stood in another case than it does, or by somebody's word still does."""
_GROUPED: Final = (
    "SELECT EXISTS (SELECT 1 FROM case_card WHERE lead_id <> case_id "
    "AND (case_id IN ({marks}) OR lead_id IN ({marks})))"
)
"""Whether one of these cases leads another, or is led."""


def touched_cases(
    connection: Connection, known: Mapping[str, int], heads: Mapping[str, int]
) -> set[str] | None:
    """The cases that entries after the heads ``known``, up to ``heads``, speak of; None if that can not be told."""
    since = {name: seq - known.get(name, 0) for name, seq in heads.items()}
    if not known or not known.keys() <= heads.keys() or min(since.values(), default=0) < 0:
        return None
    if sum(since.values()) > _MOST:
        return None
    subjects: set[str] = set()
    for stream, count in since.items():
        after = (stream, known.get(stream, 0))
        for kind, subject in run(connection, _SINCE, after) if count else ():
            if kind in _FAR or kind_of(subject) in _FAR_SUBJECTS:
                return None
            subjects.add(subject)
    return _owners(connection, [name for name in subjects if kind_of(name) in CASE_SUBJECTS])


def _owners(connection: Connection, subjects: list[str]) -> set[str] | None:
    """The cases of these parts; None if more than those may have changed."""
    if not subjects or _holds(connection, _MOVED, subjects):
        return None if subjects else set()
    query = _OWNERS.format(marks=marks(subjects))
    cases = {row[0] for row in run(connection, query, tuple(subjects)) if row[0]}
    return None if cases and _holds(connection, _GROUPED, sorted(cases)) else cases


def _holds(connection: Connection, question: str, names: list[str]) -> bool:
    case = of_field(connection, "fields", "case")
    twice = question.format(marks=marks(names), case=case)
    return bool(run(connection, twice, (*names, *names)).scalar())
