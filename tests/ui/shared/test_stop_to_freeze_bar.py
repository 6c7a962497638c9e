"""The bar of the 48 hours says what is to be done next, in both languages, and follows the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.orders.stop_to_freeze import StopToFreezeWindow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar, window_tone
from tests.support.clocks import START, HandClock

HOUR = timedelta(hours=1)
BRIDGE = StopToFreezeWindow("transfer/1", START - HOUR, START + 41 * HOUR, START + 47 * HOUR)


@pytest.fixture
def bar(kit: Kit, qtbot: QtBot) -> StopToFreezeBar:
    made = StopToFreezeBar(kit)
    qtbot.addWidget(made)
    made.resize(420, made.sizeHint().height())
    made.set_window(BRIDGE)
    return made


def test_its_words_follow_the_clock_from_filing_to_the_lapse(
    bar: StopToFreezeBar, kit: Kit
) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    bar.show()
    assert bar.accessibleName().startswith("立案：还剩 41:00:00")
    clock.advance(hours=41)
    kit.ticks.tick()
    assert "尚未立案，已过最迟时间" in bar.accessibleName()
    bar.set_window(replace(BRIDGE, filed_at=START))
    assert "尚未冻结" in bar.accessibleName()
    clock.advance(hours=6)
    kit.ticks.tick()
    assert "没有接续冻结" in bar.accessibleName()
    kit.texts.set_language("en")
    assert "no freeze followed" in bar.accessibleName()
    bar.set_window(None)
    assert not bar.isVisible()


def test_red_begins_where_the_margin_is_broken_into() -> None:
    assert window_tone(BRIDGE, START) is Tone.WARN
    assert window_tone(replace(BRIDGE, filed_at=START), START) is Tone.INFO
    assert window_tone(BRIDGE, BRIDGE.file_by) is Tone.BAD
    frozen = replace(BRIDGE, frozen_at=START + HOUR)
    assert window_tone(frozen, BRIDGE.ends_at + HOUR) is Tone.OK


def test_every_state_is_drawn(bar: StopToFreezeBar) -> None:
    states = (
        BRIDGE,
        replace(BRIDGE, filed_at=START),
        replace(BRIDGE, filed_at=START, frozen_at=START + HOUR),
        replace(BRIDGE, renewed_at=START + 30 * HOUR, filed_at=START - 5 * HOUR),
    )
    pictures = []
    for bridge in states:
        bar.set_window(bridge)
        pictures.append(bar.grab().toImage())
    for place, picture in enumerate(pictures):
        assert picture not in pictures[place + 1 :]
