"""Reads text of unknown encoding: UTF-8, UTF-16 and GB18030, which covers GBK and GB2312.

Nothing is replaced or guessed away: bytes that fit none of these are not text, and the viewer says so.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MAX_LINE = 2000
"""Characters of one shown line; longer lines are folded, because layout of a line costs its square."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
_PLAIN_CONTROLS = frozenset("\t\r\n\f\v\x1b")
_MAX_CONTROL_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text and the name of the encoding it was written in."""

    text: str
    encoding: str


def decode_text(data: bytes, *, whole: bool) -> DecodedText | None:
    """The text in ``data``, or None if it is none. ``whole``: the end of ``data`` is the end of the file, so a
    cut character at the end counts as an error."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, whole=whole)
    for encoding in _candidates(data):
        found = _strict(data, encoding, whole=whole)
        if found is not None:
            return found
    return None


def fold_lines(text: str) -> str:
    """``text`` with lines longer than :data:`MAX_LINE` broken."""
    if len(text) <= MAX_LINE:
        return text
    return "\n".join(line if len(line) <= MAX_LINE else _folded(line) for line in text.splitlines())


def _folded(line: str) -> str:
    return "\n".join(line[at : at + MAX_LINE] for at in range(0, len(line), MAX_LINE))


def _candidates(data: bytes) -> tuple[str, ...]:
    if b"\0" not in data:
        return ("utf-8", "gb18030")
    # Text with zero bytes and no mark can only be UTF-16: the zero halves of Latin letters and line ends.
    return (
        ("utf-16-le", "utf-16-be") if data[1::2].count(0) >= data[::2].count(0) else ("utf-16-be",)
    )


def _strict(data: bytes, encoding: str, *, whole: bool) -> DecodedText | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, whole)
    except UnicodeDecodeError:
        return None
    controls = sum(1 for letter in text if letter < " " and letter not in _PLAIN_CONTROLS)
    if controls > len(text) * _MAX_CONTROL_SHARE:
        return None
    return DecodedText(text, _NAMES[encoding])
