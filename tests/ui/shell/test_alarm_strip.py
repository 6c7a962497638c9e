"""Alarms on the main window: seen and counted from every page, and never in the way of typing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import Alarm, AlarmStage, RunningClock
from desktop.domain.law.deadlines import AT_ZERO, AtZero, Deadline
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.alarm_strip import AlarmStrip
from tests.support.clocks import START, HandClock
from tests.support.texts import zh
from tests.ui.pages.shell import ShellPage
from tests.ui.pages.words import words_in

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def alarm(
    name: str, minutes: int, stage: AlarmStage = AlarmStage.OVER, victim: str = "李秀兰"
) -> Alarm:
    end = START + timedelta(minutes=minutes)
    clock = Deadline(name, end, "", end - timedelta(days=1))
    case = CaseId(f"case-{victim}-{name}")
    return Alarm(RunningClock(clock, case, "620102540000-20261124-A-0017", victim), stage)


@pytest.fixture
def strip(shell: ShellPage) -> AlarmStrip:
    return shell.find("alarm_strip", AlarmStrip)


def test_an_alarm_is_seen_but_takes_no_key(
    shell: ShellPage, strip: AlarmStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: bells.append(1))
    field = QLineEdit(shell.window)
    field.show()
    field.setFocus()
    assert not strip.isVisible()
    shell.window.show_clocks((), (alarm("filing", -1), alarm("stop_end", 50, AlarmStage.AHEAD)))
    assert strip.isVisible()
    assert shell.window.focusWidget() is field
    assert bells == [1]
    assert "立案审查已逾期" in strip.accessibleName()
    assert "李秀兰 1124-A-0017" in strip.accessibleName()
    assert shell.text("alarm_more") == "另有 1 项"
    shell.window.show_clocks((), ())
    assert bells == [1], "no bell without news"


def test_keys_put_it_away_or_lead_to_the_case(
    shell: ShellPage, strip: AlarmStrip, kit: Kit
) -> None:
    went: list[object] = []
    shell.window.search_opened.connect(lambda clock: went.append(clock.case))
    shell.window.show_clocks(
        (), (alarm("reply_by", -5), alarm("stop_end", 50, AlarmStage.AHEAD), alarm("filing", -1))
    )
    assert zh("deadlines.filing") in strip.accessibleName(), (
        "what ran out nearest to now stands in front"
    )
    shell.press(Qt.Key.Key_X, KEYS)
    assert zh("deadlines.reply_by") in strip.accessibleName()
    shell.press(Qt.Key.Key_A, KEYS)
    assert went == ["case-李秀兰-reply_by"]
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    assert "50:00" in strip.accessibleName()
    clock.advance(minutes=1)
    kit.ticks.tick()
    assert "49:00" in strip.accessibleName()
    shell.press(Qt.Key.Key_A, KEYS)
    assert not strip.isVisible()
    shell.press(Qt.Key.Key_A, KEYS)
    assert went == ["case-李秀兰-reply_by", "case-李秀兰-stop_end"]


def test_the_same_clock_stands_there_once_at_its_last_stage(
    shell: ShellPage, strip: AlarmStrip
) -> None:
    shell.window.show_clocks((), (alarm("stop_end", 50, AlarmStage.AHEAD),))
    shell.window.show_clocks((), (alarm("stop_end", 50),))
    assert shell.text("alarm_more") == ""
    assert "时间已过" in strip.accessibleName()


def test_a_switch_of_the_language_leaves_no_word_behind(
    shell: ShellPage, strip: AlarmStrip, kit: Kit
) -> None:
    clocks = (alarm("stop_end", 50),)
    shell.window.show_clocks((), clocks)
    kit.texts.set_language("en")
    switched = words_in(strip)
    for shown in ((), clocks):
        shell.window.show_clocks((), shown)
    assert switched == words_in(strip)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_clock_has_its_words(
    shell: ShellPage, strip: AlarmStrip, kit: Kit, language: str
) -> None:
    kit.texts.set_language(language)
    for name, at_zero in AT_ZERO.items():
        if at_zero is not AtZero.CHANCE:
            shell.window.show_clocks((), (alarm(name, -1),))
            assert kit.texts.text(f"deadlines.{name}") in strip.accessibleName()
            shell.press(Qt.Key.Key_X, KEYS)
