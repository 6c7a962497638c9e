"""The boxes of a file of the family ISO/IEC 14496-12, and the numbers in them. Nothing is decoded here."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MOST_BOXES: Final = 20_000
_WHOLE_REST: Final = 0
_LONG: Final = 1


class HeifError(ValueError):
    """What is cut, wrong, or beyond what any telephone writes."""


@dataclass(frozen=True, slots=True)
class HeifBox:
    """``start`` and ``end`` of what is inside, in octets of the file."""

    kind: bytes
    start: int
    end: int


def boxes(data: bytes, start: int, end: int) -> Iterator[HeifBox]:
    """The boxes side by side in ``data[start:end]``; raises :class:`HeifError` for one that does not fit."""
    for _count in range(_MOST_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == _LONG:
            if start + 16 > end:
                raise HeifError("size")
            (size,), head = struct.unpack_from(">Q", data, start + 8), 16
        elif size == _WHOLE_REST:
            size = end - start
        if size < head or start + size > end:
            raise HeifError("size")
        yield HeifBox(kind, start + head, start + size)
        start += size
    raise HeifError("boxes")


class Numbers:
    """Reads numbers of ``data`` from ``at`` on, most significant octet first, never beyond ``end``."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data = data
        self.at = at
        self._end = end

    def take(self, octets: int) -> int:
        """The next number of so many octets; none is 0."""
        return int.from_bytes(self.raw(octets), "big")

    def raw(self, octets: int) -> bytes:
        """The next octets."""
        if self.at + octets > self._end:
            raise HeifError("cut")
        found = self._data[self.at : self.at + octets]
        self.at += octets
        return found

    def full(self) -> tuple[int, int]:
        """Version and flags of a full box."""
        return self.take(1), self.take(3)
