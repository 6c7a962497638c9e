"""Trust an installation no longer, and tell the units of a centre whom it does not trust."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.exchange import Head, Party
from desktop.domain.fields import Json
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole, device_of
from desktop.journal.authority import party_subject
from desktop.journal.entry import GENESIS, NewEntry
from desktop.journal.kinds import PARTY_CUT, PARTY_REVOKED
from desktop.services.desk import Desk
from desktop.services.exchange.party_keys import lost_fields
from desktop.services.officers.second_officer import SecondOfficer, two_persons
from desktop.services.ports import Reader, Transaction


def revoke_party(
    desk: Desk,
    device: DeviceId,
    reason: str,
    second: SecondOfficer | None = None,
    *,
    up_to: int | None = None,
) -> Party:
    """Trust an installation no longer: it was lost, stolen, or is out of use.

    The revocation cuts its journal at the entries held here, or at entry ``up_to`` of its own stream, which the
    officers name because somebody else had it from then on. What it wrote up to there is accepted by whoever hears of
    this, whenever it comes; what it wrote later is kept and takes no effect. What was accepted before this was heard
    of stays. A centre's revocation travels to every station with its next bundle.

    Raises:
        UserInputError: ``trust.unknown_party``, ``trust.reason_missing``; ``trust.cut_unknown`` for an entry that is
            not here.
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
        cut = {**cut_here(transaction, device, up_to), "cut.revoked_at": fields["revoked_at"]}
        transaction.append(desk.officer.number, revoked)
        transaction.append(desk.officer.number, NewEntry(PARTY_CUT, subject, {**cut, **who}))
        tell_units(desk, transaction, device, fields)
        tell_units(desk, transaction, device, cut, PARTY_CUT)
        transaction.project()
        return next(p for p in transaction.parties() if p.card.device == device)


def cut_here(reader: Reader, device: DeviceId, up_to: int | None = None) -> dict[str, Json]:
    """What says which entry of each of its streams is the last that is accepted: the last here, or ``up_to`` of its own
    stream."""
    heads = {stream: last for stream, last in reader.heads().items() if device_of(stream) == device}
    tips = {stream: reader.tip(stream) for stream in heads}
    if up_to is not None:
        named = tuple(reader.entries(device, up_to, up_to))
        if up_to and not named:
            raise UserInputError("trust.cut_unknown", number=up_to)
        heads[device], tips[device] = up_to, named[0].hash if named else GENESIS
    return _cut_fields({stream: Head(last, tips[stream]) for stream, last in heads.items()})


def _cut_fields(cut: Mapping[str, Head]) -> dict[str, Json]:
    return {
        "cut.heads": {stream: head.seq for stream, head in cut.items()},
        "cut.tips": {stream: head.hash for stream, head in cut.items()},
    }


def tell_units(
    desk: Desk,
    transaction: Transaction,
    device: DeviceId,
    fields: Mapping[str, Json],
    kind: str = PARTY_REVOKED,
) -> None:
    """At a centre: say it to every enrolled unit, each in the stream that is sent to it."""
    if desk.profile.role is InstallationRole.CENTRE:
        for unit in sorted({party.card.unit_code for party in transaction.parties()}):
            _tell(desk, transaction, unit, device, fields, kind)


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
            if party.cut is not None:
                cut = {**_cut_fields(party.cut), "cut.revoked_at": said["revoked_at"]}
                _tell(desk, transaction, unit, party.card.device, cut, PARTY_CUT)
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
    kind: str = PARTY_REVOKED,
) -> None:
    stream = desk.profile.stream_for(unit)
    if stream != desk.profile.device:
        subject = party_subject(desk.profile.device, device)
        said = NewEntry(kind, subject, dict(fields), stream=stream)
        transaction.append(desk.officer.number, said)
