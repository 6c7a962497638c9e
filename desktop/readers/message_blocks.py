"""Where one message ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from desktop.readers.bank_finder import SENDER
from desktop.readers.token import Token

_BLANK: Final = re.compile(r"\n[ \-=_*]{0,80}\n")
_LONGEST: Final = 4000
_OPENERS: Final = "【["
_CLOSERS: Final = "】]"


def blocks(text: str, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """The messages of ``text`` as half-open ranges that cover it.

    They part at empty lines, and at the line before which, or at the end of which, a sender signs. A receipt of an app
    is one message, however many lines it has; so is a chat.
    """
    cuts = {match.end() for match in _BLANK.finditer(text)}
    for token in tokens:
        if token.role == SENDER:
            start = text.rfind("\n", 0, token.start) + 1
            stop = text.find("\n", token.end)
            stop = len(text) if stop < 0 else stop + 1
            if text[start : token.start].strip() in ("", *_OPENERS):
                cuts.add(start)
            elif text[token.end : stop].strip() in ("", *_CLOSERS):
                cuts.add(stop)
                cuts.add(start)
    edges = sorted({0, len(text), *cuts})
    return tuple(_bounded(text, edges))


def _bounded(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Longer ones are cut at a line's end, else anywhere: what is far apart does not belong together."""
    for first, stop in pairwise(edges):
        begin = first
        while stop - begin > _LONGEST:
            cut = text.rfind("\n", begin + _LONGEST // 2, begin + _LONGEST) + 1 or begin + _LONGEST
            yield begin, cut
            begin = cut
        yield begin, stop
