"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop import __version__
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import as_counted, counted
from desktop.domain.case_file.statistics import CaseFigures, ReckonedFigures, pace_of
from desktop.domain.cases.case import Visit
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.installation.officer import Permission
from desktop.domain.money.dispositions import NOTHING, MoneySums
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.order import Order
from desktop.domain.progress import SILENT, Progress
from desktop.services.session import Session
from desktop.services.where_money_is import clock_tolerance, money_places

_AT_ONCE: Final = 200
"""Cases reckoned between two transactions: a report that is registered meanwhile waits for none of it."""

Span = tuple[datetime | None, datetime | None]
"""From when until before when; None is open."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """``cases``: one row a case; ``by_channel``: one row for every way its money left, which sum to the case.
    ``units``: code → name. ``at``: the instant they are of."""

    cases: tuple[CaseFigures, ...]
    by_channel: tuple[CaseFigures, ...]
    units: Mapping[str, str]
    unit_name: str
    at: datetime


def _all(_now: datetime) -> Span:
    return None, None


def read_statistics(
    session: Session, progress: Progress = SILENT, span_of: Callable[[datetime], Span] = _all
) -> Statistics:
    """Of every report that was accepted in the span of now; enquiries and warnings accuse nobody and are left out.
    Merged reports count once. Figures that are due are reckoned before, of all cases: that takes long once."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    _reckon_due(session, now, progress)
    since, before = span_of(now)
    with session.store.read() as reader:
        cases = tuple(reader.figures(since, before, parts=False))
        by_channel = tuple(reader.figures(since, before, parts=True))
        units = {peer.card.unit_code: peer.card.unit_name for peer in reader.peers()}
    units[session.profile.unit_code] = session.profile.unit_name
    return Statistics(cases, by_channel, units, session.profile.unit_name, now)


def _reckon_due(session: Session, now: datetime, progress: Progress) -> None:
    """Some at a time, each kept in a transaction of its own; stopped half-way it goes on from there."""
    rules = _rules_mark(session)
    with session.store.read() as reader:
        if not reader.figures_are_due(rules, now):
            return
    with session.store.write() as transaction:
        transaction.look_for_due_figures(rules, now)
    while _reckon_some(session, now):
        progress.check()


def _reckon_some(session: Session, now: datetime) -> bool:
    """Whether there were any."""
    with session.store.read() as reader:
        heads, types = reader.heads(), reader.due_figures(_AT_ONCE)
        every = reader.clock_facts(cases=types)
    if not types:
        return False
    found = [
        _Case(facts, types[facts.case], money_places(session, [facts]), now).reckoned()
        for facts in every
        if facts.visit is Visit.REPORT
    ]
    with session.store.write() as transaction:
        if transaction.heads() == heads:  # else something was recorded meanwhile, perhaps of these
            transaction.keep_figures(tuple(types), found)
    return True


def _rules_mark(session: Session) -> str:
    """Another one for whatever else figures are reckoned by."""
    pack, today = session.rules, session.today
    by = (__version__, pack.version, pack.rules, clock_tolerance(pack, today), session.flow.mark)
    return hashlib.sha256(repr(by).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Case:
    """A case at an instant, with where its money is."""

    facts: ClockFacts
    type: str
    places: MoneyPlaces
    now: datetime

    def reckoned(self) -> ReckonedFigures:
        """Both, and how long they count."""
        changes = self.places.changes
        place = bisect_right(changes, self.now)
        since = changes[place - 1] if place else None
        until = changes[place] if place < len(changes) else None
        return ReckonedFigures(self.whole(), tuple(self.parts()), since, until)

    def whole(self) -> CaseFigures:
        """The case as one row."""
        sums = self.places.at(self.now)
        counting = [item for item in self.facts.objections if not item.withdrawn]
        return replace(
            self._figures(self._orders),
            objections=len(counting),
            undecided=sum(item.under_review for item in counting),
            upheld=sum(bool(item.to_release) for item in counting),
            loss_fen=self.facts.lost_fen,
            stopped_fen=sums.stopped_fen,
            frozen_fen=sums.frozen_fen,
            returned_fen=sums.returned_fen,
        )

    def parts(self) -> Iterator[CaseFigures]:
        """The case by the ways its money left: they sum to the case. What is told of no single payment (what came back
        of the event, a case without any) left nobody says how."""
        loss: Counter[str] = Counter()
        sums: defaultdict[str, MoneySums] = defaultdict(MoneySums)
        by_payment = self.places.by_payment(self.now)
        channels: dict[str, str] = {}
        for payment in counted(self.facts.payments, self.facts.twice):
            channel = channels[payment.id] = payment.channel.value if payment.channel else ""
            if payment.attempted:
                continue
            loss[channel] += payment.amount_fen
            sums[channel] += by_payment.get(f"transfer/{payment.id}", NOTHING)
        back = self.places.at(self.now).returned_fen - sum(
            item.returned_fen for item in sums.values()
        )
        sums[""] += MoneySums(returned_fen=back)
        own = _by_channel(self._orders, channels)
        for channel in sorted({*loss, *own, *([""] if back else [])} or {""}):
            yield replace(
                self._figures(own.get(channel, [])),
                channel=channel,
                loss_fen=loss[channel],
                stopped_fen=sums[channel].stopped_fen,
                frozen_fen=sums[channel].frozen_fen,
                returned_fen=sums[channel].returned_fen,
            )

    @property
    def _orders(self) -> list[Order]:
        return [as_counted(view.order, self.facts.twice) for view in self.facts.orders]

    def _figures(self, orders: Sequence[Order]) -> CaseFigures:
        facts = self.facts
        return CaseFigures(
            case=facts.case,
            accepted_at=facts.accepted_at,
            unit=facts.number.partition("-")[0],
            type=self.type,
            pace=pace_of(orders, facts.accepted_at),
            alone=sum(order.alone for order in orders),
            unconfirmed=sum(order.unconfirmed for order in orders),
        )


def _by_channel(orders: Iterable[Order], channels: Mapping[str, str]) -> dict[str, list[Order]]:
    """Orders by how the money left that they pursue, as its payment says now; those of one account or payment together,
    where the first of them stands, and those that pursue no money nowhere."""
    found: dict[str, list[Order]] = {}
    channel_of: dict[str, str] = {}
    for order in sorted(orders, key=lambda item: (item.issued_at, item.id)):
        if flow_of(order.kind) is OrderFlow.MONEY:
            named = channels.get(order.transfer, order.channel) or ""
            channel = channel_of.setdefault(order.about, named)
            found.setdefault(channel, []).append(order)
    return found
