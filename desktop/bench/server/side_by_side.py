"""Several processes that take bundles of several stations into one journal at the same time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL

from desktop.domain.installation.profile import Profile
from desktop.journal.entry import read_line
from desktop.journal.touching import Touched
from desktop.runtime.system_clock import SystemClock
from desktop.services.ports import Applied
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

_BUNDLE: Final = 400
"""Entries of a bundle: what a station sends in a day or two."""
_PATIENCE_S: Final = 60
"""For the last of them to be ready."""


@dataclass(frozen=True, slots=True)
class Station:
    """Whose entries stand in ``lines``, and the centre that takes them in."""

    url: URL
    centre: Profile
    lines: Path


def side_by_side(stations: Sequence[Station]) -> float:
    """Seconds from the moment all are ready, a process for each of ``stations``, until the last is done.

    Raises:
        RuntimeError: one of them failed; it said why on standard error.
    """
    context = get_context("spawn")  # a copy of this process would share its connections
    ready = context.Barrier(len(stations) + 1)
    workers = [context.Process(target=_take_in, args=(station, ready)) for station in stations]
    for worker in workers:
        worker.start()
    ready.wait(_PATIENCE_S)
    start = time.perf_counter()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a process beside failed")
    return time.perf_counter() - start


def all_accepted(applied: Applied) -> None:
    """Raises ``RuntimeError`` where something was refused: it leaves no rows to be measured by."""
    if applied.refused:
        raise RuntimeError("the entries of the measurement were refused")


def _take_in(station: Station, ready: Barrier) -> None:
    address = ServerAddress(station.url)
    store = SqlStore.open(address, bytes(32), station.centre, SystemClock())
    with store.closing(), station.lines.open("rb") as file:
        ready.wait(_PATIENCE_S)
        entries = (read_line(line.rstrip(b"\n")) for line in file)
        while bundle := list(islice(entries, _BUNDLE)):
            touched = Touched()
            for entry in bundle:
                touched.note(entry)
            with store.write(touched.with_own(frozenset(), bundle[0].subject)) as transaction:
                all_accepted(transaction.apply(bundle))
