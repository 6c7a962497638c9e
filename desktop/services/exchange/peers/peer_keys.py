"""The keys of those we trust: a successor is taken over, a former key is accepted for some time, a lost one never."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import KeyState, Peer, PeerCard, PeerKey, PeerState
from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Json, texts
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import keys_subject, peer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PARTY_REKEYED
from desktop.services.exchange.peers.own_keys import announced_cards
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_REFUSED = {KeyState.RETIRED: "bundle.retired_key", KeyState.LOST: "bundle.lost_key"}


def sender_of(session: Session, peers: Iterable[Peer], fingerprint: DeviceId, line: str) -> Peer:
    """Whose bundle it is that the key ``fingerprint``, with the OpenSSH ``line``, signed. One whose revocation cuts its
    journal at an entry is told as well: see :mod:`desktop.services.exchange.take_in.before_the_cut`.

    Raises:
        TrustError: ``bundle.unknown_sender``, ``bundle.expired_sender``, ``bundle.revoked_sender``;
            ``bundle.retired_key`` long after the key was replaced, ``bundle.lost_key`` after it was lost.
    """
    now = session.clock.now()
    peer, key = peer_of(peers, fingerprint)
    if peer is None or key is None or not same_key(key.signing_key, line):
        raise TrustError("bundle.unknown_sender")
    if key.lost:
        raise TrustError("bundle.lost_key")
    state = peer.state_at(now)
    if state is not PeerState.TRUSTED and peer.cut is None:
        raise TrustError(f"bundle.{state.value}_sender")
    refused = _REFUSED.get(key.state_at(now))
    if refused:
        raise TrustError(refused)
    return peer


def believed_key(session: Session, peer: Peer, fingerprint: DeviceId) -> bool:
    """Whether what that key signs is believed today: ``peer`` is trusted, and the key is its own and not lost."""
    now, key = session.clock.now(), peer.key(fingerprint)
    if key is None or peer.state_at(now) is not PeerState.TRUSTED:
        return False
    return key.state_at(now) in {KeyState.CURRENT, KeyState.OVERLAP}


def peer_of(peers: Iterable[Peer], fingerprint: DeviceId) -> tuple[Peer | None, PeerKey | None]:
    """Who has or had the key of that fingerprint."""
    for peer in peers:
        key = peer.key(fingerprint)
        if key is not None:
            return peer, key
    return None, None


def succession(session: Session, known: Peer, card: PeerCard) -> dict[str, Json]:
    """What is recorded when ``card`` shows another key of ``known``; nothing for the key it has.

    Named by the current key as its successor, the former one is accepted for the overlap; otherwise it counts as lost.

    Raises:
        TrustError: ``card.superseded`` for a card with a key that was replaced.
    """
    current = known.keys[0]
    if card.fingerprint == current.fingerprint:
        return {}
    if known.key(card.fingerprint):
        raise TrustError("card.superseded")
    now = session.clock.now()
    planned = card.succeeds == current.fingerprint and not current.lost
    until = now + session.rules.duration("keys.overlap", session.today) if planned else now
    former: list[Json] = [_row(key, to_wire(key.until or until)) for key in reversed(known.keys)]
    fields: dict[str, Json] = {
        "signing_key": card.signing_key,
        "recipient": card.recipient,
        "key": card.fingerprint,
        "key_since": to_wire(now),
        "former_keys": former,
    }
    if not planned:
        fields |= lost_fields(known.keys, to_wire(now))
    return fields


def lost_fields(keys: Iterable[PeerKey], at: str) -> dict[str, Json]:
    """What says that none of ``keys`` is believed any more."""
    return {"lost_keys": [key.fingerprint for key in keys], "lost_at": at}


def note_successors(session: Session, transaction: Transaction, peer: Peer) -> None:
    """Take over the keys ``peer`` told of in its own journal, each if the one before it signed for it."""
    known = transaction.current(keys_subject(peer.card.device))
    for text in announced_cards(known):
        try:
            card = session.cards.parse_card(text)
        except TrustError:
            return
        current = peer.keys[0]
        if card.device != peer.card.device or card.succeeds != current.fingerprint or current.lost:
            continue  # known already, or for people to compare
        fields = succession(session, peer, card)
        if not fields:
            continue
        subject = peer_subject(session.profile.device, peer.card.device)
        transaction.append(session.officer.number, NewEntry(PARTY_REKEYED, subject, fields))
        transaction.project()
        peer = next(p for p in transaction.peers() if p.card.device == peer.card.device)


def lost_by_word_of_centres(reader: Reader) -> frozenset[str]:
    """Keys that a trusted centre says are lost."""
    peers = reader.peers()
    centres = [p for p in peers if p.card.role == "centre" and not p.revoked and not p.listed_by]
    return frozenset(
        key
        for centre in centres
        for fields in reader.subjects(f"party/{centre.card.device}").values()
        for key in texts(fields, "lost_keys")
    )


def _row(key: PeerKey, until: str) -> dict[str, Json]:
    return {
        "key": key.fingerprint,
        "signing_key": key.signing_key,
        "recipient": key.recipient,
        "since": to_wire(key.since),
        "until": until,
    }


def same_key(one: str, other: str) -> bool:
    """Whether two OpenSSH lines hold the same public key."""
    return _bare(one) == _bare(other)


def _bare(line: str) -> str:
    """The base64 part of an OpenSSH public key line; the comment after it means nothing."""
    parts = line.split()
    return parts[1] if len(parts) > 1 else line
