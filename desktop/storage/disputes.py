"""Who proved to hold entries of ours that we lack or have otherwise: the sign that an old backup was restored here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.fields import Fields, mapping, text
from desktop.domain.ids import DeviceId
from desktop.domain.profile import device_of
from desktop.journal.entry import read_line
from desktop.journal.kinds import BUNDLE_RECEIVED
from desktop.storage.journal_table import hash_at
from desktop.storage.projections import parse_fields
from desktop.storage.renewed_streams import Renewals
from desktop.storage.statements import run

_ROWS: Final = "SELECT fields FROM bundle_row"
_HELD: Final = "SELECT line FROM held ORDER BY stream, seq"


def disputing(connection: Connection, own: str) -> frozenset[DeviceId]:
    """Devices whose receipts for bundles of device ``own`` name such an entry. In a stream that was begun anew it is
    known that some are lost."""
    renewals, found = Renewals(connection), set()
    for fields in _receipts(connection):
        if text(fields, "sender") != own:
            continue
        tips = mapping(fields, "received.tips")
        heads = mapping(fields, "received.heads").items()
        if any(
            isinstance(last, int)
            and stream in tips
            and device_of(stream) == own
            and renewals.stands(stream)
            and hash_at(connection, stream, last) != tips[stream]
            for stream, last in heads
        ):
            found.add(DeviceId(text(fields, "receiver")))
    return frozenset(found)


def _receipts(connection: Connection) -> Iterator[Fields]:
    """Also those that wait for an entry before them: it may be one that was lost here."""
    for (fields,) in run(connection, _ROWS):
        yield parse_fields(fields)
    for (line,) in run(connection, _HELD):
        entry = read_line(line)
        if entry.kind == BUNDLE_RECEIVED:
            yield entry.fields
