"""Volumes of a sound form whose tag files, manifest or journal do not hold: refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.bundles.volumes.manifest_json import encode_manifest
from desktop.journal.canonical import canonical, parse
from tests.bundles import volumes
from tests.bundles.refusing import HONEST, WHAT, refused, sealed

TAGS = {
    "newer": ({"bag-info.txt": b"Fanzha-Bundle-Format: 2\n"}, "bundle.newer_version"),
    "no format": ({"bag-info.txt": b"Payload-Oxum: 1.1\n"}, "bundle.profile"),
    "other oxum": (
        {
            "bag-info.txt": dict(HONEST)["bag-info.txt"].replace(
                b"Payload-Oxum: ", b"Payload-Oxum: 1"
            )
        },
        "bundle.profile",
    ),
    "other bagit": (
        {"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"},
        "bundle.profile",
    ),
    "other lines": (
        {"manifest-sha256.txt": dict(HONEST)["manifest-sha256.txt"].replace(b"\n", b"\r\n")},
        "bundle.profile",
    ),
    "no last end": (
        {"manifest-sha256.txt": dict(HONEST)["manifest-sha256.txt"][:-1]},
        "bundle.profile",
    ),
}


@pytest.mark.parametrize("name", TAGS)
def test_tag_files_of_another_form(tmp_path: Path, name: str) -> None:
    tags, code = TAGS[name]
    refused(sealed(volumes.members(WHAT, volumes.payload(WHAT), tags=tags), tmp_path), code)


Change = Callable[[dict[str, object]], object]
DOCUMENTS: dict[str, tuple[Change, str]] = {
    "newer": (lambda d: d.update(format=2), "bundle.newer_version"),
    "suite": (lambda d: d.update(suite="sm2"), "bundle.profile"),
    "extra": (lambda d: d.update(extra=1), "bundle.profile"),
    "missing": (lambda d: d.pop("clock"), "bundle.profile"),
    "type": (lambda d: d.update(entries=True), "bundle.profile"),
    "negative": (lambda d: d.update(entries=-1), "bundle.profile"),
    "volume": (lambda d: d.update(volume=2), "bundle.profile"),
    "range": (lambda d: d.update(ranges={"x": [2, 1]}), "bundle.profile"),
    "range form": (lambda d: d.update(ranges={"x": [1]}), "bundle.profile"),
    "sender": (lambda d: d.update(sender=[]), "bundle.profile"),
    "blob twice": (lambda d: d.update(blobs=[*_blobs(d), _blobs(d)[0]]), "bundle.profile"),
    "blob digest": (
        lambda d: d.update(blobs=[{**_blobs(d)[0], "sha256": "../x"}]),
        "bundle.profile",
    ),
    "blob size": (
        lambda d: d.update(blobs=[{**_blobs(d)[0], "size": 1}, *_blobs(d)[1:]]),
        "bundle.profile",
    ),
    "fewer blobs": (lambda d: d.update(blobs=_blobs(d)[:-1]), "bundle.profile"),
    "entries": (lambda d: d.update(entries=4), "bundle.profile"),
}


def _blobs(document: dict[str, object]) -> list[dict[str, object]]:
    found = document["blobs"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_manifests_that_do_not_hold(tmp_path: Path, name: str) -> None:
    change, code = DOCUMENTS[name]
    document = parse(encode_manifest(WHAT))
    change(document)
    payload = volumes.payload(WHAT)
    payload[0] = (payload[0][0], canonical(document))
    refused(sealed(volumes.members(WHAT, payload), tmp_path), code)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b"null"])
def test_manifests_that_are_none(tmp_path: Path, data: bytes) -> None:
    payload = volumes.payload(WHAT)
    payload[0] = (payload[0][0], data)
    refused(sealed(volumes.members(WHAT, payload), tmp_path), "bundle.profile")


def test_a_manifest_in_another_spelling(tmp_path: Path) -> None:
    payload = volumes.payload(WHAT)
    payload[0] = (payload[0][0], payload[0][1].replace(b'":', b'": '))
    refused(sealed(volumes.members(WHAT, payload), tmp_path), "bundle.profile")


@pytest.mark.parametrize(
    "journal", [b"", b"{}\n{}\n", b"{}\n{}\n{}", b"{}\n\n{}\n", b"{}\n{}\n{}\n{}\n"]
)
def test_journals_of_another_length(tmp_path: Path, journal: bytes) -> None:
    payload = volumes.payload(WHAT)
    payload[1] = (payload[1][0], journal)
    refused(sealed(volumes.members(WHAT, payload), tmp_path), "bundle.profile")
