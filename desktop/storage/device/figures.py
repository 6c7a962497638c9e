"""The figures of cases as they were reckoned last, and the cases whose figures are due.

Where the money of a case is takes rules and half a millisecond to say; of a hundred thousand cases nobody waits for it
twice. Whatever makes the rows of a case anew makes its figures due. They count from one instant until another at which
a measure begins or ends, and for the rules by which they were reckoned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.statistics import CaseFigures, Pace, ReckonedFigures
from desktop.domain.ids import CaseId
from desktop.domain.time.clock import from_wire, to_wire
from desktop.storage.database.statements import add, drop_among, run, run_among
from desktop.storage.dialects import dialect_of

_RULES: Final = "rules"
_COLUMNS: Final = (
    "case_id", "part", "channel", "accepted_at", "unit", "type", "loss_fen", "stopped_fen", "frozen_fen",
    "returned_fen", "to_order", "to_stop", "to_freeze", "alone", "unconfirmed", "objections", "undecided",
    "upheld", "since", "until",
)  # fmt: skip
_MAKE_DUE: Final = (
    "INSERT INTO figures_due (case_id) SELECT name FROM EACH ? WHERE 1 = 1 ON CONFLICT DO NOTHING"
)
_ALL_DUE: Final = "INSERT INTO figures_due (case_id) SELECT case_id FROM case_card WHERE 1 = 1 ON CONFLICT DO NOTHING"
_RUN_OUT: Final = (
    "INSERT INTO figures_due (case_id) SELECT case_id FROM figures_row "
    "WHERE part = 0 AND ((until <> '' AND until <= ?) OR since > ?) ON CONFLICT DO NOTHING"
)
_HAS_RUN_OUT: Final = (
    "SELECT EXISTS (SELECT 1 FROM figures_row WHERE part = 0 AND until <> '' AND until <= ?) "
    "OR EXISTS (SELECT 1 FROM figures_row WHERE part = 0 AND since > ?)"
)
_READ: Final = (
    f"SELECT {', '.join(_COLUMNS)} FROM figures_row WHERE part = ? AND accepted_at >= ? AND accepted_at < ? "  # noqa: S608 - own names
    "ORDER BY accepted_at DESC, case_id DESC, channel"
)
_DUE: Final = "SELECT case_id FROM figures_due ORDER BY case_id LIMIT ?"
_TYPES: Final = (
    "SELECT case_id, type FROM case_card WHERE lead_id IN "
    "(SELECT lead_id FROM case_card WHERE case_id AMONG ?)"
)
_MOST_FEN: Final = 2**53 - 1
_FIRST: Final = ""
_LAST: Final = "~"
"""Before and behind every time as it is written."""


def make_due(connection: Connection, cases: Collection[str]) -> None:
    """Something was recorded of these cases."""
    if cases:
        several = dialect_of(connection).several(sorted(cases))
        run(connection, _MAKE_DUE, (several,))


def forget(connection: Connection) -> None:
    """All are due, as their rows are made anew."""
    run(connection, "DELETE FROM figures_row")
    run(connection, "DELETE FROM figures_due")


def look_for_due(connection: Connection, rules: str, now: datetime) -> None:
    """Make due what was reckoned by other rules, or for another time than ``now``."""
    known = run(connection, "SELECT told FROM figures_mark WHERE name = ?", (_RULES,)).scalar()
    if known != rules:
        run(connection, "DELETE FROM figures_mark")
        run(connection, "INSERT INTO figures_mark (name, told) VALUES (?, ?)", (_RULES, rules))
        run(connection, _ALL_DUE)
    run(connection, _RUN_OUT, (to_wire(now), to_wire(now)))


def are_due(connection: Connection, rules: str, now: datetime) -> bool:
    """Whether :func:`look_for_due` would find any, or there are some."""
    known = run(connection, "SELECT told FROM figures_mark WHERE name = ?", (_RULES,)).scalar()
    if known != rules or due(connection, 1):
        return True
    return bool(run(connection, _HAS_RUN_OUT, (to_wire(now), to_wire(now))).scalar())


def due(connection: Connection, limit: int) -> Mapping[CaseId, str]:
    """Some cases whose figures are due, with those they are merged with, and the type of each; "" where it has none or
    is not known here."""
    asked = run(connection, _DUE, (limit,)).scalars()
    found = dict.fromkeys(map(CaseId, asked), "")
    types = run_among(connection, _TYPES, found)
    return found | {CaseId(case): type_ for case, type_ in types}


def keep(
    connection: Connection, cases: Collection[CaseId], found: Sequence[ReckonedFigures]
) -> None:
    """Keep what was reckoned of ``cases``; those of which nothing was found have no figures."""
    for table in ("figures_row", "figures_due"):
        drop_among(connection, f"DELETE FROM {table} WHERE case_id AMONG ?", cases)  # noqa: S608 - own names
    add(connection, "figures_row", _COLUMNS, [row for item in found for row in _rows(item)])


def read(
    connection: Connection, since: datetime | None, before: datetime | None, *, parts: bool
) -> Iterator[CaseFigures]:
    """Of cases that were accepted in a time, the newest first; ``parts``: by the ways their money left."""
    first = to_wire(since) if since is not None else _FIRST
    last = to_wire(before) if before is not None else _LAST
    return map(_figures, run(connection, _READ, (int(parts), first, last)).fetchall())


def _rows(found: ReckonedFigures) -> Iterator[tuple[Any, ...]]:
    times = tuple(to_wire(at) if at is not None else "" for at in (found.since, found.until))
    for part, figures in ((0, found.whole), *((1, item) for item in found.parts)):
        yield (
            figures.case, part, figures.channel, to_wire(figures.accepted_at), figures.unit, figures.type,
            *map(_bounded, (figures.loss_fen, figures.stopped_fen, figures.frozen_fen, figures.returned_fen)),
            *map(_spelled, (figures.pace.to_order, figures.pace.to_stop, figures.pace.to_freeze)),
            figures.alone, figures.unconfirmed, figures.objections, figures.undecided, figures.upheld, *times,
        )  # fmt: skip


def _bounded(fen: int) -> int:
    """What a column holds, as a thousand absurd amounts of one bundle may be more."""
    return max(min(fen, _MOST_FEN), -_MOST_FEN)


def _spelled(span: timedelta | None) -> int:
    """Microseconds; −1 where the step never came."""
    return -1 if span is None else span // timedelta(microseconds=1)


def _span(spelled: int) -> timedelta | None:
    return None if spelled < 0 else timedelta(microseconds=spelled)


def _figures(row: Sequence[Any]) -> CaseFigures:
    case, _, channel, at, unit, type_, loss, stopped, frozen, back = row[:10]
    pace, (alone, open_, objections, undecided, upheld) = Pace(*map(_span, row[10:13])), row[13:18]
    return CaseFigures(
        case, from_wire(at), unit, type_, channel, loss, stopped, frozen, back, pace, alone, open_,
        objections, undecided, upheld,
    )  # fmt: skip
