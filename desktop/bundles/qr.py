"""Slips as QR codes: drawn by segno, found again in photos, scans and faxes by zxing-cpp."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import segno
import zxingcpp

from desktop.runtime.gray_pictures import gray_pictures

_BORDER: Final = 4  # modules of quiet zone, ISO/IEC 18004


def qr_png(data: bytes, scale: int = 6) -> bytes:
    """``data`` as a QR picture, ``scale`` pixels a module, error correction M, binary mode."""
    out = io.BytesIO()
    _code(data).save(out, kind="png", scale=scale, border=_BORDER)
    return out.getvalue()


def scan_image(picture: Path | bytes) -> bytes | None:
    """The octets of the QR code in a picture (PNG, JPEG or PDF); None when there is none.

    ``UserInputError``: picture.unknown (no picture we read), picture.too_large.
    """
    data = picture.read_bytes() if isinstance(picture, Path) else picture
    # Made anew each time: what outlives the interpreter is complained of on standard error.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for view in gray_pictures(data):
        found = zxingcpp.read_barcode(view, formats=formats)
        if found is not None:
            return bytes(found.bytes)
    return None


def _code(data: bytes) -> segno.QRCode:
    return segno.make(data, mode="byte", error="m", boost_error=False, micro=False)
