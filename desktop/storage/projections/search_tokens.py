"""What a text is found by: its characters, their pairs, four digits of a row, how it ends and what it is as a whole.

Pairs without positions were the smallest and fast; see docs/decisions for the measurements. What stands in nearly every
text, a pair of digits, tells nothing, so numbers are found by four digits in a row.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

SEPARATOR: Final = "\x1f"
"""Between the pieces of a text: names, numbers, stories."""
_SPACES: Final = r" \x00-\x1e\x7f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufffd\-"
"""What texts are compared without, spelled out: the separator is a space too, and stays between pieces."""
_SPACE: Final = re.compile(f"[{_SPACES}{SEPARATOR}]+")
_SPACE_WITHIN: Final = re.compile(f"[{_SPACES}]+")
_ROW: Final = 4
"""Digits in a row that are one token."""
_DIGITS: Final = re.compile(rf"[0-9]{{{_ROW},}}")
_ENDINGS: Final = re.compile(r"[0-9]{3}[0-9x](?=[\x1f]|\Z)")
_NUMBER: Final = re.compile(r"[0-9]{3,}[0-9x]")
_LONGEST_WHOLE: Final = 24
"""Characters of a piece that is found as a whole: a name or a number, no story."""
_LONGEST_PAIR: Final = 2


def squeeze(text: str) -> str:
    """The form texts are compared in: NFKC, case folded, without spaces, hyphens and control characters, and
    without the sign that stands for a NUL where a database takes none."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


def squeezed_pieces(texts: Iterable[str]) -> str:
    """Each of ``texts`` squeezed, with separators between them; what is empty is left out. At once, as they are many
    and short."""
    pieces = [text.replace(SEPARATOR, "\x1e") for text in texts]
    folded = unicodedata.normalize("NFKC", SEPARATOR.join(pieces)).casefold()
    return SEPARATOR.join(filter(None, _SPACE_WITHIN.sub("", folded).split(SEPARATOR)))


class _Letters(dict[int, int]):
    """Code point → itself where it is a letter or a digit, or stands between pieces, a low line for anything else; each
    is looked up once."""

    def __missing__(self, code: int) -> int:
        same = chr(code).isalnum() or chr(code) == SEPARATOR
        self[code] = found = code if same else ord("_")
        return found


_LETTERS: Final = _Letters()


def _token(text: str) -> str:
    return text.translate(_LETTERS)


def tokens_of(text: str) -> set[str]:
    """All that a squeezed text is found by."""
    pieces = [*dict.fromkeys(filter(None, _token(text).split(SEPARATOR)))]
    letters = SEPARATOR.join(pieces)  # looked through at once: pieces are many and short
    found = set(letters)
    found.update(map(operator.add, letters, letters[1:]))
    found.difference_update(piece[-1] + SEPARATOR for piece in pieces)
    found.difference_update(SEPARATOR + piece[0] for piece in pieces)
    for run in set(_DIGITS.findall(letters)):
        found.update(_rows_of(run))
    found.update(map(_end, _ENDINGS.findall(letters)))
    found.update(_whole(piece) for piece in pieces if len(piece) <= _LONGEST_WHOLE)
    found -= {SEPARATOR, "_"}
    return found


def _rows_of(run: str) -> list[str]:
    return [run[at : at + _ROW] for at in range(len(run) - _ROW + 1)]


def _end(letters: str) -> str:
    return f"{letters[-_ROW:]}_"


def _whole(letters: str) -> str:
    return f"__{letters}"


def needed(word: str) -> set[str]:
    """What every text has that contains ``word``."""
    letters = _token(word)
    if len(letters) == 1:
        return {letters}
    found: set[str] = set()
    at = 0
    for run in _DIGITS.finditer(letters):
        found.update(_pairs(letters[at : run.start() + 1]))
        found.update(_rows_of(run[0]))
        at = run.end() - 1
    found.update(_pairs(letters[at:]))
    return found


def _pairs(letters: str) -> Iterable[str]:
    return map(operator.add, letters, letters[1:])


def whole_piece(word: str) -> str | None:
    """What a text has of which ``word`` is a whole piece; None where it is too long for one."""
    return _whole(_token(word)) if len(word) <= _LONGEST_WHOLE else None


def number_end(word: str) -> str | None:
    """What a text has of which a number ends with ``word``; None for what is no end of a number, or too short."""
    return _end(word) if _NUMBER.fullmatch(word) else None


def is_sure_by_tokens(word: str) -> bool:
    """Whether a text that has what is :func:`needed` contains ``word`` for sure."""
    return len(word) <= _LONGEST_PAIR and word.isalnum()
