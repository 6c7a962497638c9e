"""What is drawn is found again, in every kind of picture."""

from __future__ import annotations

import io
import re
import secrets
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.bundles.codes.qr import codes_in
from desktop.bundles.codes.scanner import scan_beside
from desktop.bundles.codes.slip import MAX_SIZE
from desktop.domain.errors import AppError, UserInputError, WorldError
from desktop.runtime.processes import gray_pictures as pictures
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.runtime.qr_picture import qr_png
from tests.readers.test_hostile_files import circling_pdf
from tests.support.error_texts import assert_error
from tests.support.seen_codes import Sight, as_png, faxed, picture_of, seen

DATA = secrets.token_bytes(MAX_SIZE)


@pytest.mark.parametrize("size", [1, 100, MAX_SIZE])
@pytest.mark.parametrize("scale", [3, 6, 11])
def test_round_trip(size: int, scale: int) -> None:
    assert codes_in(qr_png(DATA[:size], scale)) == (DATA[:size],)


@given(st.binary(min_size=1, max_size=MAX_SIZE))
@settings(max_examples=10)
def test_any_octets(data: bytes) -> None:
    assert codes_in(qr_png(data, 4)) == (data,)


def test_micro_codes_are_none_of_ours() -> None:
    drawn = io.BytesIO()
    segno.make("45603", micro=True).save(drawn, kind="png", scale=6)
    assert codes_in(drawn.getvalue()) == ()


def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "slip.png").write_bytes(qr_png(DATA))
    assert codes_in(tmp_path / "slip.png") == (DATA,)


def png(width: int, height: int, kind: int, rows: list[bytes], *, interlaced: int = 0) -> bytes:
    """A picture of 8-bit samples, each row with PNG's "up" filter."""
    filtered, above = b"", bytes(len(rows[0]))
    for row in rows:
        filtered += b"\x02" + bytes((a - b) & 255 for a, b in zip(row, above, strict=True))
        above = row
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, interlaced)),
        (b"PLTE", bytes((10, 0, 10) + (90, 90, 90) * 254 + (250, 255, 240))),
        (b"IDAT", zlib.compress(filtered)[:1000]),
        (b"IDAT", zlib.compress(filtered)[1000:]),
        (b"IEND", b""),
    ]
    out = b"\x89PNG\r\n\x1a\n"
    for name, data in chunks if kind == 3 else [chunk for chunk in chunks if chunk[0] != b"PLTE"]:
        out += struct.pack(">I", len(data)) + name + data
        out += struct.pack(">I", zlib.crc32(name + data))
    return out


KINDS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_png(kind: int) -> None:
    code = segno.make(DATA, mode="byte", error="m", micro=False)
    rows = [
        bytes(0 if dark else 255 for dark in row for _ in range(KINDS[kind]))
        for row in code.matrix_iter(scale=4, border=4)
    ]
    assert codes_in(png(len(rows), len(rows), kind, rows)) == (DATA,)


def test_a_page_of_pdf_at_an_angle() -> None:
    page = pictures._as_pdf(pictures._parse(qr_png(DATA, 4)))
    box = re.search(rb"MediaBox \[.*?\]", page)
    drawing = re.search(rb"[0-9]+ 0 0 [0-9]+ 0 0 cm", page)
    assert box
    assert drawing
    turned = b"290 36 -36 290 150 300 cm"  # 7 degrees, 10 cm wide on A4
    page = page.replace(box[0], b"MediaBox [0 0 595 842]").replace(drawing[0], turned)
    length = b"/Length %d>>" % len(drawing[0] + b" /I Do")
    assert length in page
    assert codes_in(page.replace(length, b"/Length %d>>" % len(turned + b" /I Do"))) == (DATA,)


@pytest.mark.parametrize(
    "data",
    [b"", b"text", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\nnothing"],
)
def test_what_is_no_picture_is_named(data: bytes) -> None:
    with pytest.raises(UserInputError, match=r"picture\.unknown"):
        codes_in(data)


def test_giant_pictures_are_refused_before_decoding() -> None:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(
        ">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0
    )
    with pytest.raises(UserInputError, match=r"picture\.too_large"):
        codes_in(head + bytes(4))
    with pytest.raises(UserInputError, match=r"picture\.unknown"):
        codes_in(png(1, 1, 0, [b"\x00"], interlaced=1))


@pytest.mark.parametrize(
    "sight",
    [
        Sight(blur=3),
        Sight(noise=60),
        Sight(contrast=0.1, shade=0.5),
        Sight(tilt=0.45),
        Sight(width=1080, height=1440, share=0.6, turn=8, blur=1, noise=8, jpeg=30, shade=0.4),
    ],
    ids=str,
)
def test_poor_pictures_are_looked_at_a_second_way(sight: Sight) -> None:
    assert codes_in(as_png(seen(qr_png(DATA), sight))) == (DATA,)


@pytest.mark.parametrize("down", [98, 196])
@pytest.mark.parametrize("count", [1, 4])
def test_a_faxed_page_of_codes(down: int, count: int) -> None:
    data = [bytes([number]) * 3 + DATA[3:] for number in range(count)]
    page = np.full((3508, 2480), 255, np.uint8)
    for number, code in enumerate(data):
        drawn = cv2.resize(picture_of(qr_png(code)), (990, 990), interpolation=cv2.INTER_NEAREST)
        top, left = 400 + number // 2 * 1100, 210 + number % 2 * 1060
        page[top : top + 990, left : left + 990] = drawn
    fax = as_png(faxed(page, down=down, slant=1.5))
    assert sorted(codes_in(fax)) == sorted(data)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("TIFF", {"compression": "group4", "dpi": (204, 98)}),
        ("TIFF", {"compression": "group3", "dpi": (204, 196)}),
        ("WEBP", {"quality": 40}),
        ("BMP", {}),
    ],
)
def test_a_fax_as_fax_programs_save_it_and_pictures_of_messengers(
    kind: str, options: dict[str, Any]
) -> None:
    data = [bytes([number]) * 3 + DATA[3:] for number in range(2)]
    down = options.get("dpi", (0, 196))[1]
    pages = []
    for code in data:
        page = np.full((3508, 2480), 255, np.uint8)
        page[400:1390, 500:1490] = cv2.resize(
            picture_of(qr_png(code)), (990, 990), interpolation=cv2.INTER_NEAREST
        )
        fax = Image.fromarray(faxed(page, down=down, slant=1))
        pages.append(fax.convert("1") if kind == "TIFF" else fax.convert("RGB"))
    out = io.BytesIO()
    several = {"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {}
    pages[0].save(out, kind, **several, **options)
    assert codes_in(out.getvalue()) == tuple(data if kind == "TIFF" else data[:1])


@pytest.mark.parametrize("head", [b"II*\0", b"MM\0*", b"BM", b"RIFF\0\0\0\0WEBP"])
def test_broken_pictures_of_other_kinds_are_named(head: bytes) -> None:
    for rest in (b"", b"\xff" * 40, DATA):
        with pytest.raises(UserInputError, match=r"^picture\.unknown$"):
            codes_in(head + rest)


def test_a_giant_fax_is_measured_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000), 1).save(out, "TIFF", compression="group4")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(UserInputError, match=r"^picture\.too_large$"):
        codes_in(out.getvalue())


def test_a_picture_without_a_code() -> None:
    assert codes_in(png(40, 40, 0, [bytes(40)] * 40)) == ()
    assert codes_in(png(60, 40, 0, [bytes(60)] * 40)) == ()
    assert codes_in(qr_png(DATA)[:500]) == ()


@pytest.mark.parametrize(
    ("failed", "code"), [("helper.missing", "helper.missing"), ("helper.died", "picture.unknown")]
)
def test_a_scanner_that_does_not_answer_is_no_picture_that_can_not_be_read(
    monkeypatch: pytest.MonkeyPatch, failed: str, code: str
) -> None:
    def fail(_self: HelperProcess, _question: bytes) -> bytes:
        raise WorldError(failed)

    monkeypatch.setattr(HelperProcess, "ask", fail)
    with pytest.raises(AppError) as caught:
        scan_beside(qr_png(DATA))
    assert_error(caught.value, code)


def test_a_picture_that_harms_ends_only_the_process_that_looks_at_it() -> None:
    try:
        assert scan_beside(circling_pdf()) == ()
    except UserInputError as error:
        assert_error(error, "picture.unknown")
    for wrong, code in ((b"no picture", "picture.unknown"), (bytes(65 << 20), "picture.too_large")):
        with pytest.raises(UserInputError) as caught:
            scan_beside(wrong)
        assert_error(caught.value, code)
    assert scan_beside(qr_png(DATA)) == (DATA,)
    assert scan_beside(png(9, 9, 0, [bytes(9)] * 9)) == ()
    out = io.BytesIO()
    Image.open(io.BytesIO(qr_png(DATA))).save(out, "TIFF", compression="group4")
    assert scan_beside(out.getvalue()) == (DATA,)
