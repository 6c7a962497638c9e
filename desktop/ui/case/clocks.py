"""The clocks of a case as spans."""

from __future__ import annotations

from desktop.domain.case import CaseState
from desktop.domain.deadlines import Deadline
from desktop.ui.case.port import CaseSetup
from desktop.ui.shared.clock_face import Span

_CHANCES = frozenset({"golden", "entry", "revoke"})
"""Clocks whose end is a chance gone by, not a duty missed: afterwards they are past, not overdue."""

_DECIDED = frozenset(
    {CaseState.FROZEN, CaseState.INVESTIGATING, CaseState.AWAITING_EVIDENCE, CaseState.CLOSED}
)
"""States in which the stop has done its work and the filing is decided."""


def golden_span(deadline: Deadline) -> Span:
    """The golden window is red from its first second."""
    length = deadline.at - deadline.started_at
    return Span(deadline.at, length, length, deadline.started_at)


def plain_span(deadline: Deadline, setup: CaseSetup) -> Span:
    """Red and amber by the time left."""
    return Span(deadline.at, setup.red_under, setup.amber_under, deadline.started_at)


def span_of(deadline: Deadline, setup: CaseSetup) -> Span:
    """The span of any deadline of a case."""
    if deadline.name in _CHANCES:
        return golden_span(deadline)
    return plain_span(deadline, setup)


def only_past(deadline: Deadline, state: CaseState) -> bool:
    """Whether the end of this clock, once behind us, asks nothing of anybody any more."""
    return deadline.name in _CHANCES or state in _DECIDED
