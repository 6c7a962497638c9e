"""A small reader of CBOR (RFC 8949), enough for the claims of content credentials, with bounds."""

from __future__ import annotations

import struct
from typing import Any, Final

_DEEPEST: Final = 24
_MOST_ITEMS: Final = 20_000


class NotCborError(ValueError):
    """It is cut, wrong, or of a kind that claims do not use."""


def read_cbor(data: bytes) -> Any:
    """The first item. Tags are dropped. Raises ``NotCborError``."""
    return _CborReader(data).item(0)


class _CborReader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._items = 0

    def item(self, depth: int) -> Any:
        self._items += 1
        if depth > _DEEPEST or self._items > _MOST_ITEMS:
            raise NotCborError
        first = self._take(1)[0]
        major, short = first >> 5, first & 31
        if major == 7:
            return self._simple(short)
        number = self._number(short)
        if major in (0, 1):
            return number if major == 0 else -1 - number
        if major == 2:
            return self._take(number)
        if major == 3:
            return self._take(number).decode("utf-8", "replace")
        return self._compound(major, number, depth)

    def _compound(self, major: int, number: int, depth: int) -> Any:
        if major == 4:
            return [self.item(depth + 1) for _ in range(self._bounded(number))]
        if major == 5:
            pairs = (
                (self.item(depth + 1), self.item(depth + 1)) for _ in range(self._bounded(number))
            )
            return {_key(key): value for key, value in pairs}
        return self.item(depth + 1)

    def _bounded(self, number: int) -> int:
        if number > len(self._data) - self._at:
            raise NotCborError
        return number

    def _number(self, short: int) -> int:
        if short < 24:
            return short
        size = {24: 1, 25: 2, 26: 4, 27: 8}.get(short)
        if size is None:
            raise NotCborError
        return int.from_bytes(self._take(size), "big")

    def _simple(self, short: int) -> Any:
        if short in (20, 21):
            return short == 21
        if short in (25, 26, 27):
            code, size = {25: ("e", 2), 26: ("f", 4), 27: ("d", 8)}[short]
            return struct.unpack(f">{code}", self._take(size))[0]
        return None

    def _take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise NotCborError
        self._at += count
        return part


def _key(key: Any) -> Any:
    return key if isinstance(key, (str, int, bytes)) else str(key)
