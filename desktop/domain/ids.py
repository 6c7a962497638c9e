"""Names of things. An id is opaque; what people read are numbers (see ``numbers.py``)."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final, NewType, Protocol

CaseId = NewType("CaseId", str)
TransferId = NewType("TransferId", str)
IdentifierId = NewType("IdentifierId", str)
EvidenceId = NewType("EvidenceId", str)
OrderId = NewType("OrderId", str)
StepId = NewType("StepId", str)
TaskId = NewType("TaskId", str)
SupplementId = NewType("SupplementId", str)
PersonId = NewType("PersonId", str)
"""Of a tie between a person and a case."""
PartyId = NewType("PartyId", str)
"""Of a party of a report (当事人); a trusted machine is a peer."""
InterviewId = NewType("InterviewId", str)
ObjectionId = NewType("ObjectionId", str)
"""Of an objection of the holder of an account."""
PaperId = NewType("PaperId", str)
BundleId = NewType("BundleId", str)
DeviceId = NewType("DeviceId", str)
"""First 16 characters of the Crockford base32 of SHA-256 over the device's raw Ed25519 public key."""

SERIAL_BITS: Final = 18
"""Bits of a bound id that tell ids of one millisecond apart."""
_TAG_BITS: Final = 56
_VERSION: Final = 8 << 76
_VARIANT: Final = 0b10 << 62
_BOUND: Final = re.compile(r"[0-9a-f]{12}8[0-9a-f]{3}[89ab][0-9a-f]{15}")
_DIGITS: Final = 32
_REMEMBERED: Final = 4096
_CONTEXT: Final = b"fanzha-id-1\0"


class IdSource(Protocol):
    """The only source of new ids: time-ordered, unique, 32 lower-case hex digits."""

    def new_id(self) -> str:
        """A fresh id."""
        ...

    def bound_to(self, device: DeviceId) -> IdSource:
        """A source of ids that :func:`made_by` ascribes to ``device``."""
        ...


def bound_id(milliseconds: int, serial: int, device: DeviceId) -> str:
    """The id number ``serial`` that ``device`` makes in the Unix millisecond ``milliseconds``: a UUIDv8 (RFC 9562 5.8).

    48 bits of time, 18 of ``serial``, then the first 56 bits of SHA-256 over both and the device id. The device id is
    a digest of the device's public key, so that whoever holds that key can check who made an id, and nobody makes an id
    that belongs to another device.
    """
    high, low = serial >> 6, serial & 0x3F
    tag = _tag(milliseconds, serial, device)
    return f"{milliseconds << 80 | _VERSION | high << 64 | _VARIANT | low << _TAG_BITS | tag:032x}"


def is_bound(name: str) -> bool:
    """Whether an id has the form that tells its maker. Ids of before that form tell nothing."""
    return _BOUND.fullmatch(name) is not None


def made_by(name: str, device: DeviceId) -> bool:
    """Whether ``device`` made the bound id ``name``; False for every id of another form."""
    return len(name) == _DIGITS and _is_made_by(name, device)


@lru_cache(_REMEMBERED)
def _is_made_by(name: str, device: DeviceId) -> bool:
    """A case is asked for by each of its parts."""
    if not is_bound(name):
        return False
    value = int(name, 16)
    serial = (value >> 64 & 0xFFF) << 6 | value >> _TAG_BITS & 0x3F
    return value & (1 << _TAG_BITS) - 1 == _tag(value >> 80, serial, device)


def _tag(milliseconds: int, serial: int, device: DeviceId) -> int:
    content = milliseconds.to_bytes(6, "big") + serial.to_bytes(3, "big") + device.encode("ascii")
    return int.from_bytes(hashlib.sha256(_CONTEXT + content).digest()[: _TAG_BITS // 8], "big")
