"""The board page by page, as its rows were reckoned last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.services.ports.database.board_rows import (
    BoardCounts,
    BoardList,
    BoardOnly,
    BoardPlace,
    CardClocks,
)
from desktop.storage.clocks.board_filters import board_counts, newest_cases
from desktop.storage.clocks.board_pages import board_places
from desktop.storage.clocks.board_rows import card_clocks
from desktop.storage.readers.board_reader import cards_of
from desktop.storage.readers.one_view import OneView


class BoardPageReader(OneView):
    """See :class:`desktop.services.ports.database.board_rows.BoardQueries`."""

    def cards_of(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseCard]:
        """The cards of these cases."""
        return cards_of(self._connection, self._marks, cases)

    def board_places(
        self, basis: int, asked: BoardList, now: datetime, after: BoardPlace | None, limit: int
    ) -> tuple[BoardPlace, ...]:
        """The first cards of a list, or those behind one."""
        return board_places(self._connection, basis, asked, now, after, limit)

    def board_counts(self, basis: int, only: BoardOnly, now: datetime) -> BoardCounts:
        """What is counted over all cards."""
        return board_counts(self._connection, basis, only, now)

    def card_clocks(
        self, basis: int, cases: Collection[CaseId], now: datetime
    ) -> Mapping[CaseId, CardClocks]:
        """What the clocks add to these cards."""
        return card_clocks(self._connection, basis, cases, now)

    def newest_cases(self, state: CaseState, only: BoardOnly, limit: int) -> tuple[CaseId, ...]:
        """The newest cases of a column."""
        return newest_cases(self._connection, state, only, limit)
