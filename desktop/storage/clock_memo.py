"""What the clocks of every case are counted from, kept between two looks.

Every record made at the desk asks for the clocks anew. Only what the journal tells of since is read again.
"""

from __future__ import annotations

from threading import Lock

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.ids import CaseId
from desktop.storage.clock_reader import Asking, clock_facts
from desktop.storage.journal_table import stream_heads
from desktop.storage.order_reader import OrderReader
from desktop.storage.touched_cases import touched_cases


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
            cases = touched_cases(asking.connection, self._heads, heads)
            if cases is None:
                self._heads, self._facts = (
                    {},
                    {},
                )  # should the reading be given up, nothing is known
                fresh = clock_facts(asking, orders.orders())
            else:
                fresh = _of_some(asking, orders, cases) if cases else ()
            self._facts.update((told.case, told) for told in fresh)
            self._heads = heads
            return tuple(
                sorted(self._facts.values(), key=lambda item: (item.accepted_at, item.case))
            )

    def forget(self) -> None:
        """What was read is made anew."""
        with self._lock:
            self._heads, self._facts = {}, {}


def _of_some(asking: Asking, orders: OrderReader, cases: set[str]) -> tuple[ClockFacts, ...]:
    views = [view for case in sorted(cases) for view in orders.orders_of(CaseId(case))]
    return clock_facts(Asking(asking.connection, sorted(cases), asking.progress), views)
