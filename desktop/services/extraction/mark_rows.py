"""Rows of a statement that look like the payments of a case: offered to the eye, never taken by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.cases.form_facts import amount_of
from desktop.domain.cases.intake import TransferText
from desktop.domain.evidence.place import place_from_text
from desktop.domain.identifiers.plain import clean_number
from desktop.domain.ids import EvidenceId
from desktop.domain.statements.statement import StatementRow
from desktop.domain.time.local_time import read_time
from desktop.services.extraction.statement_transfers import came_in

_SAME: Final = timedelta(seconds=90)
"""A bank books a payment within the minute or two after it was made."""
_NEAR: Final = timedelta(minutes=30)
"""People in distress tell a time to the half hour."""
_DAYS: Final = timedelta(days=3)
"""An amount that was told is looked for that far from the day that was told."""


class RowMark(StrEnum):
    """``RECORDED``: it is a transfer of the case already. ``LIKELY``: near the time or of the amount that was told."""

    RECORDED = "recorded"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class _Known:
    row: int
    numbers: frozenset[str]
    time: datetime | None
    fen: int | None


def mark_rows(
    rows: Iterable[StatementRow],
    known: Sequence[TransferText],
    evidence: EvidenceId,
    now: datetime,
) -> Mapping[int, RowMark]:
    """Row number → mark; rows that look like nothing known are left out."""
    entered = [_known(item, evidence, now) for item in known if not item.is_blank()]
    if not entered:
        return {}
    found: dict[int, RowMark] = {}
    met: set[int] = set()
    close: list[tuple[timedelta, int, int]] = []
    for row in rows:
        named = [place for place, known in enumerate(entered) if _names(row, known)]
        if named:
            found[row.row] = RowMark.RECORDED
            met.update(named)
        elif not came_in(row):
            if any(_resembles(row, known) for known in entered):
                found[row.row] = RowMark.LIKELY
            close += ((gap, row.row, place) for gap, place in _close(row, entered))
    for _, number, place in sorted(close):  # a payment is one row: that nearest to it in time
        if place not in met and found[number] is RowMark.LIKELY:
            found[number] = RowMark.RECORDED
            met.add(place)
    return found


def _known(item: TransferText, evidence: EvidenceId, now: datetime) -> _Known:
    place = place_from_text(item.origin)
    row = place.row if place is not None and place.evidence == evidence else 0
    numbers = {clean_number(item.order_number), clean_number(item.serial)} - {""}
    return _Known(row, frozenset(numbers), read_time(item.time, now), amount_of(item.amount))


def _names(row: StatementRow, known: _Known) -> bool:
    return known.row == row.row or row.reference in known.numbers


def _close(row: StatementRow, entered: Sequence[_Known]) -> Iterator[tuple[timedelta, int]]:
    """How far off, and the places of, payments of that sum at the time of the row."""
    for place, known in enumerate(entered):
        gap = _apart(row, known)
        if _same_sum(row, known) and gap is not None and gap <= _SAME:
            yield gap, place


def _resembles(row: StatementRow, known: _Known) -> bool:
    gap = _apart(row, known)
    near = gap is not None and gap <= _NEAR
    return near or (_same_sum(row, known) and (gap is None or gap <= _DAYS))


def _apart(row: StatementRow, known: _Known) -> timedelta | None:
    return abs(row.time - known.time) if row.time and known.time else None


def _same_sum(row: StatementRow, known: _Known) -> bool:
    return known.fen is not None and known.fen == row.amount_fen
