"""What pictures say of themselves is read within bounds; credentials are shown and never called right."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.evidence.contents import ContentsKind
from desktop.readers.contents.cbor import NotCborError, read_cbor
from desktop.readers.contents.content_credentials import credential_facts
from desktop.readers.contents.exif import exif_facts
from desktop.readers.contents.look import look, read_picture_facts
from tests.support.made_apk import certificate


def photo(kind: str = "JPEG") -> bytes:
    """With the data a phone writes."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "HUAWEI", "P60", "2026:11:24 10:13:01"
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9011] = "2026:11:24 10:13:00", "+08:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (36.0, 3.0, 36.0), "E", (103.0, 50.0, 2.4)
    whole = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(whole, kind, exif=exif.tobytes())
    return whole.getvalue()


def cbor(value: Any) -> bytes:
    """The few kinds that claims are made of."""
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        pairs = (cbor(key) + cbor(item) for key, item in value.items())
        return _head(5, len(value)) + b"".join(pairs)
    return b"\xf6"


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    return bytes([major << 5 | 25]) + struct.pack(">H", number)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def superbox(label: str, *inside: bytes) -> bytes:
    described = box(b"jumd", b"\0" * 16 + b"\x03" + label.encode() + b"\0")
    return box(b"jumb", described + b"".join(inside))


def store() -> bytes:
    claim = {
        "claim_generator_info": [{"name": "Leica M11-P", "version": "2.1"}],
        "dc:title": "合影.jpg",
    }
    signature: list[Any] = [cbor({1: 7, 33: [certificate()]}), {}, None, b"sig"]
    manifest = superbox(
        "urn:uuid:1",
        superbox("c2pa.assertions", superbox("c2pa.actions"), superbox("c2pa.hash.data")),
        superbox("c2pa.claim", box(b"cbor", cbor(claim))),
        superbox("c2pa.signature", box(b"cbor", cbor(signature))),
    )
    return superbox("c2pa", superbox("urn:uuid:0"), manifest)


def with_credentials(jpeg: bytes, boxes: bytes) -> bytes:
    """In two segments, as writers do where one is too small."""
    cut = len(boxes) // 2
    parts = [boxes[:cut], boxes[:8] + boxes[cut:]]
    segments = b""
    for sequence, part in enumerate(parts, 1):
        body = b"JP" + struct.pack(">HI", 1, sequence) + part
        segments += b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body
    return jpeg[:2] + segments + jpeg[2:]


def facts(data: bytes) -> dict[str, str]:
    return {fact.name: fact.value for fact in read_picture_facts(data).facts}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_camera_time_and_place(kind: str) -> None:
    known = facts(photo(kind))
    assert (known["exif_make"], known["exif_model"]) == ("HUAWEI", "P60")
    assert (known["exif_taken"], known["exif_zone"]) == ("2026:11:24 10:13:00", "+08:00")
    assert known["exif_place"] == "36.060000, 103.834000"


def test_credentials_are_shown_and_not_called_right() -> None:
    found = read_picture_facts(with_credentials(photo(), store()))
    known = {fact.name: fact.value for fact in found.facts}
    assert known["c2pa_generator"] == "Leica M11-P 2.1"
    assert known["c2pa_title"] == "合影.jpg"
    assert known["c2pa_signed"] == "✓"
    assert known["c2pa_signer"] == "CN=Lucky Invest"
    assert known["c2pa_assertions"] == "c2pa.actions, c2pa.hash.data"
    assert known["c2pa_manifests"] == "2"
    assert "c2pa_not_verified" in found.notes
    assert known["exif_model"] == "P60"


def test_a_screenshot_says_nothing() -> None:
    whole = io.BytesIO()
    Image.new("RGB", (8, 6)).save(whole, "PNG")
    found = look("截屏.png", whole.getvalue())
    assert found.kind is ContentsKind.PICTURE
    assert found.facts == ()
    assert found.notes == ("no_exif",)


@example(512, b"\x80")  # a serial number that is not positive
@given(st.integers(0, 1200), st.binary(max_size=6))
def test_broken_ones_are_read_as_far_as_they_go(at: int, junk: bytes) -> None:
    whole = with_credentials(photo(), store())
    assert look("x.jpg", whole[:at] + junk + whole[at + len(junk) :]) is not None or at < 3
    assert isinstance(exif_facts(junk + photo("TIFF")[:at]), tuple)
    assert isinstance(credential_facts(store()[:at] + junk), tuple)


@pytest.mark.parametrize(
    "data", [b"", b"\x9f", b"\x81" * 200, b"\xbb" + b"\xff" * 8, b"\x5b" + b"\xff" * 8, b"\x62a"]
)
def test_cbor_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(NotCborError):
        read_cbor(data)
