"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.case_file.merge import as_counted
from desktop.domain.case_file.statistics import CaseFigures, Payment, held_fen, pace_of
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import Visit
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.order import Order
from desktop.domain.orders.totals import held_by_target
from desktop.services.session import Session


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
    with session.store.read() as reader:
        cards, payments = reader.board(), reader.payments()
        orders: defaultdict[str, list[Order]] = defaultdict(list)
        twice = reader.repeated_transfers()
        for facts in reader.order_facts():
            orders[facts.case] += [as_counted(view.order, twice) for view in facts.orders]
        units = {peer.card.unit_code: peer.card.unit_name for peer in reader.peers()}
    units[session.profile.unit_code] = session.profile.unit_name
    reports = [card for card in cards if card.visit == Visit.REPORT.value]
    paid: defaultdict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        paid[payment.case].append(payment)
    by_channel = tuple(
        part for card in reports for part in _parts(card, paid[card.id], orders[card.id])
    )
    cases = tuple(_whole(card, orders[card.id]) for card in reports)
    return Statistics(cases, by_channel, units, session.profile.unit_name, session.clock.now())


def _whole(card: CaseCard, orders: list[Order]) -> CaseFigures:
    return replace(
        _figures(card, orders),
        loss_fen=card.loss_fen,
        stopped_fen=card.stopped_fen,
        returned_fen=card.returned_fen,
    )


def _figures(card: CaseCard, orders: list[Order]) -> CaseFigures:
    return CaseFigures(
        case=card.id,
        accepted_at=card.accepted_at,
        unit=card.number.partition("-")[0],
        type=card.type,
        stopped_fen=sum(held_by_target(orders).values()),
        frozen_fen=held_fen(orders, FREEZES),
        pace=pace_of(orders, card.accepted_at),
        alone=sum(order.alone for order in orders),
        unconfirmed=sum(order.unconfirmed for order in orders),
    )


def _parts(
    card: CaseCard, paid: Sequence[Payment], orders: Iterable[Order]
) -> Iterator[CaseFigures]:
    """A case by the ways its money left: they sum to the case. What is told of no single payment (what came back of the
    event, a case without any) left nobody says how."""
    loss: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for payment in paid:
        loss[payment.channel] += payment.fen
        back[payment.channel] += payment.returned_fen
    back[""] += max(card.returned_fen - back.total(), 0)
    own = _by_channel(orders, {payment.transfer: payment.channel for payment in paid})
    for channel in sorted({*loss, *own, *(name for name in back if back[name])} or {""}):
        yield replace(
            _figures(card, own.get(channel, [])),
            channel=channel,
            loss_fen=loss[channel],
            returned_fen=back[channel],
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
