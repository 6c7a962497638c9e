"""Comparing the device's clock with the official time, by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.settings.clock_card import ClockCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.support.sessions import take_seat
from tests.support.texts import zh


def words(card: ClockCard, name: str) -> str:
    label = card.findChild(Label, name)
    assert isinstance(label, Label)
    return label.text()


@pytest.fixture
def card(kit: Kit, qtbot: QtBot, tmp_path: Path) -> ClockCard:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    session = take_seat(tmp_path / "desk", "A", clock=clock).session
    made = ClockCard(kit, session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_at_the_second_records_the_offset(card: ClockCard, kit: Kit) -> None:
    assert words(card, "clock_last") == zh("settings.clock.never")
    editor = card.findChild(QLineEdit, "clock_official")
    assert editor is not None
    editor.setFocus()
    QTest.keyClicks(editor, "103120")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert words(card, "clock_last") == "本机慢 13 秒（2026-11-24 10:31:07，620134 校对）"
    assert editor.text() == ""
    QTest.keyClicks(editor, "10:30:00")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert words(card, "clock_last").startswith("本机快 67 秒")
    kit.texts.set_language("en")
    assert words(card, "clock_last").startswith("This PC is 67 s fast")


def test_the_second_is_that_of_the_key_however_busy_the_desk_is(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    clock, runner = kit.ticks.clock, HeldRunner()
    assert isinstance(clock, HandClock)
    session = take_seat(tmp_path / "desk", "A", clock=clock).session
    card = ClockCard(replace(kit, runner=runner), session)
    qtbot.addWidget(card)
    card.show()
    runner.run_all()
    editor = card.findChild(QLineEdit, "clock_official")
    assert editor is not None
    QTest.keyClicks(editor, "103120")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    clock.advance(seconds=9)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert len(runner.tasks) == 1
    runner.run_all()
    assert words(card, "clock_last") == "本机慢 13 秒（2026-11-24 10:31:07，620134 校对）"


def test_what_can_not_be_read_stays_and_says_why(card: ClockCard) -> None:
    editor = card.findChild(QLineEdit, "clock_official")
    assert editor is not None
    QTest.keyClicks(editor, "soon")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "soon"
    assert "无法识别" in words(card, "clock_banner_message")


def test_the_device_s_time_moves_with_the_second_hand(card: ClockCard, kit: Kit) -> None:
    assert words(card, "clock_now") == "本机 2026-11-24 10:31:07"
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    clock.advance(seconds=1)
    kit.ticks.tick()
    assert words(card, "clock_now") == "本机 2026-11-24 10:31:08"
