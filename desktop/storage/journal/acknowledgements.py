"""How far others proved to hold each stream, believed only where it is about the entries we hold ourselves.

A device that was set back to an old backup numbers new entries like lost ones. A receipt for the lost ones names the
hash of the last of them, and so never counts for the new ones, whenever it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import device_of
from desktop.storage.database.statements import run
from desktop.storage.tables import acknowledged_blob

_HELD: Final = (
    "SELECT a.stream, a.last, a.tip, e.hash FROM acknowledged a "
    "LEFT JOIN entry e ON e.stream = a.stream AND e.seq = a.last WHERE a.receiver = ?"
)
_CONTENTS: Final = "SELECT sha256 FROM acknowledged_blob WHERE receiver = ?"
NOTE: Final = (
    "INSERT INTO acknowledged (receiver, stream, last, tip) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (receiver, stream) DO UPDATE SET last = excluded.last, tip = excluded.tip "
    "WHERE excluded.last > acknowledged.last "
    "OR (excluded.last = acknowledged.last AND excluded.tip > acknowledged.tip)"
)


def acknowledged_by(connection: Connection, receiver: str, own: str) -> Mapping[str, int]:
    """Stream → last entry ``receiver`` proved to hold. ``own`` is the device asking: it holds all of its own entries,
    so one it lacks was lost; of others' streams a receipt may come before the entries."""
    return {
        stream: last
        for stream, last, tip, known in run(connection, _HELD, (receiver,))
        if _counts(tip, known, ours=device_of(stream) == own)
    }


def contents_held_by(connection: Connection, receiver: str) -> frozenset[str]:
    """Every content ``receiver`` proved to hold, parts of split blobs among them."""
    return frozenset(row.sha256 for row in run(connection, _CONTENTS, (receiver,)))


def is_held_by(connection: Connection, receiver: str, content: str) -> bool:
    """Whether ``receiver`` listed this one."""
    found = select(acknowledged_blob.c.sha256).where(
        acknowledged_blob.c.receiver == receiver, acknowledged_blob.c.sha256 == content
    )
    return connection.execute(found).first() is not None


def _counts(tip: str, known: str | None, *, ours: bool) -> bool:
    if known is None:
        return not ours
    return tip in ("", known)  # receipts of older programs name no hash
