"""Whom we trust: cards out, cards in, fingerprints compared by voice."""

from __future__ import annotations

from desktop.domain.clock import to_wire
from desktop.domain.errors import RuleError, TrustError
from desktop.domain.exchange import Party, PartyCard
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import party_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PARTY_TRUSTED
from desktop.services.desk import Desk


def own_card(desk: Desk) -> str:
    """This installation's enrolment card, a text file for the other side."""
    desk.require(Permission.EXCHANGE)
    return desk.exchange.card(desk.profile, to_wire(desk.clock.now()))


def read_card(desk: Desk, text: str) -> PartyCard:
    """The card in ``text``; raises ``TrustError("card.damaged")``. Shows nothing about whether to trust it."""
    return desk.exchange.parse_card(text)


def trust_party(desk: Desk, text: str) -> Party:
    """Trust the installation on the card, after its fingerprint was compared by voice.

    A desk trusts the approval card made for it (or the centre's own card); a centre trusts enrolment cards.

    Raises:
        TrustError: ``card.damaged``, ``card.for_another`` for an approval made for another device,
            ``card.not_a_station`` at a centre: whoever calls itself one could answer orders in its name.
        RuleError: ``card.own`` for the installation's own card.
    """
    desk.require(Permission.EXCHANGE)
    card = desk.exchange.parse_card(text)
    if card.device == desk.profile.device:
        raise RuleError("card.own")
    if card.approves and card.approves != desk.profile.device:
        raise TrustError("card.for_another")
    if desk.profile.role is InstallationRole.CENTRE and card.role != InstallationRole.DESK.value:
        raise TrustError("card.not_a_station")
    fields = {
        "kind": card.kind,
        "unit_code": card.unit_code,
        "unit_name": card.unit_name,
        "device_letter": card.device_letter,
        "role": card.role,
        "signing_key": card.signing_key,
        "recipient": card.recipient,
        "made_at": card.made_at,
        "trusted_at": to_wire(desk.clock.now()),
        "trusted_by": desk.officer.number,
        "revoked_at": "",
    }
    subject = party_subject(desk.profile.device, card.device)
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(PARTY_TRUSTED, subject, fields))
        transaction.project()
        return next(p for p in transaction.parties() if p.card.device == card.device)


def approve(desk: Desk, text: str) -> str:
    """At the centre: trust an enrolment card and make the approval card that goes back."""
    party = trust_party(desk, text)
    return desk.exchange.approval(desk.profile, party.card, to_wire(desk.clock.now()))


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
