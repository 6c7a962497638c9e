"""What goes out and comes in, beside the public tools that do a part of the same; it does not follow from the cases
that a desk has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.bench.exchanging import export_times
from desktop.bench.material import Material, share
from desktop.bench.server.serving import server_times
from desktop.bench.sizes.goals import Measured

_ENTRIES: Final = 10_000
_SERVER_ROUNDS: Final = 3


def figures_of_exchange(made: Material, server: str) -> Iterator[Measured]:
    """1 GiB of evidence exported, and entries taken into the database that ``server`` names, if any."""
    times = export_times(made)
    if times is not None:
        sealed = tuple(times.sealed)
        yield Measured("export_written", tuple(times.written), "s", sealed)
        yield Measured("export_read_back", tuple(times.exported), "s", sealed)
    if server:
        rounds = [server_times(made, server, share(_ENTRIES)) for _ in range(_SERVER_ROUNDS)]
        copied = tuple(one.copied for one in rounds)
        yield Measured("server_ingest", tuple(one.alone for one in rounds), "s", copied)
        yield Measured("server_ingest_two", tuple(one.together for one in rounds), "s", copied)
