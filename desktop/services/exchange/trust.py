"""Whom we trust: cards out, cards in, fingerprints compared by voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta
from types import MappingProxyType
from typing import Final

from desktop.domain.clock import to_wire
from desktop.domain.errors import RuleError, TrustError, UserInputError
from desktop.domain.exchange import Party, PartyCard
from desktop.domain.fields import Json
from desktop.domain.ids import DeviceId
from desktop.domain.local_time import CHINA
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import party_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PARTY_REVOKED, PARTY_TRUSTED
from desktop.services.desk import Desk
from desktop.services.exchange.backup_key import tell_backup
from desktop.services.exchange.own_keys import former_key
from desktop.services.exchange.party_keys import lost_by_word_of_centres, lost_fields, succession
from desktop.services.ports import Transaction

_CLEARED: Final[Mapping[str, Json]] = MappingProxyType({"revoked_at": "", "revoked_reason": ""})


def own_card(desk: Desk) -> str:
    """This installation's enrolment card, a text file for the other side."""
    desk.require(Permission.EXCHANGE)
    at = to_wire(desk.clock.now())
    return desk.exchange.card(desk.profile, at, former=former_key(desk))


def read_card(desk: Desk, text: str) -> PartyCard:
    """The card in ``text``. Whether to trust it is for two people to compare; what can not be trusted here whatever
    they say is refused before they telephone, as by :func:`trust_party`."""
    return _taken(desk, text)[0]


def trust_party(desk: Desk, text: str) -> Party:
    """Trust the installation on the card, after its fingerprint was compared by voice.

    A desk trusts the approval card made for it (or the centre's own card); a centre trusts enrolment cards.

    Raises:
        TrustError: ``card.damaged``, ``card.for_another`` for an approval made for another device,
            ``card.not_a_station`` at a centre: whoever calls itself one could answer orders in its name.
            ``card.revoked`` when the centre revoked that device, ``card.key_lost`` when it says that key was lost,
            ``card.superseded`` for an old card of a device that changed its keys since.
        RuleError: ``card.own`` for the installation's own card, ``card.letter_taken`` for another device of a station
            under a letter that one of its desks has: both would give the same numbers to their cases.
    """
    desk.require(Permission.EXCHANGE)
    card, known = _taken(desk, text)
    keys = _keys_shown(desk, known.get(card.device), card)
    now = desk.clock.now()
    until = desk.rules.end("enrolment.validity", now.astimezone(CHINA), desk.today)
    fields = {
        "kind": card.kind,
        "unit_code": card.unit_code,
        "unit_name": card.unit_name,
        "device_letter": card.device_letter,
        "role": card.role,
        "signing_key": card.signing_key,
        "recipient": card.recipient,
        "made_at": card.made_at,
        "trusted_at": to_wire(now),
        "trusted_by": desk.officer.number,
        "valid_until": to_wire(until.astimezone(UTC)),
        "revoked_at": "",
        "revoked_reason": "",
        **keys,
    }
    subject = party_subject(desk.profile.device, card.device)
    with desk.store.write() as transaction:
        was_revoked = bool(transaction.current(subject).get("revoked_at"))
        transaction.append(desk.officer.number, NewEntry(PARTY_TRUSTED, subject, fields))
        transaction.project()
        if was_revoked:
            _tell_units(desk, transaction, card.device, _CLEARED)
        if "lost_keys" in keys:
            lost = {name: keys[name] for name in ("lost_keys", "lost_at")}
            _tell_units(desk, transaction, card.device, lost)
        if card.unit_code not in {party.card.unit_code for party in known.values()}:
            tell_newcomer(desk, transaction, card.unit_code)
            tell_backup(desk, transaction, card.unit_code)
        return next(p for p in transaction.parties() if p.card.device == card.device)


def _taken(desk: Desk, text: str) -> tuple[PartyCard, dict[DeviceId, Party]]:
    """The card, if its owner can be trusted here at all, and whom we trusted before. See :func:`trust_party`."""
    card = desk.exchange.parse_card(text)
    if card.device == desk.profile.device:
        raise RuleError("card.own")
    if card.approves and card.approves not in {desk.profile.device, *desk.keys.held}:
        raise TrustError("card.for_another")
    if desk.profile.role is InstallationRole.CENTRE and card.role != InstallationRole.DESK.value:
        raise TrustError("card.not_a_station")
    with desk.store.read() as reader:
        if card.device in reader.revoked_elsewhere():
            raise TrustError("card.revoked")
        if card.fingerprint in lost_by_word_of_centres(reader):
            raise TrustError("card.key_lost")
        known = {party.card.device: party for party in reader.parties()}
    if card.device not in known and _desk_of(card) in _letters(desk, known.values()):
        raise RuleError("card.letter_taken", letter=card.device_letter)
    return card, known


def _letters(desk: Desk, known: Iterable[Party]) -> set[tuple[str, str]]:
    """The desks that number cases and bundles by now: ours, and those we trust."""
    own = desk.profile
    ours = {(own.unit_code, own.device_letter)} if own.role is InstallationRole.DESK else set()
    return ours | {_desk_of(party.card) for party in known if not party.revoked}


def _desk_of(card: PartyCard) -> tuple[str, str]:
    """What a desk's numbers begin with; a centre's letter stands for nothing."""
    is_desk = card.role == InstallationRole.DESK.value
    return (card.unit_code, card.device_letter) if is_desk else ("", card.device)


def _keys_shown(desk: Desk, known: Party | None, card: PartyCard) -> dict[str, Json]:
    """What is recorded of keys: what changed of the card's, and which of ours the other side knows by now. An approval
    names it; otherwise cards are compared both ways, and ours shows the newest."""
    knows: dict[str, Json] = {"knows": card.approves or desk.keys.current}
    if known is not None:
        return knows | succession(desk, known, card)
    return knows | {"key": card.fingerprint, "key_since": to_wire(desk.clock.now())}


def revoke_party(desk: Desk, device: DeviceId, reason: str) -> Party:
    """Trust an installation no longer: it was lost, stolen, or is out of use.

    What it sent before stays. What it sends from now on is quarantined. A centre's revocation travels to every
    station with its next bundle, so that desks which exchange among themselves honour it too.

    Raises:
        UserInputError: ``trust.unknown_party``, ``trust.reason_missing``.
    """
    desk.require(Permission.EXCHANGE)
    if not reason.strip():
        raise UserInputError("trust.reason_missing")
    fields: dict[str, Json] = {
        "revoked_at": to_wire(desk.clock.now()),
        "revoked_by": desk.officer.number,
        "revoked_reason": reason.strip(),
    }
    with desk.store.write() as transaction:
        if device not in {party.card.device for party in transaction.parties()}:
            raise UserInputError("trust.unknown_party")
        subject = party_subject(desk.profile.device, device)
        transaction.append(desk.officer.number, NewEntry(PARTY_REVOKED, subject, fields))
        _tell_units(desk, transaction, device, fields)
        transaction.project()
        return next(p for p in transaction.parties() if p.card.device == device)


def _tell_units(
    desk: Desk, transaction: Transaction, device: DeviceId, fields: Mapping[str, Json]
) -> None:
    """At a centre: say it to every enrolled unit, each in the stream that is sent to it."""
    if desk.profile.role is InstallationRole.CENTRE:
        for unit in sorted({party.card.unit_code for party in transaction.parties()}):
            _tell(desk, transaction, unit, device, fields)


def tell_newcomer(desk: Desk, transaction: Transaction, unit: str) -> None:
    """A unit that is enrolled later hears of earlier revocations and lost keys."""
    if desk.profile.role is not InstallationRole.CENTRE:
        return
    for party in transaction.parties():
        if party.revoked and party.revoked_at is not None:
            said: dict[str, Json] = {
                "revoked_at": to_wire(party.revoked_at),
                "revoked_reason": party.reason,
            }
            _tell(desk, transaction, unit, party.card.device, said)
        lost = [key for key in party.keys if key.lost]
        if lost:
            at = to_wire(party.keys[0].since)
            _tell(desk, transaction, unit, party.card.device, lost_fields(lost, at))


def _tell(
    desk: Desk,
    transaction: Transaction,
    unit: str,
    device: DeviceId,
    fields: Mapping[str, Json],
) -> None:
    stream = desk.profile.stream_for(unit)
    if stream != desk.profile.device:
        subject = party_subject(desk.profile.device, device)
        said = NewEntry(PARTY_REVOKED, subject, dict(fields), stream=stream)
        transaction.append(desk.officer.number, said)


def find_party(desk: Desk, fingerprint: str) -> Party:
    """The installation whose fingerprint a person typed, however grouped.

    Raises:
        UserInputError: ``trust.unknown_party``.
    """
    wanted = "".join(mark for mark in fingerprint.upper() if mark.isalnum())
    for party in parties(desk):
        if wanted in {party.card.device, *(key.fingerprint for key in party.keys)}:
            return party
    raise UserInputError("trust.unknown_party")


def expiring(desk: Desk) -> tuple[Party, ...]:
    """Trust that ends soon or has ended: the fingerprints have to be compared anew."""
    now = desk.clock.now()
    warn = warned_before(desk)
    return tuple(
        party
        for party in parties(desk)
        if not party.revoked and party.valid_until is not None and now > party.valid_until - warn
    )


def warned_before(desk: Desk) -> timedelta:
    """How long before an enrolment ends people are told."""
    return desk.rules.duration("enrolment.warn", desk.today)


def revoked_unmet(desk: Desk) -> tuple[DeviceId, ...]:
    """Devices on the revocation list of our centre that were never trusted here."""
    with desk.store.read() as reader:
        met = {party.card.device for party in reader.parties()}
        return tuple(sorted(reader.revoked_elsewhere() - met))


def approve(desk: Desk, text: str) -> str:
    """At the centre: trust an enrolment card and make the approval card that goes back."""
    trust_party(desk, text)
    at = to_wire(desk.clock.now())
    card = desk.exchange.parse_card(text)
    return desk.exchange.approval(desk.profile, card, at, former=former_key(desk))


def parties(desk: Desk) -> tuple[Party, ...]:
    """Every installation ever trusted."""
    with desk.store.read() as reader:
        return reader.parties()


def centre(desk: Desk) -> Party | None:
    """The trusted centre; None for a desk that is not enrolled yet, and for a centre itself."""
    if desk.profile.role is InstallationRole.CENTRE:
        return None
    found = [p for p in parties(desk) if p.card.role == "centre" and not p.revoked]
    return max(found, key=lambda party: party.trusted_at, default=None)


def require_centre(desk: Desk) -> Party:
    """The trusted centre; raises ``TrustError("centre.unknown")``."""
    party = centre(desk)
    if party is None:
        raise TrustError("centre.unknown")
    return party


def receivers(desk: Desk) -> tuple[Party, ...]:
    """Whom this installation writes to: a desk to its centre and to the desks of its station, a centre to all."""
    own = desk.profile
    return tuple(
        party
        for party in parties(desk)
        if not party.revoked
        and (
            own.role is InstallationRole.CENTRE
            or party.card.role == InstallationRole.CENTRE.value
            or party.card.unit_code == own.unit_code
        )
    )


def require_receiver(desk: Desk, device: DeviceId | None) -> Party:
    """Whom a bundle is written for: the centre, or a desk of one's own station.

    Raises:
        TrustError: ``centre.unknown``; ``receiver.not_ours`` for any other device: a station's cases are for its own
            desks and its centre alone.
    """
    if device is None:
        return require_centre(desk)
    party = next((item for item in receivers(desk) if item.card.device == device), None)
    if party is None:
        raise TrustError("receiver.not_ours")
    return party
