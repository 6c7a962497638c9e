"""Looking at what a desk wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.profile import device_of
from desktop.journal.entry import Entry
from desktop.services.desk import Desk
from desktop.storage.store import SqlStore
from tests.support.anything_goes import trust_in


def written(desk: Desk, after: int = 0) -> list[Entry]:
    """The entries of the desk's own stream behind number ``after``."""
    own = desk.profile.device
    with desk.store.read() as reader:
        return list(reader.entries(own, after + 1, reader.heads().get(own, 0)))


def length(desk: Desk) -> int:
    """How many there are."""
    with desk.store.read() as reader:
        return reader.heads().get(desk.profile.device, 0)


def acquainted(*desks: Desk) -> None:
    """Let each know the others as devices of their units, without cards."""
    for desk in desks:
        others = [other.profile for other in desks if other is not desk]
        news = [
            trust_in(desk.profile.device, other.device, other.unit_code, other.role.value)
            for other in others
        ]
        with desk.store.write() as transaction:
            transaction.append_all(desk.officer.number, news)


def replica(desk: Desk, path: Path, device: str, streams: Iterable[Sequence[Entry]]) -> Desk:
    """A desk on another device that has read these entries, in this order. Its store is the caller's to close."""
    profile = replace(desk.profile, device=device)  # type: ignore[arg-type]  # a made-up device
    store = SqlStore.create(path, bytes(range(32)), profile, desk.clock)
    streams = [list(entries) for entries in streams]
    known = {device_of(entry.stream) for entries in streams for entry in entries}
    with store.write() as transaction:
        for peer in sorted(known):
            transaction.append(
                desk.officer.number, trust_in(profile.device, peer, profile.unit_code)
            )
    for entries in streams:
        with store.write() as transaction:
            transaction.apply(entries)
    return replace(desk, profile=profile, store=store)
