"""The inside of one volume, member by member, in the only order it may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from desktop.bundles.lanes import HashThread
from desktop.bundles.layout import (
    BAG_INFO,
    BAGIT,
    JOURNAL,
    MANIFEST,
    NAMESPACE,
    PAYLOAD_LIST,
    README,
    SIGNATURE,
    TAG_LIST,
    BundleLimits,
    content_paths,
    folder_name,
    has_records,
)
from desktop.bundles.manifest_json import decode_manifest
from desktop.bundles.signed_parts import check_sender
from desktop.bundles.tag_files import (
    BAGIT_TEXT,
    SIGNED_TAGS,
    bag_info,
    check_format,
    digest_list,
    parse_digest_list,
)
from desktop.bundles.tar_stream import TarStream
from desktop.domain.errors import TrustError
from desktop.domain.exchange import BlobRef, VolumeManifest
from desktop.domain.origin import SignedParts
from desktop.sealing.digests import new_sha256, sha256_of
from desktop.sealing.sshsig import verify
from desktop.services.ports import VolumeSink

Accept: TypeAlias = Callable[[VolumeManifest, bytes], None]
"""Decides trust from a verified manifest and the raw key that signed it; raises ``TrustError`` to refuse."""


class VolumeWalk:
    """The members of one volume, in their order."""

    def __init__(
        self, stream: TarStream, hashing: HashThread, limits: BundleLimits, *, rehash: bool = True
    ) -> None:
        self._rehash = rehash
        self._stream = stream
        self._hashing = hashing
        self._limits = limits
        self._payload = 0
        self._signed: tuple[bytes, ...] = ()

    def read(self, sink: VolumeSink, accept: Accept) -> VolumeManifest:
        """All of them; see :func:`desktop.bundles.reader.read_volume`."""
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
