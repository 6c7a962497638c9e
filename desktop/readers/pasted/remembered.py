"""What was found out about some words while one text is read, and forgotten with it.

Messages of one bank, and the bubbles of one chat, say the same words before other numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar

_MOST: Final = 4096
_Answer = TypeVar("_Answer")
_forgetting: Final[list[Callable[[], None]]] = []


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """``function``, which answers the same words the same way, asked once about each until :func:`forget`."""
    memory: Any = lru_cache(maxsize=_MOST)(function)
    _forgetting.append(memory.cache_clear)

    def asked(words: str) -> _Answer:
        answer: _Answer = memory(words)
        return answer

    return asked


def forget() -> None:
    """Leave no word of a text in memory."""
    for clear in _forgetting:
        clear()
