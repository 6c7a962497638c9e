"""Pages of strangers' PDF files as pictures."""

from __future__ import annotations

import struct
import zlib

import pytest

from desktop.documents.pages import pictures
from desktop.documents.pages.pictures import pdf_page_count, render_pdf_page
from desktop.domain.errors import UserInputError, WorldError

PAINT = b"1 0 0 rg 0 0 100 50 re f"


def a_pdf(box: str = "0 0 200 100", *, pages: int = 1, trailer: str = "") -> bytes:
    """A small PDF whose lower left quarter is red; PDFium mends the missing cross-reference table."""
    kids = " ".join(f"{number + 10} 0 R" for number in range(pages))
    body = [
        "%PDF-1.4",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj",
        f"3 0 obj<</Length {len(PAINT)}>>stream\n{PAINT.decode()}\nendstream endobj",
    ]
    body.extend(
        f"{number + 10} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R>>endobj"
        for number in range(pages)
    )
    return "\n".join([*body, f"trailer<</Root 1 0 R{trailer}>>", "%%EOF"]).encode("latin-1")


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">LL", png[16:24])
    return width, height


def test_a_page_becomes_a_picture_of_the_wanted_width() -> None:
    png = render_pdf_page(a_pdf(), 0, 400)
    assert size_of(png) == (400, 200)
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">L", png[start - 8 : start - 4])
    rows = zlib.decompress(png[start : start + length])
    stride = 400 * 3 + 1
    assert rows[1:4] == b"\xff\xff\xff"  # upper left
    assert rows[199 * stride + 1 : 199 * stride + 4] == b"\xff\x00\x00"  # lower left


def test_pages_are_counted_and_chosen() -> None:
    assert pdf_page_count(a_pdf(pages=7)) == 7
    assert size_of(render_pdf_page(a_pdf(pages=7), 6, 100)) == (100, 50)
    for page in (-1, 7):
        with pytest.raises(UserInputError, match=r"^pdf\.no_such_page$"):
            render_pdf_page(a_pdf(pages=7), page, 100)


def test_an_extreme_page_stays_within_the_limit_of_pixels() -> None:
    width, height = size_of(render_pdf_page(a_pdf("0 0 10 14400"), 0, 1000))
    assert width * height <= pictures.MAX_PIXELS * 1.01
    assert height / width == pytest.approx(1440, rel=0.01)


@pytest.mark.parametrize("width", [0, -1, pictures.MAX_WIDTH + 1])
def test_absurd_widths_are_a_programmers_mistake(width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        render_pdf_page(a_pdf(), 0, width)


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"%PDF-1.7\n", a_pdf()[:60]])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(WorldError, match=r"^pdf\.damaged$"):
        pdf_page_count(data)


def test_a_password_is_not_called_damage() -> None:
    secret = "(" + "x" * 32 + ")"
    encrypt = f"/Encrypt<</Filter/Standard/V 1/R 2/O{secret}/U{secret}/P -4>>/ID[(a)(a)]"
    with pytest.raises(WorldError, match=r"^pdf\.locked$"):
        render_pdf_page(a_pdf(trailer=encrypt), 0, 100)


def test_a_giant_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 10)
    with pytest.raises(WorldError, match=r"^pdf\.too_large$"):
        pdf_page_count(a_pdf())
