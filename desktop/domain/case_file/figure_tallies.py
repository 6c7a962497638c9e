"""Cases added up so that sums can be added again: a year is its months, each reckoned once. Pure.

Medians are no sums, so a tally holds every time that they are of.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from itertools import chain
from operator import add
from statistics import median
from typing import Final

from desktop.domain.case_file.statistics import CaseFigures, GroupBy, Pace, Totals
from desktop.domain.time.local_time import CHINA

_LAST_MONTH: Final = f"{MAXYEAR}-12"
_MICROSECOND: Final = timedelta(microseconds=1)
_COUNTED: Final = (
    "loss_fen", "stopped_fen", "frozen_fen", "returned_fen", "alone", "unconfirmed", "objections", "undecided",
    "upheld",
)  # fmt: skip
_TIMES: Final = ("to_order", "to_stop", "to_freeze")


@dataclass(frozen=True, slots=True)
class FigureTally:
    """``counts``: reports, then the sums in the order of :class:`Totals`; ``times``: to the first order, to the stop,
    to the freeze, in microseconds, ascending, of the cases in which that step came."""

    counts: tuple[int, ...] = (0,) * (1 + len(_COUNTED))
    times: tuple[array[int], ...] = (array("q"), array("q"), array("q"))


NO_CASES: Final = FigureTally()
Tallies = Mapping[GroupBy, Mapping[str, FigureTally]]
"""By what the rows stand for: key → its cases."""


def month_of(at: datetime) -> str:
    """The month of China's legal time, as "2026-11"."""
    try:
        local = at.astimezone(CHINA)
    except OverflowError:  # the last hours there are
        return _LAST_MONTH
    return f"{local.year:04d}-{local.month:02d}"


def month_after(month: str) -> str:
    """The one that follows."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def month_begins(month: str) -> datetime:
    """Its first instant; of what comes after the last month there is, the last one."""
    year, number = map(int, month.split("-"))
    if year > MAXYEAR:
        return datetime.max.replace(tzinfo=UTC)
    return datetime(year, number, 1, tzinfo=CHINA)


def tally(figures: Sequence[CaseFigures]) -> FigureTally:
    """Cases, or one part of each, together."""
    spans = ([getattr(item.pace, name) for item in figures] for name in _TIMES)
    times = (
        array("q", sorted(span // _MICROSECOND for span in some if span is not None))
        for some in spans
    )
    sums = (sum(getattr(item, name) for item in figures) for name in _COUNTED)
    return FigureTally((len(figures), *sums), tuple(times))


def joined(tallies: Iterable[FigureTally]) -> FigureTally:
    """Tallies of different cases together."""
    every = list(tallies)
    if len(every) == 1:
        return every[0]
    counts = NO_CASES.counts
    for item in every:
        counts = tuple(map(add, counts, item.counts))
    # each is ascending by itself, so that sorting only has to join them
    times = (
        array("q", sorted(chain.from_iterable(item.times[place] for item in every)))
        for place in range(len(_TIMES))
    )
    return FigureTally(counts, tuple(times))


def all_joined(several: Iterable[Tallies]) -> Tallies:
    """Of several times: each row together."""
    found: dict[GroupBy, dict[str, list[FigureTally]]] = {by: {} for by in GroupBy}
    for tallies in several:
        for by, rows in tallies.items():
            for key, item in rows.items():
                found[by].setdefault(key, []).append(item)
    return {by: {key: joined(items) for key, items in rows.items()} for by, rows in found.items()}


def tallies_of(cases: Iterable[CaseFigures], by_channel: Iterable[CaseFigures]) -> Tallies:
    """Cases by everything that rows can stand for; ``by_channel``: their parts by the way the money left."""
    rows: dict[GroupBy, dict[str, list[CaseFigures]]] = {by: {} for by in GroupBy}
    for item in cases:
        for by, key_of in _KEYS.items():
            rows[by].setdefault(key_of(item), []).append(item)
    for item in by_channel:
        rows[GroupBy.CHANNEL].setdefault(item.channel, []).append(item)
    return {by: {key: tally(items) for key, items in found.items()} for by, found in rows.items()}


def whole(tallies: Tallies) -> Totals:
    """All cases together."""
    return totals(joined(tallies[GroupBy.TYPE].values()))


def rows_of(tallies: Tallies, by: GroupBy) -> tuple[tuple[str, Totals], ...]:
    """(key, totals): days in their order, everything else by loss, the greatest first."""
    rows = [(key, totals(item)) for key, item in tallies[by].items()]
    if by is GroupBy.DAY:
        return tuple(sorted(rows, key=lambda row: row[0]))
    return tuple(sorted(rows, key=lambda row: (-row[1].loss_fen, -row[1].reports, row[0])))


def totals(of: FigureTally) -> Totals:
    """What is shown of a tally."""
    reports, *sums = of.counts
    named = dict(zip(_COUNTED, sums, strict=True))
    return Totals(reports, pace=_each(of, _median), slow=_each(of, _ninth_of_ten), **named)


def _each(of: FigureTally, measure: Callable[[Sequence[int]], timedelta]) -> Pace:
    """A measure of each of the three times; None where no case has it."""
    return Pace(*(measure(times) if times else None for times in of.times))


def _median(times: Sequence[int]) -> timedelta:
    return timedelta(microseconds=round(median(times)))


def _ninth_of_ten(times: Sequence[int]) -> timedelta:
    """The least that nine of ten do not exceed."""
    return timedelta(microseconds=times[-(-len(times) * 9 // 10) - 1])


def _day(item: CaseFigures) -> str:
    try:
        return item.accepted_at.astimezone(CHINA).strftime("%Y-%m-%d")
    except OverflowError:
        return item.accepted_at.strftime("%Y-%m-%d")


_KEYS: Final[Mapping[GroupBy, Callable[[CaseFigures], str]]] = {
    GroupBy.TYPE: lambda item: item.type,
    GroupBy.UNIT: lambda item: item.unit,
    GroupBy.DAY: _day,
}
