"""What all known cases come to: at a station its own, at the centre those of every station."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.statistics import CaseFigures
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT, Progress
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
    """``cases``: one row a case; ``by_channel``: one row for every way its money left, which sum to the case.
    ``units``: code → name. ``at``: the instant they are of."""

    cases: tuple[CaseFigures, ...]
    by_channel: tuple[CaseFigures, ...]
    units: Mapping[str, str]
    unit_name: str
    at: datetime


def _all(_now: datetime) -> Span:
    return None, None


def read_figures(
    session: Session, progress: Progress = SILENT, span: Span = (None, None)
) -> Figures:
    """Case by case, the newest first, of every report that was accepted in a time; enquiries and warnings accuse nobody
    and are left out. Merged reports count once. What waits to be reckoned is reckoned before; the first time, that
    takes long."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    with session.store.read() as reader:
        return Figures(
            tuple(reader.figures(basis, *span, parts=False)),
            tuple(reader.figures(basis, *span, parts=True)),
        )


def read_statistics(
    session: Session, progress: Progress = SILENT, span_of: Callable[[datetime], Span] = _all
) -> Statistics:
    """Of every report that was accepted in the span of now, as :func:`read_figures`."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    figures = read_figures(session, progress, span_of(now))
    with session.store.read() as reader:
        units = {peer.card.unit_code: peer.card.unit_name for peer in reader.peers()}
    units[session.profile.unit_code] = session.profile.unit_name
    return Statistics(figures.cases, figures.by_channel, units, session.profile.unit_name, now)
