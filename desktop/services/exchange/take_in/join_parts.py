"""Make a blob whole that came in parts, over several volumes and sticks."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from desktop.domain.exchange.volumes import SplitBlob, VolumeManifest
from desktop.domain.progress import Progress
from desktop.services.session import Session

_BLOCK: Final = 1 << 20


def parts_of_whole(session: Session, manifest: VolumeManifest) -> frozenset[str]:
    """Parts nobody needs any more: their blobs are whole here."""
    return frozenset(
        part
        for item in manifest.split
        if session.vault.has(item.blob.sha256)
        for part in item.pieces
    )


def join_parts(session: Session, manifest: VolumeManifest, progress: Progress) -> int:
    """Join every blob of the volume whose parts are all here now; how many.

    Whatever ends this leaves the parts, beside the whole or without it; the same volume taken in again joins them, and
    removes what is not needed any more.

    Raises:
        TrustError: ``vault.mismatch`` when the parts are not the blob their sender named.
    """
    joined = 0
    for item in manifest.split:
        whole = session.vault.has(item.blob.sha256)
        if not whole and all(session.vault.has(part) for part in item.pieces):
            _join(session, item, progress)
            whole = True
            joined += 1
        if whole:
            _drop_parts(session, item)
    return joined


def held_contents(session: Session, manifest: VolumeManifest) -> list[str]:
    """What of the volume is here to be acknowledged: blobs, parts, and blobs its parts made whole."""
    whole = [item.blob.sha256 for item in manifest.split if session.vault.has(item.blob.sha256)]
    spent = parts_of_whole(session, manifest)
    contents = [
        item.sha256
        for item in manifest.contents
        if item.sha256 in spent or session.vault.has(item.sha256)
    ]
    return list(dict.fromkeys((*contents, *whole)))


def _join(session: Session, item: SplitBlob, progress: Progress) -> None:
    writer = session.vault.receive(item.blob)
    try:
        for part in item.pieces:
            with closing(session.vault.open(part)) as stream:
                while data := stream.read(_BLOCK):
                    progress.check()
                    writer.write(data)
    except BaseException:
        writer.abort()
        raise
    writer.commit()


def _drop_parts(session: Session, item: SplitBlob) -> None:
    """A part that is a piece of evidence by itself stays."""
    here = [part for part in dict.fromkeys(item.pieces) if session.vault.has(part)]
    if not here:
        return
    with session.store.read() as reader:
        named = {blob.sha256 for blob in reader.known_blobs()}
    for part in here:
        if part not in named and part != item.blob.sha256:
            session.vault.drop_part(part)
