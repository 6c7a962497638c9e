"""Whom we trust: cards out, cards in, fingerprints compared by voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta
from types import MappingProxyType
from typing import Final

from desktop.domain.errors import RuleError, TrustError, UserInputError
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA
from desktop.journal.authority import peer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PARTY_TRUSTED
from desktop.services.exchange.peers.backup_key import tell_backup
from desktop.services.exchange.peers.list_devices import tell_list
from desktop.services.exchange.peers.our_centre import choose_centre, named_centre
from desktop.services.exchange.peers.own_keys import former_key
from desktop.services.exchange.peers.peer_keys import (
    believed_key,
    lost_by_word_of_centres,
    succession,
)
from desktop.services.exchange.peers.revoke_peer import tell_newcomer, tell_units
from desktop.services.exchange.peers.seats import require_first_pc
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

ENROLLED: Final = "enrolled"
"""How a desk came by its centre: it was the first it trusted."""
_CLEARED: Final[Mapping[str, Json]] = MappingProxyType({"revoked_at": "", "revoked_reason": ""})


def own_card(session: Session) -> str:
    """This installation's enrolment card, a text file for the other side. Raises ``RuleError("seat.first_pc")`` at a
    PC that has not the keys its centre is known by."""
    session.require(Permission.EXCHANGE)
    require_first_pc(session)
    at = to_wire(session.clock.now())
    return session.cards.card(session.profile, at, former=former_key(session))


def read_card(session: Session, text: str) -> PeerCard:
    """The card in ``text``. Whether to trust it is for two people to compare; what can not be trusted here whatever
    they say is refused before they telephone, as by :func:`trust_peer`."""
    return card_for_us(session, text)[0]


def trust_peer(session: Session, text: str, second: SecondOfficer | None = None) -> Peer:
    """Trust the installation on the card, after its fingerprint was compared by voice; two officers do.

    A desk trusts the approval card made for it (or the centre's own card); a centre trusts enrolment cards. A founder
    alone lets in one centre, and at a centre stations. A card that our centre vouches for needs nobody else: the
    centre's officers compared it.

    Raises:
        TrustError: ``card.damaged``, ``card.for_another`` for an approval made for another device,
            ``card.not_a_station`` at a centre: whoever calls itself one could answer orders in its name.
            ``card.revoked`` when the centre revoked that device, ``card.key_lost`` when it says that key was lost,
            ``card.superseded`` for an old card of a device that changed its keys since.
        RuleError: ``card.own`` for the installation's own card, ``card.letter_taken`` for another device of a station
            under a letter that one of its desks has: both would give the same numbers to their cases;
            ``centre.another`` for a centre that is not the one this desk named, or shows a key that nothing speaks for:
            it has to take the other's place by :func:`replace_centre`; ``founding.peer`` for a founder alone who lets
            in another desk of the station; what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    card, known = card_for_us(session, text)
    with session.store.write() as transaction:
        who = _who(session, transaction, card, second)
        return record_trust(session, transaction, card, known, who)


def record_trust(
    session: Session,
    transaction: Transaction,
    card: PeerCard,
    known: Mapping[DeviceId, Peer],
    who: Mapping[str, Json],
) -> Peer:
    """Write down that the card is trusted, and by ``who``; a desk's first centre becomes the one it names."""
    keys = _keys_shown(session, known.get(card.device), card)
    now = session.clock.now()
    until = session.rules.end("enrolment.validity", now.astimezone(CHINA), session.today)
    fields: dict[str, Json] = {
        **card.recorded,
        "trusted_at": to_wire(now),
        "trusted_by": session.officer.number,
        "valid_until": to_wire(until.astimezone(UTC)),
        "revoked_at": "",
        "revoked_reason": "",
        **keys,
        **({"listed_by": ""} if _was_listed(known.get(card.device)) else {}),
        **who,
    }
    subject = peer_subject(session.profile.device, card.device)
    was_revoked = bool(transaction.current(subject).get("revoked_at"))
    transaction.append(session.officer.number, NewEntry(PARTY_TRUSTED, subject, fields))
    if _is_our_centre(session, card) and named_centre(session, transaction) is None:
        choose_centre(session, transaction, card.device, ENROLLED, dict(who))
    transaction.project()
    if was_revoked:
        tell_units(session, transaction, card.device, _CLEARED)
    if "lost_keys" in keys:
        lost = {name: keys[name] for name in ("lost_keys", "lost_at")}
        tell_units(session, transaction, card.device, lost)
    if card.unit_code not in {peer.card.unit_code for peer in known.values()}:
        tell_newcomer(session, transaction, card.unit_code)
        tell_backup(session, transaction, card.unit_code)
        tell_list(session, transaction, card.unit_code)
    return next(p for p in transaction.peers() if p.card.device == card.device)


def _was_listed(peer: Peer | None) -> bool:
    return peer is not None and bool(peer.listed_by)


def _who(
    session: Session, transaction: Transaction, card: PeerCard, second: SecondOfficer | None
) -> dict[str, Json]:
    """Who lets the card in; raises the ``RuleError`` that keeps it out."""
    named = named_centre(session, transaction)
    if _is_our_centre(session, card):
        if named is not None and not _same_centre(named, card):
            raise RuleError("centre.another")
        return require_second(session, transaction, second)
    if vouched(session, transaction, card):
        return {"by_centre": card.vouched_by, "founding": False}
    who = require_second(session, transaction, second)
    if "founding" in who and who["founding"] and session.profile.role is InstallationRole.DESK:
        raise RuleError("founding.peer")
    return who


def vouched(session: Session, reader: Reader, card: PeerCard) -> bool:
    """Whether the centre that this desk named signed the card with a key that is believed here."""
    named = named_centre(session, reader)
    if not card.vouched_by or named is None or session.profile.role is InstallationRole.CENTRE:
        return False
    return believed_key(session, named, card.vouched_by)


def _is_our_centre(session: Session, card: PeerCard) -> bool:
    """Whether it is the card of a centre, at a desk."""
    role = InstallationRole.CENTRE.value
    return card.role == role and session.profile.role is InstallationRole.DESK


def _same_centre(named: Peer, card: PeerCard) -> bool:
    """Whether the card shows the centre as it is known: under its key, or under one that this key named its successor.
    Anybody can make a card that bears the centre's device and a key of their own."""
    key = named.keys[0]
    follows = card.succeeds == key.fingerprint and not key.lost
    return card.device == named.card.device and (card.fingerprint == key.fingerprint or follows)


def card_for_us(session: Session, text: str) -> tuple[PeerCard, dict[DeviceId, Peer]]:
    """The card, if its owner can be trusted here at all, and whom we trusted before. See :func:`trust_peer`."""
    card = session.cards.parse_card(text)
    if card.device == session.profile.device:
        raise RuleError("card.own")
    if card.approves and card.approves not in {session.profile.device, *session.keys.held}:
        raise TrustError("card.for_another")
    if session.profile.role is InstallationRole.CENTRE and card.role != InstallationRole.DESK.value:
        raise TrustError("card.not_a_station")
    with session.store.read() as reader:
        if card.device in reader.revoked_elsewhere():
            raise TrustError("card.revoked")
        if card.fingerprint in lost_by_word_of_centres(reader):
            raise TrustError("card.key_lost")
        known = {peer.card.device: peer for peer in reader.peers()}
    if card.device not in known and _desk_of(card) in _letters(session, known.values()):
        raise RuleError("card.letter_taken", letter=card.device_letter)
    return card, known


def _letters(session: Session, known: Iterable[Peer]) -> set[tuple[str, str]]:
    """The desks that number cases and bundles by now: ours, and those we trust."""
    own = session.profile
    ours = {(own.unit_code, own.device_letter)} if own.role is InstallationRole.DESK else set()
    return ours | {_desk_of(peer.card) for peer in known if not peer.revoked}


def _desk_of(card: PeerCard) -> tuple[str, str]:
    """What a desk's numbers begin with; a centre's letter stands for nothing."""
    is_desk = card.role == InstallationRole.DESK.value
    return (card.unit_code, card.device_letter) if is_desk else ("", card.device)


def _keys_shown(session: Session, known: Peer | None, card: PeerCard) -> dict[str, Json]:
    """What is recorded of keys: what changed of the card's, and which of ours the other side knows by now. An approval
    names it; otherwise cards are compared both ways, and ours shows the newest."""
    knows: dict[str, Json] = {"knows": card.approves or session.keys.current}
    if known is not None:
        return knows | succession(session, known, card)
    return knows | {"key": card.fingerprint, "key_since": to_wire(session.clock.now())}


def find_peer(session: Session, fingerprint: str) -> Peer:
    """The installation whose fingerprint a person typed, however grouped.

    Raises:
        UserInputError: ``trust.unknown_party``.
    """
    wanted = "".join(mark for mark in fingerprint.upper() if mark.isalnum())
    for peer in peers(session):
        if wanted in {peer.card.device, *(key.fingerprint for key in peer.keys)}:
            return peer
    raise UserInputError("trust.unknown_party")


def expiring(session: Session) -> tuple[Peer, ...]:
    """Trust that ends soon or has ended: the fingerprints have to be compared anew."""
    now = session.clock.now()
    warn = warned_before(session)
    return tuple(
        peer
        for peer in peers(session)
        if not peer.revoked and peer.valid_until is not None and now > peer.valid_until - warn
    )


def warned_before(session: Session) -> timedelta:
    """How long before an enrolment ends people are told."""
    return session.rules.duration("enrolment.warn", session.today)


def revoked_unmet(session: Session) -> tuple[DeviceId, ...]:
    """Devices on the revocation list of our centre that were never trusted here."""
    with session.store.read() as reader:
        met = {peer.card.device for peer in reader.peers()}
        return tuple(sorted(reader.revoked_elsewhere() - met))


def approve(session: Session, text: str, second: SecondOfficer | None = None) -> str:
    """At the centre: trust an enrolment card and make the approval card that goes back. Raises as :func:`trust_peer`
    and :func:`own_card`."""
    require_first_pc(session)
    trust_peer(session, text, second)
    at = to_wire(session.clock.now())
    card = session.cards.parse_card(text)
    return session.cards.approval(session.profile, card, at, former=former_key(session))


def peers(session: Session) -> tuple[Peer, ...]:
    """Every installation ever trusted."""
    with session.store.read() as reader:
        return reader.peers()
