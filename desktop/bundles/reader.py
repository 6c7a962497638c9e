"""Reading one volume in a single pass: nothing is believed before it is verified.

Order: complete? → decrypt → tag files → signature → who is it (the caller's ``accept``) → payload, each
file re-hashed while it streams → nothing missing, nothing extra, nothing behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

from desktop.bundles.lanes import HashThread, hash_thread
from desktop.bundles.layout import LIMITS, SIZE_NOTE, BundleLimits
from desktop.bundles.medium import medium_errors
from desktop.bundles.tar_stream import TarStream
from desktop.bundles.volume_walk import Accept, VolumeWalk
from desktop.domain.errors import TrustError
from desktop.domain.exchange import BlobRef, VolumeManifest
from desktop.domain.origin import SignedParts
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.read_ahead import ReadAhead
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_payload import sealed_payload_size
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.digests import Hash
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
