"""Projections about other installations: whom we trust, what we sent, what they proved to hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from desktop.domain.fields import Json, mapping, text, texts
from desktop.domain.profile import device_of
from desktop.journal.canonical import canonical
from desktop.journal.entry import Entry
from desktop.journal.kinds import BUNDLE_EXPORTED, BUNDLE_RECEIVED, BUNDLE_WRITTEN
from desktop.storage.acknowledgements import NOTE
from desktop.storage.journal_table import hash_at
from desktop.storage.one_voice import Heads
from desktop.storage.projections import subjects_of
from desktop.storage.statements import run
from desktop.storage.subjects import key_of
from desktop.storage.tables import bundle_row, party_row
from desktop.storage.values import Current, shown_fields

_EXPORTED = (
    "INSERT INTO exported (receiver, stream, last) VALUES (?, ?, ?) ON CONFLICT (receiver, stream) "
    "DO UPDATE SET last = excluded.last WHERE excluded.last > exported.last"
)
_SENT = frozenset({BUNDLE_EXPORTED, BUNDLE_WRITTEN})
"""Kinds that say up to where entries left; in older journals it was the record of the whole export."""
_BLOB = "INSERT INTO acknowledged_blob (receiver, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING"


def refresh_exchange(connection: Connection, current: Current, items: Collection[Entry]) -> None:
    """Bring parties, bundles and acknowledgements up to date with ``items``."""
    _replace(connection, party_row, "party", current.of(subjects_of(items, "party")))
    _replace(connection, bundle_row, "bundle_id", current.of(subjects_of(items, "bundle")))
    for item in items:
        if item.kind in _SENT:
            _note_exported(connection, item)
        elif item.kind == BUNDLE_RECEIVED:
            receiver = device_of(item.stream)
            if _told_of_ours(connection, item):
                _note_acknowledged(connection, item)
            blobs = [(receiver, digest) for digest in texts(item.fields, "received.blobs")]
            if blobs:
                run(connection, _BLOB, blobs)


def _told_of_ours(connection: Connection, item: Entry) -> bool:
    """False where the receipt is for other entries than those held under these numbers: a device set back to an old
    backup has numbered new entries like lost ones, and nobody holds the new ones yet."""
    tips = mapping(item.fields, "received.tips")
    for stream, last in mapping(item.fields, "received.heads").items():
        known = hash_at(connection, stream, last) if isinstance(last, int) else None
        if known is not None and stream in tips and tips[stream] != known:
            return False
    return True


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
    """What a device received may be anybody's."""
    tips = mapping(item.fields, "received.tips")
    rows = [
        (device_of(item.stream), stream, last, text(tips, stream))
        for stream, last in mapping(item.fields, "received.heads").items()
        if isinstance(last, int)
    ]
    if rows:
        run(connection, NOTE, rows)


def _replace(connection: Connection, table: Any, key: str, found: Mapping[str, Heads]) -> None:
    for name, subject_heads in found.items():
        fields = shown_fields(subject_heads)
        connection.execute(delete(table).where(table.c[key] == key_of(name)))
        row: dict[str, Any] = {key: key_of(name), "fields": canonical(fields).decode()}
        if key == "bundle_id":
            row["at"] = _at(fields)
        connection.execute(insert(table).values(row))


def _at(fields: dict[str, Json]) -> str:
    names = ("exported_at", "begun_at", "received.at", "refused.at")
    return next((text(fields, name) for name in names if text(fields, name)), "")
