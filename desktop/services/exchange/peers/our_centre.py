"""The centre this desk belongs to: the one it named itself, never the newest it trusts; and whom it writes to."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json, text
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_CHOSEN
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_FIELD: Final = "centre"
FROM_BEFORE: Final = "before"
"""How a desk came by its centre: it had it before centres were named."""


def centre(session: Session) -> Peer | None:
    """The centre this desk named; None for a desk that is not enrolled yet or no longer trusts its centre, and for a
    centre itself."""
    if session.profile.role is InstallationRole.CENTRE:
        return None
    with session.store.read() as reader:
        peer = named_centre(session, reader)
    return peer if peer is not None and not peer.revoked else None


def require_centre(session: Session) -> Peer:
    """The centre this desk named; raises ``TrustError("centre.unknown")``."""
    peer = centre(session)
    if peer is None:
        raise TrustError("centre.unknown")
    return peer


def named_centre(session: Session, reader: Reader) -> Peer | None:
    """The same, trusted still or not any more. Where no entry names one, the one that was in use before they did."""
    known = {peer.card.device: peer for peer in reader.peers()}
    named = text(reader.current(device_subject(session.profile.device)), _FIELD)
    if named:
        return known.get(DeviceId(named))
    found = [p for p in known.values() if _is_centre(p) and not p.revoked and not p.listed_by]
    return max(found, key=lambda peer: peer.trusted_at, default=None)


def choose_centre(
    session: Session, transaction: Transaction, device: DeviceId, way: str, who: dict[str, Json]
) -> None:
    """Name the centre; whoever calls has seen to it that these officers may. ``way``: how its card proved right."""
    subject = device_subject(session.profile.device)
    fields: dict[str, Json] = {_FIELD: device, "named_as": way, **who}
    transaction.append(session.officer.number, NewEntry(CENTRE_CHOSEN, subject, fields))


def name_former_centre(session: Session) -> None:
    """Name the centre that was in use before centres were named, once: from then on no other takes its place by being
    newer."""
    if session.profile.role is InstallationRole.CENTRE:
        return
    with session.store.read() as reader:
        named = text(reader.current(device_subject(session.profile.device)), _FIELD)
        found = None if named else named_centre(session, reader)
    if found is not None:
        with session.store.write() as transaction:
            choose_centre(session, transaction, found.card.device, FROM_BEFORE, {})


def receivers(session: Session) -> tuple[Peer, ...]:
    """Whom this installation writes to: a desk to its centre and to the desks of its station, a centre to all."""
    with session.store.read() as reader:
        known = tuple(peer for peer in reader.peers() if not peer.revoked)
        named = named_centre(session, reader)
    own = session.profile
    if own.role is InstallationRole.CENTRE:
        return known
    ours = named.card.device if named is not None else ""
    return tuple(
        peer
        for peer in known
        if peer.card.device == ours
        or (peer.card.unit_code == own.unit_code and not _is_centre(peer))
    )


def listed(session: Session) -> tuple[Peer, ...]:
    """The other devices of our centre, which it listed."""
    with session.store.read() as reader:
        named = named_centre(session, reader)
        ours = named.card.device if named is not None else ""
        return tuple(
            p for p in reader.peers() if p.listed_by and p.listed_by == ours and not p.revoked
        )


def require_receiver(session: Session, device: DeviceId | None) -> Peer:
    """Whom a bundle is written for: the centre, another device on its list, or a desk of one's own station.

    Raises:
        TrustError: ``centre.unknown``; ``receiver.not_ours`` for any other device: a station's cases are for its own
            desks and its centre alone.
    """
    if device is None:
        return require_centre(session)
    known = (*receivers(session), *listed(session))
    peer = next((item for item in known if item.card.device == device), None)
    if peer is None:
        raise TrustError("receiver.not_ours")
    return peer


def _is_centre(peer: Peer) -> bool:
    return peer.card.role == InstallationRole.CENTRE.value
