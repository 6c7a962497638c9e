"""The one form of tar (POSIX ustar) a volume may have, down to the octet.

A reader that knows name and size of the next member compares the header with the only allowed one, so
links, devices, odd names, hidden fields and every other trick of tar archives are refused by one ``==``.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import TrustError

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)
"""What closes an archive; nothing follows it."""
MTIME: Final = 946_684_800
"""2000-01-01T00:00:00Z in every member: times of files are facts of the journal, not of the archive."""
_NAME_FIELD: Final = 100
_OCTAL_LIMIT: Final = 8**11
_SIZE_AT: Final = slice(124, 136)


def member_header(name: str, size: int) -> bytes:
    """Everything that stands before a member's content.

    Members of 8 GiB and more have a pax record with their size in front (POSIX 2001), as ustar's field
    cannot hold it.
    """
    if size < _OCTAL_LIMIT:
        return _block(name, size, b"0")
    record = _pax_record("size", str(size))
    before = _block(f"{name.partition('/')[0]}/PaxHeader", len(record), b"x")
    return before + record + padding(len(record)) + _block(name, 0, b"0")


def padding(size: int) -> bytes:
    """The zero octets after a member of ``size`` octets."""
    return bytes(-size % BLOCK)


def member_size(name: str, size: int) -> int:
    """Octets a member takes in the archive, header and padding included."""
    return len(member_header(name, size)) + size + -size % BLOCK


def read_size(block: bytes, name: str) -> int:
    """The size in a header block that must be the one of ``name``; ``TrustError`` bundle.profile."""
    field = block[_SIZE_AT]
    digits = field[:11]
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise TrustError("bundle.profile")
    size = int(digits, 8)
    if block != _block(name, size, b"0"):
        raise TrustError("bundle.profile")
    return size


def _block(name: str, size: int, kind: bytes) -> bytes:
    encoded = name.encode("ascii")
    if len(encoded) > _NAME_FIELD:
        raise ValueError("the name of a member has at most 100 octets")
    fields = (
        encoded.ljust(_NAME_FIELD, b"\0"),
        b"0000644\0",
        b"0000000\0",  # owner
        b"0000000\0",  # group
        b"%011o\0" % size,
        b"%011o\0" % MTIME,
        b"        ",  # the checksum counts as spaces
        kind,
        bytes(100),  # link target
        b"ustar\00000",
        bytes(64 + 16 + 155 + 12),  # names of owner and group, device, name prefix, padding
    )
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _pax_record(key: str, value: str) -> bytes:
    rest = f" {key}={value}\n"
    length = len(rest) + len(str(len(rest)))
    while len(f"{length}{rest}") != length:
        length += 1
    return f"{length}{rest}".encode("ascii")
