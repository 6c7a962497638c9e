"""Whatever bit of a header, and whatever value of the JSON in a bundle is turned: only ``TrustError`` comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.bundles.volumes.manifest_json import decode_manifest, encode_manifest
from desktop.bundles.volumes.tar_format import BLOCK, member_header, padding, read_size
from desktop.bundles.volumes.tar_stream import TarStream
from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import BlobRef, SplitBlob
from desktop.domain.progress import SILENT
from desktop.journal.canonical import canonical
from desktop.journal.entry import read_line
from desktop.journal.well_formed import well_formed
from tests.bundles import volumes
from tests.bundles.refusing import HONEST, refused

NAME: Final = "bundle-001/data/manifest.json"
LARGE: Final = 8**11
BITS: Final = [(at, bit) for at in range(BLOCK) for bit in range(8)]
VALUES: Final[dict[str, Any]] = {
    "null": None, "true": True, "false": False, "nought": 0, "minus": -1, "one": 1, "a fraction": 1.5,
    "an integral float": 1.0, "beyond exact": 2**53, "beyond 64 bits": 2**70, "an exponent": 1e300, "no text": "",
    "a text": "x", "a digit": "8", "a long text": "0" * 70, "a NUL": "\0", "half a character": "\ud800", "no list": [],
    "a list": [1, 2], "lists in lists": [[[]]], "three": [1, 2, 3], "a list of null": [None], "no object": {},
    "an object": {"sha256": 1}, "a key with a NUL": {"\0": 1},
}  # fmt: skip


def turned(octets: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(octets)
    changed[at] ^= 1 << bit
    return bytes(changed)


def outcome(work: Callable[[], object]) -> str:
    """The code of the one error that may come out."""
    try:
        work()
    except TrustError as error:
        return error.code
    return ""


@pytest.mark.parametrize("size", [0, 8, 0o7654321, LARGE - 1])
def test_no_bit_of_a_header_can_be_turned(size: int) -> None:
    header = member_header(NAME, size)
    assert read_size(header, NAME) == size
    wrong = [
        bit
        for bit in BITS
        if outcome(partial(read_size, turned(header, *bit), NAME)) != "bundle.profile"
    ]
    assert wrong == []


@pytest.mark.parametrize("size", [8, LARGE])
def test_no_bit_before_a_blob_can_be_turned(size: int) -> None:
    """A member of 8 GiB has three blocks in front of it."""
    header = member_header(NAME, size)

    def expect(octets: bytes) -> None:
        stream = TarStream(iter([octets]), SILENT, len(octets))
        stream._folder = "bundle-001"
        stream.expect("data/manifest.json", size)

    expect(header)
    places = [(at, bit) for at in range(len(header)) for bit in range(8)]
    wrong = [
        at for at in places if outcome(partial(expect, turned(header, *at))) != "bundle.profile"
    ]
    assert wrong == []


def test_a_size_of_any_eleven_octets_is_a_number_of_eight_or_refused() -> None:
    header = member_header(NAME, 8)
    for octet in range(256):
        for at in (124, 129, 134):
            changed = header[:at] + bytes([octet]) + header[at + 1 :]
            assert outcome(partial(read_size, changed, NAME)) in (
                "",
                "bundle.profile",
            )


def headers() -> list[int]:
    """Where each header of the honest volume begins."""
    places = [0]
    for _, data in HONEST:
        places.append(places[-1] + BLOCK + len(data) + len(padding(len(data))))
    return places[:-1]


@pytest.mark.parametrize("at", headers())
def test_a_whole_volume_with_one_bit_turned_is_refused(at: int, tmp_path: Path) -> None:
    whole = volumes.tar(HONEST)
    for place in range(0, BLOCK, 31):
        changed = turned(whole, at + place, place % 8)
        refused(volumes.seal(changed, tmp_path / "x.fzb"), "bundle.profile")


def places(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every value of a document, the document itself first."""
    yield path
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*path, key))


def put(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    changed = json.loads(json.dumps(document))
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


def spelled(document: Any) -> bytes:
    """As a forger writes it: in canonical order, whatever the values are."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


PART: Final = BlobRef("ab" * 32, 10)
SPLIT: Final = replace(
    volumes.manifest(),
    pieces=(PART,),
    split=(SplitBlob(BlobRef("cd" * 32, 20), 10, (PART.sha256, "ef" * 32)),),
)
MANIFESTS: Final = {
    "plain": json.loads(encode_manifest(volumes.manifest())),
    "split": json.loads(encode_manifest(SPLIT)),
}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("sample", MANIFESTS)
def test_a_manifest_with_any_value_turned_is_itself_or_refused(sample: str, value: str) -> None:
    document = MANIFESTS[sample]
    assert len(list(places(document))) > 30
    for path in places(document):
        data = spelled(put(document, path, VALUES[value]))
        try:
            found = decode_manifest(data)
        except TrustError:
            continue
        assert encode_manifest(found) == data, path


@pytest.mark.parametrize("value", VALUES)
def test_a_line_with_any_value_turned_is_itself_or_refused(value: str) -> None:
    """The forger works out the hash too."""
    document = json.loads(volumes.LINES[1])
    document["replaces"] = {"victim.name": [f"{document['stream']}:1"]}
    for path in places(document):
        changed = put(document, path, VALUES[value])
        if isinstance(changed, dict) and path != ("hash",):
            body = spelled({name: item for name, item in changed.items() if name != "hash"})
            changed["hash"] = hashlib.sha256(body).hexdigest()
        line = spelled(changed)
        try:
            entry = well_formed(read_line(line))
        except TrustError:
            continue
        assert entry.line() == line, path
        assert canonical(entry.fields) == entry.spelled_fields


def test_what_is_turned_differs_from_what_stood_there() -> None:
    """Else the tests above would ask the honest ones alone."""
    assert len({spelled(value) for value in VALUES.values()}) == len(VALUES)
    assert outcome(lambda: decode_manifest(spelled(MANIFESTS["plain"]))) == ""
    assert outcome(lambda: well_formed(read_line(volumes.LINES[1]))) == ""
