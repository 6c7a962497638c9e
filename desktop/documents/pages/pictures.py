"""Pages of PDF files as pictures, within limits: the files come from victims and may be hostile."""

from __future__ import annotations

import struct
import threading
import zlib
from contextlib import closing
from typing import Final

import pypdfium2

from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.processes.pdf_weight import is_heavy

MAX_BYTES: Final = 256 * 1024 * 1024
"""Larger files are not opened in memory."""
MAX_WIDTH: Final = 8192
MAX_TEXT: Final = 200_000
"""Letters of a page; a dense one has a twentieth of it."""
MAX_PIXELS: Final = 40_000_000
"""A page of any shape becomes at most so many pixels; 120 MB while it is drawn."""

_lock = threading.Lock()
"""PDFium is one global state; its calls must not overlap."""


def pdf_page_count(data: bytes) -> int:
    """Pages of the document; ``WorldError`` pdf.damaged, pdf.locked or pdf.too_large."""
    with _lock, closing(_open(data)) as document:
        return len(document)


def render_pdf_page(data: bytes, page: int, width: int) -> bytes:
    """Page ``page`` (from 0) as a PNG ``width`` pixels wide, less where the page is extremely tall.

    ``WorldError`` as for :func:`pdf_page_count`; ``UserInputError("pdf.no_such_page")``.
    """
    if not 1 <= width <= MAX_WIDTH:
        raise ValueError("picture width")
    with _lock, closing(_open(data)) as document:
        if not 0 <= page < len(document):
            raise UserInputError("pdf.no_such_page")
        try:
            with closing(document[page]) as sheet:
                return _draw(sheet, width)
        except pypdfium2.PdfiumError as error:
            raise WorldError("pdf.damaged") from error


def pdf_page_text(data: bytes, page: int) -> str:
    """The words of a page (from 0), empty for a scanned one; at most :data:`MAX_TEXT` letters. Errors as above."""
    with _lock, closing(_open(data)) as document:
        if not 0 <= page < len(document):
            raise UserInputError("pdf.no_such_page")
        try:
            with closing(document[page]) as sheet, closing(sheet.get_textpage()) as words:
                count = min(words.count_chars(), MAX_TEXT)
                return str(words.get_text_range(0, count)) if count > 0 else ""
        except pypdfium2.PdfiumError as error:
            raise WorldError("pdf.damaged") from error


def _open(data: bytes) -> pypdfium2.PdfDocument:
    if len(data) > MAX_BYTES:
        raise WorldError("pdf.too_large")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_NEEDED
        raise WorldError("pdf.locked" if locked else "pdf.damaged") from error


_PASSWORD_NEEDED: Final = 4  # FPDF_ERR_PASSWORD in fpdfview.h


def _draw(sheet: pypdfium2.PdfPage, width: int) -> bytes:
    page_width, page_height = sheet.get_size()
    if page_width < 1 or page_height < 1:
        raise WorldError("pdf.damaged")
    if is_heavy(sheet):
        raise WorldError("pdf.too_heavy")
    scale = width / page_width
    pixels = page_width * page_height * scale * scale
    if pixels > MAX_PIXELS:
        scale *= (MAX_PIXELS / pixels) ** 0.5
    bitmap = sheet.render(
        scale=scale,
        rev_byteorder=True,
        prefer_bgrx=False,
        may_draw_forms=False,
        fill_color=(255,) * 4,
    )
    with closing(bitmap):
        return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """An 8-bit RGB PNG (ISO/IEC 15948) of rows ``stride`` octets apart."""
    row = width * 3
    lines = b"".join(b"\0" + pixels[y * stride : y * stride + row] for y in range(height))
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _png_chunk(b"IHDR", header),
            _png_chunk(b"IDAT", zlib.compress(lines, 6)),
            _png_chunk(b"IEND", b""),
        )
    )


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
