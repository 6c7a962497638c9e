"""Take up what a colleague's desk left: its PC is gone for good, and what it told this desk never reached the centre.

Nobody else may write in its journal, and with an old backup restored it may have numbered other entries like the ones
it lost. So this desk says again, in its own name, what still stands of them; who recorded them first, and when, is
kept beside it. What others changed since stays theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases.holder_objection import decisions_in
from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.errors import RuleError
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_CONFIRMED, RECORDS_ADOPTED
from desktop.services.exchange.peers.our_centre import centre
from desktop.services.ports import Reader
from desktop.services.session import Session

_AT_ONCE: Final = 1000
"""Origins in one entry; together they stay far below the longest line."""


@dataclass(frozen=True, slots=True)
class OrphanedRecords:
    """What one device left here."""

    peer: Peer
    records: tuple[LeftRecord, ...]


def left_records(session: Session) -> tuple[OrphanedRecords, ...]:
    """What desks of this station that are no longer trusted left here and the centre is not known to hold."""
    upward = centre(session)
    if upward is None or session.profile.role is InstallationRole.CENTRE:
        return ()
    with session.store.read() as reader:
        found = (OrphanedRecords(one, _left(reader, one, upward)) for one in _gone(session, reader))
        return tuple(left for left in found if left.records)


def adopt_records(session: Session, device: DeviceId) -> int:
    """Say in this desk's name what ``device`` left here; returns how many of its entries. The next export carries it.

    Raises:
        RuleError: ``adopt.trusted`` while the device is trusted, as it can tell the centre itself; ``adopt.nothing``.
    """
    session.require(Permission.EXCHANGE)
    upward = centre(session)
    with session.store.write() as transaction:
        gone = {peer.card.device: peer for peer in _gone(session, transaction)}
        if device not in gone:
            raise RuleError("adopt.trusted")
        records = _left(transaction, gone[device], upward) if upward else ()
        if not records:
            raise RuleError("adopt.nothing")
        number, subject = session.officer.number, device_subject(session.profile.device)
        transaction.append_all(number, [_again(device, record) for record in records])
        for start in range(0, len(records), _AT_ONCE):
            origins = _origins(records[start : start + _AT_ONCE])
            origin: dict[str, Json] = {"device": device, "records": origins}
            transaction.append(number, NewEntry(RECORDS_ADOPTED, subject, origin))
    return len(records)


def _gone(session: Session, reader: Reader) -> tuple[Peer, ...]:
    own, elsewhere = session.profile, reader.revoked_elsewhere()
    return tuple(
        peer
        for peer in reader.peers()
        if peer.card.unit_code == own.unit_code
        and peer.card.role == InstallationRole.DESK.value
        and (peer.revoked or peer.card.device in elsewhere)
        and peer.card.device != own.device
    )


def _left(reader: Reader, peer: Peer, upward: Peer) -> tuple[LeftRecord, ...]:
    known = reader.acknowledged(upward.card.device).get(peer.card.device, 0)
    left = reader.left_by(peer.card.device, known)
    # A confirmation is its officer's own word: the order comes as one that waits for another.
    return tuple(record for record in left if record.kind != ORDER_CONFIRMED)


def _again(device: DeviceId, record: LeftRecord) -> NewEntry:
    """A decision about an objection is its officer's own word too: the objection comes as one that waits for it."""
    own = decisions_in(record.fields) if record.subject.startswith("case/") else ()
    fields = {name: value for name, value in record.fields.items() if name not in own}
    return NewEntry(record.kind, record.subject, fields, instead_of=device)


def _origins(records: Sequence[LeftRecord]) -> list[Json]:
    return [
        {
            "kind": record.kind,
            "officer": record.officer,
            "seq": record.seq,
            "subject": record.subject,
            "wall": record.wall,
        }
        for record in records
    ]
