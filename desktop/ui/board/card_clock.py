"""What the chip at the top right of a card says; that of a draft is always the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.case_file.card_clock import CLOCKLESS, CardClock, Phase
from desktop.domain.case_file.card_clock import card_clock as clock_of_card
from desktop.ui.board.board_item import BoardItem


def card_clock(item: BoardItem, now: datetime, golden: timedelta) -> CardClock:
    """What a card counts to at ``now``; ``golden`` is the length of the golden window (rule ``golden.window``)."""
    if item.card is None:
        return CLOCKLESS[Phase.DRAFT]
    return clock_of_card(item.card, (window.at for window in item.onward), now, golden)
