"""The figures of cases at an instant, with how long they count: where the money is, how quick we were."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import as_counted, counted
from desktop.domain.case_file.statistics import CaseFigures, ReckonedFigures, pace_of
from desktop.domain.cases.case import Visit
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import NOTHING, MoneySums
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.order import Order


def reckoned_figures(
    facts: Iterable[ClockFacts],
    types: Mapping[CaseId, str],
    places: Mapping[CaseId, MoneyPlaces],
    now: datetime,
) -> Iterator[ReckonedFigures]:
    """Of every report among these cases, by where its money is; enquiries and warnings accuse nobody and are left
    out."""
    for item in facts:
        if item.visit is Visit.REPORT:
            yield _Case(item, types.get(item.case, ""), places[item.case], now).reckoned()


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
