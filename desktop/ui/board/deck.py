"""The cards that were read, with what a person wished of them and the database has not confirmed yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_asking import BoardReading, ListName, More
from desktop.ui.board.board_filter import COLUMNS, Arranged, BoardFilter, arrange, passing
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules


class Deck:
    """A move shows at once; it becomes lasting by ``settle`` and is taken back by ``undo``."""

    def __init__(self, rules: BoardRules) -> None:
        self._rules = rules
        self._reading = BoardReading(())
        self._moves: dict[CaseId, CaseState] = {}

    @property
    def reading(self) -> BoardReading:
        """What the database held last, further cards of its lists included."""
        return self._reading

    @property
    def items(self) -> tuple[BoardItem, ...]:
        """Every card that was read, wished moves included."""
        if not self._moves:
            return self._reading.items
        return tuple(
            placed(item, self._moves[item.id]) if item.id in self._moves else item
            for item in self._reading.items
        )

    def item(self, case: CaseId) -> BoardItem | None:
        """One of them."""
        return next((item for item in self.items if item.id == case), None)

    def replace(self, reading: BoardReading) -> None:
        """Take what the database holds now; unconfirmed moves stay on top of it."""
        self._reading = reading

    def extend(self, more: More) -> None:
        """Take the next cards of a list; what was read meanwhile stays as it is."""
        known = {item.id for item in self._reading.items}
        further = tuple(item for item in more.items if item.id not in known)
        rests = {name: rest for name, rest in self._reading.rests.items() if name != more.name}
        if more.rest is not None:
            rests[more.name] = more.rest
        self._reading = replace(self._reading, items=self._reading.items + further, rests=rests)

    def shown(self) -> dict[ListName, int]:
        """How many cards of each column, and of the table, were read."""
        items = self._reading.items
        found: Counter[ListName] = Counter(item.state for item in items if item.card)
        found[None] = len(items)
        return dict(found)

    def arranged(self, wanted: BoardFilter, now: datetime) -> Arranged:
        """The cards ``wanted`` lets through, by column and in order."""
        through = passing(self.items, wanted, now, self._rules.type_name, self._reading.claims)
        return arrange(through, wanted.sort, now, self._rules.golden)

    def counts(self, wanted: BoardFilter, arranged: Arranged) -> dict[CaseState, int]:
        """How many cards each column has, those included that were not read; of what was just chosen in the bar only
        those that were."""
        by_state = self._reading.by_state
        if by_state is None or wanted != self._reading.wanted:
            return {state: len(items) for state, items in arranged.columns.items()}
        found = Counter(by_state)
        found.update(item.state for item in arranged.all() if item.card is None)
        for item in self._reading.items:
            if item.id in self._moves:
                found[item.state] -= 1
                found[self._moves[item.id]] += 1
        return {state: found[state] for state in COLUMNS}

    def move(self, case: CaseId, state: CaseState) -> None:
        """Show the case in another column until the database has spoken."""
        self._moves[case] = state

    def settle(self, case: CaseId, state: CaseState) -> None:
        """The database has recorded the move."""
        items, by_state = self._reading.items, self._reading.by_state
        found = next((item for item in items if item.id == case), None)
        if found is not None and by_state is not None:
            by_state = Counter(by_state)
            by_state[state] += 1
            by_state[found.state] -= 1
        items = tuple(placed(item, state) if item.id == case else item for item in items)
        self._reading = replace(self._reading, items=items, by_state=by_state)
        self.undo(case, state)

    def undo(self, case: CaseId, state: CaseState) -> None:
        """Forget the wish, unless a later one took its place."""
        if self._moves.get(case) is state:
            del self._moves[case]


def placed(item: BoardItem, state: CaseState) -> BoardItem:
    """The card in another column."""
    card = replace(item.card, state=state) if item.card is not None else None
    return replace(item, state=state, card=card)
