"""Trust an installation no longer, and tell the units of a centre whom it does not trust."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.errors import UserInputError
from desktop.domain.exchange.peers import Head, Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole, device_of
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import peer_subject
from desktop.journal.entry import GENESIS, NewEntry
from desktop.journal.kinds import PARTY_CUT, PARTY_REVOKED
from desktop.services.exchange.peers.peer_keys import lost_fields
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session


def revoke_peer(
    session: Session,
    device: DeviceId,
    reason: str,
    second: SecondOfficer | None = None,
    *,
    up_to: int | None = None,
) -> Peer:
    """Trust an installation no longer: it was lost, stolen, or is out of use.

    The revocation cuts its journal at the entries held here, or at entry ``up_to`` of its own stream, which the
    officers name because somebody else had it from then on. What it wrote up to there is accepted by whoever hears of
    this, whenever it comes; what it wrote later is kept and takes no effect. What was accepted before this was heard
    of stays. A centre's revocation travels to every station with its next bundle.

    Raises:
        UserInputError: ``trust.unknown_party``, ``trust.reason_missing``; ``trust.cut_unknown`` for an entry that is
            not here.
        RuleError: what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    if not reason.strip():
        raise UserInputError("trust.reason_missing")
    fields: dict[str, Json] = {
        "revoked_at": to_wire(session.clock.now()),
        "revoked_by": session.officer.number,
        "revoked_reason": reason.strip(),
    }
    with session.store.write() as transaction:
        if device not in {peer.card.device for peer in transaction.peers()}:
            raise UserInputError("trust.unknown_party")
        who = require_second(session, transaction, second)
        subject = peer_subject(session.profile.device, device)
        revoked = NewEntry(PARTY_REVOKED, subject, {**fields, **who})
        cut = {**cut_here(transaction, device, up_to), "cut.revoked_at": fields["revoked_at"]}
        transaction.append(session.officer.number, revoked)
        transaction.append(session.officer.number, NewEntry(PARTY_CUT, subject, {**cut, **who}))
        tell_units(session, transaction, device, fields)
        tell_units(session, transaction, device, cut, PARTY_CUT)
        transaction.project()
        return next(p for p in transaction.peers() if p.card.device == device)


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
    session: Session,
    transaction: Transaction,
    device: DeviceId,
    fields: Mapping[str, Json],
    kind: str = PARTY_REVOKED,
) -> None:
    """At a centre: say it to every enrolled unit, each in the stream that is sent to it."""
    if session.profile.role is InstallationRole.CENTRE:
        for unit in sorted({peer.card.unit_code for peer in transaction.peers()}):
            _tell(session, transaction, unit, device, fields, kind)


def tell_newcomer(session: Session, transaction: Transaction, unit: str) -> None:
    """A unit that is enrolled later hears of earlier revocations and lost keys."""
    if session.profile.role is not InstallationRole.CENTRE:
        return
    for peer in transaction.peers():
        if peer.revoked and peer.revoked_at is not None:
            fields: dict[str, Json] = {
                "revoked_at": to_wire(peer.revoked_at),
                "revoked_reason": peer.reason,
            }
            _tell(session, transaction, unit, peer.card.device, fields)
            if peer.cut is not None:
                cut = {**_cut_fields(peer.cut), "cut.revoked_at": fields["revoked_at"]}
                _tell(session, transaction, unit, peer.card.device, cut, PARTY_CUT)
        lost = [key for key in peer.keys if key.lost]
        if lost:
            at = to_wire(peer.keys[0].since)
            _tell(session, transaction, unit, peer.card.device, lost_fields(lost, at))


def _tell(
    session: Session,
    transaction: Transaction,
    unit: str,
    device: DeviceId,
    fields: Mapping[str, Json],
    kind: str = PARTY_REVOKED,
) -> None:
    stream = session.profile.stream_for(unit)
    if stream != session.profile.device:
        subject = peer_subject(session.profile.device, device)
        entry = NewEntry(kind, subject, dict(fields), stream=stream)
        transaction.append(session.officer.number, entry)
