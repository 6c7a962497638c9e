"""Trust an installation no longer, and tell the units of a centre whom it does not trust."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.exchange import Party
from desktop.domain.fields import Json
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import party_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PARTY_REVOKED
from desktop.services.desk import Desk
from desktop.services.exchange.party_keys import lost_fields
from desktop.services.officers.second_officer import SecondOfficer, two_persons
from desktop.services.ports import Transaction


def revoke_party(
    desk: Desk, device: DeviceId, reason: str, second: SecondOfficer | None = None
) -> Party:
    """Trust an installation no longer: it was lost, stolen, or is out of use.

    What it sent before stays. What it sends from now on is quarantined. A centre's revocation travels to every
    station with its next bundle, so that desks which exchange among themselves honour it too.

    Raises:
        UserInputError: ``trust.unknown_party``, ``trust.reason_missing``.
        RuleError: what :func:`two_persons` raises.
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
        who = two_persons(desk, transaction, second)
        subject = party_subject(desk.profile.device, device)
        revoked = NewEntry(PARTY_REVOKED, subject, {**fields, **who})
        transaction.append(desk.officer.number, revoked)
        tell_units(desk, transaction, device, fields)
        transaction.project()
        return next(p for p in transaction.parties() if p.card.device == device)


def tell_units(
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
