"""The clocks of a case as spans."""

from __future__ import annotations

from desktop.domain.case_file.clocks import is_live
from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.cases.case import CaseState
from desktop.domain.law.deadlines import Deadline
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, deadline_span

_SHORT = frozenset({"golden", ONWARD, "entry", "revoke", "masked"})
"""Clocks that are red from their first second."""


def golden_span(deadline: Deadline) -> ClockSpan:
    """The golden window is red from its first second."""
    length = deadline.at - deadline.started_at
    return deadline_span(deadline, length, length)


def plain_span(deadline: Deadline, setup: CaseSetup) -> ClockSpan:
    """Red and amber by the time left."""
    return deadline_span(deadline, setup.limits.red_under, setup.limits.amber_under)


def span_of(deadline: Deadline, setup: CaseSetup) -> ClockSpan:
    """The span of any deadline of a case."""
    if deadline.name in _SHORT:
        return golden_span(deadline)
    return plain_span(deadline, setup)


def only_past(deadline: Deadline, state: CaseState) -> bool:
    """Whether the end of this clock, once behind us, asks nothing of anybody any more."""
    return not is_live(deadline, state, deadline.at)
