"""What an officer who takes over a desk has to know: what came since he left it, and what ends in his shift.

Derived from the journal and the clocks each time it is asked; nothing is kept of it and nothing is marked as read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedQuery, AssignedView
from desktop.domain.case_file.orders.order_clocks import ONWARD, onward_window
from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.case_file.shift_briefing import (
    BriefedCase,
    CaseNews,
    News,
    NewsKind,
    ReceivedEntry,
    Shift,
    ShiftBriefing,
    cases_in_urgency,
)
from desktop.domain.case_file.task_terms import asked_by_rules, missed_at, responsible
from desktop.domain.case_file.views import OrderView, TaskView
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import AtZero, legal_day
from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.progress import SILENT, Progress
from desktop.journal import kinds
from desktop.services.orders.confirm_order import may_confirm
from desktop.services.orders.reckon import reckon
from desktop.services.ports import Reader
from desktop.services.session import Session

_FIRST_DAY: Final = Shift(0)
_KINDS: Final[Mapping[str, NewsKind]] = {
    kinds.CASE_REGISTERED: NewsKind.REGISTERED,
    kinds.CASE_OFFERED: NewsKind.OFFERED,
    kinds.ORDER_REPLIED: NewsKind.REPLIED,
    kinds.ORDER_ISSUED: NewsKind.ORDERED,
    kinds.ORDER_ISSUED_ALONE: NewsKind.ORDERED,
    kinds.SERIES_PROPOSED: NewsKind.SERIES,
}
_BY_ITSELF: Final = kinds.EVENTS | {kinds.EVIDENCE_DIGESTED, kinds.ORDER_DISPATCHED}
"""Nobody need hear that somebody looked, printed, or that the program worked something out."""
_CLOCKED: Final = frozenset({TaskSource.OWN, TaskSource.PROMISE})
"""Tasks no clock of their case stands for."""
_MOST_TASKS: Final = 50
"""Tasks of the centre that anybody reads before going to the page of them."""
_News = dict[CaseId, list[News]]


def shift_briefing(
    session: Session,
    progress: Progress = SILENT,
    *,
    locked: bool = False,
) -> ShiftBriefing:
    """What others recorded and what arrived since the officer was last here, what ran out meanwhile, and what ends
    within the rule ``shift.ahead``. ``locked``: he had locked the program and comes back to it."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    until = now + session.rules.duration("shift.ahead", legal_day(now))
    basis = reckon(session, progress)
    with session.store.read() as reader:
        shift = shift_of(session, reader, locked=locked) or _FIRST_DAY
        left = shift.left_at or now
        received = reader.received_after(shift.left) if shift.left_at else ()
        others = [
            item for item in received if not item.own or item.officer != session.officer.number
        ]
        news = _happened(session, reader, others)
        _add(news, _waiting(session, reader, basis))
        news_times = {(case, item.at) for case, found in news.items() for item in found}
        # A reply that says where the money went tells of that window itself.
        ends = [
            one
            for one in reader.clocks_ending(basis, now, until, left)
            if one.deadline.name != ONWARD or (one.case, one.deadline.at) not in news_times
        ]
        _add(news, _ends(ends, reader.tasks_due(left, until), now))
        _add(news, _assigned(session, reader, until))
        cases = _by_case(news, reader, now)
    return ShiftBriefing(
        shift.left_at,
        until,
        cases,
        _bundles(received, kinds.BUNDLE_RECEIVED),
        _bundles(received, kinds.BUNDLE_REFUSED),
    )


def of_shift(session: Session) -> tuple[CaseNews, ...]:
    """What happened since the officer's shift began, by whomever; clocks are told elsewhere on the sheet."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        shift = shift_of(session, reader)
        if shift is None:
            return ()
        news = _happened(session, reader, reader.received_after(shift.came))
        return _by_case(news, reader, session.clock.now())


def shift_of(session: Session, reader: Reader, *, locked: bool = False) -> Shift | None:
    """The shift of the officer who is signed in; None for who never signed in here."""
    session.require(Permission.READ_CASES)
    away = session.rules.duration("shift.away", session.today)
    return reader.last_shift(session.officer.number, away, locked=locked)


def _happened(session: Session, reader: Reader, received: Iterable[ReceivedEntry]) -> _News:
    by_subject = {
        (item.subject, item.kind): item for item in received if item.kind not in _BY_ITSELF
    }
    cases = reader.briefed_cases({item.case for item in by_subject.values()})
    replies = _replies(session, reader, by_subject.values())
    found: _News = defaultdict(list)
    several: Counter[tuple[CaseId, NewsKind]] = Counter()
    for item in by_subject.values():
        known = cases.get(CaseId(item.case))
        if known is None:
            continue
        case = known.id
        kind = _KINDS.get(item.kind, NewsKind.WORKED)
        if kind is NewsKind.REPLIED:
            found[case].append(replies.get(item.subject, News(kind)))
        elif kind is NewsKind.OFFERED:
            found[case] += _offer(session, known)
        else:
            several[case, kind] += 1
        if not item.own and known.conflicts:
            several[case, NewsKind.CONFLICT] = known.conflicts
    for (case, kind), count in several.items():
        new = (case, NewsKind.REGISTERED) in several
        if not (new and kind is NewsKind.WORKED):  # what belongs to a new report is read with it
            found[case].append(News(kind, count=count))
    return found


def _replies(
    session: Session, reader: Reader, received: Iterable[ReceivedEntry]
) -> Mapping[str, News]:
    """Order → its reply, which is told by itself and by what it says."""
    subjects = (item.subject for item in received if _KINDS.get(item.kind) is NewsKind.REPLIED)
    views = reader.orders_named({subject.partition("/")[2] for subject in subjects})
    gone_on = {view.case for view in views if view.order.reply and view.order.reply.hops}
    beside: defaultdict[CaseId, list[OrderView]] = defaultdict(list)
    for view in reader.orders_of_cases(gone_on):
        beside[view.case].append(view)
    windows = ((view, _onward(session, view, beside[view.case])) for view in views)
    return {
        f"order/{view.order.id}": News(NewsKind.REPLIED, at, order=view, chance=at is not None)
        for view, at in windows
    }


def _offer(session: Session, case: BriefedCase) -> Iterator[News]:
    """An offer while it waits for our answer."""
    holder = case.holder
    offer = holder.offer if holder is not None else None
    if holder and offer and offer.is_to(session.profile.device, session.profile.unit_code):
        yield News(NewsKind.OFFERED, text=holder.letter)


def _onward(session: Session, view: OrderView, beside: Sequence[OrderView]) -> datetime | None:
    """Until when the money can be saved where it went on, and nothing ``beside`` it stopped it yet; None where it did
    not, or where that was missed for more than an hour."""
    hops = open_hops(view, beside)
    window = onward_window(session.rules, view, hops)
    recent = window is not None and window.at > session.clock.now() - MISSED_FOR
    return window.at if window is not None and recent else None


def _waiting(session: Session, reader: Reader, basis: int) -> Iterator[tuple[CaseId, News]]:
    """What colleagues issued alone and this officer may confirm, until somebody does."""
    views = [view for view in reader.unconfirmed_orders(basis) if may_confirm(session, view)]
    cases = reader.briefed_cases({view.case for view in views})
    counts = Counter(cases[view.case].id for view in views if view.case in cases)
    for case, count in counts.items():
        yield case, News(NewsKind.UNCONFIRMED, count=count)


def _ends(
    clocks: Iterable[RunningClock], tasks: Iterable[TaskView], now: datetime
) -> Iterator[tuple[CaseId, News]]:
    for clock in clocks:
        deadline = clock.deadline
        chance = deadline.at_zero is AtZero.CHANCE
        gone = deadline.is_gone(now)
        kind = NewsKind.MISSED if gone else _stage(deadline.at, now)
        yield clock.case, News(kind, deadline.at, clock=deadline.name, chance=chance)
    for view in tasks:
        due = view.task.due
        if view.task.source in _CLOCKED and due is not None:
            yield view.case, News(_stage(due, now), due, text=view.task.text)


def _assigned(session: Session, reader: Reader, until: datetime) -> Iterator[tuple[CaseId, News]]:
    """Tasks of the centre that were missed, whenever that was, and those that end in the shift."""
    now, rules = session.clock.now(), session.rules
    for ahead, view in ((now, AssignedView.OVERDUE), (until, AssignedView.OPEN)):
        query = AssignedQuery(view, ahead, *asked_by_rules(rules, ahead))
        for row in reader.assigned_tasks(query, None, _MOST_TASKS).rows:
            missed = missed_at(rules, row.one)
            if missed is None or missed > until or (view is AssignedView.OPEN and missed <= now):
                continue
            who = responsible(rules, row.one, now)
            words = row.one.task.text
            yield row.case, News(_stage(missed, now), missed, text=words, responsible=who)


def _stage(at: datetime, now: datetime) -> NewsKind:
    return NewsKind.OVERDUE if at <= now else NewsKind.DUE


def _add(news: _News, more: Iterable[tuple[CaseId, News]]) -> None:
    for case, item in more:
        news[case].append(item)


def _by_case(news: _News, reader: Reader, now: datetime) -> tuple[CaseNews, ...]:
    cases = reader.briefed_cases(news)
    return cases_in_urgency(
        (
            CaseNews(
                case, known.number, known.victim, known.visit, known.loss_fen, known.accepted_at, tuple(items)
            )
            for case, items in news.items()
            if (known := cases.get(case)) is not None and known.id == case
        ),
        now,
    )  # fmt: skip


def _bundles(received: Iterable[ReceivedEntry], kind: str) -> int:
    return len({item.subject for item in received if item.kind == kind})
