"""Looking at what a desk wrote."""

from __future__ import annotations

from desktop.journal.entry import Entry
from desktop.services.desk import Desk


def written(desk: Desk, after: int = 0) -> list[Entry]:
    """The entries of the desk's own stream behind number ``after``."""
    own = desk.profile.device
    with desk.store.read() as reader:
        return list(reader.entries(own, after + 1, reader.heads().get(own, 0)))


def length(desk: Desk) -> int:
    """How many there are."""
    with desk.store.read() as reader:
        return reader.heads().get(desk.profile.device, 0)
