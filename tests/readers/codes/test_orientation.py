"""Codes in photos a camera says it held askew are found where they stand in the upright picture."""

from __future__ import annotations

import io
import struct

import cv2
import numpy as np
import pytest
import segno

from desktop.readers.codes.find_codes import find_codes, orientation_of
from tests.support.every_row import every_row


def exif(orientation: int, order: str = "<") -> bytes:
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    block = b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block


def photo(orientation: int, order: str = "<") -> bytes:
    """A code in the upper left quarter of the stored picture."""
    out = io.BytesIO()
    segno.make_qr("https://qr.alipay.com/fkx1a2b").save(out, kind="png", scale=6, border=2)
    code = cv2.imdecode(np.frombuffer(out.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    assert code is not None
    page = np.full((900, 600, 3), 255, np.uint8)
    page[20 : 20 + code.shape[0], 20 : 20 + code.shape[1]] = code
    _, data = cv2.imencode(".jpg", page)
    stored = bytes(data)
    return stored[:2] + exif(orientation, order) + stored[2:]


@every_row("order", ["<", ">"])
@every_row("orientation", [1, 3, 6, 8])
def test_a_code_stands_where_a_decoder_that_follows_the_camera_shows_it(
    orientation: int, order: str
) -> None:
    data = photo(orientation, order)
    assert orientation_of(data) == orientation
    upright = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert upright is not None
    dark_y, dark_x = (float(np.median(axis)) for axis in np.nonzero(upright < 100))
    (code,) = find_codes(data)
    x = sum(x for x, _ in code.corners) / 4000 * upright.shape[1]
    y = sum(y for _, y in code.corners) / 4000 * upright.shape[0]
    assert abs(x - dark_x) < 40
    assert abs(y - dark_y) < 40


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n",
                                  b"\xff\xd8" + exif(9), (b"\xff\xd8" + exif(6))[:30]])  # fmt: skip
def test_whatever_cannot_be_read_stays_as_stored(data: bytes) -> None:
    assert orientation_of(data) == 1
