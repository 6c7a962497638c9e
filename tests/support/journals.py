"""Looking at what a desk wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.journal.entry import Entry
from desktop.services.desk import Desk
from desktop.storage.store import SqlStore


def written(desk: Desk, after: int = 0) -> list[Entry]:
    """The entries of the desk's own stream behind number ``after``."""
    own = desk.profile.device
    with desk.store.read() as reader:
        return list(reader.entries(own, after + 1, reader.heads().get(own, 0)))


def length(desk: Desk) -> int:
    """How many there are."""
    with desk.store.read() as reader:
        return reader.heads().get(desk.profile.device, 0)


def replica(desk: Desk, path: Path, device: str, streams: Iterable[Sequence[Entry]]) -> Desk:
    """A desk on another device that has read these entries, in this order. Its store is the caller's to close."""
    profile = replace(desk.profile, device=device)  # type: ignore[arg-type]  # a made-up device
    store = SqlStore.create(path, bytes(range(32)), profile, desk.clock)
    for entries in streams:
        with store.write() as transaction:
            transaction.apply(entries)
    return replace(desk, profile=profile, store=store)
