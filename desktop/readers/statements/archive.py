"""Password zips, as WeChat and Alipay mail their bills: unpacked in memory, never to the disk."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

import pyzipper

from desktop.domain.errors import UserInputError

MOST_UNPACKED: Final = 256 << 20
"""Octets of one member; a bill of a year has one or two."""
_MOST_MEMBERS: Final = 64
_MOST_RATIO: Final = 300
_SMALL: Final = 16 << 20
_ENCRYPTED: Final = 1
BROKEN: Final = (
    zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError,
    OSError, ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What the libraries raise at damage, as the fuzz runs showed them."""


def members(source: BinaryIO, password: str = "") -> Iterator[tuple[str, BinaryIO]]:
    """Name and content of each file in turn. Names are for showing; nothing is written by them.

    Raises ``UserInputError``: ``statement.password`` (needed), ``statement.password_wrong``, ``statement.bomb``,
    ``statement.too_many_files``, ``statement.unreadable``.
    """
    source.seek(0)
    try:
        with pyzipper.AESZipFile(source) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            if len(files) > _MOST_MEMBERS:
                raise UserInputError("statement.too_many_files", most=_MOST_MEMBERS)
            for info in files:
                yield _name(info), _content(archive, info, password)
    except BROKEN as error:
        raise UserInputError("statement.unreadable") from error


def _content(archive: pyzipper.AESZipFile, info: pyzipper.ZipInfo, password: str) -> BinaryIO:
    if info.file_size > MOST_UNPACKED or info.file_size > max(
        _SMALL, info.compress_size * _MOST_RATIO
    ):
        raise UserInputError("statement.bomb")
    if info.flag_bits & _ENCRYPTED and not password:
        raise UserInputError("statement.password")
    try:
        with archive.open(info, pwd=password.encode() or None) as member:
            data = member.read(
                MOST_UNPACKED + 1
            )  # what the directory says of its size is only a claim
    except NotImplementedError as error:  # a way of packing that nobody here knows
        raise UserInputError("statement.unreadable") from error
    except RuntimeError as error:
        raise UserInputError("statement.password_wrong") from error
    except BROKEN as error:
        # The old cipher lets one wrong password of 256 through; then the content does not unpack.
        wrong = info.flag_bits & _ENCRYPTED
        raise UserInputError(
            "statement.password_wrong" if wrong else "statement.unreadable"
        ) from error
    if len(data) > MOST_UNPACKED:
        raise UserInputError("statement.bomb")
    return io.BytesIO(data)


def _name(info: pyzipper.ZipInfo) -> str:
    """The name as meant: without the mark for UTF-8, Chinese programs write GB 18030."""
    if info.flag_bits & 0x800:
        return str(info.filename)
    try:
        return str(info.filename).encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return str(info.filename)
