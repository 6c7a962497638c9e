"""The words and the meaning of a card's chip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.card_clock import CHANCES, CardClock, Phase
from desktop.domain.case_file.views import CaseCard
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, clock_text, read_span
from desktop.ui.shared.widgets.texts.measured_time import whole_span_text

_TONES = {
    Phase.DRAFT: Tone.INFO,
    Phase.UNSENT: Tone.WARN,
    Phase.TO_EXPORT: Tone.WARN,
    Phase.AWAITING: Tone.NEUTRAL,
    Phase.STOPPED: Tone.OK,
    Phase.FROZEN: Tone.OK,
    Phase.NO_FREEZE: Tone.WARN,
    Phase.LAPSED: Tone.BAD,
    Phase.RETURNED: Tone.OK,
    Phase.MISSING: Tone.NEUTRAL,
    Phase.VISIT: Tone.NEUTRAL,
    Phase.REFUSED: Tone.WARN,
}

_NAMED = frozenset({Phase.STOP, Phase.OVERDUE, Phase.ONWARD, Phase.GOLDEN_MISSED})
"""Clocks that say what they count to: without a name a clock is that of the golden window, while that is open."""


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What to paint; ``ticking`` faces change every second."""

    text: str
    tone: Tone
    ticking: bool


def clock_span(stands: CardClock, rules: BoardRules) -> ClockSpan | None:
    """The span behind the clock of a card. The golden window is red from its first second."""
    if stands.clock is None:
        return None
    if stands.phase in CHANCES:
        start = stands.clock - rules.golden
        return ClockSpan(stands.clock, rules.golden, rules.golden, start, chance=True)
    return ClockSpan(stands.clock, rules.red_under, rules.amber_under)


def chip_face(kit: Kit, item: BoardItem, rules: BoardRules, now: datetime) -> ChipFace | None:
    """The chip of a card at ``now``, None where nothing needs saying."""
    stands = item.counts_to(now, rules.golden)
    span = clock_span(stands, rules)
    if span is not None:
        reading = read_span(span, now)
        text = clock_text(kit.texts, reading)
        if stands.phase is Phase.OVERDUE:
            # Seconds would cut the name beside it.
            text = whole_span_text(kit.texts, reading.seconds)
        if stands.phase in _NAMED:
            text = kit.texts.text(f"board.chip.{stands.phase.value}", time=text)
        return ChipFace(text, reading.tone, ticking=True)
    tone = _TONES.get(stands.phase)
    if tone is None:
        return None
    return ChipFace(_phase_words(kit, stands.phase, item.card, now), tone, ticking=False)


def _phase_words(kit: Kit, phase: Phase, card: CaseCard | None, now: datetime) -> str:
    fen = _fen(phase, card, now) if card is not None else None
    if fen is not None:
        whole = fen // 100 * 100  # the chip is small; the case page shows the fen
        return kit.texts.text(f"board.chip.{phase.value}", amount=yuan(whole))
    if card is not None and phase is Phase.MISSING:
        return kit.texts.text(f"board.missing.{card.missing}")
    if card is not None and phase is Phase.VISIT:
        return kit.texts.text(f"board.visit.{card.visit}")
    if card is not None and phase in {Phase.TO_EXPORT, Phase.AWAITING}:
        waiting = card.unsent_orders if phase is Phase.TO_EXPORT else card.unanswered_orders
        return kit.texts.text(f"board.chip.{phase.value}", count=waiting)
    return kit.texts.text(f"board.chip.{phase.value}")


def _fen(phase: Phase, card: CaseCard, now: datetime) -> int | None:
    """The sum that a chip names; None for one that names none."""
    if phase is Phase.RETURNED:
        return card.returned_fen
    if phase is Phase.LAPSED:
        return card.money.at(now).lapsed_fen
    return card.money.at(now).stopped_fen if phase in {Phase.STOPPED, Phase.FROZEN} else None
