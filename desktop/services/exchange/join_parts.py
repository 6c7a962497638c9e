"""Make a blob whole that came in parts, over several volumes and sticks."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from desktop.domain.exchange import SplitBlob, VolumeManifest
from desktop.domain.progress import Progress
from desktop.services.desk import Desk

_BLOCK: Final = 1 << 20


def parts_of_whole(desk: Desk, manifest: VolumeManifest) -> frozenset[str]:
    """Parts nobody needs any more: their blobs are whole here."""
    return frozenset(
        part for item in manifest.split if desk.vault.has(item.blob.sha256) for part in item.pieces
    )


def join_parts(desk: Desk, manifest: VolumeManifest, progress: Progress) -> int:
    """Join every blob of the volume whose parts are all here now; how many.

    Whatever ends this leaves the parts, beside the whole or without it; the same volume taken in again joins them, and
    removes what is not needed any more.

    Raises:
        TrustError: ``vault.mismatch`` when the parts are not the blob their sender named.
    """
    joined = 0
    for item in manifest.split:
        whole = desk.vault.has(item.blob.sha256)
        if not whole and all(desk.vault.has(part) for part in item.pieces):
            _join(desk, item, progress)
            whole = True
            joined += 1
        if whole:
            _drop_parts(desk, item)
    return joined


def held_contents(desk: Desk, manifest: VolumeManifest) -> list[str]:
    """What of the volume is here to be acknowledged: blobs, parts, and blobs its parts made whole."""
    whole = [item.blob.sha256 for item in manifest.split if desk.vault.has(item.blob.sha256)]
    spent = parts_of_whole(desk, manifest)
    contents = [
        item.sha256
        for item in manifest.contents
        if item.sha256 in spent or desk.vault.has(item.sha256)
    ]
    return list(dict.fromkeys((*contents, *whole)))


def _join(desk: Desk, item: SplitBlob, progress: Progress) -> None:
    writer = desk.vault.receive(item.blob)
    try:
        for part in item.pieces:
            with closing(desk.vault.open(part)) as stream:
                while data := stream.read(_BLOCK):
                    progress.check()
                    writer.write(data)
    except BaseException:
        writer.abort()
        raise
    writer.commit()


def _drop_parts(desk: Desk, item: SplitBlob) -> None:
    """A part that is a piece of evidence by itself stays."""
    here = [part for part in dict.fromkeys(item.pieces) if desk.vault.has(part)]
    if not here:
        return
    with desk.store.read() as reader:
        named = {blob.sha256 for blob in reader.known_blobs()}
    for part in here:
        if part not in named and part != item.blob.sha256:
            desk.vault.drop_part(part)
