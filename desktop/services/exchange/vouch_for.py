"""At a centre: sign the card of another installation, so that desks believe it without telephoning."""

from __future__ import annotations

from desktop.domain.errors import RuleError
from desktop.domain.fields import Json
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CARD_VOUCHED
from desktop.services.desk import Desk
from desktop.services.officers.second_officer import SecondOfficer, two_persons


def vouch_for(desk: Desk, text: str, second: SecondOfficer | None = None) -> str:
    """The card with this centre's signature: that of the centre which is to take its place, or that of a desk, which
    the colleagues of its station then enrol from the file alone. Compare the fingerprint first.

    Raises:
        TrustError: ``card.not_a_card``, ``card.damaged``.
        RuleError: ``centre.not_a_centre``, ``card.own``; what :func:`two_persons` raises.
    """
    desk.require(Permission.EXCHANGE)
    if desk.profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")
    card = desk.exchange.parse_card(text)
    if card.device == desk.profile.device:
        raise RuleError("card.own")
    fields: dict[str, Json] = {
        "device": card.device,
        "key": card.fingerprint,
        "unit_name": card.unit_name,
        "role": card.role,
    }
    with desk.store.write() as transaction:
        who = two_persons(desk, transaction, second)
        vouched = desk.exchange.vouch(text)
        subject = device_subject(desk.profile.device)
        transaction.append(desk.officer.number, NewEntry(CARD_VOUCHED, subject, fields | who))
    return vouched
