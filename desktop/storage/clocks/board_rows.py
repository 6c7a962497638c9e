"""The cards of the board as rows, written whenever the clocks of their case were reckoned.

Times are milliseconds since 1970; an end there is not is long ago, as everywhere in these tables. A row counts from
``since`` until ``until``, between which the money of its case stays where it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.dispositions import MoneySums
from desktop.services.ports.database.board_rows import CardClocks, ReckonedCard
from desktop.storage.clocks.case_clocks import first_clocks, onward_clocks
from desktop.storage.clocks.row_counts import RowCounts, change_counts, taken
from desktop.storage.columns import bounded, columns_of, fitting
from desktop.storage.database.statements import add, run_among
from desktop.storage.reckoned_tables import board_row
from desktop.storage.reckoning.milliseconds import milliseconds, or_far, or_long_ago

_COLUMNS: Final = columns_of(board_row)
_OF_CASES: Final = "DELETE FROM board_row WHERE basis = ? AND case_id AMONG ?"
CARDS: Final = "cards"
"""As what they are counted: by their state and type, which stand one behind the other in a row."""
_KINDS: Final = slice(_COLUMNS.index("state"), _COLUMNS.index("type") + 1)
_SUMS: Final = (
    "SELECT case_id, held, frozen, lapsed FROM board_row WHERE basis = ? AND case_id AMONG ?"
)


def keep_cards(
    connection: Connection, basis: int, cases: Collection[str], cards: Iterable[ReckonedCard]
) -> None:
    """Put ``cards`` in the place of all that is kept of these cases."""
    rows = [(basis, *_row(card)) for card in cards]
    gone = taken(connection, _OF_CASES, cases, basis, ("state", "type"))
    add(connection, board_row.name, _COLUMNS, rows)
    change_counts(connection, basis, _counts(gone), _counts(row[_KINDS] for row in rows))


def _counts(rows: Iterable[tuple[str, str]]) -> RowCounts:
    return Counter((CARDS, state, type_) for state, type_ in rows)


def _row(reckoned: ReckonedCard) -> tuple[Any, ...]:
    card, ends, sums = reckoned.card, reckoned.ends, reckoned.sums
    holder, letter = card.holder, card.desk_letter
    offer = holder.offer if holder is not None else None
    accepted, loss = milliseconds(card.accepted_at), bounded(card.loss_fen)
    onward, golden, stop = map(or_long_ago, (ends.onward, ends.golden, ends.stop))
    return (
        card.id, card.state.value, fitting(card.type), card.officer, fitting(card.desk) if letter else "", letter,
        fitting(offer.device) if offer is not None else "", fitting(card.victim), fitting(card.number),
        f"{card.victim}\n{card.number}".casefold(), int(bool(letter) and holder is not None), accepted, -accepted,
        loss, -loss, card.evidence_count, card.order_count, onward, golden, stop, -stop,
        int(ends.shown_late), int(reckoned.waits), *map(bounded, (sums.held_fen, sums.frozen_fen, sums.lapsed_fen)),
        bounded(sums.stopped_fen), or_long_ago(reckoned.since), or_far(reckoned.until),
    )  # fmt: skip


def card_clocks(
    connection: Connection, basis: int, cases: Collection[CaseId], now: datetime
) -> Mapping[CaseId, CardClocks]:
    """See :meth:`desktop.services.ports.database.board_rows.BoardQueries.card_clocks`."""
    first = {clock.case: clock.deadline for clock in first_clocks(connection, basis, cases, now)}
    onward: defaultdict[CaseId, tuple[Deadline, ...]] = defaultdict(tuple)
    for clock in onward_clocks(connection, basis, cases, now):
        onward[clock.case] += (clock.deadline,)
    return {
        row[0]: CardClocks(
            MoneySums(held_fen=row[1], frozen_fen=row[2], lapsed_fen=row[3]),
            first.get(row[0]),
            onward[row[0]],
        )
        for row in run_among(connection, _SUMS, cases, (basis,))
    }
