"""Places where a long word may break: paths, digests and web addresses have no blanks."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = "\u200b"
"""Zero width space: takes no room and shows only as the end of a line."""
_LONG_WORD: Final = re.compile(r"[!-\u2e7f]{25,}")
"""Up to the scripts of East Asia, which break anywhere; longer than the words of prose."""
_PIECE: Final = re.compile(r"[^/\\]{1,24}[/\\]?|[/\\]")


def breakable(text: str) -> str:
    """The same text; a word of more than 24 characters may break after each folder and each 24 characters."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), text)


def unbroken(text: str) -> str:
    """The text without the breaks."""
    return text.replace(_BREAK, "")
