"""Chinese full text: an index of bigram tokens, candidates re-checked against the text itself.

Bigrams with ``detail=none`` were the smallest and fast for queries of two characters and more; a single character
is a prefix query. See docs/decisions for the measurements.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.masking import masked, masked_text
from desktop.storage.database.statements import add, run, run_among
from desktop.storage.dialects import dialect_of

_SPACE: Final = re.compile(r"[\s\-\u200b\u00a0]+")
_SEPARATOR: Final = "\x1f"
_NUMBER: Final = re.compile(r"[0-9]+x?")
"""An account, a telephone, the number of an identity card."""
_LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{12,}(?!\d)")
_MAX_QUERY: Final = 60
_KNOWN: Final = "SELECT case_id, id, text FROM search_row WHERE case_id AMONG ?"
_PLACES: Final = "SELECT case_id, id FROM search_row WHERE case_id AMONG ?"


def squeeze(text: str) -> str:
    """The form texts are compared in: NFKC, case folded, without spaces and hyphens."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


class _Letters(dict[int, int]):
    """Code point → itself where it is a letter or a digit, a low line for anything else; each is looked up once."""

    def __missing__(self, code: int) -> int:
        self[code] = found = code if chr(code).isalnum() else ord("_")
        return found


_LETTERS: Final = _Letters()


def _token(text: str) -> str:
    return text.translate(_LETTERS)


def _tokens(text: str) -> list[str]:
    # the last character of a piece stands alone, so that a query of one character finds it by prefix
    found: list[str] = []
    for piece in filter(None, map(_token, text.split(_SEPARATOR))):
        found += map(operator.add, piece, piece[1:])
        found.append(piece[-1])
    return found


def index(connection: Connection, words: Mapping[str, Iterable[str]]) -> None:
    """Make each case findable by its words."""
    wanted = {
        case: _SEPARATOR.join(filter(None, map(squeeze, some))) for case, some in words.items()
    }
    known = {case: (row, text) for case, row, text in run_among(connection, _KNOWN, wanted)}
    fresh = {case: text for case, text in wanted.items() if known.get(case, (0, ""))[1] != text}
    stale = [known[case][0] for case in fresh if case in known]
    dialect = dialect_of(connection)
    if stale:
        dialect.forget_words(connection, stale)
        run(connection, "DELETE FROM search_row WHERE id = ?", [(row,) for row in stale])
    rows = [(case, text) for case, text in fresh.items() if text]
    if rows:
        add(connection, "search_row", ("case_id", "text"), rows)
        places = run_among(connection, _PLACES, [case for case, _ in rows])
        dialect.index_words(connection, ((row, _tokens(fresh[case])) for case, row in places))


def _sought(wanted: str) -> list[str]:
    """The tokens a text that contains ``wanted`` has."""
    return [_token(wanted)] if len(wanted) == 1 else _tokens(wanted)[:-1]


def find(connection: Connection, query: str, limit: int) -> tuple[list[tuple[str, str]], int]:
    """(case, snippet) of the newest ``limit`` cases that contain every word of ``query``, and their number."""
    wanted = [squeeze(word)[:_MAX_QUERY] for word in query.split()]
    wanted = [word for word in wanted if any(letter.isalnum() for letter in word)]
    if not wanted:
        return [], 0
    tokens = {token for word in wanted for token in _sought(word)}
    rows = dialect_of(connection).with_words(connection, tokens)
    hits: list[tuple[str, str]] = []
    total = 0
    for case, text in rows:
        if all(word in text for word in wanted):
            total += 1
            if len(hits) < limit:
                hits.append((case, _snippet(text, wanted[0])))
    return hits, total


def _snippet(text: str, word: str) -> str:
    """Where the word stands; of a number no more than was asked for, as pages show numbers in part too, and no address
    beyond its county."""
    pieces = text.split(_SEPARATOR)
    part = next((piece for piece in pieces if word in piece), pieces[0])
    at = part.find(word)
    if at >= 0 and _NUMBER.fullmatch(part):
        before, after = ("…" if at else ""), ("…" if at + len(word) < len(part) else "")
        return f"{before}{word}{after}"
    shown = masked_text(_LONG_NUMBER.sub(_in_part, part))
    begin = max(shown.find(word) if word in shown else at, 0)
    begin = max(min(begin, len(shown)) - 12, 0)
    return shown[begin : begin + 48]


def _in_part(found: re.Match[str]) -> str:
    """A number within a story, whose spaces were taken out and which may stand for several."""
    return masked(found[0], head=4, tail=4)


def clear(connection: Connection) -> None:
    """Empty the index before a rebuild."""
    dialect_of(connection).clear_words(connection)
