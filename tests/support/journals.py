"""Looking at what a desk wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.installation.profile import device_of
from desktop.journal.entry import Entry
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.support.anything_goes import trust_in


def written(session: Session, after: int = 0) -> list[Entry]:
    """The entries of the desk's own stream behind number ``after``."""
    own = session.profile.device
    with session.store.read() as reader:
        return list(reader.entries(own, after + 1, reader.heads().get(own, 0)))


def length(session: Session) -> int:
    """How many there are."""
    with session.store.read() as reader:
        return reader.heads().get(session.profile.device, 0)


def acquainted(*sessions: Session) -> None:
    """Let each know the others as devices of their units, without cards."""
    for session in sessions:
        others = [other.profile for other in sessions if other is not session]
        news = [
            trust_in(session.profile.device, other.device, other.unit_code, other.role.value)
            for other in others
        ]
        with session.store.write() as transaction:
            transaction.append_all(session.officer.number, news)


def replica(
    session: Session, path: Path, device: str, streams: Iterable[Sequence[Entry]]
) -> Session:
    """A desk on another device that has read these entries, in this order. Its store is the caller's to close."""
    profile = replace(session.profile, device=device)  # type: ignore[arg-type]  # a made-up device
    store = SqlStore.create(path, bytes(range(32)), profile, session.clock)
    streams = [list(entries) for entries in streams]
    known = {device_of(entry.stream) for entries in streams for entry in entries}
    with store.write() as transaction:
        for peer in sorted(known):
            transaction.append(
                session.officer.number, trust_in(profile.device, peer, profile.unit_code)
            )
    for entries in streams:
        with store.write() as transaction:
            transaction.apply(entries)
    return replace(session, profile=profile, store=store)
