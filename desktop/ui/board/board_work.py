"""What the board reads of a desk: the lists in sight, and no other case."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import Draft
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import SILENT, Progress
from desktop.services.assigned_tasks.list_assigned import stations_to_give
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import unrecorded
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.orders.claim_work import all_claims
from desktop.services.page_board import (
    BoardCard,
    ListRest,
    board_view,
    known_cards,
    more_cards,
)
from desktop.services.session import Session
from desktop.ui.board.board_asking import Asked, BoardReading, ListName, More
from desktop.ui.board.board_item import BoardItem, board_items


class BoardWork:
    """The items of the board."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._items: tuple[BoardItem, ...] = ()

    @property
    def _of_centre(self) -> bool:
        return self._session.profile.role is InstallationRole.CENTRE

    def load(self, asked: Asked, progress: Progress = SILENT) -> BoardReading:
        """Drafts and the first cards of each list, as the database holds them now."""
        shown = [asked.shown.get(name, 0) for name in asked.lists]
        lists = tuple(asked.lists.values())
        view = board_view(self._session, lists, shown, progress, wait=asked.wait)
        drafts, registered = self._drafts()
        cards = [card for part in view.lists for card in part.cards]
        self._items = self._made(cards, drafts, registered)
        named = zip(asked.lists, view.lists, strict=True)
        return BoardReading(
            items=self._items,
            wanted=asked.wanted,
            by_state=None if view.waiting else view.counts.by_state,
            types=frozenset(view.counts.types) | {card.card.type for card in cards} - {""},
            some=view.counts.some or bool(drafts),
            several=view.counts.several,
            rests={name: part.rest for name, part in named if part.rest is not None},
            next_change=view.counts.next_change,
            waiting=view.waiting,
            units=self._units(),
            claims=all_claims(self._session) if self._of_centre else {},
        )

    def _units(self) -> tuple[str, ...]:
        if not self._of_centre:
            return ()
        stations = {one.name for one in stations_to_give(self._session)}
        return tuple(sorted({self._session.profile.unit_name, *stations}))

    def more(self, name: ListName, rest: ListRest) -> More:
        """The next cards of a list."""
        part = more_cards(self._session, rest)
        drafts, registered = self._drafts()
        items = self._made(part.cards, drafts, registered)
        listed = {card.card.id for card in part.cards}
        return More(name, tuple(i for i in items if i.id in listed), part.rest)

    def _made(
        self, cards: Iterable[BoardCard], drafts: tuple[Draft, ...], registered: Collection[CaseId]
    ) -> tuple[BoardItem, ...]:
        found = tuple(cards)
        first = {card.card.id: card.first for card in found if card.first is not None}
        onward = {card.card.id: card.onward for card in found}
        plain = tuple(card.card for card in found)
        return board_items(plain, drafts, first, self._items, onward, registered)

    def _drafts(self) -> tuple[tuple[Draft, ...], frozenset[CaseId]]:
        """Drafts that say more than the journal, and those of them that are registered. One that says no more is left
        after each stop, as the form stays open. At a centre drafts are calls, which have a page of their own."""
        if self._of_centre:
            return (), frozenset()
        every = open_drafts(self._session)
        names = [CaseId(draft.form.case_id) for draft in every]
        registered = frozenset(known_cards(self._session, names))
        drafts = (
            draft
            for draft in every
            if draft.form.case_id not in registered or unrecorded(self._session, draft.form)
        )
        return tuple(drafts), registered

    def move(self, case: CaseId, state: CaseState) -> None:
        """Record the move in the journal; durable when it returns."""
        move_case(self._session, case, state)
