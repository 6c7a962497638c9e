"""Begin the streams of a centre's stations anew, after an older backup of its database was restored.

Stations hold entries that the centre has lost, under the numbers its next ones would get. Under a new name nothing is
numbered twice; what the backup holds and not every desk of a unit had proved to hold is said again there, and each
device learns which receipts of the centre are lost, so that it sends what they were for once more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.errors import RuleError
from desktop.domain.exchange.peers import Peer
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole, Profile, renewal_of
from desktop.domain.records.fields import Json
from desktop.journal.authority import renewals_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import STREAM_RENEWED
from desktop.services.exchange.peers.backup_key import tell_backup
from desktop.services.exchange.peers.list_devices import tell_list
from desktop.services.exchange.peers.own_keys import tell_keys
from desktop.services.exchange.peers.revoke_peer import tell_newcomer
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_SECOND = timedelta(seconds=1)


def renew_streams(session: Session) -> Profile:
    """Say what is to be said in new streams; the profile to keep, by which everything is written there from then on. A
    crash before it is kept leaves the former streams in use; it is begun once more then.

    Raises ``RuleError``: ``centre.not_a_centre``, ``rights.missing``.
    """
    session.require(Permission.ADMINISTER)
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")
    with session.store.write() as transaction:
        profile = replace(session.profile, renewed=_moment(session, transaction))
        units: dict[str, list[Peer]] = {}
        for peer in transaction.peers():
            units.setdefault(peer.card.unit_code, []).append(peer)
        for unit, peers in sorted(units.items()):
            if profile.stream_for(unit) != profile.device:
                _begin(replace(session, profile=profile), transaction, unit, peers)
    return profile


def _moment(session: Session, reader: Reader) -> str:
    """Now, but later than any renewal that is known: names of streams are told apart and ordered by it."""
    known = max(session.profile.renewed, *(renewal_of(stream)[1] for stream in reader.heads()))
    now = session.clock.now()
    while (moment := f"{now:%Y%m%d%H%M%S}") <= known:
        now += _SECOND
    return moment


def _begin(session: Session, transaction: Transaction, unit: str, peers: list[Peer]) -> None:
    officer, stream = session.officer.number, session.profile.stream_for(unit)
    first = renewal_of(stream)[0]
    former = [name for name in transaction.heads() if renewal_of(name)[0] == first]
    proved = {name: _proved(transaction, peers, name) for name in sorted(former)}
    fields: dict[str, Json] = {
        session.profile.renewed: {name: {**last} for name, last in proved.items()}
    }
    begun = NewEntry(STREAM_RENEWED, renewals_subject(first), fields, stream=stream)
    transaction.append(officer, begun)
    hearing = [peer.card.device for peer in peers if not peer.revoked]
    for name, last in proved.items():
        left = transaction.left_by(name, min((last[device] for device in hearing), default=0))
        again = [
            NewEntry(item.kind, item.subject, item.fields, stream=stream, instead_of=name)
            for item in left
        ]
        transaction.append_all(officer, again)
    transaction.project()
    tell_newcomer(session, transaction, unit)
    tell_backup(session, transaction, unit)
    tell_list(session, transaction, unit)
    tell_keys(session, transaction, stream)


def _proved(reader: Reader, peers: list[Peer], stream: str) -> dict[str, int]:
    """Device → the last entry of the stream it proved to hold."""
    return {
        peer.card.device: reader.acknowledged(peer.card.device).get(stream, 0) for peer in peers
    }
