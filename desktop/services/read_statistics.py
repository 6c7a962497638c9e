"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import as_counted, counted
from desktop.domain.case_file.statistics import CaseFigures, pace_of
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import Visit
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.installation.officer import Permission
from desktop.domain.money.dispositions import NOTHING, MoneySums
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.order import Order
from desktop.services.session import Session
from desktop.services.where_money_is import places_of


@dataclass(frozen=True, slots=True)
class Statistics:
    """``cases``: one row a case; ``by_channel``: one row for every way its money left, which sum to the case.
    ``units``: code → name."""

    cases: tuple[CaseFigures, ...]
    by_channel: tuple[CaseFigures, ...]
    units: Mapping[str, str]
    unit_name: str
    at: datetime


def read_statistics(session: Session) -> Statistics:
    """Of every report; enquiries and warnings accuse nobody and are left out. Merged reports count once."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    with session.store.read() as reader:
        cards, every = reader.board(), reader.clock_facts()
        units = {peer.card.unit_code: peer.card.unit_name for peer in reader.peers()}
    units[session.profile.unit_code] = session.profile.unit_name
    facts_of = {item.case: item for item in every}
    cases: list[CaseFigures] = []
    by_channel: list[CaseFigures] = []
    for card in cards:
        facts = facts_of.get(card.id)
        if facts is None or card.visit != Visit.REPORT.value:
            continue
        case = _Case(card, facts, places_of(session, facts), now)
        cases.append(case.whole())
        by_channel += case.parts()
    return Statistics(tuple(cases), tuple(by_channel), units, session.profile.unit_name, now)


@dataclass(frozen=True, slots=True)
class _Case:
    """A case at an instant, with where its money is."""

    card: CaseCard
    facts: ClockFacts
    places: MoneyPlaces
    now: datetime

    def whole(self) -> CaseFigures:
        """The case as one row."""
        sums = self.places.at(self.now)
        counting = [item for item in self.facts.objections if not item.withdrawn]
        return replace(
            self._figures(self._orders),
            objections=len(counting),
            undecided=sum(item.under_review for item in counting),
            upheld=sum(bool(item.to_release) for item in counting),
            loss_fen=self.card.loss_fen,
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
        card = self.card
        return CaseFigures(
            case=card.id,
            accepted_at=card.accepted_at,
            unit=card.number.partition("-")[0],
            type=card.type,
            pace=pace_of(orders, card.accepted_at),
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
