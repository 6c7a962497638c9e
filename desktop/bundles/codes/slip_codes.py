"""What stands in the codes of a slip: the slip itself where one code holds it, else its parts with a header of our own.

``FZ1``: a whole slip, see :mod:`desktop.bundles.codes.slip`. ``FZ2``: digest of the whole (16), number and count of the
code (1 + 1), CRC-32 of all octets but its own (4), then the part. The digest is also what the codes of one slip have in
common, so that codes of two slips can not be mixed, and nobody needs a number that must never come twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

from desktop.bundles.codes.slip import MAX_SIZE, check_single
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.orders.sending.slip_collector import (
    DIGEST_SIZE,
    SlipCode,
    SlipCollector,
    slip_digest,
)

MOST_CODES: Final = 32
"""Of one slip: more than a person scans one after the other, and a bound for what a reader keeps."""

_FAMILY: Final = b"FZ"
_SINGLE: Final = b"FZ1"
_PART: Final = b"FZ2"
_CRC_AT: Final = len(_PART) + DIGEST_SIZE + 2
HEAD_SIZE: Final = _CRC_AT + 4


def codes_of(whole: bytes, limit: int = MAX_SIZE) -> tuple[bytes, ...]:
    """A slip as the contents of its codes, all of about the same size and none above ``limit`` octets.

    ``UserInputError("slip.too_long")`` where that takes more than :data:`MOST_CODES`.
    """
    room = limit - HEAD_SIZE
    count = -(-len(whole) // room)
    if count > MOST_CODES:
        raise UserInputError("slip.too_long")
    size = -(-len(whole) // count)
    digest = bytes.fromhex(slip_digest(whole))
    parts = (whole[at : at + size] for at in range(0, len(whole), size))
    return tuple(_sealed(digest, number, count, part) for number, part in enumerate(parts, 1))


def read_code(data: bytes) -> SlipCode:
    """The code with these contents.

    ``TrustError``: slip.not_a_slip, slip.newer_version, slip.damaged.
    """
    if data.startswith(_SINGLE):
        check_single(data)
        return SlipCode(slip_digest(data), 1, 1, data)
    if not data.startswith(_FAMILY):
        raise TrustError("slip.not_a_slip")
    if not data.startswith(_PART):
        raise TrustError("slip.newer_version")
    if len(data) <= HEAD_SIZE:
        raise TrustError("slip.damaged")
    digest, part = data[len(_PART) : _CRC_AT - 2], data[HEAD_SIZE:]
    number, count = data[_CRC_AT - 2 : _CRC_AT]
    if data != _sealed(digest, number, count, part) or not 1 <= number <= count <= MOST_CODES:
        raise TrustError("slip.damaged")
    return SlipCode(digest.hex(), number, count, part)


def nothing_missing(codes: Iterable[bytes]) -> bool:
    """Whether these are codes of slips, and every slip is whole."""
    collector = SlipCollector()
    for data in codes:
        try:
            collector = collector.put(read_code(data))
        except TrustError:
            return False
    return not any(begun.missing for begun in collector.begun)


def _sealed(digest: bytes, number: int, count: int, part: bytes) -> bytes:
    head = _PART + digest + bytes((number, count))
    return head + zlib.crc32(head + part).to_bytes(4, "big") + part
