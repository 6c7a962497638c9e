"""By when a task of the centre is to be accepted and done, and who has to see to it once that was missed."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.tasks.assigned_task import AssignedKind, AssignedState, AssignedTask
from desktop.domain.law.deadlines import legal_day, term_end_if_ruled
from desktop.domain.law.rules import RuleLookupError, RulePack, Unit

_ACCEPT: Final = "assign.accept"
_RESETS: Final = "assign.accepted_resets"


class Responsible(StrEnum):
    """Who has to see to it that a task is done (应由谁处理)."""

    OFFICER = "officer"
    HEAD = "head"
    """The head of the station."""
    DUTY_LEADER = "duty_leader"
    """The duty leader of the centre."""


_UNANSWERED: Final = frozenset({AssignedState.GIVEN, AssignedState.REQUESTED})
_STEPS: Final = ((Responsible.DUTY_LEADER, "assign.duty_leader"), (Responsible.HEAD, "assign.head"))


def due_by_kind(rules: RulePack, kind: AssignedKind, now: datetime) -> datetime | None:
    """When a task of this kind that is given now is due; None where no rule says."""
    return term_end_if_ruled(rules, f"assign.{kind.value}", now)


def missed_at(rules: RulePack, one: AssignedTask) -> datetime | None:
    """When the station will have, or has, missed what is next: to accept it, then to be done. Whether acceptance stops
    the first of these clocks is the rule ``assign.accepted_resets``. A request waits for the centre as a task does for
    its station, and for nobody once it was passed on. None where nothing runs."""
    if not one.open or (one.request and one.state is not AssignedState.REQUESTED):
        return None
    given = one.task.made_at
    accept_by = term_end_if_ruled(rules, _ACCEPT, given) if given is not None else None
    waits = one.state in _UNANSWERED or not _resets(rules, given)
    ends = [end for end in (accept_by if waits else None, one.task.due) if end is not None]
    return min(ends, default=None)


def overdue(rules: RulePack, one: AssignedTask, now: datetime) -> bool:
    """Whether something was missed by now."""
    missed = missed_at(rules, one)
    return missed is not None and missed <= now


def asked_by_rules(rules: RulePack, now: datetime) -> tuple[datetime, bool]:
    """What was given by when is overdue unless it was accepted, and whether it is so although it was accepted."""
    try:
        term = rules.duration(_ACCEPT, legal_day(now))
    except RuleLookupError:
        return datetime.min.replace(tzinfo=UTC), False
    return now - term, not _resets(rules, now)


def responsible(rules: RulePack, one: AssignedTask, now: datetime) -> Responsible | None:
    """Who has to see to an open task at ``now``; None for one that is over. Nothing is sent to anybody by it."""
    if not one.open:
        return None
    missed = missed_at(rules, one)
    if one.request:
        late = missed is not None and missed <= now
        return Responsible.DUTY_LEADER if late else Responsible.OFFICER
    for who, rule in _STEPS:
        since = term_end_if_ruled(rules, rule, missed) if missed is not None else None
        if since is not None and since <= now:
            return who
    return Responsible.OFFICER


def _resets(rules: RulePack, given: datetime | None) -> bool:
    if given is None:
        return True
    try:
        return rules.value(_RESETS, legal_day(given), Unit.TIMES) > 0
    except RuleLookupError:
        return True
