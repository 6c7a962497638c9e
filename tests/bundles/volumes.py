"""Volumes for tests: honest ones through the writer, forged ones octet by octet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.bundles.volumes.layout import NAMESPACE, SIGNATURE, TAG_LIST, size_note, volume_name
from desktop.bundles.volumes.manifest_json import encode_manifest
from desktop.bundles.volumes.medium import LOCAL, Medium
from desktop.bundles.volumes.reader import read_volume
from desktop.bundles.volumes.tag_files import BAGIT_TEXT, bag_info, digest_list
from desktop.bundles.volumes.tar_format import END, member_header, padding
from desktop.bundles.volumes.writer import write_volume
from desktop.domain.exchange.origin import SignedParts
from desktop.domain.exchange.peers import SenderCard
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest, WrittenVolume
from desktop.domain.ids import BundleId
from desktop.journal.entry import GENESIS, Entry, NewEntry
from desktop.journal.entry import seal as seal_entry
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign
from desktop.services.ports import BlobWriter, VolumeContents

DESK = DeviceKeys.generate()
CENTRE = DeviceKeys.generate()
STRANGER = DeviceKeys.generate()


def lines_of(device: str) -> tuple[bytes, ...]:
    """The first entries of a device, as they stand in a journal."""
    entries: list[Entry] = []
    for number, name in enumerate(("", "王小明", "𠮷野"), 1):
        entries.append(
            seal_entry(
                NewEntry("case.amended", "case/1", {"victim.name": name}),
                stream=device, seq=number, lamport=number, wall="2026-11-24T01:30:00.000Z",
                officer="620134", replaces={}, prev=entries[-1].hash if entries else GENESIS,
            )
        )  # fmt: skip
    return tuple(entry.line() for entry in entries)


LINES = lines_of(DESK.device_id)
PDF = b"%PDF-1.7 readme"
BLOBS = (b"first blob", b"", bytes(range(256)) * 400)


def sender(keys: DeviceKeys = DESK) -> SenderCard:
    return SenderCard(
        keys.device_id, "620102000000", "城关分局示例派出所", "desk", keys.signing_line,
        keys.age.recipient.text,
    )  # fmt: skip


def reference(data: bytes) -> BlobRef:
    return BlobRef(hashlib.sha256(data).hexdigest(), len(data))


def manifest(
    blobs: Sequence[bytes] = BLOBS, *, volume: int = 1, volumes: int = 1, keys: DeviceKeys = DESK
) -> VolumeManifest:
    return VolumeManifest(
        bundle=BundleId("0198f3c07d3a7cc28a5e000000000001"),
        number="C12-A-0007",
        volume=volume,
        volumes=volumes,
        sender=sender(keys),
        receiver=CENTRE.device_id,
        ranges={DESK.device_id: (1, len(LINES))},
        entries=len(LINES),
        blobs=tuple(reference(data) for data in blobs),
        previous="",
        clock="2026-11-24T01:30:00.000Z",
    )


def streams(blobs: Sequence[bytes]) -> Iterator[tuple[BlobRef, list[bytes]]]:
    for data in blobs:
        yield reference(data), [data]


def write(
    folder: Path,
    blobs: Sequence[bytes] = BLOBS,
    *,
    volume: int = 1,
    volumes: int = 1,
    medium: Medium = LOCAL,
) -> tuple[Path, WrittenVolume]:
    """An honest volume from the desk to the centre."""
    what = manifest(blobs, volume=volume, volumes=volumes)
    target = folder / volume_name(what)
    records = volume == 1
    contents = VolumeContents(
        LINES if records else (),
        PDF if records else b"",
        streams(blobs),
        [CENTRE.age.recipient.text],
    )
    written = write_volume(target, what, contents, DESK, medium=medium)
    return target, written


@dataclass
class Sink:
    """Keeps what a reader streams; ``committed`` holds blobs that were published."""

    lines: list[bytes] = field(default_factory=list)
    committed: dict[str, bytes] = field(default_factory=dict)
    aborted: list[str] = field(default_factory=list)
    parts: SignedParts | None = None

    def signed(self, parts: SignedParts) -> None:
        self.parts = parts

    def journal_line(self, line: bytes) -> None:
        self.lines.append(line)

    def blob(self, ref: BlobRef) -> BlobWriter | None:
        return _Keeper(self, ref)  # type: ignore[return-value]  # commit returns nothing here


@dataclass
class _Keeper:
    sink: Sink
    ref: BlobRef
    data: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def commit(self) -> None:
        self.sink.committed[self.ref.sha256] = bytes(self.data)

    def abort(self) -> None:
        self.sink.aborted.append(self.ref.sha256)


def read(path: Path, sink: Sink | None = None, keys: DeviceKeys = CENTRE) -> VolumeManifest:
    """Read and trust the desk alone."""
    return read_volume(path, (keys.age,), sink or Sink(), trust_desk)


def trust_desk(_found: VolumeManifest, signer: bytes) -> None:
    assert signer == DESK.public_raw


Members = list[tuple[str, bytes]]


def members(
    what: VolumeManifest,
    payload: Members,
    *,
    keys: DeviceKeys = DESK,
    extra_rows: Sequence[tuple[str, str]] = (),
    tags: dict[str, bytes] | None = None,
) -> Members:
    """The members of a properly signed volume with this payload; ``tags`` replace tag files before signing."""
    rows = [(hashlib.sha256(data).hexdigest(), name) for name, data in payload]
    rows.extend(extra_rows)
    contents = {
        "bagit.txt": BAGIT_TEXT,
        "bag-info.txt": bag_info(what, sum(len(data) for _, data in payload), len(payload)),
        "manifest-sha256.txt": digest_list(rows),
    } | (tags or {})
    listed = digest_list(
        (hashlib.sha256(data).hexdigest(), name) for name, data in contents.items()
    )
    signature = sign(listed, keys.signing, NAMESPACE).encode()
    return [*contents.items(), (TAG_LIST, listed), (SIGNATURE, signature), *payload]


def payload(what: VolumeManifest, blobs: Sequence[bytes] = BLOBS) -> Members:
    """The honest payload of volume 1."""
    return [
        ("data/manifest.json", encode_manifest(what)),
        ("data/journal.jsonl", b"".join(line + b"\n" for line in LINES)),
        ("data/readme.pdf", PDF),
        *((f"data/blobs/{hashlib.sha256(data).hexdigest()}", data) for data in blobs),
    ]


def tar(parts: Members, folder: str = "bundle-001") -> bytes:
    out = bytearray()
    for name, data in parts:
        out += member_header(f"{folder}/{name}", len(data)) + data + padding(len(data))
    return bytes(out + END)


def seal(stream: bytes, path: Path, *, note: int | None = -1) -> Path:
    """``stream`` as an age file to the centre; ``note`` None leaves the size note out."""
    size = len(stream) if note == -1 else note
    notes = () if size is None else (size_note(size),)
    with path.open("wb") as file, AgeWriter(file, (CENTRE.age.recipient,), notes) as writer:
        writer.write(stream)
    return path
