"""Urgent slips: checked and shown; the later bundle brings the orders themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import KeyState, Peer, PeerKey, PeerState
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.sending.slip_collector import PartialSlip, SlipCollector
from desktop.domain.papers.paper_code import read_paper_mark
from desktop.domain.records.fields import Json, text
from desktop.domain.records.numbers import short_case_number
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_RECEIVED
from desktop.services.exchange.peers.peer_keys import peer_of
from desktop.services.orders.answers.slip_orders import ON_SLIP, UNIT
from desktop.services.ports import OpenedSlip
from desktop.services.session import Session

_OF_VICTIM: Final = "victim."
_BELIEVED: Final = frozenset({KeyState.CURRENT, KeyState.OVERLAP})


@dataclass(frozen=True, slots=True)
class ScannedOrder:
    """An order on a slip. ``known``: it already came in a bundle; ``before``: when and by whom it was read here before,
    so that no bank is called twice for one order."""

    payload: Mapping[str, Json]
    known: bool
    before: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """A slip whose signature holds. ``expired``: the enrolment of its machine has run out; money runs on meanwhile, so
    that the slip is shown all the same, with the word to call the station first."""

    device: DeviceId
    unit_name: str
    orders: tuple[ScannedOrder, ...]
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of some codes. ``collector``: what is there of slips that are not whole; ``slips``: those that became
    whole; ``refused``: why others were not taken, each reason once."""

    collector: SlipCollector
    slips: tuple[ScannedSlip, ...] = ()
    refused: tuple[TrustError, ...] = ()


def take_codes(session: Session, collector: SlipCollector, codes: Iterable[bytes]) -> Scanned:
    """Put codes to those that are there and open each slip that is whole with them.

    That its orders were read is recorded under their ids; the orders themselves come with their bundle, so that they
    are never there twice. A slip that is refused leaves the tray: it can be scanned anew.
    """
    session.require(Permission.DISPATCH)
    slips: list[ScannedSlip] = []
    refused: dict[str, TrustError] = {}
    for data in codes:
        try:
            collector, whole = _put(session, collector, data)
            if whole is not None:
                collector = collector.without(whole)
                slips.append(_take(session, whole.whole()))
                collector = collector.having_read(whole)
        except TrustError as error:
            refused.setdefault(error.code, error)
    return Scanned(collector, tuple(slips), tuple(refused.values()))


def _put(
    session: Session, collector: SlipCollector, data: bytes
) -> tuple[SlipCollector, PartialSlip | None]:
    """The tray with the code in it, and its slip if nothing of it is missing now."""
    mark = read_paper_mark(data.decode("ascii", "replace"))
    if mark is not None:
        raise TrustError("slip.paper", number=short_case_number(mark.case_number))
    code = session.slips.read_slip_code(data)
    collector = collector.put(code)
    begun = collector.of(code)
    return collector, begun if begun is not None and not begun.missing else None


def _take(session: Session, whole: bytes) -> ScannedSlip:
    with session.store.read() as reader:
        peers = reader.peers()
    now = session.clock.now()

    def signed_by(fingerprint: DeviceId) -> tuple[Peer, PeerKey]:
        peer, key = peer_of(peers, fingerprint)
        if peer is None or key is None:
            raise TrustError("slip.unknown_sender")
        if peer.revoked or key.state_at(now) not in _BELIEVED:
            raise TrustError("slip.ended_sender")
        return peer, key

    opened = session.slips.open_slip(whole, lambda found: signed_by(found)[1].signing_key)
    return _noted(session, opened, signed_by(opened.device)[0])


def _noted(session: Session, opened: OpenedSlip, peer: Peer) -> ScannedSlip:
    """The orders with what is known of them, those that are new here recorded as read."""
    orders = []
    with session.store.write() as transaction:
        for order, payload in _by_id(opened).items():
            before = None
            former = transaction.current(f"slip/{order}")
            if text(former, "received_at"):
                before = (from_wire(text(former, "received_at")), text(former, "received_by"))
            elif order:
                transaction.append(session.officer.number, _received(session, peer, payload))
            orders.append(ScannedOrder(payload, transaction.order(order) is not None, before))
    expired = peer.state_at(session.clock.now()) is PeerState.EXPIRED
    return ScannedSlip(peer.card.device, peer.card.unit_name, tuple(orders), expired)


def _by_id(opened: OpenedSlip) -> dict[str, Mapping[str, Json]]:
    """Each order once, whatever the slip repeats."""
    return {text(payload, "order"): payload for payload in opened.orders}


def _received(session: Session, peer: Peer, payload: Mapping[str, Json]) -> NewEntry:
    """Who read it and when, and what the order is, until its bundle brings it; of the unit of who signed it."""
    slip_fields: dict[str, Json] = {
        name: value for name, value in payload.items() if not name.startswith(_OF_VICTIM)
    }
    slip_fields |= {"unit_code": peer.card.unit_code, UNIT: peer.card.unit_name}
    fields: dict[str, Json] = {
        "device": peer.card.device,
        UNIT: peer.card.unit_name,
        ON_SLIP: slip_fields,
        "case_number": text(payload, "case_number"),
        "received_at": to_wire(session.clock.now()),
        "received_by": session.officer.number,
    }
    return NewEntry(SLIP_RECEIVED, f"slip/{text(payload, 'order')}", fields)
