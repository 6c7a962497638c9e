"""The 48-hour bridge: from recorded stops, filing and freeze to where it stands at any instant."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.orders.stop_to_freeze import (
    StopToFreezeWindow,
    WindowStage,
    stop_to_freeze_windows,
)
from desktop.domain.cases.step import StepKind
from desktop.domain.orders.order import OrderKind
from tests.domain.case_file.test_clocks import at, step, view
from tests.support.sessions import RULES

STOP = view(OrderKind.STOP, starts="2026-11-24 10:50").order
SECOND = view(OrderKind.SECOND_STOP, starts="2026-11-26 09:00", name="o2").order
FREEZE = view(OrderKind.FREEZE, starts="2026-11-25 16:00", name="o3").order
FILED = step(StepKind.FILED, "2026-11-25 14:00")


def only(*orders: object, steps: tuple[object, ...] = ()) -> StopToFreezeWindow:
    (found,) = stop_to_freeze_windows(RULES, orders, steps)  # type: ignore[arg-type]  # samples
    return found


def test_a_stop_alone_reaches_48_hours_with_the_margin_before() -> None:
    bridge = only(STOP)
    assert (bridge.stopped_at, bridge.ends_at) == (at("2026-11-24 10:50"), at("2026-11-26 10:50"))
    assert bridge.file_by == at("2026-11-26 04:50")
    assert (bridge.filed_at, bridge.frozen_at, bridge.renewed_at) == (None, None, None)


def test_a_second_stop_moves_the_end_and_keeps_the_beginning() -> None:
    bridge = only(STOP, SECOND)
    assert (bridge.stopped_at, bridge.renewed_at) == (
        at("2026-11-24 10:50"),
        at("2026-11-26 09:00"),
    )
    assert bridge.ends_at == at("2026-11-28 09:00")


@pytest.mark.parametrize(
    ("orders", "steps", "now", "stage_at"),
    [
        ((STOP,), (), "2026-11-24 11:00", WindowStage.FILING),
        ((STOP,), (FILED,), "2026-11-25 15:00", WindowStage.FREEZING),
        ((STOP, FREEZE), (FILED,), "2026-11-25 17:00", WindowStage.CLOSED),
        ((STOP, FREEZE), (FILED,), "2027-11-25 17:00", WindowStage.CLOSED),
        ((STOP,), (FILED,), "2026-11-26 10:50", WindowStage.OPEN),
        ((STOP,), (), "2026-11-26 10:49:59", WindowStage.FILING),
    ],
)
def test_where_it_stands(
    orders: tuple[object, ...], steps: tuple[object, ...], now: str, stage_at: WindowStage
) -> None:
    assert only(*orders, steps=steps).stage_at(at(now)) is stage_at


def test_what_was_never_stopped_has_no_bridge() -> None:
    waiting = view(OrderKind.STOP).order
    backwards = view(OrderKind.STOP, starts="2026-11-24 10:50", ends="2026-11-24 09:00").order
    assert stop_to_freeze_windows(RULES, (waiting,), ()) == ()
    assert stop_to_freeze_windows(RULES, (backwards,), ()) == ()


@given(st.integers(-200, 200))
def test_shares_lie_on_the_bar_and_rise_with_time(hours: int) -> None:
    bridge = only(STOP)
    now: datetime = bridge.stopped_at + timedelta(hours=hours)
    assert 0.0 <= bridge.share(now) <= bridge.share(now + timedelta(hours=1)) <= 1.0
