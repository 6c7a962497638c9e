"""Writing one volume: streamed in one pass, re-read past the cache, and only then given its name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.bundles.volumes.journal_spool import JournalSpool, spool_journal
from desktop.bundles.volumes.lanes import HashThread, WorkerThread, hash_thread
from desktop.bundles.volumes.layout import (
    BAG_INFO,
    BAGIT,
    JOURNAL,
    MANIFEST,
    NAMESPACE,
    PAYLOAD_LIST,
    README,
    SIGNATURE,
    TAG_LIST,
    content_paths,
    folder_name,
    has_records,
    size_note,
)
from desktop.bundles.volumes.manifest_json import encode_manifest
from desktop.bundles.volumes.medium import (
    LOCAL,
    Medium,
    PartFile,
    medium_errors,
    part_path,
    require_place,
    require_space,
    sweep_leftovers,
)
from desktop.bundles.volumes.reader import NOTHING, read_volume
from desktop.bundles.volumes.tag_files import BAGIT_TEXT, SIGNED_TAGS, bag_info, digest_list
from desktop.bundles.volumes.tar_format import END, member_header, member_size, padding
from desktop.bundles.volumes.write_then_read_progress import WriteThenReadProgress
from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest, WrittenVolume
from desktop.domain.progress import SILENT, Progress
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.age_payload import sealed_size
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.digests import new_sha256, sha256_of
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import parse_public_line, sign
from desktop.services.ports import VolumeContents

__all__ = ["sweep_leftovers", "write_volume"]

_GATHER: Final = 512 * 1024  # small members are handed to the sealing thread together


# Everything of a volume that is known before the first octet of evidence is read.
#
# All digests are known beforehand, so manifests and signature stand in front, and the exact size of the
# file is known too.


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """``head``: the small members in front, with their content; ``tar_size``: octets of the whole stream."""

    folder: str
    head: tuple[tuple[str, bytes], ...]
    manifest_hash: str
    tar_size: int


def plan_volume(
    manifest: VolumeManifest, journal: JournalSpool, readme: bytes, keys: DeviceKeys
) -> VolumePlan:
    """Work out tag files, signature and size; ``ValueError`` when the parts do not fit together."""
    _check(manifest, journal, readme, keys)
    data = encode_manifest(manifest)
    rows = [(sha256_of(data), MANIFEST, len(data))]
    if has_records(manifest.volume):
        rows.append((journal.sha256, JOURNAL, journal.size))
        rows.append((sha256_of(readme), README, len(readme)))
    rows.extend((blob.sha256, path, blob.size) for path, blob in content_paths(manifest))
    tags = {
        BAGIT: BAGIT_TEXT,
        BAG_INFO: bag_info(manifest, sum(size for *_, size in rows), len(rows)),
        PAYLOAD_LIST: digest_list((digest, path) for digest, path, _ in rows),
    }
    tag_list = digest_list((sha256_of(tags[name]), name) for name in SIGNED_TAGS)
    signature = sign(tag_list, keys.signing, NAMESPACE).encode("ascii")
    head = (*tags.items(), (TAG_LIST, tag_list), (SIGNATURE, signature), (MANIFEST, data))
    folder = folder_name(manifest.volume)
    sizes = [(name, len(content)) for name, content in head]
    sizes.extend((path, size) for _, path, size in rows[1:])
    total = sum(member_size(f"{folder}/{name}", size) for name, size in sizes) + len(END)
    return VolumePlan(folder, head, sha256_of(data), total)


def _check(
    manifest: VolumeManifest, journal: JournalSpool, readme: bytes, keys: DeviceKeys
) -> None:
    sender = manifest.sender
    if sender.device != keys.device_id or parse_public_line(sender.signing_key) != keys.public_raw:
        raise ValueError("the sender of a volume is the holder of the key that signs it")
    if has_records(manifest.volume):
        if journal.count != manifest.entries:
            raise ValueError("the manifest counts other entries than are given")
    elif journal.count or readme:
        raise ValueError("only volume 1 carries records")
    for contents in (manifest.blobs, manifest.pieces):
        if len({item.sha256 for item in contents}) != len(contents):
            raise ValueError("a blob stands twice")


def write_volume(
    target: Path,
    manifest: VolumeManifest,
    contents: VolumeContents,
    keys: DeviceKeys,
    progress: Progress = SILENT,
    *,
    medium: Medium = LOCAL,
    place: int | None = None,
) -> WrittenVolume:
    """Write, fsync, re-read past the cache and verify ``target``; only then it has that name.

    The lines of the journal have no ends; they and the readme belong to volume 1. Blobs come in the order of the
    manifest. The sender is always a recipient, as the finished file is verified with its key. Progress counts the
    octets of the stream twice: written, then read back. ``place``: the file system it must stand on, where that is
    known.

    Raises:
        WorldError: disk.not_enough (before anything is written), disk.full, medium.gone, disk.…
        TrustError: bundle.blob_changed (a blob is not what the manifest says), bundle.… (what was
            written cannot be read back). In every case no file of that name is made or changed.
        ValueError: the parts do not fit together.
    """
    sealed_to = _recipients(contents.recipients, keys)
    with spool_journal(contents.journal) as journal:
        plan = plan_volume(manifest, journal, contents.readme, keys)
        size = sealed_size(plan.tar_size, len(sealed_to), (size_note(plan.tar_size),))
        if place is not None:
            require_place(medium, target.parent, place)
        require_space(medium, target.parent, size)
        part = part_path(target)
        both_passes = WriteThenReadProgress(progress, plan.tar_size)
        with medium_errors(target.parent, size):
            file = medium.create(part)
        try:
            sink = _Translating(file, target.parent, size)
            with _sealed(sink, sealed_to, plan.tar_size) as stream, hash_thread() as hashing:
                writing = _Volume(stream, hashing, both_passes)
                writing.write(plan, manifest, journal, contents.readme, contents.blobs)
            digest = _verify(medium, part, manifest, keys, both_passes)
            if place is not None:
                require_place(medium, target.parent, place)
            with medium_errors(target.parent):
                medium.publish(part, target)
        except BaseException:
            with contextlib.suppress(OSError):
                medium.remove(part)
            raise
    return WrittenVolume(target.name, size, digest, plan.manifest_hash)


class _Stream:
    """Gathers the pieces of the tar stream for the thread that seals and writes."""

    def __init__(self, lane: WorkerThread[list[bytes]]) -> None:
        self._lane = lane
        self._pieces: list[bytes] = []
        self._gathered = 0
        self.size = 0

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._gathered += len(data)
        self._pieces.append(data)
        if self._gathered >= _GATHER:
            self.flush()

    def flush(self) -> None:
        self._lane.put(self._pieces)
        self._pieces, self._gathered = [], 0


@contextlib.contextmanager
def _sealed(
    sink: _Translating, recipients: Sequence[AgeRecipient], tar_size: int
) -> Iterator[_Stream]:
    """A stream whose octets another thread seals into ``sink``; durable when the block ends well."""
    try:
        writer = AgeWriter(sink, recipients, (size_note(tar_size),))
        lane: WorkerThread[list[bytes]] = WorkerThread(writer.write_all)
        try:
            stream = _Stream(lane)
            yield stream
            stream.flush()
            lane.settle()
        finally:
            lane.stop()
        if stream.size != tar_size:
            raise ValueError("the stream is not as long as was planned")
        writer.close()
        sink.sync()
    finally:
        sink.close()


class _Translating:
    """The part file, its errors told as what happened to the medium."""

    def __init__(self, file: PartFile, folder: Path, need: int) -> None:
        self._file = file
        self._folder = folder
        self._need = need

    def write(self, data: memoryview, /) -> None:
        with medium_errors(self._folder, self._need):
            self._file.write(data)

    def sync(self) -> None:
        with medium_errors(self._folder, self._need):
            self._file.sync()

    def close(self) -> None:
        with medium_errors(self._folder, self._need):
            self._file.close()


class _Volume:
    """Lays the members of a volume into the stream."""

    def __init__(
        self, stream: _Stream, hashing: HashThread, progress: WriteThenReadProgress
    ) -> None:
        self._stream = stream
        self._hashing = hashing
        self._progress = progress
        self._folder = ""

    def write(
        self,
        plan: VolumePlan,
        manifest: VolumeManifest,
        journal: JournalSpool,
        readme: bytes,
        blobs: Iterable[tuple[BlobRef, Iterable[bytes]]],
    ) -> None:
        self._folder = plan.folder
        for name, content in plan.head:
            self._member(name, len(content), (content,))
        if has_records(manifest.volume):
            self._member(JOURNAL, journal.size, journal.blocks())
            self._member(README, len(readme), (readme,))
        given = iter(blobs)
        for path, expected in content_paths(manifest):
            found = next(given, None)
            if found is None or found[0] != expected:
                raise ValueError("the blobs are not those of the manifest, in its order")
            self._blob(path, expected, found[1])
        if next(given, None) is not None:
            raise ValueError("more blobs than the manifest names")
        self._stream.write(END)

    def _blob(self, path: str, blob: BlobRef, blocks: Iterable[bytes]) -> None:
        digest = new_sha256()

        def hashed() -> Iterator[bytes]:
            for block in blocks:
                self._hashing.update(digest, block)
                yield block

        self._member(path, blob.size, hashed())
        if self._hashing.result(digest) != blob.sha256:
            raise TrustError("bundle.blob_changed")

    def _member(self, name: str, size: int, blocks: Iterable[bytes]) -> None:
        self._stream.write(member_header(f"{self._folder}/{name}", size))
        left = size
        for block in blocks:
            self._progress.check()
            left -= len(block)
            if left < 0:
                raise TrustError("bundle.blob_changed")
            self._stream.write(block)
            self._progress.wrote(self._stream.size)
        if left:
            raise TrustError("bundle.blob_changed")
        self._stream.write(padding(size))


def _verify(
    medium: Medium,
    part: Path,
    manifest: VolumeManifest,
    keys: DeviceKeys,
    both_passes: WriteThenReadProgress,
) -> str:
    """Read ``part`` back from the medium as a receiver will; the digest of the file."""
    with medium_errors(part.parent):
        medium.forget_cache(part)
    both_passes.turn()
    file_digest = new_sha256()

    def accept(found: VolumeManifest, signer: bytes) -> None:
        if found != manifest or signer != keys.public_raw:
            raise TrustError("bundle.damaged")

    read_volume(
        part, (keys.age,), NOTHING, accept, both_passes, file_digest=file_digest, rehash=False
    )
    return file_digest.hexdigest()


def _recipients(texts: Sequence[str], keys: DeviceKeys) -> tuple[AgeRecipient, ...]:
    """The recipients, each once, the sender among them."""
    found = [AgeRecipient.from_text(text) for text in texts]
    return tuple(dict.fromkeys((*found, keys.age.recipient)))
