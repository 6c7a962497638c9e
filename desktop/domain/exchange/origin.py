"""Under which signature foreign entries came, and what of it can still be proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.errors import TrustError
from desktop.domain.ids import DeviceId


@dataclass(frozen=True, slots=True)
class SignedParts:
    """What the sender of a volume signed, octet by octet, as far as its journal hangs on it: the tag manifest with its
    signature, the payload manifest that it lists, and ``manifest.json``, which that lists."""

    tags: bytes
    signature: bytes
    payload: bytes
    manifest: bytes


@dataclass(frozen=True, slots=True)
class SignedJournal:
    """What a signature that holds says: which key signed, an OpenSSH line and its fingerprint, the bundle, the entries
    (stream → first and last), and the SHA-256 of their lines."""

    fingerprint: DeviceId
    signing_key: str
    bundle: str
    number: str
    receiver: DeviceId
    ranges: Mapping[str, tuple[int, int]]
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """The signature of one bundle as it is kept. ``lamport``: the greatest Lamport time known here when it came,
    which tells the receipts that were given before signatures were kept."""

    mark: str
    bundle: str
    device: DeviceId
    at: str
    lamport: int
    parts: SignedParts


@dataclass(frozen=True, slots=True)
class OriginFault:
    """A kept signature or an entry that does not hold. ``place``: ``bundle/<id>`` or ``stream:seq``."""

    device: DeviceId
    place: str
    error: TrustError


@dataclass(frozen=True, slots=True)
class DeviceOrigin:
    """How the entries of one device are proven; the four counts add up to ``entries``.

    ``signed``: under a kept signature by a key that was never lost; ``lost``: only under one by a key that was reported
    as lost; ``chained``: not under a kept signature, but a signed entry behind them in the stream names their hashes;
    ``before``: by neither, as they came before signatures were kept. ``former``: of the ``signatures`` those by a key
    that was replaced since.
    """

    device: DeviceId
    unit_name: str
    letter: str
    entries: int
    signed: int
    lost: int
    chained: int
    before: int
    signatures: int
    former: int


@dataclass(frozen=True, slots=True)
class OriginReport:
    """What :func:`desktop.services.exchange.take_in.verify_origin.verify_origin` found. ``since``: when the first
    signature was kept, "" where none is."""

    since: str
    devices: tuple[DeviceOrigin, ...]
    faults: tuple[OriginFault, ...]
