"""Reading one volume in a single pass: nothing is believed before it is verified.

Order: complete? → decrypt → tag files → signature → who is it (the caller's ``accept``) → payload, each
file re-hashed while it streams → nothing missing, nothing extra, nothing behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final, TypeAlias

from desktop.bundles.volumes.lanes import HashThread, hash_thread
from desktop.bundles.volumes.layout import (
    BAG_INFO,
    BAGIT,
    JOURNAL,
    LIMITS,
    MANIFEST,
    NAMESPACE,
    PAYLOAD_LIST,
    README,
    SIGNATURE,
    SIZE_NOTE,
    TAG_LIST,
    BundleLimits,
    content_paths,
    folder_name,
    has_records,
)
from desktop.bundles.volumes.manifest_json import decode_manifest
from desktop.bundles.volumes.medium import medium_errors
from desktop.bundles.volumes.signed_parts import check_sender
from desktop.bundles.volumes.tag_files import (
    BAGIT_TEXT,
    SIGNED_TAGS,
    bag_info,
    check_format,
    digest_list,
    parse_digest_list,
)
from desktop.bundles.volumes.tar_stream import TarStream
from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import SignedParts
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.processes.read_ahead import ReadAhead
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_payload import sealed_payload_size
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.digests import Hash, new_sha256, sha256_of
from desktop.sealing.sshsig import verify
from desktop.services.brought_file import brought_descriptor
from desktop.services.ports import BlobWriter, VolumeSink

__all__ = ["NOTHING", "VolumeSink", "read_volume"]

_MEANINGS: Final = {
    "age.not_age": "bundle.not_a_bundle",
    "age.not_for_us": "bundle.not_for_us",
    "age.damaged": "bundle.damaged",
    "age.truncated": "bundle.truncated",
    "entry.malformed": "bundle.profile",
    "sshsig.damaged": "bundle.signature",
    "sshsig.namespace": "bundle.signature",
    "sshsig.mismatch": "bundle.signature",
}


Accept: TypeAlias = Callable[[VolumeManifest, bytes], None]
"""Decides trust from a verified manifest and the raw key that signed it; raises ``TrustError`` to refuse."""


class VolumeWalk:
    """The members of one volume, in their order."""

    def __init__(
        self, stream: TarStream, hashing: HashThread, limits: BundleLimits, *, rehash: bool
    ) -> None:
        self._rehash = rehash
        self._stream = stream
        self._hashing = hashing
        self._limits = limits
        self._payload = 0
        self._signed: tuple[bytes, ...] = ()

    def read(self, sink: VolumeSink, accept: Accept) -> VolumeManifest:
        """All of them; see :func:`desktop.bundles.volumes.reader.read_volume`."""
        info, rows, signer = self._tags()
        manifest = self._manifest(rows, signer)
        accept(manifest, signer)
        if has_records(manifest.volume):
            sink.signed(SignedParts(*self._signed))
        digests = {path: digest for digest, path in rows}
        if has_records(manifest.volume):
            self._journal(digests[JOURNAL], manifest.entries, sink)
            self._readme(digests[README])
        for path, blob in content_paths(manifest):
            self._blob(path, blob, sink)
        self._stream.finish()
        if info != bag_info(manifest, self._payload, len(rows)):
            raise TrustError("bundle.profile")
        return manifest

    def _tags(self) -> tuple[bytes, tuple[tuple[str, str], ...], bytes]:
        """``bag-info.txt``, the rows of the payload manifest, and the key that signed them all."""
        limit = self._limits.tag_file
        bagit = self._stream.small(BAGIT, limit)
        info = self._stream.small(BAG_INFO, limit)
        check_format(info)
        payload_list = self._stream.small(PAYLOAD_LIST, limit)
        tag_list = self._stream.small(TAG_LIST, limit)
        signature = self._stream.small(SIGNATURE, self._limits.signature)
        signer = verify(tag_list, signature.decode("latin-1"), NAMESPACE)
        contents = zip((bagit, info, payload_list), SIGNED_TAGS, strict=True)
        if tag_list != digest_list((sha256_of(content), name) for content, name in contents):
            raise TrustError("bundle.signature")
        if bagit != BAGIT_TEXT:
            raise TrustError("bundle.profile")
        self._signed = (tag_list, signature, payload_list)
        return info, parse_digest_list(payload_list), signer

    def _manifest(self, rows: tuple[tuple[str, str], ...], signer: bytes) -> VolumeManifest:
        data = self._stream.small(MANIFEST, self._limits.manifest)
        self._payload += len(data)
        if not rows or rows[0] != (sha256_of(data), MANIFEST):
            raise TrustError("bundle.signature")
        manifest = decode_manifest(data)
        self._signed = (*self._signed, data)
        if len(manifest.contents) > self._limits.blobs:
            raise TrustError("bundle.too_large")
        paths = [JOURNAL, README] if has_records(manifest.volume) else []
        listed: list[tuple[str, str | None]] = [(path, None) for path in paths]
        listed += [(path, blob.sha256) for path, blob in content_paths(manifest)]
        found = [(path, None if path in paths else digest) for digest, path in rows[1:]]
        if found != listed or self._stream.folder != folder_name(manifest.volume):
            raise TrustError("bundle.profile")
        check_sender(manifest, signer)
        return manifest

    def _journal(self, digest: str, entries: int, sink: VolumeSink) -> None:
        size = self._stream.open(JOURNAL, self._limits.journal)
        rest, count = b"", 0
        for piece in self._hashed(size, digest):
            *lines, rest = (rest + piece).split(b"\n")
            count += len(lines)
            for line in lines:
                if not line:
                    raise TrustError("bundle.profile")
                sink.journal_line(line)
            if len(rest) > self._limits.line:
                raise TrustError("bundle.too_large")
        if rest or count != entries:
            raise TrustError("bundle.profile")

    def _readme(self, digest: str) -> None:
        size = self._stream.open(README, self._limits.readme)
        for _ in self._hashed(size, digest):
            pass

    def _blob(self, path: str, blob: BlobRef, sink: VolumeSink) -> None:
        self._stream.expect(path, blob.size)
        writer = sink.blob(blob)
        try:
            for piece in self._hashed(blob.size, blob.sha256):
                if writer is not None:
                    writer.write(piece)
        except BaseException:
            if writer is not None:
                writer.abort()
            raise
        if writer is not None:
            writer.commit()

    def _hashed(self, size: int, wanted: str) -> Iterator[bytes]:
        """The content of the member just opened; ``TrustError`` bundle.damaged at its end if it is not ``wanted``."""
        digest = new_sha256()
        for piece in self._stream.pieces(size):
            if self._rehash:
                self._hashing.update(digest, piece)
            yield piece
        if self._rehash and self._hashing.result(digest) != wanted:
            raise TrustError("bundle.damaged")
        self._stream.close(size)
        self._payload += size


class _DiscardingSink:
    """Keeps nothing: for verifying alone."""

    def signed(self, parts: SignedParts) -> None:
        """Ignore."""

    def journal_line(self, line: bytes) -> None:
        """Ignore."""

    def blob(self, ref: BlobRef) -> BlobWriter | None:  # noqa: ARG002 - the Protocol names it
        """Not wanted; its octets are checked all the same."""
        return None


NOTHING: Final[VolumeSink] = _DiscardingSink()


def read_volume(  # noqa: PLR0913 - where from, with what, to whom, how carefully
    path: Path,
    identities: Sequence[AgeIdentity],
    sink: VolumeSink,
    accept: Accept,
    progress: Progress = SILENT,
    *,
    limits: BundleLimits = LIMITS,
    file_digest: Hash | None = None,
    rehash: bool = True,
) -> VolumeManifest:
    """Verify ``path`` while it streams into ``sink``; returns the manifest when everything holds.

    ``accept`` gets the manifest and the raw Ed25519 key whose signature holds, before any payload is
    read; it decides trust, looks whether we are the receiver, and raises ``TrustError`` to refuse.
    The sink must publish no journal line before this function has returned; each blob is committed
    after its digest held. ``file_digest`` is fed the file as it stands on the medium. ``rehash`` False is for
    the writer alone, who digested every payload while sealing it: age authenticates each octet that comes back,
    so that a second digest could only repeat the first.

    Raises:
        TrustError: bundle.truncated, bundle.damaged, bundle.not_a_bundle, bundle.not_for_us,
            bundle.signature, bundle.profile, bundle.newer_version, bundle.too_large, or what
            ``accept`` raised.
        WorldError: medium.gone, disk.…; file.link, file.special for what is no plain file
    """
    with medium_errors(path.parent):
        file = FileIO(brought_descriptor(path))
        if sys.platform == "linux":  # sticks read ahead far too little by themselves
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
    with file, hash_thread() as hashing, hash_thread() as file_hashing:
        source = _File(file, path.parent, file_hashing, file_digest)
        try:
            opened = _open(source, identities, limits)
            walk = _VolumeRead(sink, accept, progress, hashing, limits, rehash)
            manifest = walk.through(opened)
        except TrustError as error:
            raise TrustError(_MEANINGS.get(error.code, error.code), **error.params) from error
        if file_digest is not None:
            file_hashing.result(file_digest)
        return manifest


@dataclass(frozen=True, slots=True)
class _VolumeRead:
    """How one volume is read."""

    sink: VolumeSink
    accept: Accept
    progress: Progress
    hashing: HashThread
    limits: BundleLimits
    rehash: bool

    def through(self, opened: AgeReader) -> VolumeManifest:
        """All members; raises what they raise."""
        expected_size = _expected_size(opened)
        with ReadAhead(opened.blocks()) as blocks:
            stream = TarStream(blocks, self.progress, expected_size or 0)
            walk = VolumeWalk(stream, self.hashing, self.limits, rehash=self.rehash)
            manifest = walk.read(self.sink, self.accept)
        if expected_size not in (None, stream.size):
            raise TrustError("bundle.profile")
        return manifest


class _File:
    """The file on the medium, its errors told as what happened to the medium."""

    def __init__(
        self, file: FileIO, folder: Path, hashing: HashThread, digest: Hash | None
    ) -> None:
        self._file = file
        self._folder = folder
        self._hashing = hashing
        self._digest = digest

    @property
    def size(self) -> int:
        with medium_errors(self._folder):
            return os.fstat(self._file.fileno()).st_size

    def read(self, size: int, /) -> bytes:
        with medium_errors(self._folder):
            data = self._file.read(size)
        if self._digest is not None:
            self._hashing.update(self._digest, data)
        return data


def _open(source: _File, identities: Sequence[AgeIdentity], limits: BundleLimits) -> AgeReader:
    """Header and completeness, before anything is decrypted."""
    if source.size > limits.file:
        raise TrustError("bundle.too_large")
    opened = AgeReader(source, identities)
    expected_size = _expected_size(opened)
    if expected_size is not None:
        expected = opened.header.size + sealed_payload_size(expected_size)
        if source.size != expected:
            raise TrustError("bundle.truncated" if source.size < expected else "bundle.damaged")
    return opened


def _expected_size(opened: AgeReader) -> int | None:
    """The size of the tar stream as the header tells it; a foreign writer may leave it out."""
    notes = [note for note in opened.header.stanzas if note.kind == SIZE_NOTE]
    if not notes:
        return None
    digits = "".join(notes[0].arguments)
    if len(notes) > 1 or notes[0].body or not digits.isdigit() or len(digits) > 15:
        raise TrustError("bundle.profile")
    return int(digits)
