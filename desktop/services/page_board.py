"""The board as a page shows it: the first cards of each column or of the table, more when asked, and counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.views import CaseCard
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.dispositions import MoneySums, MoneyTimeline
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.reckon import read_on, reckon, reckon_few
from desktop.services.ports import (
    BoardCounts,
    BoardList,
    BoardPlace,
    CardClocks,
    Reader,
)
from desktop.services.session import Session

PAGE: Final = 100
"""Cards of a list that are read at once."""
MOST: Final = 500
"""Cards of a list that are read anew: who went further down goes there again."""
_AT_ONCE: Final = 100
"""Cases that are reckoned before the board is shown: some tenths of a second at the most."""
_NO_CLOCKS: Final = CardClocks(MoneySums())


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card with where its money is. ``first``: of the clocks it does not count to, the one that ran out first or is
    due next; ``onward``: the golden windows of where its money went on."""

    card: CaseCard
    first: Deadline | None = None
    onward: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRest:
    """A list that goes on behind ``last``, as it was begun at ``now`` on ``basis``."""

    asked: BoardList
    last: BoardPlace
    now: datetime
    basis: int


@dataclass(frozen=True, slots=True)
class CardList:
    """The first cards of a list, or the next. ``rest``: None where no more follow."""

    cards: tuple[BoardCard, ...]
    rest: ListRest | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board as it stands. ``waiting``: how many cases are to be reckoned yet; until they are, the newest cases
    stand in front, without clocks, and nothing is counted."""

    lists: tuple[CardList, ...]
    counts: BoardCounts
    waiting: int = 0


def board_view(
    session: Session,
    lists: Sequence[BoardList],
    shown: Sequence[int] = (),
    progress: Progress = SILENT,
    *,
    wait: bool = False,
) -> BoardView:
    """These lists from their top; ``shown``: how many cards of each were shown before. All let the same through.
    ``wait``: many cases that are to be reckoned are waited for."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    if wait:
        basis, waiting = reckon(session, progress), 0
    else:
        basis, waiting = reckon_few(session, _AT_ONCE, progress)
    limits = [min(max(some, PAGE), MOST) for some in (*shown, *(0,) * len(lists))]
    with session.store.read() as reader:
        if waiting:
            return _unreckoned(reader, lists, waiting)
        counts = reader.board_counts(basis, lists[0].only, now)
        places = [
            reader.board_places(basis, asked, now, None, limit)
            for asked, limit in zip(lists, limits, strict=False)
        ]
        names = [place.case for some in places for place in some]
        cards = _cards(reader, basis, names, now)
    rests = [
        ListRest(asked, some[-1], now, basis) if len(some) == limit else None
        for asked, some, limit in zip(lists, places, limits, strict=False)
    ]
    found = zip(places, rests, strict=True)
    return BoardView(tuple(_list(some, cards, rest) for some, rest in found), counts)


def more_cards(session: Session, rest: ListRest) -> CardList:
    """The next cards of a list; where its rows are no more, of the same reckoned again."""

    def more(reader: Reader, basis: int) -> CardList:
        places = reader.board_places(basis, rest.asked, rest.now, rest.last, PAGE)
        cards = _cards(reader, basis, [place.case for place in places], rest.now)
        on = replace(rest, last=places[-1], basis=basis) if len(places) == PAGE else None
        return _list(places, cards, on)

    session.require(Permission.READ_CASES)
    return read_on(session, rest.basis, more)


def known_cards(session: Session, cases: Collection[CaseId]) -> Mapping[CaseId, CaseCard]:
    """The cards of these cases, as far as they are registered."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.cards_of(cases)


def _list(
    places: Sequence[BoardPlace], cards: Mapping[CaseId, BoardCard], rest: ListRest | None
) -> CardList:
    return CardList(tuple(cards[place.case] for place in places if place.case in cards), rest)


def _cards(
    reader: Reader, basis: int, cases: Collection[CaseId], now: datetime
) -> dict[CaseId, BoardCard]:
    """With where their money is, and with their clocks."""
    clocks = reader.card_clocks(basis, cases, now)
    return {
        name: _with_clocks(card, clocks.get(name, _NO_CLOCKS))
        for name, card in reader.cards_of(cases).items()
    }


def _with_clocks(card: CaseCard, clocks: CardClocks) -> BoardCard:
    money = replace(card, money=MoneyTimeline(clocks.sums))
    return BoardCard(money, clocks.first, clocks.onward)


def _unreckoned(reader: Reader, lists: Sequence[BoardList], waiting: int) -> BoardView:
    """The newest cases, as the journal tells of them."""
    found = []
    for asked in lists:
        names = [
            name for state in asked.states for name in reader.newest_cases(state, asked.only, PAGE)
        ]
        cards = reader.cards_of(names)
        found.append(CardList(tuple(BoardCard(cards[n]) for n in names if n in cards), None))
    counts = BoardCounts({}, (), some=True, several=False, next_change=None)
    return BoardView(tuple(found), counts, waiting)
