"""Whether a password is easily guessed: common words in pinyin and English, rows of keys, dates, the station's name.

``zxcvbn`` estimates how many guesses it takes; what is added is what it does not know of China and of this station.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.resources import resource_path

_LIST: Final = "passwords/chinese.txt"
_LOOKED_AT: Final = 256
"""Characters; a longer password is judged by its beginning, as the estimate takes ever longer."""
_HARD: Final = 4
"""The best of the five grades: more than ten thousand million guesses."""
_LONGEST_NAME: Final = 6
"""Syllables of a name that people type together."""


def is_easily_guessed(password: str, names: Iterable[str] = ()) -> bool:
    """Whether somebody who knows Chinese offices, and these names and numbers, would guess it soon.

    Raises ``WorldError("install.incomplete")`` without the list.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - a fifth of a second that no window waits for

    known = [word for name in names for word in spellings(name)]
    found = zxcvbn(password[:_LOOKED_AT], [*known, *_common()], max_length=_LOOKED_AT)
    return int(found["score"]) < _HARD


def spellings(name: str) -> Iterator[str]:
    """How a name is typed: as it is, its syllables in pinyin, those in a row, and their initials."""
    if not name.strip():
        return
    yield name
    if name.isascii():
        return
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    syllables = [one for one in lazy_pinyin(name, errors="ignore") if one.isalpha()]
    for start in range(len(syllables)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(syllables)) + 1):
            row = syllables[start:end]
            yield "".join(row)
            if len(row) > 1:
                yield "".join(one[0] for one in row)


@lru_cache(maxsize=1)
def _common() -> tuple[str, ...]:
    try:
        lines = resource_path(_LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError("install.incomplete", file=_LIST) from error
    return tuple(line for line in lines if line and not line.startswith("# "))
