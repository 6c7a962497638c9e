"""Whether a compound file (xls) is as large as it says: asked before any library opens one.

Its sectors are chained by tables that say which sector follows which. A library that believes a damaged table reserves
two terabytes for sector 4,294,967,295 or walks a ring for ever, and neither can be caught. Format: [MS-CFB].
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 512
_IN_HEAD: Final = 109
"""Places of tables that stand in the header itself."""
_SECTORS: Final = {9: 512, 12: 4096}
"""Octets of a sector, by the shift in the header."""
_SMALL: Final = 64
_CUTOFF: Final = 4096
"""Shorter streams lie in small sectors, within the stream of the root."""
_ENTRY: Final = 128
_NO_SECTOR: Final = 0xFFFFFFFA
"""Numbers from here on are marks."""
_NO_TABLE: Final = 0xFFFFFFFC
"""Numbers from here on say that a place of the tables is not used."""
_END: Final = 0xFFFFFFFE
_STREAM: Final = 2
_BOOKS: Final = tuple(
    name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book", "EncryptedPackage")
)
"""What libraries of workbooks look for, whatever kind it is called; the last is a newer one with a password."""
_FILEPASS: Final = 0x2F
"""The record of an older workbook with a password; at most one other stands between it and the first."""


class CompoundDamaged(Exception):  # noqa: N818 - it says what is wrong with the file
    """The file promises what it does not hold."""


class NoBookError(Exception):
    """The file is sound and of another program that packs its files so: a mail of Outlook, a text, slides."""


class BookLockedError(Exception):
    """The workbook opens by a password. Libraries that look for the kind of a file by themselves do not say so."""


@dataclass(frozen=True, slots=True)
class _Head:
    sector: int
    tables: int
    directory: int
    directories: int
    small_table: int
    small_tables: int
    more_places: int
    places: tuple[int, ...]


def check_compound(data: bytes) -> None:
    """Raises ``CompoundDamaged`` where a chain leaves the file or returns to itself, or a length exceeds the file;
    ``NoBookError`` where there is no workbook in it; ``BookLockedError`` where it has a password."""
    head = _head(data)
    sectors = -(-(len(data) - head.sector) // head.sector)
    if max(head.directories, head.small_tables, head.tables) > sectors:
        raise CompoundDamaged
    table = _table(data, head, sectors)
    entries = _joined(data, head, _chain(table, head.directory, sectors))
    if len(entries) < _ENTRY:
        raise CompoundDamaged
    places = range(0, len(entries) - _ENTRY + 1, _ENTRY)
    if not any(entries.startswith(_BOOKS, at) for at in places):
        raise NoBookError
    small_table = array("I")
    small_sectors = 0
    if head.small_tables:
        small_table.extend(_numbers(_joined(data, head, _chain(table, head.small_table, sectors))))
        _, root, length = _placed(entries, 0, head)
        small_sectors = min(-(-length // _SMALL), len(_chain(table, root, sectors)) * head.sector)
    for at in places:
        kind, start, length = _placed(entries, at, head)
        if length and (kind == _STREAM or entries.startswith(_BOOKS, at)):
            if length > len(data):
                raise CompoundDamaged
            large = length >= _CUTOFF
            _chain(*((table, start, sectors) if large else (small_table, start, small_sectors)))
    _refuse_locked(data, head, entries)


def _refuse_locked(data: bytes, head: _Head, entries: bytes) -> None:
    """A workbook is called encrypted, or one of its first three records tells of a password."""
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        if entries.startswith(_BOOKS[-1], at):
            raise BookLockedError
        _, start, length = _placed(entries, at, head)
        is_book = length >= _CUTOFF and entries.startswith(_BOOKS, at)
        if is_book and _has_password(_sector(data, head, start)):
            raise BookLockedError


def _has_password(stream: bytes) -> bool:
    at = 0
    for _ in range(3):
        if at + 4 > len(stream):
            return False
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _head(data: bytes) -> _Head:
    if len(data) < _HEAD or not data.startswith(SIGNATURE):
        raise CompoundDamaged
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    sector = _SECTORS.get(shift, 0)
    if not sector or small_shift != 6 or len(data) <= sector:
        raise CompoundDamaged
    directories, tables, directory = struct.unpack_from("<III", data, 40)
    small_table, small_tables, more_places = struct.unpack_from("<III", data, 60)
    places = struct.unpack_from(f"<{_IN_HEAD}I", data, 76)
    return _Head(
        sector, tables, directory, directories, small_table, small_tables, more_places, places
    )


def _table(data: bytes, head: _Head, sectors: int) -> array[int]:
    """Which sector follows which. The places of the table's own sectors go on in a chain of their own."""
    places, seen, more = list(head.places), set[int](), head.more_places
    while more < _NO_SECTOR:
        if more >= sectors or more in seen:
            raise CompoundDamaged
        seen.add(more)
        *further, more = _numbers(_sector(data, head, more))
        places += further
    table = array("I")
    for place in places:
        if place < _NO_TABLE:
            if place >= sectors or len(table) > 2 * (sectors + head.sector):
                raise CompoundDamaged
            table.extend(_numbers(_sector(data, head, place)))
    return table


def _chain(table: Sequence[int], start: int, sectors: int) -> list[int]:
    found, at = list[int](), start
    while at != _END:
        if at >= min(sectors, len(table)) or len(found) > sectors:
            raise CompoundDamaged
        found.append(at)
        at = table[at]
    return found


def _sector(data: bytes, head: _Head, number: int) -> bytes:
    """The last one of a file may be short."""
    start = (number + 1) * head.sector
    return data[start : start + head.sector]


def _joined(data: bytes, head: _Head, chain: Sequence[int]) -> bytes:
    return b"".join(_sector(data, head, number) for number in chain)


def _numbers(octets: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(octets) // 4}I", octets[: len(octets) // 4 * 4])


def _placed(entries: bytes, at: int, head: _Head) -> tuple[int, int, int]:
    """Kind, first sector and length. In files of small sectors nobody reads the upper half of a length."""
    start, low, high = struct.unpack_from("<III", entries, at + 116)
    length = low if head.sector == _SECTORS[9] else low | high << 32
    return entries[at + 66], start, length
