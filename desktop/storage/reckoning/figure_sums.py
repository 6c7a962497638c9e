"""The figures of whole months as sums, dropped whenever a case of the month comes to something else."""

from __future__ import annotations

import json
import secrets
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.figure_tallies import (
    FigureTally,
    Tallies,
    month_after,
    month_begins,
    month_of,
)
from desktop.domain.case_file.statistics import GroupBy
from desktop.domain.time.clock import from_wire, to_wire
from desktop.storage.columns import columns_of
from desktop.storage.database.statements import add, drop_among, run, run_among
from desktop.storage.reckoned_tables import figure_sum

_COLUMNS: Final = columns_of(figure_sum)
_NEXT: Final = (
    "SELECT min(accepted_at) FROM figures_row WHERE basis = ? AND part = 0 AND accepted_at >= ?"
)
_DROP: Final = "DELETE FROM figure_sum WHERE basis = ? AND month AMONG ?"
_SUMMED: Final = (
    "SELECT month FROM figure_sum WHERE basis = ? AND place = 0 AND counts = '' AND month AMONG ?"
)
_READ: Final = "SELECT month, by, key, counts, times FROM figure_sum WHERE basis = ? AND place > 0 AND month AMONG ?"
_STANDS: Final = (
    "SELECT 1 FROM figure_sum WHERE basis = ? AND place = 0 AND month = ? AND counts = ?"
)


def months(connection: Connection, basis: int, since: str, before: str) -> Iterator[str]:
    """The months with a report between two times as they are written, in their order."""
    month = ""
    while (found := run(connection, _NEXT, (basis, since)).scalar()) and found < before:
        former, month = month, month_of(from_wire(found))
        if month == former:  # at the end of time
            return
        yield month
        since = to_wire(month_begins(month_after(month)))


def drop_sums(connection: Connection, basis: int, accepted: Collection[str]) -> None:
    """Cases accepted at these times come to something else."""
    changed = {month_of(from_wire(at)) for at in accepted}
    drop_among(connection, _DROP, sorted(changed), (basis,))


def read_sums(connection: Connection, basis: int, asked: Collection[str]) -> Mapping[str, Tallies]:
    """Month → its sums, of those that were added up."""
    summed = [row[0] for row in run_among(connection, _SUMMED, asked, (basis,))]
    found: dict[str, dict[GroupBy, dict[str, FigureTally]]] = {
        month: defaultdict(dict) for month in summed
    }
    for month, by, key, counts, times in run_among(connection, _READ, summed, (basis,)):
        found[month][GroupBy(by)][key] = _tally(json.loads(counts), bytes(times))
    return found


def begin_sums(connection: Connection, basis: int, asked: Collection[str]) -> str:
    """Say that these months are about to be added up, under a mark that goes as soon as a case of theirs changes."""
    mark = secrets.token_hex(8)
    drop_among(connection, _DROP, sorted(asked), (basis,))
    rows = [(basis, month, 0, "", "", mark, b"") for month in sorted(asked)]
    add(connection, figure_sum.name, _COLUMNS, rows)
    return mark


def keep_sums(connection: Connection, basis: int, mark: str, month: str, tallies: Tallies) -> None:
    """Keep what a month comes to, unless a case of it changed since it was begun."""
    if run(connection, _STANDS, (basis, month, mark)).first() is None:
        return
    drop_among(connection, _DROP, [month], (basis,))
    rows: list[tuple[Any, ...]] = [(basis, month, 0, "", "", "", b"")]
    for by, found in tallies.items():
        for key, item in found.items():
            counts = json.dumps([*map(len, item.times), *item.counts])
            times = b"".join(some.tobytes() for some in item.times)
            rows.append((basis, month, len(rows), by.value, key, counts, times))
    add(connection, figure_sum.name, _COLUMNS, rows)


def _tally(numbers: list[int], octets: bytes) -> FigureTally:
    every = array("q", octets)
    first, second, third = numbers[:3]
    ends = (0, first, first + second, first + second + third)
    times = (every[ends[place] : ends[place + 1]] for place in range(3))
    return FigureTally(tuple(numbers[3:]), tuple(times))
