"""What kind of picture a file is, by its first octets alone."""

from __future__ import annotations

from typing import Final

_HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"msf1"})
"""Major brands of ISO/IEC 23008-12, Annex B and 10.2."""


def is_heif(head: bytes) -> bool:
    """Whether a file that begins so is a HEIF photograph, as iPhones take them; 12 octets are enough."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF
