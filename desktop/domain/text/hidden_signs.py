"""Signs that are not seen: those that turn the direction of writing, and blanks without width.

They come with text copied from chats and web pages, or are put in to deceive: 张‹202E›三 looks like another name than
the one that is compared. What is typed or pasted here loses them; of what others recorded, those that turn the writing
are shown as their numbers.
"""

from __future__ import annotations

import re
from typing import Final

_TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN: Final = re.compile(rf"[{_TURNING}\u00ad\u180e\u200b\u2060-\u2064\ufeff]")
_JOINERS: Final = re.compile(
    r"(?<=[\x00-\u02ff\u3000-\u9fff])[\u200c\u200d]+(?=[\x00-\u02ff\u3000-\u9fff])"
)
"""Joiners within Arabic words and emojis shape them; between Chinese or Latin letters they are nothing."""
_TURNS: Final = re.compile(f"[{_TURNING}]")


def without_hidden(text: str) -> str:
    """``text`` less every sign that nobody sees. Once is enough: what then stands together hides nothing more."""
    return text if text.isascii() else _JOINERS.sub("", _HIDDEN.sub("", text))


def turns_direction(text: str) -> bool:
    """Whether a sign in it turns the direction of writing."""
    return not text.isascii() and _TURNS.search(text) is not None


def spelled_out(text: str) -> str:
    """``text`` with signs that turn the writing as their numbers: ``张‹202E›三``."""
    return text if text.isascii() else _TURNS.sub(_number, text)


def _number(sign: re.Match[str]) -> str:
    return f"‹{ord(sign.group()):04X}›"
