"""The centre this desk belongs to: the one it named itself, never the newest it trusts; and whom it writes to."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange import Party
from desktop.domain.fields import Json, text
from desktop.domain.ids import DeviceId
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_CHOSEN
from desktop.services.desk import Desk
from desktop.services.ports import Reader, Transaction

_FIELD: Final = "centre"
FROM_BEFORE: Final = "before"
"""How a desk came by its centre: it had it before centres were named."""


def centre(desk: Desk) -> Party | None:
    """The centre this desk named; None for a desk that is not enrolled yet or no longer trusts its centre, and for a
    centre itself."""
    if desk.profile.role is InstallationRole.CENTRE:
        return None
    with desk.store.read() as reader:
        party = named_centre(desk, reader)
    return party if party is not None and not party.revoked else None


def require_centre(desk: Desk) -> Party:
    """The centre this desk named; raises ``TrustError("centre.unknown")``."""
    party = centre(desk)
    if party is None:
        raise TrustError("centre.unknown")
    return party


def named_centre(desk: Desk, reader: Reader) -> Party | None:
    """The same, trusted still or not any more. Where no entry names one, the one that was in use before they did."""
    known = {party.card.device: party for party in reader.parties()}
    named = text(reader.current(device_subject(desk.profile.device)), _FIELD)
    if named:
        return known.get(DeviceId(named))
    found = [p for p in known.values() if _is_centre(p) and not p.revoked and not p.listed_by]
    return max(found, key=lambda party: party.trusted_at, default=None)


def choose_centre(
    desk: Desk, transaction: Transaction, device: DeviceId, way: str, who: dict[str, Json]
) -> None:
    """Name the centre; whoever calls has seen to it that these officers may. ``way``: how its card proved right."""
    subject = device_subject(desk.profile.device)
    fields: dict[str, Json] = {_FIELD: device, "named_as": way, **who}
    transaction.append(desk.officer.number, NewEntry(CENTRE_CHOSEN, subject, fields))


def name_former_centre(desk: Desk) -> None:
    """Name the centre that was in use before centres were named, once: from then on no other takes its place by being
    newer."""
    if desk.profile.role is InstallationRole.CENTRE:
        return
    with desk.store.read() as reader:
        named = text(reader.current(device_subject(desk.profile.device)), _FIELD)
        found = None if named else named_centre(desk, reader)
    if found is not None:
        with desk.store.write() as transaction:
            choose_centre(desk, transaction, found.card.device, FROM_BEFORE, {})


def receivers(desk: Desk) -> tuple[Party, ...]:
    """Whom this installation writes to: a desk to its centre and to the desks of its station, a centre to all."""
    with desk.store.read() as reader:
        known = tuple(party for party in reader.parties() if not party.revoked)
        named = named_centre(desk, reader)
    own = desk.profile
    if own.role is InstallationRole.CENTRE:
        return known
    ours = named.card.device if named is not None else ""
    return tuple(
        party
        for party in known
        if party.card.device == ours
        or (party.card.unit_code == own.unit_code and not _is_centre(party))
    )


def listed(desk: Desk) -> tuple[Party, ...]:
    """The other devices of our centre, which it listed."""
    with desk.store.read() as reader:
        named = named_centre(desk, reader)
        ours = named.card.device if named is not None else ""
        return tuple(
            p for p in reader.parties() if p.listed_by and p.listed_by == ours and not p.revoked
        )


def require_receiver(desk: Desk, device: DeviceId | None) -> Party:
    """Whom a bundle is written for: the centre, another device on its list, or a desk of one's own station.

    Raises:
        TrustError: ``centre.unknown``; ``receiver.not_ours`` for any other device: a station's cases are for its own
            desks and its centre alone.
    """
    if device is None:
        return require_centre(desk)
    known = (*receivers(desk), *listed(desk))
    party = next((item for item in known if item.card.device == device), None)
    if party is None:
        raise TrustError("receiver.not_ours")
    return party


def _is_centre(party: Party) -> bool:
    return party.card.role == InstallationRole.CENTRE.value
