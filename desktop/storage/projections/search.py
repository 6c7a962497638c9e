"""Making cases findable: the text of each, and an index of the tokens it is found by.

The number of a text follows from when its case was accepted, so that the index gives the newest first by itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from desktop.domain.time.clock import from_wire
from desktop.storage.database.statements import run, run_among
from desktop.storage.dialects import dialect_of
from desktop.storage.projections.search_tokens import squeezed_pieces, tokens_of

_KNOWN: Final = (
    "SELECT case_id, id, accepted_at, text, chosen_by FROM search_row WHERE case_id AMONG ?"
)
_TAKEN: Final = "SELECT id FROM search_row WHERE id AMONG ?"
_COLUMNS: Final = {
    "id": "bigint",
    "case_id": "text",
    "accepted_at": "text",
    "text": "text",
    "chosen_by": "text",
}
_FIRST_INSTANT: Final = datetime(1, 1, 1, tzinfo=UTC)
_SLOT_BITS: Final = 4
"""Of the number within a second; of more cases than that in one second some lean into those behind."""
_WIDEST: Final = 6


class Findable(NamedTuple):
    """What a case is found by. One that was not accepted, as parts may come before their report, is not found."""

    accepted_at: str
    words: Iterable[str]
    chosen_by: str
    """Tokens with blanks between (:mod:`desktop.storage.projections.filter_tokens`)."""


class _Stands(NamedTuple):
    """The row of a case without its number."""

    at: str
    text: str
    chosen_by: str


_NOTHING: Final = _Stands("", "", "")


def index(connection: Connection, cases: Mapping[str, Findable]) -> None:
    """Make each case findable by its words, where anybody will look for it."""
    if connection.get_execution_options().get("without_search"):
        return
    wanted = {
        case: _Stands(found.accepted_at, squeezed_pieces(found.words), found.chosen_by)
        for case, found in cases.items()
    }
    known = {
        case: (row, _Stands(*stands))
        for case, row, *stands in run_among(connection, _KNOWN, wanted)
    }
    fresh = {
        case: stands
        for case, stands in wanted.items()
        if known.get(case, (0, _NOTHING))[1] != stands
    }
    stale = [known[case][0] for case in fresh if case in known]
    if stale:
        dialect_of(connection).forget_words(connection, stale)
        run(connection, "DELETE FROM search_row WHERE id = ?", [(row,) for row in stale])
    texts = {case: row for case, row in fresh.items() if row.at and row.text}
    _add(
        connection,
        texts,
        lambda case: " ".join((*tokens_of(texts[case].text), texts[case].chosen_by)),
    )


def add_all(
    connection: Connection, found: Sequence[tuple[str, str, str, str, str]], *, by_words: bool
) -> None:
    """Make cases findable that are not yet: case, when it was accepted, text, by what it is chosen, and all its tokens
    with blanks between. Without ``by_words`` nothing finds them by these, which take longer than all other rows."""
    texts = {row[0]: _Stands(*row[1:-1]) for row in found}
    if by_words:
        _add(connection, texts, {row[0]: row[-1] for row in found}.__getitem__)
    else:
        _number(connection, texts)


def _add(
    connection: Connection,
    texts: Mapping[str, _Stands],
    tokens: Callable[[str], str],
) -> None:
    numbers = _number(connection, texts)
    if numbers:
        found = ((row, tokens(case)) for case, row in numbers.items())
        dialect_of(connection).index_words(connection, found)


def _number(connection: Connection, texts: Mapping[str, _Stands]) -> dict[str, int]:
    """Add each case, by when it was accepted and its text, under a free number of that time; the numbers, ascending.
    Who takes a number at the same time elsewhere has it: here the next free one is taken."""
    numbers: dict[int, str] = {}
    dialect = dialect_of(connection)
    waiting = {case: first_number(stands.at) for case, stands in texts.items()}
    for attempt in count():
        if not waiting:
            break
        wide = 1 << _SLOT_BITS * min(attempt + 1, _WIDEST)
        asked = {
            case: first + zlib.crc32(f"{attempt}/{case}".encode()) % wide
            for case, first in waiting.items()
        }
        taken = {row[0] for row in run_among(connection, _TAKEN, [*asked.values()])}
        free: dict[int, str] = {}
        for case, number in sorted(asked.items(), key=lambda item: item[1]):
            if number not in taken:
                free.setdefault(number, case)
        rows = [(number, case, *texts[case]) for number, case in free.items()]
        added = dialect.add_numbered(connection, "search_row", _COLUMNS, rows) if rows else ()
        for number in added:
            numbers[number] = free[number]
            del waiting[free[number]]
    return {case: number for number, case in sorted(numbers.items())}


def first_number(at: str) -> int:
    """No text accepted at this instant or later has a number below; texts of before may have leant into it."""
    return int((from_wire(at) - _FIRST_INSTANT).total_seconds()) << _SLOT_BITS


def number_behind(at: str) -> int:
    """No text accepted before this instant has this number or one above it."""
    return first_number(at) + (1 << _SLOT_BITS * _WIDEST)


def clear(connection: Connection) -> None:
    """Empty the index before a rebuild."""
    dialect_of(connection).clear_words(connection)
