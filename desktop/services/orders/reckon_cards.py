"""What a card of the board is sorted and counted by, reckoned with the clocks of its case."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.case_file.card_clock import card_ends, waits_at_rest
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.order_clocks import ONWARD
from desktop.domain.case_file.views import CaseCard
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.ids import CaseId
from desktop.services.ports import ReckonedCard, ReckonedClock
from desktop.services.session import Session


def golden_span(session: Session) -> timedelta:
    """The length of the golden window today."""
    return session.rules.duration("golden.window", session.today)


def reckoned_cards(
    facts: Iterable[ClockFacts],
    cards: Mapping[CaseId, CaseCard],
    clocks: Iterable[ReckonedClock],
    places: Mapping[CaseId, MoneyPlaces],
    times: tuple[timedelta, datetime],
) -> tuple[ReckonedCard, ...]:
    """The cards of some cases, with where their money is; ``times``: the golden window's length, and now."""
    windows: defaultdict[CaseId, list[datetime]] = defaultdict(list)
    for item in clocks:
        if item.clock.deadline.name == ONWARD:
            windows[item.clock.case].append(item.clock.deadline.at)
    return tuple(
        _reckoned(cards[item.case], windows[item.case], places[item.case], *times)
        for item in facts
        if item.case in cards
    )


def _reckoned(
    card: CaseCard,
    windows: Iterable[datetime],
    places: MoneyPlaces,
    golden: timedelta,
    now: datetime,
) -> ReckonedCard:
    """Counts until the money moves by itself, or a window ends behind which another one runs."""
    money = places.timeline()
    card = replace(card, money=money)
    changes = sorted({*windows, *(at for at, _ in money.steps)})
    place = bisect_right(changes, now)
    return ReckonedCard(
        card,
        card_ends(card, min((end for end in windows if now < end), default=None), golden),
        waits_at_rest(card, now),
        money.at(now),
        since=changes[place - 1] if place else None,
        until=changes[place] if place < len(changes) else None,
    )
