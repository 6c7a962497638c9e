"""来电: every open call and every case that waits is a chip or is counted, and none is both."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.domain.cases.call import Call
from desktop.domain.cases.case_holder import Assignment
from desktop.domain.ids import CaseId
from desktop.services.calls.open_assignments import OpenAssignment
from desktop.services.calls.waiting_calls import WaitingCall
from desktop.ui.intake.calls.call_strip import CallStrip
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.clocks import START
from tests.support.sweep import examples
from tests.support.texts import zh

CALLS, CASES = 3, 2
"""What fits beside each other at 1366 pixels."""


def call(number: int) -> WaitingCall:
    begun = START - timedelta(seconds=number)
    return WaitingCall(CaseId(f"call{number}"), Call(), f"来电{number}", begun, "620134")


def case(number: int) -> OpenAssignment:
    return OpenAssignment(CaseId(f"case{number}"), f"案{number}", Assignment.RETURNED, START)


def chips(strip: CallStrip) -> list[str]:
    """Their words from left to right."""
    row = strip.layout()
    assert row is not None
    widgets = [item.widget() for at in range(row.count()) if (item := row.itemAt(at)) is not None]
    return [one.text() for one in widgets if isinstance(one, Button)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 7)), min_size=1))
def test_whatever_waits_is_a_chip_or_counted(
    kit: Kit, qtbot: QtBot, turns: list[tuple[int, int, int]]
) -> None:
    """The call on the form first, the others as they wait, the cases behind them, whatever was shown before."""
    strip = CallStrip(kit)
    qtbot.addWidget(strip)
    told: list[bool] = []
    strip.shown.connect(told.append)
    strip.show()
    for many_calls, many_cases, place in turns:
        calls, cases = [call(n) for n in range(many_calls)], [case(n) for n in range(many_cases)]
        current = f"call{place}" if place < many_calls else ""
        strip.show_calls(calls, current)
        strip.show_cases(cases)
        ordered = sorted(calls, key=lambda one: one.case != current)[:CALLS]
        waiting = cases[:CASES]
        assert chips(strip) == [
            *(zh("calls.goes_on", who=one.victim, clock=f"00:0{one.case[-1]}") for one in ordered),
            *(zh("calls.assign.returned", who=one.victim) for one in waiting),
        ]
        left = len(calls) - len(ordered) + len(cases) - len(waiting)
        (more,) = strip.findChildren(Label)
        assert (more.isVisible(), more.text()) == (
            (True, zh("calls.more", count=left)) if left else (False, "")
        )
        others = any(one.case != current for one in calls)
        assert told[-1] is (others or bool(cases)), "the call on the form alone needs no strip"
