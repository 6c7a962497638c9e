"""``data/manifest.json``: what a volume is, from whom, for whom and with what inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from desktop.bundles.volumes.layout import FORMAT, LIMITS, SUITE
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import SenderCard
from desktop.domain.exchange.volumes import BlobRef, SplitBlob, VolumeManifest
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.canonical import canonical, parse

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BUNDLE: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER_LENGTH: Final = 64
_KEYS: Final = {
    "format", "suite", "bundle", "number", "volume", "volumes", "sender", "receiver", "ranges",
    "entries", "blobs", "previous", "clock",
}  # fmt: skip
_SPLIT_KEYS: Final = {"pieces", "split"}
_SENDER_KEYS: Final = {
    "device", "unit_code", "unit_name", "role", "signing_key", "recipient",
}  # fmt: skip


def encode_manifest(manifest: VolumeManifest) -> bytes:
    """The RFC 8785 octets of ``manifest``."""
    sender = manifest.sender
    document: dict[str, Json] = {
        "format": FORMAT,
        "suite": SUITE,
        "bundle": manifest.bundle,
        "number": manifest.number,
        "volume": manifest.volume,
        "volumes": manifest.volumes,
        "sender": {
            "device": sender.device,
            "unit_code": sender.unit_code,
            "unit_name": sender.unit_name,
            "role": sender.role,
            "signing_key": sender.signing_key,
            "recipient": sender.recipient,
        },
        "receiver": manifest.receiver,
        "ranges": {stream: [first, last] for stream, (first, last) in manifest.ranges.items()},
        "entries": manifest.entries,
        "blobs": [
            {"sha256": blob.sha256, "size": blob.size, "sm3": blob.sm3 or None}
            for blob in manifest.blobs
        ],
        "previous": manifest.previous or None,
        "clock": manifest.clock,
    }
    if manifest.split:  # absent otherwise, so that volumes without any stay as they always were
        document["pieces"] = [{"sha256": p.sha256, "size": p.size} for p in manifest.pieces]
        document["split"] = [
            {
                "sha256": item.blob.sha256,
                "size": item.blob.size,
                "sm3": item.blob.sm3 or None,
                "piece_size": item.piece_size,
                "pieces": list(item.pieces),
            }
            for item in manifest.split
        ]
    return canonical(document)


def decode_manifest(data: bytes) -> VolumeManifest:
    """The manifest in ``data``; ``TrustError`` bundle.newer_version or bundle.profile."""
    document = parse(data)
    if not isinstance(document, dict):
        raise TrustError("bundle.profile")
    version = document.get("format")
    if type(version) is int and version > FORMAT:
        raise TrustError("bundle.newer_version")
    try:
        manifest = _build(document)
        spelled = encode_manifest(manifest)
    except (KeyError, TypeError, ValueError):
        raise TrustError("bundle.profile") from None
    if spelled != data:
        raise TrustError("bundle.profile")  # not canonical, another suite, or keys we do not know
    return manifest


def _build(document: Mapping[str, Any]) -> VolumeManifest:
    _exactly(document, _KEYS | (_SPLIT_KEYS if "split" in document else set()))
    volume, volumes = _count(document["volume"], 1), _count(document["volumes"], 1)
    if volume > volumes or volumes > LIMITS.volumes:
        raise ValueError("volumes")
    blobs = tuple(_blob(item) for item in document["blobs"])
    split = tuple(_split(item) for item in document.get("split", ()))
    pieces = tuple(_piece(item) for item in document.get("pieces", ()))
    for contents in (blobs, pieces):
        if len({item.sha256 for item in contents}) != len(contents):
            raise ValueError("a blob stands twice")
    parts = {part for item in split for part in item.contents()}
    if bool(pieces) is not bool(split) or not parts.issuperset(pieces):
        raise ValueError("a piece belongs to a blob that is split")
    if len(blobs) + len(pieces) > LIMITS.blobs or len(parts) > LIMITS.parts:
        raise TrustError("bundle.too_large")
    return VolumeManifest(
        bundle=BundleId(_bundle(document["bundle"])),
        number=_number(document["number"]),
        volume=volume,
        volumes=volumes,
        sender=_sender(document["sender"]),
        receiver=DeviceId(_text(document["receiver"])),
        ranges={_text(name): _range(value) for name, value in _object(document["ranges"]).items()},
        entries=_count(document["entries"], 0),
        blobs=blobs,
        previous=_digest(document["previous"]),
        clock=_clock(document["clock"]),
        pieces=pieces,
        split=split,
    )


def _sender(value: Mapping[str, Any]) -> SenderCard:
    _exactly(value, _SENDER_KEYS)
    texts = {name: _text(text) for name, text in value.items()}
    return SenderCard(
        DeviceId(texts["device"]), texts["unit_code"], texts["unit_name"], texts["role"],
        texts["signing_key"], texts["recipient"],
    )  # fmt: skip


def _blob(value: Mapping[str, Any]) -> BlobRef:
    _exactly(value, {"sha256", "size", "sm3"})
    digest = _digest(value["sha256"])
    if not digest:
        raise ValueError("a blob has a digest")
    return BlobRef(digest, _count(value["size"], 0), _digest(value["sm3"]))


def _piece(value: Mapping[str, Any]) -> BlobRef:
    _exactly(value, {"sha256", "size"})
    digest = _digest(value["sha256"])
    if not digest:
        raise ValueError("a piece has a digest")
    return BlobRef(digest, _count(value["size"], 1))


def _split(value: Mapping[str, Any]) -> SplitBlob:
    _exactly(value, {"sha256", "size", "sm3", "piece_size", "pieces"})
    blob = _blob({name: value[name] for name in ("sha256", "size", "sm3")})
    pieces = tuple(_digest(_text(item)) for item in value["pieces"])
    return SplitBlob(blob, _count(value["piece_size"], 1), pieces)


def _range(value: Any) -> tuple[int, int]:
    first, last = value
    if _count(last, 1) < _count(first, 1):
        raise ValueError("a range runs backwards")
    return first, last


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value


def _exactly(value: Any, keys: set[str]) -> None:
    if _object(value).keys() != keys:
        raise KeyError("keys")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _count(value: Any, least: int) -> int:
    if type(value) is not int or value < least:
        raise ValueError("count")
    return int(value)


def _bundle(value: Any) -> str:
    """Stands in a tag file of ASCII and names a subject of the journal."""
    if _BUNDLE.fullmatch(_text(value)) is None:
        raise ValueError("bundle")
    return str(value)


def _number(value: Any) -> str:
    """What people say; "" where nobody counts."""
    if len(_text(value)) > _NUMBER_LENGTH or not value.isprintable():
        raise ValueError("number")
    return str(value)


def _clock(value: Any) -> str:
    if to_wire(from_wire(_text(value))) != value:
        raise ValueError("clock")
    return str(value)


def _digest(value: Any) -> str:
    """A digest in lower-case hex; empty for null."""
    if value is None:
        return ""
    if _DIGEST.fullmatch(_text(value)) is None:
        raise ValueError("digest")
    return str(value)
