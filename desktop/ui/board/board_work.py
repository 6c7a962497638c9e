"""What the board reads of a desk, with the clocks reckoned last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.order_clocks import ONWARD
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import Draft
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import AtZero, Deadline
from desktop.domain.money.dispositions import NO_MONEY, MoneyTimeline
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import unrecorded
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.look_up import board
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.session import Session
from desktop.services.where_money_is import timelines
from desktop.ui.board.board_item import BoardItem, board_items
from desktop.ui.shared.kit.thread_runner import YieldingProgress

_ELSEWHERE: Final = frozenset({"stop_end", "masked", "entry"})
"""The clock of the chip; the one that is a task too; and the one a case not yet in the official register shows by
itself. Of a chance, which nobody is late with, no card tells."""


class BoardWork:
    """The items of the board. A reading is cheap; reckoning every clock can wait, and is kept for the next reading."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._first: dict[CaseId, Deadline] = {}
        self._onward: dict[CaseId, tuple[Deadline, ...]] = {}
        self._money: Mapping[CaseId, MoneyTimeline] = {}
        self._cards: dict[CaseId, tuple[CaseCard, CaseCard]] = {}
        """Case → its card as it was read, and with its money."""
        self._items: tuple[BoardItem, ...] = ()

    def load(self) -> tuple[BoardItem, ...]:
        """Every case and every draft, as the database holds them now, with clocks and money of the last reckoning."""
        cards = tuple(map(self._with_money, board(self._session)))
        drafts = self._unfinished(frozenset(card.id for card in cards))
        self._items = board_items(cards, drafts, self._first, self._items, self._onward)
        return self._items

    def _with_money(self, card: CaseCard) -> CaseCard:
        """The very same card while neither it nor its money changed."""
        money = self._money.get(card.id, NO_MONEY)
        known = self._cards.get(card.id)
        if known is None or known[0] is not card or known[1].money != money:
            known = self._cards[card.id] = card, replace(card, money=money)
        return known[1]

    def _unfinished(self, registered: frozenset[CaseId]) -> tuple[Draft, ...]:
        """Drafts that say more than the journal: one that does not is left after each stop, as the form stays open."""
        return tuple(
            draft
            for draft in open_drafts(self._session)
            if draft.form.case_id not in registered or unrecorded(self._session, draft.form)
        )

    def reckon(self) -> tuple[BoardItem, ...] | None:
        """The same once every clock and where all money is has been reckoned; None where that changes nothing."""
        first: dict[CaseId, Deadline] = {}
        onward: dict[CaseId, tuple[Deadline, ...]] = {}
        progress = YieldingProgress(SILENT)
        for clock in running_clocks(self._session, progress):
            chance = clock.deadline.at_zero is AtZero.CHANCE
            if clock.deadline.name not in _ELSEWHERE and not chance:
                first.setdefault(clock.case, clock.deadline)
            if clock.deadline.name == ONWARD:
                onward[clock.case] = (*onward.get(clock.case, ()), clock.deadline)
        money = timelines(self._session, progress)
        if (first, onward, money) == (self._first, self._onward, self._money):
            return None
        self._first, self._onward, self._money = first, onward, money
        return self.load()

    def move(self, case: CaseId, state: CaseState) -> None:
        """Record the move in the journal; durable when it returns."""
        move_case(self._session, case, state)
