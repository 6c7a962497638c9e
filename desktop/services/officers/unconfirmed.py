"""How the officers of this device and the installations it trusts were let in, and what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.installation.ceremony import Ceremony, ceremony_of
from desktop.domain.records.fields import text, texts
from desktop.domain.time.clock import from_wire
from desktop.journal.authority import officer_subject, peer_subject
from desktop.journal.kinds import (
    OFFICER_CONFIRMED,
    OFFICER_ENROLLED,
    OFFICER_SIGNED_IN,
    PARTY_CONFIRMED,
    PARTY_TRUSTED,
)
from desktop.services.ports import Reader
from desktop.services.session import Session

CONFIRMED: Final = {"officer": OFFICER_CONFIRMED, "party": PARTY_CONFIRMED}
"""What a subject's confirmation is called."""
_MADE: Final = (OFFICER_ENROLLED, PARTY_TRUSTED)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An officer or an installation that one person let in. ``key``: the officer's number or the device; ``by``: who
    did, "" where older records do not say; ``seq``: the place of that record in the journal of this device."""

    subject: str
    key: str
    name: str
    ceremony: Ceremony
    by: str
    at: datetime | None
    seq: int

    @property
    def kind(self) -> str:
        """``officer`` or ``party``."""
        return self.subject.partition("/")[0]


def to_confirm(session: Session) -> tuple[Unconfirmed, ...]:
    """Whom one person alone let in and who is still in, the officers first."""
    with session.store.read() as reader:
        return tuple(unconfirmed(session, reader))


def unconfirmed(session: Session, reader: Reader) -> Iterator[Unconfirmed]:
    """The same at one moment of the database."""
    device = session.profile.device
    for subject, fields in reader.subjects(f"officer/{device}").items():
        ceremony = ceremony_of(fields)
        if texts(fields, "roles") and not ceremony.confirmed:
            yield _found(reader, subject, text(fields, "name"), ceremony)
    for peer in reader.peers():
        if not peer.revoked and not peer.ceremony.confirmed:
            subject = peer_subject(device, peer.card.device)
            yield _found(reader, subject, peer.card.unit_name, peer.ceremony)


def never_came(session: Session, reader: Reader, number: str) -> bool:
    """Whether the founder enrolled that officer and nobody signed in as them since."""
    subject = officer_subject(session.profile.device, number)
    entries = reader.own_words([subject], (OFFICER_ENROLLED, OFFICER_SIGNED_IN))
    return (
        bool(entries)
        and entries[-1].kind == OFFICER_ENROLLED
        and entries[-1].fields.get("founding") is True
    )


def _found(reader: Reader, subject: str, name: str, ceremony: Ceremony) -> Unconfirmed:
    made = reader.own_words([subject], _MADE)
    key, last = subject.rpartition("/")[2], made[-1] if made else None
    if last is None:
        return Unconfirmed(subject, key, name, ceremony, "", None, 0)
    return Unconfirmed(subject, key, name, ceremony, last.officer, from_wire(last.wall), last.seq)
