"""Finding cases by what is typed: every word of it, the best hits first.

A case of which a name or a number is exactly a word comes first, then one with a number that ends with it, then those
that mention it; the newest first within each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy.engine import Connection

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.case_file.views import CaseHit, CaseHits, HitCount
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.masking import masked, masked_text
from desktop.domain.time.clock import to_wire
from desktop.storage.database.statements import run, run_among
from desktop.storage.dialects import dialect_of
from desktop.storage.projections.filter_tokens import tokens_asked
from desktop.storage.projections.search import first_number, number_behind
from desktop.storage.projections.search_tokens import (
    SEPARATOR,
    is_sure_by_tokens,
    needed,
    number_end,
    squeeze,
    whole_piece,
)

COUNTED: Final = 1000
"""Hits that are counted; of more nobody looks at the number."""
_ALL: Final = 2**53
"""More cases than there are; a database knows no number of any size."""
_NUMBER: Final = re.compile(r"[0-9]+x?")
"""An account, a telephone, the number of an identity card."""
_LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{12,}(?!\d)")
_LONGEST_WORD: Final = 60
_BEFORE: Final = 12
_SHOWN: Final = 48


_NOTHING: Final = CaseHits(())
_CARDS: Final = "SELECT case_id, number, victim, type, loss_fen, state, visit FROM case_card WHERE case_id AMONG ?"


def words_of(query: str) -> list[str]:
    """What is looked for, squeezed as texts are; what holds no letter and no digit is left out. Nothing where half a
    character is asked for, which stands in no text."""
    words = [squeeze(word)[:_LONGEST_WORD] for word in query.split()]
    if not all(map(_is_writable, words)):
        return []
    return [word for word in words if any(letter.isalnum() for letter in word)]


def find(connection: Connection, query: str, limit: int, only: CaseFilter = ANY_CASE) -> CaseHits:
    """The best ``limit`` cases that contain every word of ``query`` and pass ``only``."""
    words = words_of(query)
    if not words or limit < 1:
        return _NOTHING
    limit = min(limit, _ALL)
    asked = _WordSearch(connection, words, only)
    hits: dict[str, str] = {}
    for kind in (_whole(connection, words), _ending(connection, words), _ANYHOW):
        if kind is not None and len(hits) <= limit:
            for case, text in asked.best(kind, limit + 1):
                hits.setdefault(case, text)
    first = dict(islice(hits.items(), limit))
    cards = {row.case_id: row for row in run_among(connection, _CARDS, first)}
    shown = tuple(_hit(cards[case], *_snippet(text, words)) for case, text in first.items())
    return CaseHits(shown, len(hits) > limit)


def count_found(connection: Connection, query: str, only: CaseFilter = ANY_CASE) -> HitCount:
    """How many :func:`find` would find."""
    words = words_of(query)
    if not words:
        return HitCount(0)
    count = _WordSearch(connection, words, only).count()
    return HitCount(min(count, COUNTED), count > COUNTED)


def _is_writable(word: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in word)


def _hit(card: Any, snippet: str, marks: tuple[tuple[int, int], ...]) -> CaseHit:
    return CaseHit(
        CaseId(card.case_id), card.number, card.victim, card.type, card.loss_fen,
        CaseState(card.state), snippet, card.visit, marks,
    )  # fmt: skip


class _Kind(NamedTuple):
    """Hits of one kind: what their text has one of, and a condition on the text for sure."""

    tokens: tuple[str, ...] = ()
    condition: str = ""
    parameters: tuple[str, ...] = ()


_ANYHOW: Final = _Kind()


def _kind(connection: Connection, column: str, words: Mapping[str, str]) -> _Kind | None:
    """``words``: token → what ``column`` then contains."""
    if not words:
        return None
    contains = dialect_of(connection).contains(column)
    return _Kind(tuple(words), " OR ".join([contains] * len(words)), tuple(words.values()))


def _whole(connection: Connection, words: Sequence[str]) -> _Kind | None:
    """Of which a word is a whole piece."""
    found = {whole_piece(word): f"{SEPARATOR}{word}{SEPARATOR}" for word in words}
    wanted = {token: word for token, word in found.items() if token is not None}
    return _kind(connection, f"'{SEPARATOR}' || r.text || '{SEPARATOR}'", wanted)


def _ending(connection: Connection, words: Sequence[str]) -> _Kind | None:
    """Of which a number ends with a word."""
    found = {number_end(word): f"{word}{SEPARATOR}" for word in words}
    wanted = {token: word for token, word in found.items() if token is not None}
    return _kind(connection, f"r.text || '{SEPARATOR}'", wanted)


class _WordSearch:
    """The questions of one search, which differ in the kind of hits."""

    def __init__(self, connection: Connection, words: Sequence[str], only: CaseFilter) -> None:
        self._connection = connection
        self._tokens = {token for word in words for token in needed(word)}
        self._words = [word for word in words if not is_sure_by_tokens(word)]
        self._tokens |= tokens_asked(only)
        self._days, self._of_days = _days(only, dialect_of(connection).words_number)

    def best(self, kind: _Kind, limit: int) -> Sequence[Any]:
        """(case, text) of the newest of a kind."""
        condition, parameters = self._where(kind)
        dialect = dialect_of(self._connection)
        query = (
            f"SELECT r.case_id, r.text {dialect.words_from} WHERE {condition} "
            f"ORDER BY {dialect.words_number} DESC LIMIT ?"
        )
        return run(self._connection, query, (*parameters, limit)).fetchall()

    def count(self) -> int:
        """How many there are; one more than :data:`COUNTED` for however many more."""
        condition, parameters = self._where(_ANYHOW)
        words = dialect_of(self._connection).words_from
        query = f"SELECT count(*) FROM (SELECT 1 {words} WHERE {condition} LIMIT ?) AS f"  # noqa: S608 - own names
        return int(run(self._connection, query, (*parameters, COUNTED + 1)).scalar_one())

    def _where(self, kind: _Kind) -> tuple[str, tuple[Any, ...]]:
        dialect = dialect_of(self._connection)
        match, parameters = dialect.with_tokens(self._tokens, kind.tokens)
        conditions = [match, *self._days, *[dialect.contains("r.text")] * len(self._words)]
        if kind.condition:
            conditions.append(f"({kind.condition})")
        given = (*parameters, *self._of_days, *self._words, *kind.parameters)
        return " AND ".join(conditions), given


def _days(only: CaseFilter, number: str) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Conditions on when a case was accepted: the numbers of the index follow it, but for a few that lean."""
    conditions: list[str] = []
    given: list[Any] = []
    if only.since is not None:
        since = to_wire(only.since)
        conditions += [f"{number} >= ?", "r.accepted_at >= ?"]
        given += [first_number(since), since]
    if only.before is not None:
        before = to_wire(only.before)
        conditions += [f"{number} < ?", "r.accepted_at < ?"]
        given += [number_behind(before), before]
    return tuple(conditions), tuple(given)


def _snippet(text: str, words: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Where the first word stands; of a number no more than was asked for, as pages show numbers in part too, and no
    address beyond its county."""
    word = words[0]
    pieces = text.split(SEPARATOR)
    part = next((piece for piece in pieces if word in piece), pieces[0])
    at = part.find(word)
    if at >= 0 and _NUMBER.fullmatch(part):
        before, after = ("…" if at else ""), ("…" if at + len(word) < len(part) else "")
        return f"{before}{word}{after}", ((len(before), len(before) + len(word)),)
    shown = masked_text(_LONG_NUMBER.sub(_in_part, part))
    begin = max(shown.find(word) if word in shown else at, 0)
    begin = max(min(begin, len(shown)) - _BEFORE, 0)
    shown = shown[begin : begin + _SHOWN]
    return shown, _marks(shown, words)


def _marks(shown: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand, without overlaps."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return tuple(found.span() for found in re.finditer("|".join(longest), shown))


def _in_part(found: re.Match[str]) -> str:
    """A number within a story, whose spaces were taken out and which may stand for several."""
    return masked(found[0], head=4, tail=4)
