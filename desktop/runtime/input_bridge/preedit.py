"""Half a word: as fcitx 4 tells it, and as IBus does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_NO_UNDERLINE: Final = 1 << 3
"""fcitx 4 marks what has no line below; fcitx 5 took the same bit for what has one."""
_HIGHLIGHT: Final = 1 << 4
_NOT_TO_COMMIT: Final = 1 << 5
_UNDERLINE_KIND: Final = 1
_SINGLE_LINE: Final = 1
_BACKGROUND_KIND: Final = 3
_FOREGROUND_KIND: Final = 2
_DARK: Final = 0x00000000
_LIGHT: Final = 0x00FFFFFF


@dataclass(frozen=True, slots=True)
class PreeditSpan:
    """Characters from ``start`` to before ``end``, and how they look."""

    start: int
    end: int
    underlined: bool
    highlighted: bool


@dataclass(frozen=True, slots=True)
class Preedit:
    """``cursor`` counts characters. ``kept``: what stays in the field when it loses the keyboard."""

    text: str = ""
    cursor: int = 0
    spans: tuple[PreeditSpan, ...] = ()
    kept: bool = True


def read_preedit(parts: Sequence[tuple[str, int]], cursor: int) -> Preedit:
    """From pieces with their looks as fcitx 4 sends them; ``cursor`` counts octets of UTF-8."""
    text = "".join(piece for piece, _ in parts)
    spans, start = [], 0
    for piece, look in parts:
        end = start + len(piece)
        if piece:
            spans.append(PreeditSpan(start, end, not look & _NO_UNDERLINE, bool(look & _HIGHLIGHT)))
        start = end
    before = text.encode()[: max(cursor, 0)].decode("utf-8", "ignore")
    kept = not parts or any(not look & _NOT_TO_COMMIT for _, look in parts)
    return Preedit(text, len(before), tuple(spans), kept)


def ibus_text(text: str, spans: Sequence[PreeditSpan] = ()) -> tuple[str, Any]:
    """A D-Bus variant with the text as IBus serialises it."""
    looks = [look for span in spans for look in _looks(span)]
    attributes: tuple[Any, ...] = ("IBusAttrList", {}, [("(sa{sv}uuuu)", look) for look in looks])
    return "(sa{sv}sv)", ("IBusText", {}, text, ("(sa{sv}av)", attributes))


def _looks(span: PreeditSpan) -> list[tuple[str, dict[str, Any], int, int, int, int]]:
    kinds = []
    if span.underlined:
        kinds.append((_UNDERLINE_KIND, _SINGLE_LINE))
    if span.highlighted:
        kinds += [(_FOREGROUND_KIND, _LIGHT), (_BACKGROUND_KIND, _DARK)]
    return [("IBusAttribute", {}, kind, value, span.start, span.end) for kind, value in kinds]
