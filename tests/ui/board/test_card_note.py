"""The note at the foot of a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.views import CaseCard
from desktop.ui.board.board_item import board_items
from desktop.ui.board.card_note import card_note, is_late
from desktop.ui.shared.kit import Kit
from tests.ui.board import samples
from tests.ui.board.conftest import Bench

CARD = samples.card("1124-A-0017", "李秀兰", "task_rebate", 98_000, "new")
DUE = samples.NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("card", "late", "note"),
    [
        (CARD, False, ("", "")),
        (replace(CARD, open_tasks=2), False, ("待办 2", "text_muted")),
        (replace(CARD, open_tasks=2, conflicts=1), False, ("冲突 1", "amber")),
        (replace(CARD, open_tasks=2, conflicts=1), True, ("待办超时", "red")),
    ],
)
def test_the_most_pressing_note_is_shown(
    kit: Kit, card: CaseCard, late: bool, note: tuple[str, str]
) -> None:
    (item,) = board_items((card,), ())
    assert card_note(kit, item, late=late) == note


def test_a_card_turns_late_while_nobody_touches_the_board(bench: Bench) -> None:
    (item,) = board_items((replace(CARD, open_tasks=1, task_due_at=DUE),), ())
    assert not is_late(item, DUE - timedelta(seconds=1))
    assert is_late(item, DUE)
    bench.show((item,))
    before = bench.page.widget.lanes.grab().toImage()
    clock = bench.clock
    clock.advance(minutes=10)
    bench.kit.ticks.tick()
    assert bench.page.widget.lanes.grab().toImage() != before
