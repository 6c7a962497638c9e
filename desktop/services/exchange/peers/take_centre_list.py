"""At a station: take over which devices are our centre's, from the list that its root signed.

The root is the centre this desk named by a ceremony. What the devices on its list send counts as the centre's; whom
this desk writes to stays the root, until officers put another in its place.
"""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.domain.exchange.centre_list import UNLISTED, CentreList
from desktop.domain.exchange.peers import KeyState, Peer, PeerState
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json, number, text
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import device_subject, peer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_LIST_TAKEN, PARTY_CUT, PARTY_REVOKED
from desktop.services.exchange.peers.our_centre import FROM_BEFORE, choose_centre, named_centre
from desktop.services.exchange.peers.peer_keys import lost_by_word_of_centres
from desktop.services.exchange.peers.revoke_peer import cut_here
from desktop.services.exchange.peers.trust import record_trust
from desktop.services.ports import Transaction
from desktop.services.session import Session


def take_centre_list(session: Session, list_text: str) -> CentreList:
    """Take the list in a file over.

    Raises:
        TrustError: ``centre_list.damaged``, ``centre_list.newer_version``; ``centre_list.not_ours`` where another than
            the centre this desk named signed it; ``centre_list.lost_key``, ``centre_list.retired_key`` for one
            signed by a key that is believed no longer; ``centre_list.older`` for one of a smaller number than that
            taken last; ``centre_list.card`` where a card on it is not of a device of the centre.
    """
    session.require(Permission.EXCHANGE)
    with session.store.write() as transaction:
        return _take(session, transaction, list_text)


def note_list(session: Session, transaction: Transaction, peer: Peer) -> TrustError | None:
    """Take over the list that our centre told of in its bundle, once; returns why it was not taken over."""
    named = named_centre(session, transaction)
    if session.profile.role is InstallationRole.CENTRE or named is None:
        return None
    if named.card.device != peer.card.device:
        return None
    content = text(transaction.current(device_subject(peer.card.device)), "list.text")
    if not content:
        return None
    try:
        _take(session, transaction, content)
    except TrustError as error:
        return error
    return None


def _take(session: Session, transaction: Transaction, list_text: str) -> CentreList:
    found = session.cards.parse_centre_list(list_text)
    root = _signed_by_ours(session, transaction, found)
    subject = device_subject(session.profile.device)
    known = transaction.current(subject)
    before = number(known, "taken.number") if text(known, "taken.centre") == found.centre else 0
    if found.number == before and found.sha256 == text(known, "taken.sha256"):
        return found
    if found.number <= before:
        raise TrustError("centre_list.older", number=found.number, taken=before)
    _require_cards(session, transaction, root, found)
    if not text(known, "centre"):
        choose_centre(session, transaction, root.card.device, FROM_BEFORE, {})
    _let_in(session, transaction, found)
    _let_out(session, transaction, found)
    fields: dict[str, Json] = {
        "taken.centre": found.centre,
        "taken.number": found.number,
        "taken.key": found.signer,
        "taken.sha256": found.sha256,
        "taken.devices": [card.device for card in found.cards],
    }
    transaction.append(session.officer.number, NewEntry(CENTRE_LIST_TAKEN, subject, fields))
    transaction.project()
    return found


def _signed_by_ours(session: Session, transaction: Transaction, found: CentreList) -> Peer:
    """The centre we named, if it signed with a key that is believed."""
    named = named_centre(session, transaction)
    if session.profile.role is InstallationRole.CENTRE or named is None:
        raise TrustError("centre_list.not_ours")
    key = named.key(found.signer)
    if named.card.device != found.centre or key is None:
        raise TrustError("centre_list.not_ours")
    if key.lost:
        raise TrustError("centre_list.lost_key")
    now = session.clock.now()
    believed = key.state_at(now) in (KeyState.CURRENT, KeyState.OVERLAP)
    if named.state_at(now) is not PeerState.TRUSTED or not believed:
        raise TrustError("centre_list.retired_key")
    return named


def _require_cards(
    session: Session, transaction: Transaction, root: Peer, found: CentreList
) -> None:
    """No station passes for the centre, no key that was lost comes back, and none but our centre names us."""
    lost = lost_by_word_of_centres(transaction)
    ours = {root.card.device, session.profile.device}
    for card in found.cards:
        of_centre = (card.role, card.unit_code) == (root.card.role, root.card.unit_code)
        if not of_centre or card.device in ours or card.fingerprint in lost:
            raise TrustError("centre_list.card", unit=card.unit_name)


def _let_in(session: Session, transaction: Transaction, found: CentreList) -> None:
    for card in found.cards:
        known = {peer.card.device: peer for peer in transaction.peers()}
        peer = known.get(card.device)
        if peer is not None and not peer.revoked and not peer.listed_by:
            continue  # let in by officers of ours, which counts more
        who: dict[str, Json] = {
            "by_centre": found.signer,
            "founding": False,
            "listed_by": found.centre,
        }
        record_trust(session, transaction, card, known, who)


def _let_out(session: Session, transaction: Transaction, found: CentreList) -> None:
    listed = {card.device for card in found.cards}
    for peer in transaction.peers():
        device = peer.card.device
        if peer.listed_by == found.centre and not peer.revoked and device not in listed:
            _revoke(session, transaction, device)


def _revoke(session: Session, transaction: Transaction, device: DeviceId) -> None:
    at, subject = to_wire(session.clock.now()), peer_subject(session.profile.device, device)
    fields: dict[str, Json] = {
        "revoked_at": at,
        "revoked_by": session.officer.number,
        "revoked_reason": UNLISTED,
    }
    cut = {**cut_here(transaction, device), "cut.revoked_at": at}
    transaction.append(session.officer.number, NewEntry(PARTY_REVOKED, subject, fields))
    transaction.append(session.officer.number, NewEntry(PARTY_CUT, subject, cut))
    transaction.project()
