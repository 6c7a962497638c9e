"""Names, order, limits and ids of the exchange format, version 1 (``docs/bundle-format.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.exchange.volumes import MOST_BLOBS, BlobRef, VolumeManifest
from desktop.sealing.age_header import Stanza

FORMAT: Final = 1
SUITE: Final = "age-x25519+sshsig-ed25519+sha256"
"""The cryptographic suite of a volume; a second one would get another id, never a mixture."""
NAMESPACE: Final = "fanzha-bundle"

BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
PAYLOAD_LIST: Final = "manifest-sha256.txt"
TAG_LIST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "tagmanifest-sha256.txt.sig"
MANIFEST: Final = "data/manifest.json"
JOURNAL: Final = "data/journal.jsonl"
README: Final = "data/readme.pdf"
BLOBS: Final = "data/blobs/"
PIECES: Final = "data/pieces/"

SIZE_NOTE: Final = "fanzha-size"
"""Kind of the age stanza that tells the size of the tar stream, so that a cut copy is known as one."""

PART_SUFFIX: Final = ".part"
VOLUME_SUFFIX: Final = ".fzb"
_NAME: Final = re.compile(r"fanzha-[A-Za-z0-9-]+-[0-9]+of[0-9]+\.fzb")
_SENDER: Final = re.compile(
    r"fanzha-([0-9]{12})-(?:([A-Za-z0-9]+)-[0-9]+-)?[A-Za-z0-9-]*[0-9]+of[0-9]+\.fzb"
)
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """What a reader puts up with. Nothing is compressed, so no stream is larger than its file."""

    file: int = 1 << 38
    tag_file: int = 32 << 20
    signature: int = 4096
    manifest: int = 64 << 20
    readme: int = 64 << 20
    journal: int = 8 << 30
    line: int = 1 << 20
    blobs: int = MOST_BLOBS
    parts: int = 65_536
    volumes: int = 999


LIMITS: Final = BundleLimits()


def folder_name(volume: int) -> str:
    """The bag's folder inside the tar: short enough for every member name to fit 100 octets."""
    return f"bundle-{volume:03d}"


def volume_name(manifest: VolumeManifest) -> str:
    """The file name of a volume: ASCII, safe on every file system, one for each unit, sorted by volume."""
    parts = (manifest.sender.unit_code, manifest.number or manifest.bundle)
    words = "-".join(word for part in parts if (word := _UNSAFE.sub("-", part).strip("-")))
    width = len(str(manifest.volumes))
    name = f"fanzha-{words or manifest.bundle}"
    return f"{name}-{manifest.volume:0{width}d}of{manifest.volumes}{VOLUME_SUFFIX}"


def is_volume_name(name: str) -> bool:
    """Whether ``name`` has the form of :func:`volume_name`."""
    return _NAME.fullmatch(name) is not None


def sender_in_name(name: str) -> tuple[str, str]:
    """The code of the unit and the letter of its device in a file name that ends like :func:`volume_name`; ``""`` for
    what it does not tell."""
    found = _SENDER.search(name)
    return (found[1], found[2] or "") if found is not None else ("", "")


def size_note(tar_size: int) -> Stanza:
    """The stanza that tells the size of the tar stream."""
    return Stanza(SIZE_NOTE, (str(tar_size),), b"")


def content_paths(manifest: VolumeManifest) -> Iterator[tuple[str, BlobRef]]:
    """Path and content of every blob and piece, in the order of the tar."""
    for blob in manifest.blobs:
        yield BLOBS + blob.sha256, blob
    for piece in manifest.pieces:
        yield PIECES + piece.sha256, piece


def has_records(volume: int) -> bool:
    """Volume 1 carries journal and readme; the later ones evidence only."""
    return volume == 1
