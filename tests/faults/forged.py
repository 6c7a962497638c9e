"""Bundles no honest desk makes, properly sealed and signed by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import Entry, NewEntry, seal
from desktop.services.ports import VolumeContents
from tests.support.sessions import Seat


def manifest_from(sender: Seat, receiver: Seat, ranges: Mapping[str, tuple[int, int]],
                  entries: int) -> VolumeManifest:  # fmt: skip
    """The manifest of a single volume of records."""
    session = sender.session
    return VolumeManifest(
        bundle=BundleId(session.ids.new_id()),
        number="A-000999",
        volume=1,
        volumes=1,
        sender=session.cards.sender(session.profile),
        receiver=receiver.session.profile.device,
        ranges=ranges,
        entries=entries,
        blobs=(),
        previous="",
        clock=to_wire(session.clock.now()),
    )


def write(
    sender: Seat,
    receiver: Seat,
    folder: Path,
    lines: Sequence[bytes],
    ranges: Mapping[str, tuple[int, int]],
    *,
    named: str = "",
) -> Path:
    """A volume with these lines; ``named``: the device its manifest says it is for, if not the receiver."""
    manifest = manifest_from(sender, receiver, ranges, len(lines))
    if named:
        manifest = replace(manifest, receiver=DeviceId(named))
    folder.mkdir()
    contents = VolumeContents(lines, b"", (), [receiver.session.cards.recipient()])
    written = sender.session.volumes.write_volume(folder, manifest, contents, SILENT)
    return folder / written.name


def entries_of(seat: Seat) -> list[Entry]:
    """Everything the seat's device wrote."""
    own = seat.session.profile.device
    with seat.session.store.read() as reader:
        return list(reader.entries(own, 1, reader.heads()[own]))


def next_entry(
    seat: Seat, kind: str, subject: str, fields: Fields, *, wall: str = "", ahead: int = 1
) -> Entry:
    """An entry that continues the seat's chain as only a forger writes it."""
    last = entries_of(seat)[-1]
    return seal(
        NewEntry(kind, subject, fields), stream=last.stream, seq=last.seq + 1,
        lamport=last.lamport + ahead, wall=wall or last.wall, officer="620134", replaces={},
        prev=last.hash,
    )  # fmt: skip


def write_entry(sender: Seat, receiver: Seat, folder: Path, item: Entry) -> Path:
    """Everything the sender wrote and ``item`` after it."""
    lines = [entry.line() for entry in entries_of(sender)] + [item.line()]
    return write(sender, receiver, folder, lines, {item.stream: (1, len(lines))})
