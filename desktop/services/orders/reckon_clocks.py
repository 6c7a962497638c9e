"""What lists and the board sort and count by: clocks of cases and of orders, and what a card is counted by."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.case_file.card_clock import card_ends, waits_at_rest
from desktop.domain.case_file.clocks import ClockFacts, case_clocks, live_until
from desktop.domain.case_file.orders.dispatch_batch import is_to_send
from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.case_file.orders.order_words import searched_in
from desktop.domain.case_file.views import CaseCard, OrderView
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import AlarmSpans, RunningClock, announced_at
from desktop.domain.law.deadlines import AtZero, article_of
from desktop.domain.orders.flow import flow_of
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, WAITING, OrderKind, OrderReply, OrderState
from desktop.services.head_office import head_office
from desktop.services.order_reach import receiver_name
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.ports import OrderFinding, ReckonedCard, ReckonedClock, ReckonedOrder
from desktop.services.session import Session


def golden_span(session: Session) -> timedelta:
    """The length of the golden window today."""
    return session.rules.duration("golden.window", session.today)


def reckoned_cards(
    facts: Iterable[ClockFacts],
    cards: Mapping[CaseId, CaseCard],
    clocks: Iterable[ReckonedClock],
    places: Mapping[CaseId, MoneyPlaces],
    times: tuple[timedelta, datetime],
) -> tuple[ReckonedCard, ...]:
    """The cards of some cases, with where their money is; ``times``: the golden window's length, and now."""
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


def reckoned_orders(
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


def reckoned_clocks(
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
