"""Projections about other installations: whom we trust, what we sent, what they proved to hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import device_of
from desktop.domain.records.fields import Json, mapping, text, texts
from desktop.journal.canonical import canonical
from desktop.journal.entry import Entry, read_line
from desktop.journal.kinds import (
    BUNDLE_EXPORTED,
    BUNDLE_RECEIVED,
    BUNDLE_WRITTEN,
    STREAM_RENEWED,
)
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import Current, shown_fields
from desktop.storage.database.statements import IN_EFFECT, run
from desktop.storage.journal.acknowledgements import NOTE
from desktop.storage.journal.journal_table import stream_heads
from desktop.storage.journal.renewed_streams import Renewals
from desktop.storage.projections.refresh_projections import subjects_of

_EXPORTED = (
    "INSERT INTO exported (receiver, stream, last) VALUES (?, ?, ?) ON CONFLICT (receiver, stream) "
    "DO UPDATE SET last = excluded.last WHERE excluded.last > exported.last"
)
_PEER = (
    "INSERT INTO party_row (party, fields) VALUES (?, ?) "
    "ON CONFLICT (party) DO UPDATE SET fields = excluded.fields"
)
_BUNDLE = (
    "INSERT INTO bundle_row (bundle_id, fields, at) VALUES (?, ?, ?) "
    "ON CONFLICT (bundle_id) DO UPDATE SET fields = excluded.fields, at = excluded.at"
)
_SENT = frozenset({BUNDLE_EXPORTED, BUNDLE_WRITTEN})
"""Kinds that say up to where entries left; in older journals it was the record of the whole export."""
_FORGET = (
    "DELETE FROM acknowledged WHERE receiver = ?",
    "DELETE FROM acknowledged_blob WHERE receiver = ?",
)
_RECEIPTS = f"SELECT line FROM entry e WHERE stream = ? AND kind = ? AND {IN_EFFECT} ORDER BY seq"  # noqa: S608 - own names
_BLOB = "INSERT INTO acknowledged_blob (receiver, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING"


def refresh_exchange(connection: Connection, current: Current, items: Collection[Entry]) -> None:
    """Bring parties, bundles and acknowledgements up to date with ``items``."""
    peers = [(key, fields) for key, fields, _ in _shown(current.of(subjects_of(items, "party")))]
    if peers:
        run(connection, _PEER, peers)
    bundles = list(_shown(current.of(subjects_of(items, "bundle"))))
    if bundles:
        run(connection, _BUNDLE, bundles)
    renewals = Renewals(connection)
    for item in items:
        if item.kind in _SENT:
            _note_exported(connection, item)
        elif item.kind == BUNDLE_RECEIVED and renewals.counts(item):
            _note_acknowledged(connection, item)
    for device in sorted({device_of(item.stream) for item in items if item.kind == STREAM_RENEWED}):
        _acknowledge_anew(connection, device, renewals)


def _acknowledge_anew(connection: Connection, receiver: str, renewals: Renewals) -> None:
    """Forget what a device said it holds, and hear again what of that still counts."""
    for statement in _FORGET:
        run(connection, statement, (receiver,))
    for stream in stream_heads(connection):
        if device_of(stream) == receiver:
            for (line,) in run(connection, _RECEIPTS, (stream, BUNDLE_RECEIVED)).fetchall():
                receipt = read_line(line)
                if renewals.counts(receipt):
                    _note_acknowledged(connection, receipt)


def _note_exported(connection: Connection, item: Entry) -> None:
    """What left its own device is all a device can tell."""
    rows = [
        (text(item.fields, "receiver"), stream, last)
        for stream, last in mapping(item.fields, "last").items()
        if isinstance(last, int) and device_of(stream) == device_of(item.stream)
    ]
    if rows:
        run(connection, _EXPORTED, rows)


def _note_acknowledged(connection: Connection, item: Entry) -> None:
    """What a device received may be anybody's. Whether it is what is held here under these numbers is asked when it is
    read: a desk set back to an old backup types on, and numbers new entries like lost ones."""
    tips, receiver = mapping(item.fields, "received.tips"), device_of(item.stream)
    rows = [
        (receiver, stream, last, text(tips, stream))
        for stream, last in mapping(item.fields, "received.heads").items()
        if isinstance(last, int)
    ]
    if rows:
        run(connection, NOTE, rows)
    blobs = [(receiver, digest) for digest in texts(item.fields, "received.blobs")]
    if blobs:
        run(connection, _BLOB, blobs)


def _shown(found: Mapping[str, Heads]) -> Iterator[tuple[str, str, str]]:
    """Key, fields and time of each subject as it shows."""
    for name, subject_heads in found.items():
        fields = shown_fields(subject_heads)
        yield key_of(name), canonical(fields).decode(), _at(fields)


def _at(fields: dict[str, Json]) -> str:
    names = ("exported_at", "begun_at", "received.at", "refused.at")
    return next((text(fields, name) for name in names if text(fields, name)), "")
