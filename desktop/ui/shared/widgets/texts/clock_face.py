"""What a clock says: computed from now and absolute instants, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.law.deadlines import AtZero, Deadline
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.translator import Translator

_HOUR = 3600
_DAY = 24 * _HOUR
_HOURS_SHOWN_UP_TO_DAYS = 3  # the 48-hour clock reads as hours, a freeze of half a year as days


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A deadline. ``start`` gives the bar its length; ``None`` draws none.

    Under ``red_under`` the clock is red, under ``amber_under`` amber, else blue. The limits come
    from the rule pack.
    """

    deadline: datetime
    red_under: timedelta
    amber_under: timedelta
    start: datetime | None = None
    chance: bool = False
    """Its end makes nobody late: the chance is gone."""


def deadline_span(deadline: Deadline, red_under: timedelta, amber_under: timedelta) -> ClockSpan:
    """A deadline as it is drawn from its beginning on."""
    chance = deadline.at_zero is AtZero.CHANCE
    return ClockSpan(deadline.at, red_under, amber_under, deadline.started_at, chance=chance)


@dataclass(frozen=True, slots=True)
class ClockText:
    """A span at one instant. ``seconds`` left, or since the deadline if ``overdue``."""

    seconds: int
    overdue: bool
    tone: Tone
    share: float
    """How much of the time has gone, 0 to 1; 0 without a start."""
    chance: bool = False


def read_span(span: ClockSpan, now: datetime) -> ClockText:
    """Where ``span`` stands at ``now``. A second is shown until it has wholly passed."""
    left = span.deadline - now
    overdue = left <= timedelta(0)
    if overdue:
        since = int(-left.total_seconds())
        return ClockText(since, overdue=True, tone=Tone.BAD, share=1.0, chance=span.chance)
    seconds = -int(-left.total_seconds() // 1)
    if left < span.red_under:
        tone = Tone.BAD
    elif left < span.amber_under:
        tone = Tone.WARN
    else:
        tone = Tone.INFO
    share = 0.0
    if span.start is not None and span.deadline > span.start:
        share = min(max((now - span.start) / (span.deadline - span.start), 0.0), 1.0)
    return ClockText(seconds, overdue=False, tone=tone, share=share)


def duration_text(texts: Translator, seconds: int) -> str:
    """``11:28`` under an hour, ``46:02:11`` under three days, then whole days in words."""
    if seconds < _HOUR:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    if seconds < _HOURS_SHOWN_UP_TO_DAYS * _DAY:
        return f"{seconds // _HOUR:02}:{seconds % _HOUR // 60:02}:{seconds % 60:02}"
    return texts.text("shared.clock.days", days=seconds // _DAY)


def clock_text(texts: Translator, reading: ClockText) -> str:
    """The reading as shown: the time left, or "overdue" and the time since."""
    text = duration_text(texts, reading.seconds)
    if not reading.overdue:
        return text
    return texts.text(f"shared.clock.{'gone' if reading.chance else 'overdue'}", time=text)
