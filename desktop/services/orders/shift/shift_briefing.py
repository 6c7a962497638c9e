"""What an officer who takes over a desk has to know: what came since he left it, and what ends in his shift.

Derived from the journal and the clocks each time it is asked; nothing is kept of it and nothing is marked as read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from desktop.domain.case_file.order_clocks import ONWARD, onward_window
from desktop.domain.case_file.order_rules import open_hops
from desktop.domain.case_file.shift_briefing import (
    CaseNews,
    News,
    NewsKind,
    ReceivedEntry,
    Shift,
    ShiftBriefing,
    cases_in_urgency,
)
from desktop.domain.case_file.views import CaseCard, OrderView, TaskView
from desktop.domain.cases.task import TaskSource
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import AtZero, legal_day
from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.progress import SILENT, Progress
from desktop.journal import kinds
from desktop.services.orders.confirm_order import may_confirm
from desktop.services.orders.shift.list_clocks import running_clocks
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
    clocks = running_clocks(session, progress)
    with session.store.read() as reader:
        shift = shift_of(session, reader, locked=locked) or _FIRST_DAY
        received = reader.received_after(shift.left) if shift.left_at else ()
        others = [
            item for item in received if not item.own or item.officer != session.officer.number
        ]
        cards = {card.id: card for card in reader.board()}
        news = _happened(session, reader, others, cards)
        _add(news, _waiting(session, reader, cards.values()))
        left = shift.left_at or now
        news_times = {(case, item.at) for case, found in news.items() for item in found}
        # A reply that says where the money went tells of that window itself.
        ends = [
            one
            for one in clocks
            if one.deadline.name != ONWARD or (one.case, one.deadline.at) not in news_times
        ]
        _add(news, _ends(ends, reader.open_tasks(), left, now, until))
    return ShiftBriefing(
        shift.left_at,
        until,
        _by_case(news, cards, now),
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
        cards = {card.id: card for card in reader.board()}
        news = _happened(session, reader, reader.received_after(shift.came), cards)
        return _by_case(news, cards, session.clock.now())


def shift_of(session: Session, reader: Reader, *, locked: bool = False) -> Shift | None:
    """The shift of the officer who is signed in; None for who never signed in here."""
    session.require(Permission.READ_CASES)
    away = session.rules.duration("shift.away", session.today)
    return reader.last_shift(session.officer.number, away, locked=locked)


def _happened(
    session: Session,
    reader: Reader,
    received: Iterable[ReceivedEntry],
    cards: Mapping[CaseId, CaseCard],
) -> _News:
    found: _News = defaultdict(list)
    several: Counter[tuple[CaseId, NewsKind]] = Counter()
    for item in {(item.subject, item.kind): item for item in received}.values():
        case = CaseId(item.case)
        card = cards.get(case)
        if card is None or item.kind in _BY_ITSELF:
            continue
        kind = _KINDS.get(item.kind, NewsKind.WORKED)
        if kind in (NewsKind.REPLIED, NewsKind.OFFERED):
            found[case] += _singly(session, reader, card, item, kind)
        else:
            several[case, kind] += 1
        if not item.own and card.conflicts:
            several[case, NewsKind.CONFLICT] = card.conflicts
    for (case, kind), count in several.items():
        new = (case, NewsKind.REGISTERED) in several
        if not (new and kind is NewsKind.WORKED):  # what belongs to a new report is read with it
            found[case].append(News(kind, count=count))
    return found


def _singly(
    session: Session, reader: Reader, card: CaseCard, item: ReceivedEntry, kind: NewsKind
) -> Iterator[News]:
    """What is told by itself: a reply by what it says, an offer while it waits for our answer."""
    if kind is NewsKind.REPLIED:
        view = reader.order(item.subject.partition("/")[2])
        window = _onward(session, reader, view) if view is not None else None
        yield News(kind, window, order=view, chance=window is not None)
        return
    holder = card.holder
    offer = holder.offer if holder is not None else None
    if holder and offer and offer.device == session.profile.device:
        yield News(kind, text=holder.letter)


def _onward(session: Session, reader: Reader, view: OrderView) -> datetime | None:
    """Until when the money can be saved where it went on; None where it did not, or where that was missed for more than
    an hour."""
    hops = open_hops(view, reader.orders_of(view.case))
    window = onward_window(session.rules, view, hops)
    recent = window is not None and window.at > session.clock.now() - MISSED_FOR
    return window.at if window is not None and recent else None


def _waiting(
    session: Session, reader: Reader, cards: Iterable[CaseCard]
) -> Iterator[tuple[CaseId, News]]:
    """What colleagues issued alone and this officer may confirm, until somebody does."""
    for card in cards:
        if card.unconfirmed:
            reports = (card.id, *reader.case_group(card.id).members)
            views = (view for report in reports for view in reader.orders_of(report))
            if count := sum(may_confirm(session, view) for view in views):
                yield card.id, News(NewsKind.UNCONFIRMED, count=count)


def _ends(
    clocks: Iterable[RunningClock],
    tasks: Iterable[TaskView],
    left: datetime,
    now: datetime,
    until: datetime,
) -> Iterator[tuple[CaseId, News]]:
    for clock in clocks:
        deadline = clock.deadline
        chance = deadline.at_zero is AtZero.CHANCE
        gone = deadline.is_gone(now)
        if deadline.at <= until and (chance or left < deadline.at):
            kind = NewsKind.MISSED if gone else _stage(deadline.at, now)
            yield clock.case, News(kind, deadline.at, clock=deadline.name, chance=chance)
    for view in tasks:
        due = view.task.due
        if view.task.source in _CLOCKED and due is not None and left < due <= until:
            yield view.case, News(_stage(due, now), due, text=view.task.text)


def _stage(at: datetime, now: datetime) -> NewsKind:
    return NewsKind.OVERDUE if at <= now else NewsKind.DUE


def _add(news: _News, more: Iterable[tuple[CaseId, News]]) -> None:
    for case, item in more:
        news[case].append(item)


def _by_case(news: _News, cards: Mapping[CaseId, CaseCard], now: datetime) -> tuple[CaseNews, ...]:
    return cases_in_urgency(
        (
            CaseNews(
                case, card.number, card.victim, card.visit, card.loss_fen, card.accepted_at, tuple(items)
            )
            for case, items in news.items()
            if (card := cards.get(case)) is not None
        ),
        now,
    )  # fmt: skip


def _bundles(received: Iterable[ReceivedEntry], kind: str) -> int:
    return len({item.subject for item in received if item.kind == kind})
