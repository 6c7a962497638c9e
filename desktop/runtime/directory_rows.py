"""Whether the rows of packed tables are what their readers expect: asked once, when a pack is taken in."""

from __future__ import annotations

import sys
from array import array

from desktop.domain.directories import CardKind
from desktop.domain.errors import WorldError


def check_rows(*, cards: bytes, divisions: bytes, segments: bytes, dense: bytes) -> None:
    """Raise ``WorldError("directory.damaged", name=…)`` for the first table with a row no reader could take."""
    name = "cards"
    try:
        sound = all(map(_card, cards.decode().splitlines()))
        if sound:
            name = "divisions"
            sound = all(map(_division, divisions.decode().splitlines()))
        if sound:
            name = "mobile"
            sound = _mobile(segments.decode().splitlines(), dense)
    except ValueError:
        sound = False
    if not sound:
        raise WorldError("directory.damaged", name=name)


def _card(line: str) -> bool:
    prefix, length, kind, bank, _rival = line.split("\t")
    return prefix.isdigit() and 10 <= int(length) <= 30 and bool(CardKind(kind)) and bool(bank)


def _division(line: str) -> bool:
    code, until, path, _former = line.split("\t")
    return len(code) == 6 and (until in ("-", "?") or until.isdigit()) and bool(path)


def _mobile(lines: list[str], dense: bytes) -> bool:
    """Every number in the dense table, little-endian, is that of a line, or 0 for none."""
    numbers = array("H", dense)
    if sys.byteorder == "big":
        numbers.byteswap()
    return max(numbers, default=0) <= len(lines) and all(line.count("\t") == 4 for line in lines)
