"""The PCs of one centre that have keys of their own and work in one database.

The first PC has the centre's own keys: it alone signs the list of the others, and what else is for the centre's
signature. A seat signs what it sends to stations by its own keys; they know it by the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.errors import RuleError, TrustError
from desktop.domain.exchange.centre_list import UNLISTED
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import seat_of
from desktop.domain.records.fields import Json, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import device_subject, peer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_LISTED, PARTY_CUT, PARTY_REVOKED, PARTY_TRUSTED
from desktop.services.exchange.peers.own_keys import key_in_use
from desktop.services.ports import Reader
from desktop.services.session import Session


def require_first_pc(session: Session) -> None:
    """Raises ``RuleError("seat.first_pc")`` at a PC that has not the centre's own keys."""
    if session.profile.seat:
        raise RuleError("seat.first_pc")


def seat_taken_in(session: Session, card: PeerCard, who: Mapping[str, Json]) -> NewEntry:
    """Says that the PC on the card works for this centre in its database, until it is taken away."""
    now = to_wire(session.clock.now())
    fields: dict[str, Json] = {
        **card.recorded,
        "trusted_at": now,
        "trusted_by": session.officer.number,
        "valid_until": "",
        "revoked_at": "",
        "revoked_reason": "",
        "key": card.fingerprint,
        "key_since": now,
        "listed_by": session.profile.device,
        **who,
    }
    subject = peer_subject(session.profile.device, card.device)
    return NewEntry(PARTY_TRUSTED, subject, fields)


def seat_taken_away(session: Session, reader: Reader, seat: DeviceId) -> tuple[NewEntry, ...]:
    """Says that a PC works for this centre no longer, and which entry of its stream is the last that counts."""
    at, subject = to_wire(session.clock.now()), peer_subject(session.profile.device, seat)
    revoked: dict[str, Json] = {
        "revoked_at": at,
        "revoked_by": session.officer.number,
        "revoked_reason": UNLISTED,
    }
    heads = {stream: last for stream, last in reader.heads().items() if seat_of(stream) == seat}
    cut: dict[str, Json] = {
        "cut.heads": {**heads},
        "cut.tips": {stream: reader.tip(stream) for stream in heads},
        "cut.revoked_at": at,
    }
    return NewEntry(PARTY_REVOKED, subject, revoked), NewEntry(PARTY_CUT, subject, cut)


class SeatState(StrEnum):
    """How a PC of a centre stands."""

    FIRST = "first"
    """It has the centre's keys."""
    WORKING = "working"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A PC of this centre. ``fingerprint``: of the key it signs by; ``since``: when it came to stand so."""

    fingerprint: DeviceId
    state: SeatState
    since: datetime

    @property
    def is_working_seat(self) -> bool:
        """Whether it can be taken away."""
        return self.state is SeatState.WORKING

    @property
    def is_removed(self) -> bool:
        """Whether it was."""
        return self.state is SeatState.REMOVED


def seats_of_centre(session: Session) -> tuple[SeatRow, ...]:
    """The first PC, those that work, those that were taken away, each kind by age."""
    device = session.profile.device
    with session.store.read() as reader:
        seats, key = reader.seats(), key_in_use(reader, device)
        made = next(iter(reader.entries(device, 1, 1)), None)
    since = from_wire(made.wall) if made else session.clock.now()
    rows = [
        SeatRow(
            one.card.fingerprint,
            SeatState.REMOVED if one.revoked else SeatState.WORKING,
            one.revoked_at or one.trusted_at,
        )
        for one in seats
    ]
    rows.sort(key=lambda row: (row.is_removed, row.since))
    return (SeatRow(key, SeatState.FIRST, since), *rows)


def keep_up(session: Session, reader: Reader) -> None:
    """At a PC of a centre, while somebody is signed in: use the keys the centre uses now, which another PC or another
    program at the first one took into use. Raises ``RuleError("seat.removed")`` once the PC was taken away."""
    own = session.profile
    working = {one.card.device for one in reader.seats() if not one.revoked}
    if own.seat and own.seat not in working:
        raise RuleError("seat.removed")
    session.keys.follow(key_in_use(reader, own.device))


def read_seat_card(session: Session, text: str) -> PeerCard:
    """The card in ``text``, if it is that of another PC of this centre; raises as
    :func:`desktop.services.exchange.peers.list_devices.list_device` does for it."""
    card, own = session.cards.parse_card(text), session.profile
    if card.device == own.device:
        raise RuleError("card.own")
    if (card.role, card.unit_code) != (own.role.value, own.unit_code) or card.vouched_by:
        raise RuleError("centre_list.not_of_centre")
    return card


def knows_seat(session: Session, reader: Reader, peer: Peer) -> bool:
    """Whether a station's PC proved to hold a list that names this PC, by a program that reads what a PC signs for its
    centre. Until then it takes in nothing from here, and the first PC writes to it."""
    own = session.profile
    stream = own.stream_for(peer.card.unit_code)
    held = reader.acknowledged(peer.card.device).get(stream, 0)
    listings = reader.stream_words(stream, (device_subject(own.device),), (CENTRE_LISTED,))
    lists = [text(entry.fields, "list.text") for entry in listings if entry.seq <= held]
    if not lists or not reader.reads_seats(peer.card.device):
        return False
    listed = session.cards.parse_centre_list(lists[-1])
    return own.seat in {card.device for card in listed.cards}


def require_known(session: Session, reader: Reader, peer: Peer) -> None:
    """Raises ``TrustError("seat.not_known_there")`` where a seat would write to a station that does not know it yet."""
    if session.profile.seat and not knows_seat(session, reader, peer):
        raise TrustError("seat.not_known_there", unit=peer.card.unit_name)
