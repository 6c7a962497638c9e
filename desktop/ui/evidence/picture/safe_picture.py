"""Decodes pictures from strangers: known formats only, size read before pixels, memory bounded.

Never on the GUI thread. The format is told by the first bytes and forced on the decoder, so that a file called
``.png`` cannot reach a decoder that interprets (SVG, PDF) instead of reading pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.evidence.picture_kinds import is_heif

MAX_BYTES = 96 * 1024 * 1024
"""Largest file that is read into memory for showing."""
MAX_PIXELS = 60_000_000
"""Largest picture of a format that must be decoded whole."""
MAX_PIXELS_JPEG = 120_000_000
"""JPEG is decoded at reduced size, so the largest phone cameras pass."""
MAX_SHOWN_PIXELS = 24_000_000
"""Larger pictures are shown reduced; the stored file is untouched."""
ALLOCATION_MB = 256
"""Last line of defence inside Qt: no single allocation of a decoder above this."""

_SIGNS = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"BM", "bmp"),
    (8, b"WEBP", "webp"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
)
_OF_QT = frozenset(name for _, _, name in _SIGNS)


class PictureRefused(Exception):  # noqa: N818 - says what happened; it is shown, not logged
    """Why a picture is not shown: ``code`` is ``evidence.unshown.<code>`` in the catalogue."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Picture:
    """Decoded pixels, and the size the file says it has."""

    image: QImage
    width: int
    height: int

    @property
    def reduced(self) -> bool:
        """Whether fewer pixels are shown than the file has."""
        return self.image.width() * self.image.height() < self.width * self.height


def picture_format(head: bytes) -> str:
    """The format the first bytes announce, or "". ``heif`` is decoded elsewhere."""
    for at, sign, name in _SIGNS:
        if head[at : at + len(sign)] == sign:
            return name
    return "heif" if is_heif(head) else ""


def decode_picture(data: bytes, *, max_shown: int = MAX_SHOWN_PIXELS) -> Picture:
    """The picture in ``data``, upright, at most ``max_shown`` pixels.

    Raises:
        PictureRefused: ``empty``, ``format``, ``too_large`` (width, height), ``damaged``.
    """
    if not data:
        raise PictureRefused("empty")
    name = picture_format(data[:16])
    if name not in _OF_QT:
        raise PictureRefused(name or "format")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    outcome = _decode(_reader(buffer, name), name, max_shown)
    if isinstance(outcome, PictureRefused):
        raise outcome
    return outcome


def _decode(reader: QImageReader, name: str, max_shown: int) -> Picture | PictureRefused:
    """Returns its refusals: a raised one would keep the reader alive in its traceback, and a TIFF decoder still
    uses its buffer while it is destroyed."""
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return PictureRefused("damaged")
    limit = MAX_PIXELS_JPEG if name == "jpeg" else MAX_PIXELS
    if size.width() * size.height() > limit:
        return PictureRefused("too_large", width=size.width(), height=size.height())
    quick = name == "jpeg" and max_shown < MAX_SHOWN_PIXELS
    shown = _halved(size, max_shown) if quick else _shown_size(size, max_shown)
    if shown != size:
        reader.setScaledSize(shown)
    image = reader.read()
    if image.isNull():
        return PictureRefused("damaged")
    return Picture(image, size.width(), size.height())


def _reader(buffer: QBuffer, name: str) -> QImageReader:
    QImageReader.setAllocationLimit(ALLOCATION_MB)
    reader = QImageReader(buffer, QByteArray(name.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    return reader


def _halved(size: QSize, max_shown: int) -> QSize:
    """A half, a quarter or an eighth: JPEG decodes to these without unpacking the rest."""
    for part in (1, 2, 4, 8):
        width, height = -(-size.width() // part), -(-size.height() // part)
        if width * height <= max_shown:
            return QSize(width, height)
    return _shown_size(size, max_shown)


def _shown_size(size: QSize, max_shown: int) -> QSize:
    pixels = size.width() * size.height()
    if pixels <= max_shown:
        return size
    factor = (max_shown / pixels) ** 0.5
    target = QSize(round(size.width() * factor), round(size.height() * factor))
    return size.scaled(
        target.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.KeepAspectRatio
    ).expandedTo(QSize(1, 1))
