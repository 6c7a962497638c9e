"""Pictures are decoded beside: the same pixels, the same refusals, and a helper that lies is not believed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.app.processes.decoders import HelperPictures
from desktop.ui.evidence.picture.safe_picture import PictureRefused, decode_picture
from desktop.ui.evidence.picture.wire import packed, question, unpacked
from desktop.ui.evidence.picture.worker import answer
from tests.ui.evidence.pictures import announced_png, picture


@pytest.fixture(scope="module")
def helper() -> Iterator[HelperPictures]:
    made = HelperPictures()
    yield made
    made.close()


def test_the_pixels_are_those_of_a_plain_decoding(helper: HelperPictures) -> None:
    data = picture(300, 200, "JPEG")
    found, plain = helper.decode(data), decode_picture(data)
    assert (found.width, found.height) == (300, 200)
    assert found.image == plain.image.convertToFormat(found.image.format())
    small = helper.decode(data, 1000)
    assert small.reduced
    assert small.image.width() * small.image.height() <= 1100


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (announced_png(100_000, 100_000), "too_large"),
        (announced_png(60_000, 900), "damaged"),
        (picture()[:60], "damaged"),
        (b"<svg onload='x'/>", "format"),
        (b"", "empty"),
    ],
)
def test_what_is_refused_is_refused_beside(helper: HelperPictures, data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as caught:
        helper.decode(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"P",
        b"P" + b"\xff" * 17 + b"\0",
        packed(decode_picture(picture()))[:-1],
        b'{"refused": 1}',
        b"[]",
        b'{"params": {}}',
    ],
)
def test_a_helper_that_says_nonsense_is_not_believed(nonsense: bytes) -> None:
    with pytest.raises(PictureRefused):
        unpacked(nonsense)


def test_transparency_comes_through() -> None:
    found = unpacked(answer(question(1000) + picture(20, 10)))
    assert found.image.size().width() == 20
