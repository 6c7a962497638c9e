"""Bring up to date what is reckoned from entries and rules: only cases that were spoken of since are reckoned.

Clocks and figures follow from the journal and from the rules that hold here. They are reckoned once, by the functions
of the domain, and kept as rows; which clock is the most urgent at an instant, or what a year comes to, is then a
question to the database.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from desktop import __version__
from desktop.domain.case_file.card_clock import card_ends, waits_at_rest
from desktop.domain.case_file.clocks import ClockFacts, case_clocks, live_until
from desktop.domain.case_file.orders.dispatch_batch import is_to_send
from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.case_file.orders.order_words import searched_in
from desktop.domain.case_file.views import CaseCard, OrderView
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.alarms import AlarmSpans, RunningClock, alarm_spans, announced_at
from desktop.domain.law.deadlines import AtZero, article_of
from desktop.domain.orders.flow import flow_of
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, WAITING, OrderKind, OrderReply, OrderState
from desktop.domain.progress import SILENT, Progress
from desktop.services.head_office import head_office
from desktop.services.order_reach import receiver_name
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.ports import (
    Arrears,
    OrderFinding,
    Reader,
    ReckonedCard,
    ReckonedCases,
    ReckonedClock,
    ReckonedOrder,
)
from desktop.services.reckon_figures import reckoned_figures
from desktop.services.session import Session
from desktop.services.where_money_is import clock_tolerance, money_places

T = TypeVar("T")
_AT_ONCE: Final = 100
"""Cases reckoned together: nobody who writes waits for more than their rows."""
_RECKONED: Final = 6
"""To be raised when something is reckoned otherwise than before within one version, or other things are kept of it."""


@dataclass(frozen=True, slots=True)
class Unreckoned:
    """What was read of some cases that wait. ``alone``: orders whose report is not here yet."""

    arrears: Arrears
    facts: Sequence[ClockFacts]
    alone: Sequence[OrderView]
    types: Mapping[CaseId, str]
    cards: Mapping[CaseId, CaseCard]


def reckon_few(session: Session, most: int, progress: Progress) -> tuple[int, int]:
    """:func:`reckon` where at most so many cases wait; else none is reckoned. The basis, and how many wait then."""
    session.require(Permission.SEE_ORDERS)
    now = session.clock.now()
    basis = _basis(session, mark_of(session, alarm_spans(session.rules, now)), now)
    with session.store.read() as reader:
        left = reader.waiting(basis)
    if left is not None and (left == 0 or left > most):
        return basis, left
    return reckon(session, progress), 0


def reckon(session: Session, progress: Progress = SILENT) -> int:
    """Reckon every case that waits, and say on which basis its rows stand. The first time, and by other rules, those
    are all cases: some at a time, each in a short transaction of its own, so that whoever is stopped goes on from
    there. Told as cases of all that waited."""
    session.require(Permission.SEE_ORDERS)
    now, done = session.clock.now(), 0
    spans = alarm_spans(session.rules, now)
    mark = mark_of(session, spans)
    basis = _basis(session, mark, now)
    while True:
        progress.check()
        with session.store.read() as reader:
            left = reader.waiting(basis)
            read = read_some(reader, basis) if left else None
        if left is None:  # projections were made anew meanwhile
            basis = _basis(session, mark, now)
        elif read is None:
            return basis
        else:
            found = reckoned(session, read, spans, now)
            with session.store.write() as transaction:
                transaction.keep_reckoned(read.arrears, found, now)
            progress.advance(done + len(read.arrears.cases), done + left)
            done += len(read.arrears.cases)


def read_on(session: Session, basis: int, read: Callable[[Reader, int], T]) -> T:
    """What ``read`` finds on a basis, to go on with a list that was begun there; where its rows are no more, on the
    one that takes its place."""
    session.require(Permission.SEE_ORDERS)
    while True:
        with session.store.read() as reader:
            if reader.waiting(basis) is not None:
                return read(reader, basis)
        basis = reckon(session)


def _basis(session: Session, mark: str, now: datetime) -> int:
    """The basis for now, in order."""
    with session.store.read() as reader:
        basis = reader.find_basis(mark, now)
    if basis is not None and basis.in_order:
        return basis.number
    with session.store.write() as transaction:
        return transaction.put_basis_in_order(mark, now)


def mark_of(session: Session, spans: AlarmSpans) -> str:
    """A digest of everything that is reckoned by: rules, program, spans of time."""
    tolerance = clock_tolerance(session.rules, session.today)
    times = (spans, _golden_span(session), tolerance)
    offices = session.directories.hotlines()
    by = (__version__, _RECKONED, session.rules.fingerprint, times, session.flow.mark, offices)
    return hashlib.sha256(repr(by).encode()).hexdigest()[:32]


def read_some(reader: Reader, basis: int) -> Unreckoned:
    """What the journal says of the next cases that wait on a basis."""
    arrears = reader.arrears(basis, _AT_ONCE)
    facts = reader.clock_facts(cases=arrears.members)
    known = {item.case for item in facts}
    alone = [case for case, lead in arrears.members.items() if lead not in known]
    views = reader.orders_of_cases(alone) if alone else ()
    return Unreckoned(arrears, facts, views, reader.types(known), reader.cards_of(known))


def reckoned(session: Session, read: Unreckoned, spans: AlarmSpans, now: datetime) -> ReckonedCases:
    """The rows of these cases at ``now``. Where the money of a case is, which takes most of the time, is followed
    once for all of them."""
    places = {item.case: money_places(session, [item]) for item in read.facts}
    own = [item for item in read.facts if _is_counted(session, item, read.cards)]
    cards = {case: _offered_here(session, card) for case, card in read.cards.items()}
    views = [*(view for item in read.facts for view in item.orders), *read.alone]
    clocks = tuple(_reckoned_clocks(session, read.facts, spans))
    return ReckonedCases(
        tuple(_reckoned_orders(session, views, read.facts)),
        clocks,
        tuple(reckoned_figures(own, read.types, places, now)),
        _reckoned_cards(read.facts, cards, clocks, places, (_golden_span(session), now)),
    )


def _is_counted(session: Session, facts: ClockFacts, cards: Mapping[CaseId, CaseCard]) -> bool:
    """Whether the case stands in the statistics here: a case of the centre counts at the station that took it on, not
    where it was only offered or came back from."""
    card, own = cards.get(facts.case), session.profile
    of_other = facts.number.partition("-")[0] not in ("", own.unit_code)
    if card is None or own.role is InstallationRole.CENTRE or not of_other:
        return True
    return card.desk != card.home


def _offered_here(session: Session, card: CaseCard) -> CaseCard:
    """What a centre offers a station waits for each of its desks, whichever of them the offer names."""
    holder = card.holder
    offer = holder.offer if holder is not None else None
    if holder is None or offer is None or offer.unit != session.profile.unit_code:
        return card
    offer = replace(offer, device=session.profile.device)
    return replace(card, holder=replace(holder, offer=offer))


def _golden_span(session: Session) -> timedelta:
    """The length of the golden window today."""
    return session.rules.duration("golden.window", session.today)


def _reckoned_cards(
    facts: Iterable[ClockFacts],
    cards: Mapping[CaseId, CaseCard],
    clocks: Iterable[ReckonedClock],
    places: Mapping[CaseId, MoneyPlaces],
    times: tuple[timedelta, datetime],
) -> tuple[ReckonedCard, ...]:
    """What the board counts and sorts the cards of some cases by, with where their money is; ``times``: the golden
    window's length, and now."""
    windows: defaultdict[CaseId, list[datetime]] = defaultdict(list)
    for item in clocks:
        if item.clock.deadline.name == ONWARD:
            windows[item.clock.case].append(item.clock.deadline.at)
    return tuple(
        _reckoned(cards[item.case], windows[item.case], places[item.case], *times)
        for item in facts
        if item.case in cards
    )


def _reckoned(
    card: CaseCard,
    windows: Iterable[datetime],
    places: MoneyPlaces,
    golden: timedelta,
    now: datetime,
) -> ReckonedCard:
    """Counts until the money moves by itself, or a window ends behind which another one runs."""
    money = places.timeline()
    card = replace(card, money=money)
    changes = sorted({*windows, *(at for at, _ in money.steps)})
    place = bisect_right(changes, now)
    return ReckonedCard(
        card,
        card_ends(card, min((end for end in windows if now < end), default=None), golden),
        waits_at_rest(card, now),
        money.at(now),
        since=changes[place - 1] if place else None,
        until=changes[place] if place < len(changes) else None,
    )


def _reckoned_orders(
    session: Session, views: Iterable[OrderView], facts: Iterable[ClockFacts]
) -> Iterator[ReckonedOrder]:
    """The orders of some cases; of one whose report is not here yet no clock is known."""
    found = rows_of(session, facts)
    bridges: set[tuple[str, str]] = set()
    offices: dict[str, str] = {}
    for view in views:
        row = found.get(view.order.id) or OrderRow(view)
        yield _reckoned_order(row, _found_by(session, row, offices), first=_is_first(row, bridges))


def _found_by(session: Session, row: OrderRow, offices: dict[str, str]) -> OrderFinding:
    """``offices``: receivers whose head office is known by now."""
    view, order, sent = row.view, row.view.order, row.view.order.dispatch
    called = receiver_name(order)
    if called not in offices:
        offices[called] = head_office(session.directories, called)
    waits = view.state in WAITING
    return OrderFinding(
        order.kind,
        OrderState.ACKNOWLEDGED if waits else view.state,
        offices[called],
        order.unit_name,
        order.issued_by,
        searched_in(view),
        hops=len(row.open_hops),
        to_send=is_to_send(view),
        batch=sent.pack,
        sent_at=sent.at,
    )


def _reckoned_clocks(
    session: Session, facts: Iterable[ClockFacts], spans: AlarmSpans
) -> Iterator[ReckonedClock]:
    """The clocks of some cases."""
    for case_facts in facts:
        for position, clock in enumerate(_running(session, case_facts)):
            deadline = clock.deadline
            until, announced = live_until(deadline, case_facts), announced_at(deadline, spans)
            yield ReckonedClock(clock, position, until, announced)


def _running(session: Session, facts: ClockFacts) -> Iterator[RunningClock]:
    """All clocks of a case with the words they are told with."""
    amounts = {f"order/{view.order.id}": view.order.amount_fen for view in facts.orders}
    amounts |= {f"transfer/{item.id}": item.gross_fen for item in facts.payments}
    rules, centre = session.rules, session.profile.as_centre
    for clock in case_clocks(rules, facts, centre=centre):
        yield RunningClock(
            clock, facts.case, facts.number, facts.victim, article_of(rules, clock),
            amounts.get(clock.subject, facts.lost_fen),
        )  # fmt: skip


def _is_first(row: OrderRow, bridges: set[tuple[str, str]]) -> bool:
    """Whether no other order told of its bridge from stop to freeze before."""
    if row.bridge is None:
        return False
    about = (row.view.case, row.bridge.about)
    first = about not in bridges
    bridges.add(about)
    return first


def _reckoned_order(row: OrderRow, found_by: OrderFinding, *, first: bool) -> ReckonedOrder:
    order, clock, bridge = row.view.order, row.clock, row.bridge
    chance = clock is not None and clock.at_zero is AtZero.CHANCE
    open_bridge = first and bridge is not None and bridge.frozen_at is None and not row.settled
    stopped = _stopped(row.view)
    pressing = row.pressing(order.issued_at)
    return ReckonedOrder(
        order.id,
        row.view.case,
        flow_of(order.kind),
        pressing.key,
        pressing.amount_fen,
        pressing.since,
        pressing.waits,
        found_by,
        chance=clock.at if clock is not None and chance else None,
        duty=clock.at if clock is not None and not chance else None,
        lapses=row.settled and clock is not None and clock.name == "stop_end",
        onward=row.onward.at if row.onward is not None else None,
        took=max(order.issued_at - row.accepted_at, timedelta(0)) if row.accepted_at else None,
        file_by=bridge.file_by if bridge is not None and open_bridge else None,
        unconfirmed=order.unconfirmed,
        stopped_at=stopped.replied_at if stopped is not None else None,
        stopped_fen=stopped.amount_fen if stopped is not None else 0,
        called_back=order.kind is OrderKind.REVOKE,
    )


def _stopped(view: OrderView) -> OrderReply | None:
    """The reply by which a stop holds money, or it was called back, and moves no more."""
    stopped = view.state in RAN and view.order.kind in {*STOPS, OrderKind.REVOKE}
    return view.order.reply if stopped else None
