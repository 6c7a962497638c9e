"""At a centre: sign the card of another installation, so that desks believe it without telephoning."""

from __future__ import annotations

from desktop.domain.errors import RuleError
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CARD_VOUCHED
from desktop.services.exchange.peers.seats import require_first_pc
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.session import Session


def vouch_for(session: Session, text: str, second: SecondOfficer | None = None) -> str:
    """The card with this centre's signature: that of the centre which is to take its place, or that of a desk, which
    the colleagues of its station then enrol from the file alone. Compare the fingerprint first.

    Raises:
        TrustError: ``card.not_a_card``, ``card.damaged``.
        RuleError: ``centre.not_a_centre``, ``seat.first_pc``, ``card.own``; what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")
    require_first_pc(session)
    card = session.cards.parse_card(text)
    if card.device == session.profile.device:
        raise RuleError("card.own")
    fields: dict[str, Json] = {
        "device": card.device,
        "key": card.fingerprint,
        "unit_name": card.unit_name,
        "role": card.role,
    }
    with session.store.write() as transaction:
        who = require_second(session, transaction, second)
        vouched = session.cards.vouch(text)
        subject = device_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(CARD_VOUCHED, subject, fields | who))
    return vouched
