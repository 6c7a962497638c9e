"""Cells of a table that a spreadsheet opens: nothing in them runs, and no digit is lost."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_SHOWN_WHOLE: Final = 11
"""Digits that a spreadsheet shows of a number; longer ones it writes as 6.2E+18, and loses those after the 15th."""


def harmless(text: str) -> str:
    """What a spreadsheet would take for a formula has an apostrophe before it (OWASP, CSV injection)."""
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def whole_cell(text: str) -> str:
    """The same, and long digits as ``="6228480012345678903"``, which a spreadsheet keeps."""
    if text.isascii() and text.isdigit() and (len(text) > _SHOWN_WHOLE or text.startswith("0")):
        return f'="{text}"'
    return harmless(text)


def yuan_cell(fen: int) -> str:
    """``98000.00``, which a spreadsheet adds up."""
    return f"{fen // 100}.{fen % 100:02d}"
