"""What one shift leaves to the next: clocks, promises, missing digits, other things to do; printed and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.shift_briefing import CaseNews
from desktop.domain.case_file.views import TaskView
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import legal_day
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.order import Order, receiver
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import Json
from desktop.domain.records.numbers import short_case_number
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SHIFT_HANDED_OVER
from desktop.services.cases.tasks import open_tasks
from desktop.services.look_up import officer_names
from desktop.services.orders.reckon import reckon
from desktop.services.orders.shift.centre_shift import centre_shift
from desktop.services.orders.shift.duty_plans import duty_rota
from desktop.services.orders.shift.shift_briefing import of_shift, shift_of
from desktop.services.ports import (
    HandoverCase,
    HandoverClock,
    HandoverFacts,
    HandoverOlder,
    HandoverTask,
    OpenPart,
    Pdf,
)
from desktop.services.session import Session

_OLDER: Final = 20
"""Clocks of before the shift that are listed one by one. A shift takes over what is new; nobody reads thousands."""
_AT_CENTRE: Final = 40
"""Clocks that a centre lists: of those of all its stations the most pressing, and how many more there are."""
_MISSING: Final = frozenset({TaskSource.MASKED_NUMBER, TaskSource.UNKNOWN_PAYEE})


def shift_facts(
    session: Session,
    name_of: Callable[[str], str],
    tell: Callable[[CaseNews], str] | None = None,
    progress: Progress = SILENT,
) -> HandoverFacts:
    """What is to be handed over now. ``name_of`` gives the words of a clock; ``tell`` puts into words
    what happened in a case since the shift began, where that is wanted.

    Clocks that ran out since the shift began or end within the rule ``handover.horizon``, what can still be saved
    first; of what ran out before, the newest, and how many more there are with the oldest; every open task; every case
    that was offered to this desk or by it and waits for an answer.
    """
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    horizon = now + session.rules.duration("handover.horizon", legal_day(now))
    basis = reckon(session, progress)
    began = _began(session)
    with session.store.read() as reader:
        running = reader.clocks_ending(basis, now, horizon, began or now)
        over = reader.clocks_over(basis, now, began or now, _OLDER)
        listed = sorted((*running, *over.newest), key=lambda item: item.pressing.urgency(now))
        rest = [over.oldest] if over.oldest is not None and over.count > len(over.newest) else []
        subjects = (item.deadline.subject for item in (*listed, *rest))
        named = {name.removeprefix("order/") for name in subjects if name.startswith("order/")}
        orders = {f"order/{view.order.id}": view.order for view in reader.orders_named(named)}
    handed = [
        _clock(item, name_of, orders.get(item.deadline.subject), now) for item in (*listed, *rest)
    ]
    desk = centre_shift(session, progress)
    if desk is not None and len(handed) > _AT_CENTRE + len(rest):
        desk = replace(desk, parts=(*desk.parts, (OpenPart.CLOCKS, len(listed) - _AT_CENTRE)))
        del handed[_AT_CENTRE : len(listed)]
    older = HandoverOlder(over.count - len(over.newest), handed.pop()) if rest else None
    tasks = open_tasks(session)
    return HandoverFacts(
        unit_name=session.profile.unit_name,
        shift_from=began,
        shift_to=now,
        outgoing=((session.officer.number, session.officer.name),),
        incoming=_next_leader(session) if desk is not None else (),
        clocks=tuple(handed),
        older=older,
        promises=_tasks(task for task in tasks if task.task.source == TaskSource.PROMISE),
        missing=_tasks(task for task in tasks if task.task.source in _MISSING),
        tasks=_tasks(
            task
            for task in tasks
            if task.task.source != TaskSource.PROMISE and task.task.source not in _MISSING
        ),
        cases=_cases(session),
        news=_news(session, tell) if tell is not None else (),
        desk=desk,
    )


def print_handover(session: Session, facts: HandoverFacts) -> Pdf:
    """The sheet both shifts sign. That it was made, with how much on it, is in the journal of this desk."""
    session.require(Permission.READ_CASES)
    pdf = session.sheets.sheet(facts, facts.shift_to)
    to: list[Json] = [number for number, _ in facts.incoming]
    fields: dict[str, Json] = {
        "to": to,
        "clocks": len(facts.clocks) + (facts.older.count if facts.older is not None else 0),
        "cases": len(facts.cases),
        "tasks": len(facts.promises) + len(facts.missing) + len(facts.tasks) + _of_desk(facts),
        "pages": pdf.pages,
    }
    with session.store.write() as transaction:
        subject = device_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(SHIFT_HANDED_OVER, subject, fields))
    return pdf


def _next_leader(session: Session) -> tuple[tuple[str, str], ...]:
    """Whom the rota of a centre names to lead the next shift."""
    shift, names = duty_rota(session).next, officer_names(session)
    return ((shift.leader, names.get(shift.leader, "")),) if shift is not None else ()


def _of_desk(facts: HandoverFacts) -> int:
    """Calls and tasks of a centre's shift."""
    return len(facts.desk.calls) + len(facts.desk.tasks) if facts.desk is not None else 0


def _clock(
    item: RunningClock, name_of: Callable[[str], str], order: Order | None, now: datetime
) -> HandoverClock:
    return HandoverClock(
        local_case_number=short_case_number(item.case_number),
        victim=item.victim,
        name=name_of(item.deadline.name),
        at=item.deadline.at,
        article=item.article,
        note=_about(order) if order is not None else "",
        certain=item.deadline.certain,
        gone=item.deadline.is_gone(now),
    )


def _about(order: Order) -> str:
    """The institution, the sum and the local number: of six stops of a case one ends first."""
    amount = f"￥{format_yuan(order.amount_fen)}" if order.amount_fen else ""
    return "　".join(part for part in (receiver(order), amount, order.number) if part)


def _began(session: Session) -> datetime | None:
    with session.store.read() as reader:
        shift = shift_of(session, reader)
    return shift.came_at if shift is not None else None


def _news(session: Session, tell: Callable[[CaseNews], str]) -> tuple[HandoverTask, ...]:
    return tuple(
        HandoverTask(short_case_number(case.number), case.victim, tell(case))
        for case in of_shift(session)
    )


def _cases(session: Session) -> tuple[HandoverCase, ...]:
    own, unit = session.profile.device, session.profile.unit_code
    found = []
    with session.store.read() as reader:
        cases = reader.held_cases()
    for case in cases:
        holder = case.holder
        offer = holder.offer if holder is not None else None
        if holder is None or offer is None:
            continue
        to_us = offer.is_to(own, unit)
        if not to_us and holder.device != own:
            continue
        letter = holder.letter if to_us else offer.letter
        number = short_case_number(case.number)
        found.append(HandoverCase(number, case.victim, letter, to_us, offer.reason, offer.at))
    return tuple(found)


def _tasks(tasks: Iterable[TaskView]) -> tuple[HandoverTask, ...]:
    return tuple(
        HandoverTask(
            short_case_number(view.case_number), view.victim, view.task.text, view.task.due
        )
        for view in tasks
    )
