"""Changes of whom this installation trusts, told to each officer until they have seen them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import number, text, texts
from desktop.domain.time.clock import from_wire
from desktop.journal.authority import device_subject, officer_subject, peer_subject
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import (
    CENTRE_CHOSEN,
    OFFICER_ENROLLED,
    PASSWORD_CHANGED,
    TRUST_NEWS,
    TRUST_SEEN,
)
from desktop.services.ports import Reader
from desktop.services.session import Session

_SEEN: Final = "trust.seen"


@dataclass(frozen=True, slots=True)
class TrustChange:
    """One change. ``about``: the number of an officer, or a device; ``name``: theirs or of the unit, "" where nobody is
    meant; ``roles``: of an officer; ``second``: who took part, "" for nobody; ``founding``: there was no second."""

    seq: int
    kind: str
    about: str
    name: str
    at: datetime
    by: str
    second: str
    founding: bool
    by_centre: bool
    roles: tuple[str, ...] = ()
    letter: str = ""
    role: str = ""
    """Of an installation: ``desk`` or ``centre``."""


def unseen_changes(session: Session) -> tuple[TrustChange, ...]:
    """What the officer signed in has not seen yet and took no part in, the newest first."""
    device, officer = session.profile.device, session.officer.number
    with session.store.read() as reader:
        known = reader.current(officer_subject(device, officer))
        shown_until = max(number(known, _SEEN), _came(reader, officer_subject(device, officer)))
        about = (f"officer/{device}/", f"party/{device}/", device_subject(device))
        entries = reader.own_words(about, TRUST_NEWS, shown_until)
        names = _names(reader, device)
    return tuple(_change(entry, names) for entry in reversed(entries) if _concerns(entry, officer))


def acknowledge_changes(session: Session, changes: Iterable[TrustChange]) -> None:
    """The officer signed in has read these; they are told no more."""
    last = max((change.seq for change in changes), default=0)
    if last:
        subject = officer_subject(session.profile.device, session.officer.number)
        new = NewEntry(TRUST_SEEN, subject, {_SEEN: last})
        with session.store.write() as transaction:
            transaction.append(session.officer.number, new)


def _came(reader: Reader, subject: str) -> int:
    """Where the officer was enrolled first: nobody is told what was before their time."""
    enrolled = reader.own_words([subject], (OFFICER_ENROLLED,))
    return enrolled[0].seq if enrolled else 0


def _concerns(entry: Entry, officer: str) -> bool:
    """Whether somebody else did it, and did more than choose a password of their own."""
    if entry.fields.get("listed_by", entry.stream) not in ("", entry.stream):
        return True  # the centre did, by its list; whoever took the bundle in did not decide it
    if officer in {entry.officer, entry.fields.get("second")}:
        return False
    return entry.kind != PASSWORD_CHANGED or entry.subject.rpartition("/")[2] != entry.officer


def _names(reader: Reader, device: DeviceId) -> dict[str, tuple[str, str, str]]:
    """Subject → name, letter and role of the officer or installation."""
    names = {
        officer_subject(device, officer.number): (officer.name, "", "")
        for officer in reader.officers(device)
    }
    for peer in (*reader.peers(), *reader.seats()):
        card = peer.card
        names[peer_subject(device, card.device)] = card.unit_name, card.device_letter, card.role
    return names


def _change(entry: Entry, names: dict[str, tuple[str, str, str]]) -> TrustChange:
    subject, fields = entry.subject, entry.fields
    device = text(fields, "centre") if entry.kind == CENTRE_CHOSEN else text(fields, "device")
    if device:
        subject = peer_subject(DeviceId(subject.split("/")[1]), DeviceId(device))
    name, letter, role = names.get(subject, ("", "", ""))
    return TrustChange(
        seq=entry.seq,
        kind=entry.kind,
        about=subject.rpartition("/")[2],
        name=name or text(fields, "unit_name"),
        at=from_wire(entry.wall),
        by=entry.officer,
        second=text(fields, "second"),
        founding=fields.get("founding") is True,
        by_centre=bool(text(fields, "by_centre")),
        roles=texts(fields, "roles"),
        letter=letter,
        role=role,
    )
