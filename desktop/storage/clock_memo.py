"""What the clocks of every case are counted from, kept between two looks.

Every record made at the desk asks for the clocks anew. Of ten thousand cases one has changed since, so only what the
journal tells of since is read again. Whatever might reach further than its own case - reports merged or parted, a
part that moved, what the centre has - is answered by reading everything.
"""

from __future__ import annotations

from threading import Lock
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.case_clocks import ClockFacts
from desktop.domain.ids import CaseId
from desktop.journal.kinds import CASE_MERGED, CASE_UNMERGED
from desktop.storage.clock_reader import Asking, clock_facts
from desktop.storage.journal_table import stream_heads
from desktop.storage.order_reader import OrderReader
from desktop.storage.projections import CASE_PARTS
from desktop.storage.statements import marks, run
from desktop.storage.subjects import kind_of

_MOST: Final = 100
"""Entries told of since; more of them are a bundle or a long absence, and everything is read."""
_SINCE: Final = "SELECT kind, subject FROM entry WHERE stream = ? AND seq > ?"
_FAR: Final = frozenset({CASE_MERGED, CASE_UNMERGED})
_FAR_SUBJECTS: Final = frozenset({"bundle", "party"})
"""They tell how far each order got."""
_OWNERS: Final = "SELECT DISTINCT case_id FROM subject WHERE subject IN ({marks})"
_MOVED: Final = (
    "SELECT EXISTS (SELECT 1 FROM replaced WHERE field = 'case' AND subject IN ({marks})) OR EXISTS "
    "(SELECT 1 FROM value WHERE field = 'case' AND subject IN ({marks}) GROUP BY subject HAVING count(*) > 1)"
)
"""Whether one of these parts ever stood in another case than it does, or by somebody's word still does."""
_GROUPED: Final = (
    "SELECT EXISTS (SELECT 1 FROM case_card WHERE lead_id <> case_id "
    "AND (case_id IN ({marks}) OR lead_id IN ({marks})))"
)
"""Whether one of these cases leads another, or is led."""


class ClockMemo:
    """For what is committed only: never ask it within a transaction that writes. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._heads: dict[str, int] = {}
        self._facts: dict[CaseId, ClockFacts] = {}

    def facts(self, asking: Asking, orders: OrderReader) -> tuple[ClockFacts, ...]:
        """As :func:`clock_facts` of every case."""
        with self._lock:
            heads = stream_heads(asking.connection)
            cases = self._touched(asking.connection, heads) if self._heads else None
            if cases is None:
                self._heads, self._facts = (
                    {},
                    {},
                )  # should the reading be given up, nothing is known
                fresh = clock_facts(asking, orders.all())
            else:
                fresh = _of_some(asking, orders, cases) if cases else ()
            self._facts.update((told.case, told) for told in fresh)
            self._heads = heads
            return tuple(
                sorted(self._facts.values(), key=lambda item: (item.accepted_at, item.case))
            )

    def _touched(self, connection: Connection, heads: dict[str, int]) -> set[str] | None:
        """The cases the entries since speak of; None if that can not be told from them."""
        since = {name: seq - self._heads.get(name, 0) for name, seq in heads.items()}
        if not self._heads.keys() <= heads.keys() or min(since.values(), default=0) < 0:
            return None
        if sum(since.values()) > _MOST:
            return None
        subjects: set[str] = set()
        for stream, count in since.items():
            known = (stream, self._heads.get(stream, 0))
            for kind, subject in run(connection, _SINCE, known) if count else ():
                if kind in _FAR or kind_of(subject) in _FAR_SUBJECTS:
                    return None
                subjects.add(subject)
        return _owners(connection, [name for name in subjects if kind_of(name) in CASE_PARTS])


def _owners(connection: Connection, subjects: list[str]) -> set[str] | None:
    """The cases of these parts; None if more than those may have changed."""
    if not subjects or _holds(connection, _MOVED, subjects):
        return None if subjects else set()
    query = _OWNERS.format(marks=marks(subjects))
    cases = {row[0] for row in run(connection, query, tuple(subjects)) if row[0]}
    return None if cases and _holds(connection, _GROUPED, sorted(cases)) else cases


def _of_some(asking: Asking, orders: OrderReader, cases: set[str]) -> tuple[ClockFacts, ...]:
    views = [view for case in sorted(cases) for view in orders.of_case(CaseId(case))]
    return clock_facts(Asking(asking.connection, sorted(cases), asking.progress), views)


def _holds(connection: Connection, question: str, names: list[str]) -> bool:
    twice = question.format(marks=marks(names))
    return bool(run(connection, twice, (*names, *names)).scalar())
