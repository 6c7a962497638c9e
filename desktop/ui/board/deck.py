"""All cards of the board, and the moves the database has not yet confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_filter import Arranged, BoardFilter, arrange, passing
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.desk_mark import is_elsewhere, is_offered


class Deck:
    """A move shows at once; it becomes lasting by ``settle`` and is taken back by ``undo``."""

    def __init__(self, rules: BoardRules) -> None:
        self._rules = rules
        self._items: tuple[BoardItem, ...] = ()
        self._moves: dict[CaseId, CaseState] = {}

    @property
    def items(self) -> tuple[BoardItem, ...]:
        """Every card, wished moves included."""
        if not self._moves:
            return self._items
        return tuple(
            placed(item, self._moves[item.id]) if item.id in self._moves else item
            for item in self._items
        )

    def item(self, case: CaseId) -> BoardItem | None:
        """One of them."""
        return next((item for item in self.items if item.id == case), None)

    def replace(self, items: tuple[BoardItem, ...]) -> None:
        """Take what the database holds now; unconfirmed moves stay on top of it."""
        self._items = items

    def types(self) -> frozenset[str]:
        """The scam types that occur."""
        return frozenset(item.type for item in self._items if item.type)

    def has_marks(self) -> bool:
        """Whether other desks of the station have cases, or offer some."""
        own = self._rules.own
        return any(is_elsewhere(item, own) or is_offered(item, own) for item in self._items)

    def arranged(self, wanted: BoardFilter, now: datetime) -> Arranged:
        """The cards ``wanted`` lets through, by column and in order."""
        through = passing(self.items, wanted, now, self._rules.type_name)
        return arrange(through, wanted.sort, now, self._rules.golden)

    def move(self, case: CaseId, state: CaseState) -> None:
        """Show the case in another column until the database has spoken."""
        self._moves[case] = state

    def settle(self, case: CaseId, state: CaseState) -> None:
        """The database has recorded the move."""
        self._items = tuple(
            placed(item, state) if item.id == case else item for item in self._items
        )
        self.undo(case, state)

    def undo(self, case: CaseId, state: CaseState) -> None:
        """Forget the wish, unless a later one took its place."""
        if self._moves.get(case) is state:
            del self._moves[case]


def placed(item: BoardItem, state: CaseState) -> BoardItem:
    """The card in another column."""
    card = replace(item.card, state=state) if item.card is not None else None
    return replace(item, state=state, card=card)
