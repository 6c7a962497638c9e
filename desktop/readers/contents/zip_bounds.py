"""What a zip may claim and hold before anything of it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from desktop.readers.contents.refusal import ContentsRefused

MOST_MEMBERS: Final = 100_000
MOST_UNPACKED: Final = 512 << 20
"""Octets all members may claim together where all are read."""
_MOST_RATIO: Final = 200
_SMALL: Final = 16 << 20

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its directory read and nothing else.

    Raises ``ContentsRefused``: ``damaged``, ``bomb``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise ContentsRefused("damaged") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise ContentsRefused("bomb")
    return archive


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raises ``ContentsRefused("bomb")`` where the members unpack to far more than any document."""
    members = archive.infolist()
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, packed * _MOST_RATIO):
        raise ContentsRefused("bomb")


def member_bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """One member, or None where it is not there.

    Its claimed size is not believed: reading stops at ``most``. Raises ``ContentsRefused``: ``bomb``, ``damaged``.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > most:
        raise ContentsRefused("bomb")
    try:
        with archive.open(info) as member:
            data = member.read(most + 1)
    except (*_DAMAGED, RuntimeError) as error:  # RuntimeError: the mark for a password is set
        raise ContentsRefused("damaged") from error
    if len(data) > most:
        raise ContentsRefused("bomb")
    return data


def shown_name(info: zipfile.ZipInfo) -> str:
    """The name as meant: without the mark for UTF-8, Chinese programs write GB 18030."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
