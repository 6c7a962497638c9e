"""The signatures under which entries of other devices came, kept for good beside the journal."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.exchange.origin import SignedParts, StoredSignature
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import device_of
from desktop.journal.entry import Entry, read_line
from desktop.journal.kinds import BUNDLE_RECEIVED
from desktop.storage.database.statements import run
from desktop.storage.database.statements import stream as streamed

_KEEP: Final = (
    "INSERT INTO origin (mark, bundle, device, at, lamport, tags, signature, payload, manifest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mark) DO NOTHING"
)
_ALL: Final = (
    "SELECT mark, bundle, device, at, lamport, tags, signature, payload, manifest FROM origin "
    "ORDER BY lamport, mark"
)
_LINES: Final = (
    "SELECT line FROM (SELECT seq, line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? "
    "UNION ALL SELECT seq, line FROM held WHERE stream = ? AND seq BETWEEN ? AND ?) came ORDER BY seq"
)
_RECEIPTS: Final = "SELECT stream, line FROM entry WHERE kind = ? ORDER BY wall, stream, seq"


def keep(connection: Connection, signed: StoredSignature, lamport: int) -> None:
    """Keep one; what lists evidence by digest is long and packed. What is kept already stays as it is."""
    parts = signed.parts
    row = (
        signed.mark, signed.bundle, signed.device, signed.at, lamport, parts.tags, parts.signature,
        zlib.compress(parts.payload), zlib.compress(parts.manifest),
    )  # fmt: skip
    run(connection, _KEEP, row)


def signatures(connection: Connection) -> Iterator[StoredSignature]:
    """All of them, in the order in which they came."""
    for mark, bundle, device, at, lamport, *blobs in streamed(connection, _ALL):
        tags, signature, payload, manifest = map(bytes, blobs)
        parts = SignedParts(tags, signature, _unpacked(payload), _unpacked(manifest))
        yield StoredSignature(mark, bundle, DeviceId(device), at, lamport, parts)


def _unpacked(data: bytes) -> bytes:
    """Nothing for what was changed: it is in no list that anybody signed."""
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def lines(connection: Connection, stream: str, first: int, last: int) -> Iterator[bytes]:
    """Lines of a stream, in the journal or waiting, by number."""
    span = (stream, first, last)
    for (line,) in streamed(connection, _LINES, (*span, *span)):
        yield bytes(line)


def receipts(connection: Connection, own: str) -> Iterator[Entry]:
    """Receipts in the streams of ``own``."""
    for stream, line in streamed(connection, _RECEIPTS, (BUNDLE_RECEIVED,)):
        if device_of(stream) == own:
            yield read_line(bytes(line))
