"""劝阻: calls out to whoever is about to be cheated, one after the other, until it is known what came of it.

Each call amends the answers of the visit, ticks off the call that was due, and sets the next one as a task of the case,
so that it stands in every list of what is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.case_file.views import CaseFile, TaskView
from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Visit
from desktop.domain.cases.dissuasion import (
    CALL_AGAIN,
    LEVEL,
    OUTCOME,
    SAVED,
    Dissuasions,
    counted,
    is_open,
)
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.cases.tasks.task import Task
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, SupplementId, TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import term_end_if_ruled
from desktop.domain.law.rules import RulePack
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.records.field_table import OPEN
from desktop.domain.records.fields import Fields
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, SUPPLEMENT_RECORDED, TASK_DONE, TASK_RECORDED
from desktop.services.cases.changes.own_case import is_own, require_own
from desktop.services.look_up import file_in
from desktop.services.session import Session

_RECENT: Final = timedelta(days=7)
"""A warning that nobody followed for so long is no call that waits."""


@dataclass(frozen=True, slots=True)
class CallOut:
    """A call as it went. ``level`` and ``outcome``: answers of the script, as recorded; ``saved``: typed amount kept
    from leaving, "" for none said; ``next_at``: when to call again, None for what the rule of the level says while the
    outcome is open; ``task``: the words of that next call."""

    level: str
    outcome: str
    task: str
    saved: str = ""
    next_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DueCall:
    """A person to be called, by ``due`` at the latest."""

    case: CaseId
    victim: str
    due: datetime


def record_call_out(session: Session, case: CaseId, call: CallOut) -> datetime | None:
    """Record how a call went; when the next one is due, None where none is.

    Raises:
        UserInputError: ``case.unknown``; ``dissuasion.no_outcome``; ``dissuasion.past`` for a next call that is over;
            what :func:`~desktop.domain.money.amounts.parse_yuan` raises.
        RuleError: ``dissuasion.other_visit``; ``centre.reads_cases`` where a station has the case.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    now = session.clock.now()
    if not call.outcome:
        raise UserInputError("dissuasion.no_outcome")
    if call.next_at is not None and call.next_at <= now:
        raise UserInputError("dissuasion.past")
    answers = {LEVEL: call.level, OUTCOME: call.outcome}
    if call.saved.strip():
        answers[SAVED] = format_yuan(parse_yuan(call.saved))
    due = call.next_at
    if due is None and is_open(call.outcome):
        due = _call_due(session.rules, call.level, now)
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        require_own(session, transaction, case)
        if file.case.visit is not Visit.DISSUASION:
            raise RuleError("dissuasion.other_visit")
        stream = session.profile.stream_for(file.case.unit_code)
        news = (
            NewEntry(*one, stream=stream) for one in _entries_of(session, file, call, answers, due)
        )
        transaction.append_all(session.officer.number, tuple(news))
    return due


def _entries_of(
    session: Session, file: CaseFile, call: CallOut, answers: dict[str, str], due: datetime | None
) -> Iterator[tuple[str, str, Fields]]:
    """Kind, subject and fields of everything that a call says."""
    case, now, officer = file.case.id, session.clock.now(), session.officer.number
    known = dict(file.case.answers)
    changed: Fields = {
        f"{OPEN}{name}": answer for name, answer in answers.items() if known.get(name, "") != answer
    }
    if changed:
        yield CASE_AMENDED, f"case/{case}", changed
    for task in file.tasks:
        if task.open and task.source == CALL_AGAIN:
            yield TASK_DONE, f"task/{task.id}", {"done_at": to_wire(now), "done_by": officer}
    if due is not None:
        words = clean(call.task)
        new = Task(TaskId(session.ids.new_id()), words, due, CALL_AGAIN, "", now, officer)
        yield TASK_RECORDED, f"task/{new.id}", new.to_fields(case)
    if clean(call.note):
        key, source = SupplementId(session.ids.new_id()), SupplementSource.OFFICER
        supplement = Supplement(key, source, now, clean(call.note), now, officer)
        yield SUPPLEMENT_RECORDED, f"supplement/{key}", supplement.to_fields(case)


def due_calls(session: Session) -> tuple[DueCall, ...]:
    """Persons this centre warns itself and has to call: those nobody called yet by the level of their warning, then the
    calls that were agreed on; the first due first."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    with session.store.read() as reader:
        tasks = {view.case: view for view in reader.open_tasks() if view.task.source == CALL_AGAIN}
        cards = {card.id: card for card in reader.made_cases(session.profile.device)}
        found = []
        for card in cards.values():
            if card.visit != Visit.DISSUASION or not is_own(session, card.id, card.holder):
                continue
            due = _agreed(tasks.get(card.id))
            if due is None and now - card.accepted_at < _RECENT:
                answers = dict(file_in(reader, card.id).case.answers)
                first = is_open(answers.get(OUTCOME, ""))
                due = (
                    _call_due(session.rules, answers.get(LEVEL, ""), card.accepted_at)
                    if first
                    else None
                )
            if due is not None:
                found.append(DueCall(card.id, card.victim, due))
    return tuple(sorted(found, key=lambda one: (one.due, one.case)))


def _call_due(rules: RulePack, level: str, since: datetime) -> datetime | None:
    """By when the person is called, counted from the warning or the last call; None where no rule says it of the
    ``level`` as answered."""
    return term_end_if_ruled(rules, f"dissuasion.{level.removeprefix(choice_mark(''))}", since)


def _agreed(view: TaskView | None) -> datetime | None:
    return view.task.due if view is not None else None


def dissuasions(
    session: Session, since: datetime | None = None, before: datetime | None = None
) -> Dissuasions:
    """What the dissuasions came to that began in a time; None is open."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return counted(reader.answers_of_visits(Visit.DISSUASION, since, before))
