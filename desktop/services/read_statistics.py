"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case import Visit
from desktop.domain.case_merge import as_counted
from desktop.domain.case_statistics import CaseFigures, held_fen, pace_of
from desktop.domain.officer import Permission
from desktop.domain.order import Order
from desktop.domain.order_kinds import FREEZES, STOPS
from desktop.domain.views import CaseCard
from desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Statistics:
    """``cases``: one row a case; ``by_channel``: one row for every way its money left. ``units``: code → name."""

    cases: tuple[CaseFigures, ...]
    by_channel: tuple[CaseFigures, ...]
    units: Mapping[str, str]
    unit_name: str
    at: datetime


def read_statistics(desk: Desk) -> Statistics:
    """Of every report; enquiries and warnings accuse nobody and are left out. Merged reports count once."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        cards, payments = reader.board(), reader.payments()
        orders: defaultdict[str, list[Order]] = defaultdict(list)
        twice = reader.told_twice()
        for facts in reader.order_facts():
            orders[facts.case] += [as_counted(view.order, twice) for view in facts.orders]
        units = {party.card.unit_code: party.card.unit_name for party in reader.parties()}
    units[desk.profile.unit_code] = desk.profile.unit_name
    reports = [card for card in cards if card.visit == Visit.REPORT.value]
    paid: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    said: dict[str, str] = {}
    for case, transfer, channel, fen in payments:
        paid[case][channel] += fen
        said[transfer] = channel
    by_channel = tuple(
        _part(card, channel, fen, [o for o in orders[card.id] if _channel(o, said) == channel])
        for card in reports
        for channel, fen in paid[card.id].items()
    )
    cases = tuple(_whole(card, orders[card.id]) for card in reports)
    return Statistics(cases, by_channel, units, desk.profile.unit_name, desk.clock.now())


def _whole(card: CaseCard, orders: list[Order]) -> CaseFigures:
    return CaseFigures(
        case=card.id,
        accepted_at=card.accepted_at,
        unit=card.number.partition("-")[0],
        type=card.type,
        loss_fen=card.loss_fen,
        stopped_fen=card.stopped_fen,
        frozen_fen=held_fen(orders, FREEZES),
        returned_fen=card.returned_fen,
        pace=pace_of(orders, card.accepted_at),
    )


def _channel(order: Order, said: Mapping[str, str]) -> str | None:
    """How the money left that the order pursues, as its payment says now; None where it pursues none."""
    return said.get(order.transfer, order.channel)


def _part(card: CaseCard, channel: str, fen: int, own: list[Order]) -> CaseFigures:
    return CaseFigures(
        case=card.id,
        accepted_at=card.accepted_at,
        unit=card.number.partition("-")[0],
        type=card.type,
        channel=channel,
        loss_fen=fen,
        stopped_fen=held_fen(own, (*STOPS, *FREEZES)),
        frozen_fen=held_fen(own, FREEZES),
        pace=pace_of(own, card.accepted_at),
    )
