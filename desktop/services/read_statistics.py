"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.figure_tallies import (
    Tallies,
    all_joined,
    month_after,
    month_begins,
    rows_of,
    tallies_of,
    whole,
)
from desktop.domain.case_file.statistics import CaseFigures, GroupBy, Totals
from desktop.domain.cases.dissuasion import Dissuasions
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT, Progress
from desktop.services.calls.dissuade import dissuasions
from desktop.services.orders.reckon import reckon
from desktop.services.session import Session

Span = tuple[datetime | None, datetime | None]
"""From when until before when; None is open."""


@dataclass(frozen=True, slots=True)
class Figures:
    """``cases``: one row a case; ``by_channel``: one row for every way its money left, which sum to the case."""

    cases: tuple[CaseFigures, ...]
    by_channel: tuple[CaseFigures, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """``rows``: for everything they can stand for, (key, totals). ``units``: code → name. ``at``: the instant they are
    of."""

    total: Totals
    rows: Mapping[GroupBy, tuple[tuple[str, Totals], ...]]
    units: Mapping[str, str]
    unit_name: str
    at: datetime
    dissuasions: Dissuasions
    """Of the same span; they accuse nobody and are counted apart."""


def _all(_now: datetime) -> Span:
    return None, None


def read_figures(
    session: Session, progress: Progress = SILENT, span: Span = (None, None)
) -> Figures:
    """Case by case, the newest first, of every report that was accepted in a time; enquiries and warnings accuse nobody
    and are left out. Merged reports count once. What waits to be reckoned is reckoned before; the first time, that
    takes long."""
    session.require(Permission.READ_CASES)
    return _read(session, reckon(session, progress), span)


def read_statistics(
    session: Session, progress: Progress = SILENT, span_of: Callable[[datetime], Span] = _all
) -> Statistics:
    """Of every report that was accepted in the span of now, as :func:`read_figures`. Whole months are added up once,
    until a case of theirs comes to something else."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    now = session.clock.now()
    tallies = all_joined(_tallies(session, basis, span_of(now), progress))
    with session.store.read() as reader:
        units = {peer.card.unit_code: peer.card.unit_name for peer in reader.peers()}
    units[session.profile.unit_code] = session.profile.unit_name
    rows = {by: rows_of(tallies, by) for by in GroupBy}
    apart = dissuasions(session, *span_of(now))
    return Statistics(whole(tallies), rows, units, session.profile.unit_name, now, apart)


def _read(session: Session, basis: int, span: Span) -> Figures:
    with session.store.read() as reader:
        return Figures(
            tuple(reader.figures(basis, *span, parts=False)),
            tuple(reader.figures(basis, *span, parts=True)),
        )


def _tallies(session: Session, basis: int, span: Span, progress: Progress) -> Iterator[Tallies]:
    """The months of a span, and what is of it in a month that is not whole in it."""
    with session.store.read() as reader:
        months = reader.figure_months(basis, *span)
        inside = {month for month in months if _parts(month, span) == _parts(month, (None, None))}
        summed = reader.figure_sums(basis, inside)
    yield from summed.values()
    missing = sorted(inside - summed.keys())
    mark = ""
    if missing:
        with session.store.write() as transaction:
            mark = transaction.begin_sums(basis, missing)
    for month in months:
        if month in summed:
            continue
        progress.check()
        figures = _read(session, basis, _parts(month, span))
        tallies = tallies_of(figures.cases, figures.by_channel)
        if month in inside:
            with session.store.write() as transaction:
                transaction.keep_sums(basis, mark, month, tallies)
        yield tallies


def _parts(month: str, span: Span) -> tuple[datetime, datetime]:
    """The part of a month that is in a span."""
    since, before = span
    first, last = month_begins(month), month_begins(month_after(month))
    return (
        max(first, since) if since is not None else first,
        min(last, before) if before is not None else last,
    )
