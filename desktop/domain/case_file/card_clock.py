"""What matters most about a case on the board now: which clock runs, or why none does, and how urgent that is.

Everything is computed from an absolute instant and ``now`` (domain rule: clocks are never counted down by ticks), so a
card is right at the first look after sleep or a change of the system clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.law.urgency import MISSED_FOR, Pressing


class Phase(Enum):
    """What matters most about a card now."""

    DRAFT = "draft"
    GOLDEN = "golden"
    GOLDEN_MISSED = "golden_missed"
    """It ended within the hour: banks often still find the money."""
    ONWARD = "onward"
    """The money went on within the half hour, and nobody has stopped it there."""
    STOP = "stop"
    OVERDUE = "overdue"
    UNSENT = "unsent"
    TO_EXPORT = "to_export"
    """Orders wait here to be exported: nobody can answer them yet."""
    AWAITING = "awaiting"
    STOPPED = "stopped"
    FROZEN = "frozen"
    NO_FREEZE = "no_freeze"
    LAPSED = "lapsed"
    """A measure ended and nothing took over, whatever column the card was moved to since."""
    RETURNED = "returned"
    MISSING = "missing"
    VISIT = "visit"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CardClock:
    """``clock``: the instant the phase counts to (or from, when overdue). ``until``: the instant at which another
    phase or another place follows by itself; None when time alone changes nothing."""

    phase: Phase
    clock: datetime | None = None
    until: datetime | None = None


CHANCES: Final = frozenset({Phase.GOLDEN, Phase.GOLDEN_MISSED, Phase.ONWARD})
"""Phases of the golden window, whose end makes nobody late."""
_TO_DO: Final = frozenset(
    {Phase.UNSENT, Phase.REFUSED, Phase.NO_FREEZE, Phase.TO_EXPORT, Phase.AWAITING}
)
"""No clock runs, and somebody has to act or to answer."""
_OPEN: Final = frozenset({CaseState.NEW, CaseState.STOPPING})
CLOCKLESS: Final = {phase: CardClock(phase) for phase in Phase}


@dataclass(frozen=True, slots=True)
class CardEnds:
    """When the clocks that a card may show run out; the first of them that runs, or was just missed, is shown.
    ``onward``: the golden window of where the money went on that runs; ``golden``: that of the newest payment, while
    some of it may still be moving. ``stop``: the stop that ends first; ``shown_late``: it stays in sight once it is
    over."""

    onward: datetime | None = None
    golden: datetime | None = None
    stop: datetime | None = None
    shown_late: bool = False


def card_ends(card: CaseCard, onward: datetime | None, golden: timedelta) -> CardEnds:
    """The ends of a card's clocks; ``golden`` is the length of the golden window (rule ``golden.window``)."""
    if card.state is CaseState.CLOSED:
        return CardEnds()
    if card.state is CaseState.FROZEN:
        return CardEnds(stop=card.stop_ends_at)
    hunted, newest = card.state in _OPEN, card.newest_transfer_at
    moves = card.stop_ends_at is None or bool(card.unanswered_orders)
    return CardEnds(
        onward,
        newest + golden if hunted and moves and newest is not None else None,
        card.stop_ends_at,
        shown_late=hunted and card.stop_ends_at is not None,
    )


def card_clock(
    card: CaseCard, windows: Iterable[datetime], now: datetime, golden: timedelta
) -> CardClock:
    """What a card counts to at ``now``; ``windows``: when those of where its money went on end, the first in front."""
    ends = card_ends(card, next((end for end in windows if now < end), None), golden)
    if ends.onward is not None and now < ends.onward:
        return CardClock(Phase.ONWARD, ends.onward, ends.onward)
    return _golden(ends, now) or _stop(ends, now) or CLOCKLESS[phase_at_rest(card, now)]


def _golden(ends: CardEnds, now: datetime) -> CardClock | None:
    """The golden window, while it is open; missed, for an hour."""
    end = ends.golden
    if end is None:
        return None
    if now < end:
        return CardClock(Phase.GOLDEN, end, end)
    shown_until = end + MISSED_FOR
    return CardClock(Phase.GOLDEN_MISSED, end, shown_until) if now < shown_until else None


def _stop(ends: CardEnds, now: datetime) -> CardClock | None:
    """The stop that ends first; one that lapsed, while the case is open."""
    if ends.stop is None:
        return None
    if now < ends.stop:
        return CardClock(Phase.STOP, ends.stop, ends.stop)
    if not ends.shown_late:
        return None
    shown_until = ends.stop + MISSED_FOR
    return CardClock(Phase.OVERDUE, ends.stop, shown_until if now < shown_until else None)


def phase_at_rest(card: CaseCard, now: datetime) -> Phase:
    """What is to be said of a card while none of its clocks runs."""
    if card.state is CaseState.CLOSED:
        return Phase.RETURNED if card.returned_fen else _of_money(card, now) or Phase.NONE
    if card.state is not CaseState.FROZEN:
        return _waiting(card, now)
    if not lacks_freeze(card, now):
        return Phase.FROZEN
    return Phase.LAPSED if card.money.at(now).lapsed_fen else Phase.NO_FREEZE


def lacks_freeze(card: CaseCard, now: datetime) -> bool:
    """Whether no freeze is recorded of what is to be held: a stop stands alone, or nothing is held at all. A person
    moved the card; what holds the money is what was recorded."""
    return card.stop_ends_at is not None or not card.money.at(now).stopped_fen


def _of_money(card: CaseCard, now: datetime) -> Phase | None:
    sums = card.money.at(now)
    if sums.lapsed_fen:
        return Phase.LAPSED
    return Phase.STOPPED if sums.stopped_fen else None


def _waiting(card: CaseCard, now: datetime) -> Phase:
    """Nothing runs: say what is missing, or what was reached."""
    money = _of_money(card, now)
    if card.state is CaseState.AWAITING_EVIDENCE and card.missing and money is not Phase.LAPSED:
        return Phase.MISSING
    if money is not None:
        return money
    if card.unanswered_orders:
        return Phase.TO_EXPORT if card.unsent_orders else Phase.AWAITING
    if card.visit != Visit.REPORT:
        return Phase.VISIT
    if card.state in _OPEN and not card.order_count and card.loss_fen:
        return Phase.UNSENT
    if card.state in _OPEN and card.order_count:
        return Phase.REFUSED
    return Phase.NONE


def waits_at_rest(card: CaseCard, now: datetime) -> bool:
    """Whether somebody has to act or to answer while none of its clocks runs."""
    return phase_at_rest(card, now) in _TO_DO


def card_pressing(card: CaseCard, stands: CardClock) -> Pressing:
    """The card among what wants somebody."""
    chance = stands.clock if stands.phase in CHANCES else None
    return Pressing(
        card.id,
        card.accepted_at,
        chance=chance,
        duty=stands.clock if chance is None else None,
        waits=stands.phase in _TO_DO,
        amount_fen=card.loss_fen,
    )
