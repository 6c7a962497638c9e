"""Codes as cameras, phones and fax machines see them: turned, tilted, blurred, lit, covered, noisy, coarse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from desktop.domain.evidence.gray_frame import GrayFrame

Gray = Any
"""Rows of grey octets; numpy's own type says no more here."""


@dataclass(frozen=True)
class Sight:
    """How a picture is seen. ``share``: of the height the code takes; ``turn`` in degrees; ``tilt``: by how much of
    its side the far edge shrinks; ``blur`` and ``noise`` in dots and shades; ``glare``: radius of a reflection as a
    share of the height; ``covered``: share of the code behind a thumb; ``jpeg``: quality, 100 leaves it; ``contrast``
    of 1."""

    width: int = 1280
    height: int = 720
    share: float = 0.9
    turn: float = 0.0
    tilt: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    glare: float = 0.0
    covered: float = 0.0
    jpeg: int = 100
    contrast: float = 1.0
    shade: float = 0.0
    """How much darker one side is than the other, of 1."""


def picture_of(png: bytes) -> Gray:
    """Our own drawing as grey rows."""
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)


def seen(png: bytes, sight: Sight, seed: int = 1) -> Gray:
    """``png`` in the middle of a picture on a table, seen like that."""
    rng = np.random.default_rng(seed)
    code = picture_of(png)
    if sight.covered:
        side = int(code.shape[0] * sight.covered**0.5)
        code[-side:, code.shape[1] // 2 - side // 2 :][:, :side] = 120
    place = cv2.getPerspectiveTransform(_corners(code), _target(code, sight))
    size = (sight.width, sight.height)
    gray: Gray = cv2.warpPerspective(
        code, place, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=205
    ).astype(np.float32)
    if sight.shade:
        gray *= np.linspace(1 - sight.shade, 1, sight.width, dtype=np.float32)[None, :]
    gray = 128 + (gray - 128) * sight.contrast
    if sight.glare:
        gray += _glare(sight)
    if sight.blur:
        gray = cv2.GaussianBlur(gray, (0, 0), sight.blur)
    if sight.noise:
        gray += rng.normal(0, sight.noise, gray.shape)
    return _as_jpeg(np.clip(gray, 0, 255).astype(np.uint8), sight.jpeg)


def frame_of(gray: Gray) -> GrayFrame:
    """As a camera gives it."""
    return GrayFrame(gray.shape[1], gray.shape[0], gray.tobytes())


def as_png(gray: Gray) -> bytes:
    """As a file."""
    return bytes(cv2.imencode(".png", gray)[1])


def faxed(
    page: Gray, across: int = 204, down: int = 196, slant: float = 0.0, seed: int = 1
) -> Gray:
    """An A4 page as a fax machine sends it (ITU-T T.4): 1,728 dots a line, black or white, ``down`` lines an inch, fed
    a little askew, with the specks of a bad line."""
    width, height = 1728, round(11.69 * down)
    turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), slant, 1)
    page = cv2.warpAffine(page, turn, page.shape[::-1], borderValue=255)
    small = cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA)
    assert across == 204, "the only width there is"
    noise = np.random.default_rng(seed).normal(0, 12, small.shape)
    return np.where(small + noise < 128, 0, 255).astype(np.uint8)


def _points(places: list[list[float]] | list[float]) -> Any:
    return np.array(places, np.float32)


def _corners(code: Gray) -> Any:
    height, width = code.shape
    return _points([[0, 0], [width, 0], [width, height], [0, height]])


def _target(code: Gray, sight: Sight) -> Any:
    """Where the corners come to lie."""
    half_high = sight.share * sight.height / 2
    half_wide = half_high * code.shape[1] / code.shape[0]
    near, far = half_wide, half_wide * (1 - sight.tilt)
    flat = half_high * (1 - sight.tilt / 2)
    points = _points([[-far, -flat], [far, -flat], [near, flat], [-near, flat]])
    angle = np.deg2rad(sight.turn)
    turn = _points([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (points @ turn.T + _points([sight.width / 2, sight.height / 2])).astype(np.float32)


def _glare(sight: Sight) -> Gray:
    y, x = np.mgrid[0 : sight.height, 0 : sight.width].astype(np.float32)
    radius = sight.glare * sight.height
    distance = np.hypot(x - sight.width * 0.45, y - sight.height * 0.45)
    return 220 * np.clip(1.3 - distance / radius, 0, 1)


def _as_jpeg(gray: Gray, quality: int) -> Gray:
    if quality >= 100:
        return gray
    packed = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
