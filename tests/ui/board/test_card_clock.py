"""Which clock a card shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.case_file.card_clock import CardClock, Phase
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.dispositions import MoneySums, MoneyTimeline
from desktop.ui.board.board_item import board_items
from tests.ui.board.samples import NOW, RULES, card, held

_LAPSED = MoneyTimeline(MoneySums(held_fen=5), ((NOW, MoneySums(lapsed_fen=5)),))
_PLAIN = card("1124-A-0001", "李秀兰", "task_rebate", 100, "new")


def _clock_of(made: CaseCard) -> CardClock:
    (item,) = board_items((made,), ())
    return item.counts_to(NOW, RULES.golden)


@pytest.mark.parametrize(
    ("changes", "phase"),
    [
        ({"newest_transfer_at": NOW - timedelta(minutes=29)}, Phase.GOLDEN),
        ({"newest_transfer_at": NOW - timedelta(minutes=30)}, Phase.GOLDEN_MISSED),
        ({"newest_transfer_at": NOW - timedelta(minutes=90)}, Phase.UNSENT),
        ({"newest_transfer_at": NOW - timedelta(hours=3), "order_count": 1, "unanswered_orders": 1}, Phase.AWAITING),
        ({"order_count": 2, "unanswered_orders": 2, "unsent_orders": 1}, Phase.TO_EXPORT),
        ({"order_count": 2, "unanswered_orders": 1, "unsent_orders": 0}, Phase.AWAITING),
        ({"stop_ends_at": NOW + timedelta(seconds=1), "order_count": 1}, Phase.STOP),
        ({"stop_ends_at": NOW, "order_count": 1}, Phase.OVERDUE),
        ({"stop_ends_at": NOW, "order_count": 1, "state": CaseState.INVESTIGATING, "money": held(5)}, Phase.STOPPED),
        ({"order_count": 2, "state": CaseState.FROZEN, "money": held(5)}, Phase.FROZEN),
        ({"stop_ends_at": NOW + timedelta(1), "state": CaseState.FROZEN, "money": held(5)}, Phase.STOP),
        ({"stop_ends_at": NOW, "order_count": 1, "state": CaseState.FROZEN, "money": held(5)}, Phase.NO_FREEZE),
        ({"newest_transfer_at": NOW, "state": CaseState.FROZEN}, Phase.NO_FREEZE),
        *(
            ({"stop_ends_at": NOW, "order_count": 1, "state": state, "money": _LAPSED}, Phase.LAPSED)
            for state in CaseState
            if state not in (CaseState.NEW, CaseState.STOPPING)
        ),
        ({"state": CaseState.CLOSED, "money": held(5), "returned_fen": 5}, Phase.RETURNED),
        ({"state": CaseState.AWAITING_EVIDENCE, "missing": "statement", "money": held(5)}, Phase.MISSING),
        ({"newest_transfer_at": NOW, "state": CaseState.CLOSED}, Phase.NONE),
        ({"order_count": 2}, Phase.REFUSED),
        ({"visit": "enquiry", "loss_fen": 0}, Phase.VISIT),
        ({"loss_fen": 0}, Phase.NONE),
    ],
)  # fmt: skip
def test_the_phase_follows_from_what_is_known(changes: dict[str, object], phase: Phase) -> None:
    assert _clock_of(replace(_PLAIN, **changes)).phase is phase  # type: ignore[arg-type]


def test_where_the_money_went_on_counts_before_the_stop_that_caught_the_rest() -> None:
    caught = replace(_PLAIN, stop_ends_at=NOW + timedelta(hours=47), order_count=1)
    end = NOW + timedelta(minutes=22)
    window = Deadline("onward", end, "golden.window", end - RULES.golden, "order/o1")
    later = replace(window, at=end + timedelta(minutes=1))
    (item,) = board_items((caught,), (), onward={caught.id: (window, later)})
    assert item.counts_to(NOW, RULES.golden) == CardClock(Phase.ONWARD, end, end)
    assert item.counts_to(end, RULES.golden) == CardClock(Phase.ONWARD, later.at, later.at)
    assert item.counts_to(later.at, RULES.golden).phase is Phase.STOP
    (moved,) = board_items((caught,), (), {}, (item,), {caught.id: (later,)})
    assert moved.onward == (later,)
    assert board_items((caught,), (), {}, (moved,), {caught.id: (later,)}) == (moved,)


def test_a_held_stop_hides_the_golden_window_only_when_nothing_else_is_on_its_way() -> None:
    young = replace(
        _PLAIN,
        newest_transfer_at=NOW - timedelta(minutes=5),
        stop_ends_at=NOW + timedelta(hours=47),
        order_count=2,
    )
    assert _clock_of(young).phase is Phase.STOP
    assert _clock_of(replace(young, unanswered_orders=1)).phase is Phase.GOLDEN
