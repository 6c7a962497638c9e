"""What the chip at the top right of a card says: which clock runs, or why none does.

Everything is computed from an absolute instant and ``now`` (domain rule: clocks are never counted down by ticks), so a
chip is right at the first tick after sleep or a change of the system clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.law.urgency import MISSED_FOR
from desktop.ui.board.board_item import BoardItem


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
_OPEN = frozenset({CaseState.NEW, CaseState.STOPPING})
_CLOCKS = {phase: CardClock(phase) for phase in Phase}


def card_clock(item: BoardItem, now: datetime, golden: timedelta) -> CardClock:
    """What a card counts to at ``now``; ``golden`` is the length of the golden window (rule ``golden.window``)."""
    card = item.card
    if card is None:
        return _CLOCKS[Phase.DRAFT]
    if card.state is CaseState.CLOSED:
        return _settled(card, now)
    if card.state is CaseState.FROZEN:
        return _frozen(card, now)
    window = next((one.at for one in item.onward if now < one.at), None)
    if window is not None:
        return CardClock(Phase.ONWARD, window, window)
    return _golden(card, now, golden) or _stop(card, now) or _waiting(card, now)


def _stop(card: CaseCard, now: datetime) -> CardClock | None:
    """The stop that ends first; one that lapsed, while the case is open."""
    if card.stop_ends_at is None:
        return None
    if now < card.stop_ends_at:
        return CardClock(Phase.STOP, card.stop_ends_at, card.stop_ends_at)
    if card.state not in _OPEN:
        return None
    shown_until = card.stop_ends_at + MISSED_FOR
    return CardClock(Phase.OVERDUE, card.stop_ends_at, shown_until if now < shown_until else None)


def _golden(card: CaseCard, now: datetime, golden: timedelta) -> CardClock | None:
    """The golden window, while it is open and some of the money may still be moving; missed, for an hour."""
    if card.state not in _OPEN or card.newest_transfer_at is None:
        return None
    if card.stop_ends_at is not None and not card.unanswered_orders:
        return None
    end = card.newest_transfer_at + golden
    if now < end:
        return CardClock(Phase.GOLDEN, end, end)
    shown_until = end + MISSED_FOR
    return CardClock(Phase.GOLDEN_MISSED, end, shown_until) if now < shown_until else None


def _settled(card: CaseCard, now: datetime) -> CardClock:
    if card.returned_fen:
        return _CLOCKS[Phase.RETURNED]
    return _CLOCKS[_of_money(card, now) or Phase.NONE]


def _of_money(card: CaseCard, now: datetime) -> Phase | None:
    sums = card.money.at(now)
    if sums.lapsed_fen:
        return Phase.LAPSED
    return Phase.STOPPED if sums.stopped_fen else None


def lacks_freeze(card: CaseCard, now: datetime) -> bool:
    """Whether no freeze is recorded of what is to be held: a stop stands alone, or nothing is held at all."""
    return card.stop_ends_at is not None or not card.money.at(now).stopped_fen


def _frozen(card: CaseCard, now: datetime) -> CardClock:
    """A person moved it here; what holds the money is what was recorded, and a stop goes on running out."""
    if not lacks_freeze(card, now):
        return _CLOCKS[Phase.FROZEN]
    if card.stop_ends_at is not None and now < card.stop_ends_at:
        return CardClock(Phase.STOP, card.stop_ends_at, card.stop_ends_at)
    return _CLOCKS[Phase.LAPSED if card.money.at(now).lapsed_fen else Phase.NO_FREEZE]


def _waiting(card: CaseCard, now: datetime) -> CardClock:
    """Nothing runs: say what is missing, or what was reached."""
    money = _of_money(card, now)
    if card.state is CaseState.AWAITING_EVIDENCE and card.missing and money is not Phase.LAPSED:
        return _CLOCKS[Phase.MISSING]
    if money is not None:
        return _CLOCKS[money]
    if card.unanswered_orders:
        return _CLOCKS[Phase.TO_EXPORT if card.unsent_orders else Phase.AWAITING]
    if card.visit != Visit.REPORT:
        return _CLOCKS[Phase.VISIT]
    if card.state in _OPEN and not card.order_count and card.loss_fen:
        return _CLOCKS[Phase.UNSENT]
    if card.state in _OPEN and card.order_count:
        return _CLOCKS[Phase.REFUSED]
    return _CLOCKS[Phase.NONE]
