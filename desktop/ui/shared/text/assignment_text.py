"""How far the offer of a centre to a station got, by the ends of its text keys."""

from __future__ import annotations

from desktop.domain.cases.case_holder import Assignment


def assignment_key(assignment: Assignment, *, here: bool) -> str:
    """The end of the keys ``case_holder.waits.…`` and ``case_holder.mark_…``; ``here``: read at the station."""
    if assignment is Assignment.RETURNED:
        return "returned"
    return "assigned_here" if here else "assigned_down"
