"""Whether a file is an archive other than a zip, which nothing here unpacks."""

from __future__ import annotations

from typing import Final

ARCHIVES: Final = (
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"BZh", "bzip2"),
    (257, b"ustar", "tar"),
)
"""Where each says what it is, how, and its name."""


def packed_as(head: bytes) -> str:
    """The name of the archive a file that begins so is, "" for none; 262 octets are enough."""
    return next((name for at, sign, name in ARCHIVES if head[at : at + len(sign)] == sign), "")
