"""The cards of every case, kept between two looks at the board.

The board reads them anew whenever it comes to the front. Only cases the journal tells of since are read again, and
what has not changed is the very same card, so that whoever shows it sees at a glance that nothing is to be done.
"""

from __future__ import annotations

from threading import Lock

from sqlalchemy.engine import Connection

from desktop.domain.case_file.views import CaseCard
from desktop.domain.ids import CaseId
from desktop.storage.board_reader import every_card, newest_first, one_card
from desktop.storage.journal_table import stream_heads
from desktop.storage.sync_marks import SyncMarks
from desktop.storage.touched_cases import touched_cases


class CardMemo:
    """For what is committed only: never ask it within a transaction that writes. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._heads: dict[str, int] = {}
        self._cards: tuple[CaseCard, ...] = ()

    def cards(self, connection: Connection, marks: SyncMarks) -> tuple[CaseCard, ...]:
        """As :func:`every_card`."""
        with self._lock:
            heads = stream_heads(connection)
            cases = touched_cases(connection, self._heads, heads)
            if cases is None:
                self._cards = self._same_where_equal(every_card(connection, marks))
            elif cases:
                self._cards = self._with(connection, marks, cases)
            self._heads = heads
            return self._cards

    def _same_where_equal(self, cards: tuple[CaseCard, ...]) -> tuple[CaseCard, ...]:
        """Compared here, where nobody's window waits for it."""
        if not self._cards:
            return cards
        known = {card.id: card for card in self._cards}
        return tuple(
            old if (old := known.get(card.id)) is not None and old == card else card
            for card in cards
        )

    def _with(
        self, connection: Connection, marks: SyncMarks, cases: set[str]
    ) -> tuple[CaseCard, ...]:
        found = [one_card(connection, marks, CaseId(case)) for case in sorted(cases)]
        kept = (card for card in self._cards if card.id not in cases)
        return newest_first((*kept, *(card for card in found if card is not None)))

    def forget(self) -> None:
        """What was read is made anew."""
        with self._lock:
            self._heads, self._cards = {}, ()
