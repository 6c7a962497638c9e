"""The figures of cases as they were reckoned last.

Where the money of a case is takes rules and half a millisecond to say; of a hundred thousand cases nobody waits for it
twice. Figures count from one instant until another, at which a measure begins or ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.statistics import CaseFigures, Pace, ReckonedFigures
from desktop.domain.ids import CaseId
from desktop.domain.time.clock import from_wire, to_wire
from desktop.storage.columns import bounded, columns_of
from desktop.storage.database.statements import add, drop_among, run, run_among
from desktop.storage.reckoned_tables import figures_row
from desktop.storage.reckoning.figure_sums import drop_sums, months

_COLUMNS: Final = columns_of(figures_row)
_READ: Final = (
    f"SELECT {', '.join(_COLUMNS)} FROM figures_row WHERE basis = ? AND part = ? "  # noqa: S608 - own names
    "AND accepted_at >= ? AND accepted_at < ? ORDER BY accepted_at DESC, case_id DESC, channel"
)
_OF_CASES: Final = "DELETE FROM figures_row WHERE basis = ? AND case_id AMONG ?"
_ACCEPTED: Final = (
    "SELECT DISTINCT accepted_at FROM figures_row WHERE basis = ? AND case_id AMONG ?"
)
_FIRST: Final = ""
_LAST: Final = "~"
"""Before and behind every time as it is written."""


def keep_figures(
    connection: Connection, basis: int, cases: Collection[CaseId], found: Iterable[ReckonedFigures]
) -> None:
    """Put ``found`` in the place of all that is kept of these cases."""
    former = run_among(connection, _ACCEPTED, sorted(cases), (basis,))
    drop_among(connection, _OF_CASES, sorted(cases), (basis,))
    rows = [(basis, *row) for item in found for row in _rows(item)]
    drop_sums(connection, basis, {*(row[0] for row in former), *(row[4] for row in rows)})
    add(connection, figures_row.name, _COLUMNS, rows)


def read_figures(
    connection: Connection,
    basis: int,
    since: datetime | None,
    before: datetime | None,
    *,
    parts: bool,
) -> Iterator[CaseFigures]:
    """Of cases that were accepted in a time, the newest first; ``parts``: by the ways their money left."""
    rows = run(connection, _READ, (basis, int(parts), *_between(since, before)))
    return map(_figures, rows.fetchall())


def figure_months(
    connection: Connection, basis: int, since: datetime | None, before: datetime | None
) -> tuple[str, ...]:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.figure_months`."""
    return tuple(months(connection, basis, *_between(since, before)))


def _between(since: datetime | None, before: datetime | None) -> tuple[str, str]:
    return (
        to_wire(since) if since is not None else _FIRST,
        to_wire(before) if before is not None else _LAST,
    )


def _rows(found: ReckonedFigures) -> Iterator[tuple[Any, ...]]:
    times = tuple(to_wire(at) if at is not None else "" for at in (found.since, found.until))
    for part, figures in ((0, found.whole), *((1, item) for item in found.parts)):
        yield (
            figures.case, part, figures.channel, to_wire(figures.accepted_at), figures.unit, figures.type,
            *map(bounded, (figures.loss_fen, figures.stopped_fen, figures.frozen_fen, figures.returned_fen)),
            *map(_spelled, (figures.pace.to_order, figures.pace.to_stop, figures.pace.to_freeze)),
            figures.alone, figures.unconfirmed, figures.objections, figures.undecided, figures.upheld, *times,
        )  # fmt: skip


def _spelled(span: timedelta | None) -> int:
    """Microseconds; −1 where the step never came."""
    return -1 if span is None else span // timedelta(microseconds=1)


def _span(spelled: int) -> timedelta | None:
    return None if spelled < 0 else timedelta(microseconds=spelled)


def _figures(row: Sequence[Any]) -> CaseFigures:
    _, case, _, channel, at, unit, type_, loss, stopped, frozen, back = row[:11]
    pace, (alone, open_, objections, undecided, upheld) = Pace(*map(_span, row[11:14])), row[14:19]
    return CaseFigures(
        case, from_wire(at), unit, type_, channel, loss, stopped, frozen, back, pace, alone, open_,
        objections, undecided, upheld,
    )  # fmt: skip
