"""Pictures from outside as grey pixels, decoded by pdfium alone, with limits first.

Photos and scans are hostile input: their size is read from the header and bounded before the decoder
sees them. PNG and JPEG are laid as they are into a page of PDF, which knows both compressions, so that
one well-worn decoder reads all three kinds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pypdfium2

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.picture_kinds import MOST_PIXELS
from desktop.runtime.processes.pdf_weight import is_heavy

MOST_OCTETS: Final = 64 << 20
"""Of a picture or a scan."""
_MAX_PAGES: Final = 4
_LONG_SIDES: Final = (1600, 2800, 4200)
"""Pixels of the longer side, tried in turn: small is fast, large finds fine codes."""
_JPEG_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SPACES: Final = {1: b"/DeviceGray", 3: b"/DeviceRGB", 4: b"/DeviceCMYK"}
_PNG: Final = b"\x89PNG\r\n\x1a\n"
# PNG colour type → samples a pixel and colour space; the samples of opacity are dropped by a function.
_PNG_KINDS: Final = {
    0: (1, b"/DeviceGray"),
    2: (3, b"/DeviceRGB"),
    3: (1, b""),  # palette
    4: (2, b"[/DeviceN [/G /None] /DeviceGray 5 0 R]"),
    6: (4, b"[/DeviceN [/R /G /B /None] /DeviceRGB 5 0 R]"),
}


@dataclass(frozen=True, slots=True)
class _Image:
    """A compressed picture with what PDF must be told about it."""

    width: int
    height: int
    bits: int
    samples: int
    space: bytes
    decoder: bytes
    data: bytes


def gray_pictures(data: bytes) -> Iterator[memoryview]:
    """Each page of ``data`` (PNG, JPEG or PDF) at rising sizes, as rows of 8-bit grey.

    ``UserInputError``: picture.unknown, picture.too_large.
    """
    with _opened(data) as document:
        for side in _LONG_SIDES:
            for index in range(min(len(document), _MAX_PAGES)):
                yield _rendered(document[index], side)


def gray_pages(data: bytes, most: int) -> Iterator[Iterator[memoryview]]:
    """The first ``most`` pages of ``data``, each for itself at rising sizes; raises as :func:`gray_pictures`."""
    with _opened(data) as document:
        for index in range(min(len(document), most)):
            page = document[index]
            yield (_rendered(page, side) for side in _LONG_SIDES)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    if len(data) > MOST_OCTETS:
        raise UserInputError("picture.too_large")
    pdf = data if data.startswith(b"%PDF-") else _as_pdf(_parse(data))
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise UserInputError("picture.unknown") from None
    with document:
        yield document


def check_picture(data: bytes) -> None:
    """Raise ``UserInputError`` ``picture.unknown`` or ``picture.too_large`` before any decoder sees a PNG or JPEG."""
    try:
        if data.startswith(_PNG):
            width, height = struct.unpack(">II", data[16:24])
        else:
            image = _jpeg(data)
            width, height = image.width, image.height
    except (struct.error, IndexError, KeyError, ValueError):
        raise UserInputError("picture.unknown") from None
    if not 0 < width * height <= MOST_PIXELS:
        raise UserInputError("picture.too_large")


def _rendered(page: pypdfium2.PdfPage, side: int) -> memoryview:
    if is_heavy(page):
        raise UserInputError("picture.too_large")
    width, height = page.get_size()
    bitmap = page.render(scale=side / max(width, height, 1), grayscale=True)
    rows = memoryview(bytes(bitmap.buffer))
    stride = bitmap.stride
    tight = b"".join(rows[y * stride : y * stride + bitmap.width] for y in range(bitmap.height))
    return memoryview(tight).cast("B", (bitmap.height, bitmap.width))


def _parse(data: bytes) -> _Image:
    try:
        image = _png(data) if data.startswith(_PNG) else _jpeg(data)
    except (struct.error, IndexError, KeyError, ValueError):
        raise UserInputError("picture.unknown") from None
    if not 0 < image.width * image.height <= MOST_PIXELS:
        raise UserInputError("picture.too_large")
    return image


def _png(data: bytes) -> _Image:
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    if interlaced:
        raise ValueError("PDF knows no interlacing")
    at, pieces, palette = len(_PNG), [], b""
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        if name == b"IDAT":
            pieces.append(content)
        elif name == b"PLTE":
            palette = content
        at += 12 + length
    samples, space = _PNG_KINDS[kind]
    if not space:
        last = len(palette) // 3 - 1
        space = b"[/Indexed /DeviceRGB %d <%s>]" % (last, palette.hex().encode())
    predictor = b"<</Predictor 15 /Colors %d /BitsPerComponent %d /Columns %d>>"
    decoder = b"/FlateDecode /DecodeParms " + predictor % (samples, bits, width)
    return _Image(width, height, bits, samples, space, decoder, b"".join(pieces))


def _jpeg(data: bytes) -> _Image:
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError("no JPEG")
    at = 2
    while True:
        mark, length = struct.unpack(">xBH", data[at : at + 4])
        if mark in _JPEG_SIZES:
            bits, height, width, samples = struct.unpack(">BHHB", data[at + 4 : at + 10])
            return _Image(width, height, bits, samples, _SPACES[samples], b"/DCTDecode", data)
        at += 2 + length


def _as_pdf(image: _Image) -> bytes:
    """The picture alone on a page of its size (ISO 32000-1, 7.5 and 8.9)."""
    size = (image.width, image.height)
    drawing = b"%d 0 0 %d 0 0 cm /I Do" % size
    domain = b"0 1 " * image.samples
    result = b"0 1 " * (image.samples - 1 or 1)
    objects = (
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R" % size
        + b" /Resources <</XObject <</I 6 0 R>>>>>>",
        _stream(b"", drawing),
        _stream(b"/FunctionType 4 /Domain [%s] /Range [%s]" % (domain, result), b"{pop}"),
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d" % size
            + b" /ColorSpace %s /BitsPerComponent %d" % (image.space, image.bits)
            + b" /Filter %s" % image.decoder,
            image.data,
        ),
    )
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(out + b"%%EOF\n")


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
