"""F8 on files that are seldom brought: archives nobody unpacks, noise, pictures packed in an odd way."""

from __future__ import annotations

import hashlib
import struct
import zlib

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from desktop.ui.extraction.pictures_flow import PicturesDialog
from desktop.ui.shared.dialogs.error_presenter import ErrorDialog
from tests.ui.evidence.pictures import encode
from tests.ui.extraction.conftest import Attach
from tests.ui.extraction.test_pictures import PAY, code, sample
from tests.ui.pages.extraction import ReadingPage

_CONTROL = Qt.KeyboardModifier.ControlModifier
NOISE = hashlib.shake_256(b"noise").digest(6000)
_PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
"""Of Adam7 (ISO/IEC 15948, 8.2): first column, first row, steps."""


def interlaced(png: bytes) -> bytes:
    """The same picture, its rows in seven passes, as some programs save for the web."""
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    passes = (pixels[top::down, left::across] for left, top, across, down in _PASSES)
    rows = b"".join(b"\0" + row.tobytes() for one in passes for row in one)
    high, wide = pixels.shape

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # fmt: skip

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 1)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def shown_text(dialog: ErrorDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize(
    ("name", "head", "words"),
    [
        ("账单.7z", b"7z\xbc\xaf\x27\x1c\0\4", "7z 压缩包"),
        ("账单.rar", b"Rar!\x1a\x07\1\0", "RAR 压缩包"),
        ("备份.dat", b"", "没有认出"),
    ],
)
def test_what_nobody_can_point_at_has_no_columns_to_be_said(
    page: ReadingPage, attach: Attach, name: str, head: bytes, words: str
) -> None:
    attach(name, head + NOISE)
    dialog = page.read()
    assert isinstance(dialog, ErrorDialog)
    assert words in shown_text(dialog)


@pytest.mark.parametrize("kind", ["interlaced", "BMP", "TIFF"])
def test_the_code_of_a_picture_is_found_however_it_is_packed(
    page: ReadingPage, attach: Attach, kind: str
) -> None:
    plain = code(PAY)
    odd = interlaced(plain) if kind == "interlaced" else encode(QImage.fromData(plain), kind)
    attach("收款码", odd)
    assert isinstance(page.read(), PicturesDialog)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert [lead.value for lead in page.leads] == [PAY]


def test_what_there_is_of_a_picture_that_breaks_off_is_read(
    page: ReadingPage, attach: Attach
) -> None:
    whole = cv2.imdecode(np.frombuffer(sample("转账凭证.png"), np.uint8), cv2.IMREAD_COLOR)
    assert whole is not None
    ok, jpeg = cv2.imencode(".jpg", whole)
    assert ok
    attach("转账凭证.jpg", jpeg.tobytes()[: len(jpeg) * 6 // 10])
    page.read()
    text = page.on_top.findChild(QPlainTextEdit, "reading_text")
    assert text is not None
    assert "8888.00" in text.toPlainText()


def test_a_damaged_picture_gets_no_advice_to_save_it_as_png(
    page: ReadingPage, attach: Attach
) -> None:
    ok, png = cv2.imencode(".png", np.full((10, 100_000), 255, np.uint8))
    assert ok
    attach("长条.png", png.tobytes())
    page.read()
    told = page.label("reading_banner_message")
    assert "太窄太长" in told
    assert "PNG" not in told
