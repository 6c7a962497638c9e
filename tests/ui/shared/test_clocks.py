"""Clocks recompute from now: over deadlines, through sleep, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.law.deadlines import Deadline
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.pages.clock_label import ClockChip, ClockLabel, GoldenClockCard
from desktop.ui.shared.widgets.texts.clock_face import (
    ClockSpan,
    clock_text,
    deadline_span,
    read_span,
)
from tests.support.clocks import START, HandClock

RED, AMBER = timedelta(hours=6), timedelta(hours=24)


def _span(**left: float) -> ClockSpan:
    return ClockSpan(START + timedelta(**left), RED, AMBER, START - timedelta(hours=2))


@pytest.mark.parametrize(
    ("left", "text", "tone"),
    [
        ({"seconds": 688}, "11:28", Tone.BAD),
        ({"seconds": 0.4}, "00:01", Tone.BAD),
        ({"hours": 5, "minutes": 12, "seconds": 40}, "05:12:40", Tone.BAD),
        ({"hours": 21, "minutes": 40, "seconds": 2}, "21:40:02", Tone.WARN),
        ({"hours": 46, "minutes": 2, "seconds": 11}, "46:02:11", Tone.INFO),
        ({"days": 174, "hours": 3}, "174 天", Tone.INFO),
        ({"seconds": 0}, "超时 00:00", Tone.BAD),
        ({"minutes": -75}, "超时 01:15:00", Tone.BAD),
    ],
)
def test_readings(kit: Kit, left: dict[str, float], text: str, tone: Tone) -> None:
    reading = read_span(_span(**left), START)
    assert clock_text(kit.texts, reading) == text
    assert reading.tone is tone


def test_nobody_is_late_by_a_chance_that_is_gone(kit: Kit) -> None:
    start = START - timedelta(minutes=47)
    ended = (
        Deadline(name, START, "", start) for name in ("golden", "recall", "stop_end", "filing")
    )
    spans = (deadline_span(deadline, RED, AMBER) for deadline in ended)
    texts = [clock_text(kit.texts, read_span(span, START + timedelta(minutes=5))) for span in spans]
    assert texts == ["已过 05:00", "已过 05:00", "超时 05:00", "超时 05:00"]


def test_the_share_runs_from_start_to_deadline() -> None:
    span = ClockSpan(START + timedelta(hours=3), RED, AMBER, START - timedelta(hours=1))
    assert read_span(span, START).share == pytest.approx(0.25)
    assert read_span(span, START - timedelta(days=1)).share == 0
    assert read_span(span, START + timedelta(days=1)).share == 1
    assert read_span(ClockSpan(span.deadline, RED, AMBER), START).share == 0


def test_sleeping_past_the_deadline_is_seen_at_the_first_tick(kit: Kit, qtbot: QtBot) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    label, chip, card = ClockLabel(kit), ClockChip(kit), GoldenClockCard(kit, "shared.save")
    for widget in (label, chip, card):
        qtbot.addWidget(widget)
        widget.set_span(_span(minutes=10))
    assert (label.text(), chip.text(), card.clock.text()) == ("10:00",) * 3
    clock.advance(hours=9)
    kit.ticks.tick()
    assert {label.text(), chip.text(), card.clock.text()} == {"超时 08:50:00"}
    assert card.bar.share == 1
    assert card.property("panel") == "red"
    kit.texts.set_language("en")
    assert label.text() == "Overdue 08:50:00"


def test_no_deadline_shows_nothing(kit: Kit, qtbot: QtBot) -> None:
    chip = ClockChip(kit)
    qtbot.addWidget(chip)
    chip.set_span(_span(hours=1))
    chip.set_span(None)
    kit.ticks.tick()
    assert chip.isHidden()


def test_the_tick_source_starts_and_stops(kit: Kit, qtbot: QtBot) -> None:
    kit.ticks.start()
    with qtbot.waitSignal(kit.ticks.ticked) as told:
        pass
    assert told.args == [START]
    kit.ticks.stop()
