"""Pictures from strangers: bombs, stumps and disguises get a sentence, never a crash."""

from __future__ import annotations

import io
import resource
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from desktop.ui.evidence.picture.levels import picture_levels
from desktop.ui.evidence.picture.safe_picture import (
    PictureRefused,
    decode_picture,
    picture_format,
)
from tests.support.sweep import examples
from tests.ui.evidence.pictures import announced_png, picture, plain_picture

GOOD = picture(64, 48)
FORMATS = ["PNG", "JPEG", "BMP", "WEBP", "TIFF"]
SOURCES = [picture(64, 48, kind) for kind in FORMATS]


def refusal(data: bytes) -> str:
    with pytest.raises(PictureRefused) as caught:
        decode_picture(data)
    return caught.value.code


@pytest.mark.parametrize("kind", FORMATS)
def test_common_formats_are_shown(kind: str) -> None:
    found = decode_picture(picture(64, 48, kind))
    assert (found.width, found.height, found.reduced) == (64, 48, False)


def test_a_bomb_is_refused_by_its_header_before_any_pixel() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(announced_png(30_000, 30_000, rows=40)) == "too_large"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50_000  # KiB; the picture would take 3.6 GB


def test_a_header_that_lies_beyond_the_integers_is_refused() -> None:
    assert refusal(announced_png(2**31 - 1, 2**31 - 1, rows=0)) in ("too_large", "damaged")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (GOOD[:40], "damaged"),
        (GOOD[:8], "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://x/'/></svg>", "format"),
        (b"%PDF-1.7", "format"),
        (b"\xff\xd8\xff" + b"\0" * 40, "damaged"),
        (b"GIF89a", "damaged"),
    ],
)
def test_stumps_and_disguises(data: bytes, code: str) -> None:
    assert refusal(data) == code


@settings(max_examples=examples(100))
@given(st.sampled_from(SOURCES), st.data())
def test_flipped_and_missing_bytes_never_crash(source: bytes, data: st.DataObject) -> None:
    broken = bytearray(source[: data.draw(st.integers(16, len(source)))])
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = decode_picture(bytes(broken))
    except PictureRefused:
        return
    assert not found.image.isNull()


def test_a_large_photo_is_decoded_reduced_and_says_its_true_size() -> None:
    found = decode_picture(picture(400, 300, "JPEG"), max_shown=10_000)
    assert (found.width, found.height) == (400, 300)
    assert found.image.width() * found.image.height() <= 10_500
    assert found.reduced


def test_only_the_first_bytes_decide_the_format() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("a.png", GOOD)
    assert picture_format(archive.getvalue()[:16]) == ""


def test_levels_halve_until_small_and_the_best_has_a_pixel_for_each_pixel() -> None:
    image = QImage(3200, 2400, QImage.Format.Format_RGB32)
    image.fill(0)
    levels = picture_levels(image)
    assert [level.width() for level in levels.images] == [3200, 1600, 800]
    assert levels.best(1.0).width() == 3200
    assert levels.best(0.5).width() == 1600
    assert levels.best(0.3).width() == 1600
    assert levels.best(0.01).width() == 800
    assert len(picture_levels(plain_picture()).images) == 1
