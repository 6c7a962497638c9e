"""Photographs of iPhones: tiles put together, turned upright, what the camera said; damage is told and harms nobody.

The samples were drawn for this test (four corners of one colour each) and coded with libheif 1.23.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random  # noqa: TID251 - reproducible by its seed, and no id of ours

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.app.processes.decoders import AllPictures, HelperPictures
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.contents.look import look
from desktop.readers.heif.boxes import HeifError
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.readers.heif.photograph import exif_of, read_photograph
from desktop.ui.evidence.picture.safe_picture import PictureRefused
from tests.support.strict import all_of

SAMPLES = Path(__file__).parent / "samples"
RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 200, 0), (0, 0, 255), (20, 20, 20)
CORNERS = {
    "single": (RED, GREEN, BLUE, BLACK),
    "tiles": (RED, GREEN, BLUE, BLACK),
    "turned": (BLUE, RED, BLACK, GREEN),
}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.heic").read_bytes()


@pytest.fixture(scope="module")
def reader() -> Iterator[PhotoReader]:
    reader = PhotoReader()
    yield reader
    reader.close()


def corners(image: QImage) -> list[tuple[int, int, int]]:
    wide, high = image.width(), image.height()
    places = ((9, 9), (wide - 10, 9), (9, high - 10), (wide - 10, high - 10))
    colours = [QColor(image.pixel(*place)) for place in places]
    return [(colour.red(), colour.green(), colour.blue()) for colour in colours]


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 8 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", CORNERS)
def test_a_photograph_is_shown_whole_and_upright(reader: PhotoReader, name: str) -> None:
    pictures = HelperPictures()
    try:
        shown = AllPictures(pictures, reader).decode(sample(name))
    finally:
        pictures.close()
    assert (shown.width, shown.height) == ((100, 150) if name == "turned" else (150, 100))
    found = corners(shown.image)
    assert all_of(near(*pair) for pair in zip(found, CORNERS[name], strict=True)), found


def test_what_the_camera_wrote_is_read_without_decoding() -> None:
    found = look("IMG_0001.HEIC", sample("single"))
    facts = {fact.name: fact.value for fact in found.facts}
    assert (facts["exif_make"], facts["exif_model"]) == ("Apple", "iPhone 15")
    assert facts["exif_changed"] == "2026:11:24 10:12:35"
    assert "heif_decoded" in found.notes
    assert exif_of(sample("tiles")) == b""


def test_the_size_is_that_of_the_grid() -> None:
    photo = read_photograph(sample("tiles"))
    assert (photo.width, photo.height) == (150, 100), "not the 192 by 128 of the tiles"
    assert read_photograph(sample("turned")).shown == (100, 150)


def test_any_damage_is_refused_or_read_and_the_reader_goes_on(reader: PhotoReader) -> None:
    for name in CORNERS:
        whole = sample(name)
        for seed in range(400):
            chance = Random(seed)  # noqa: S311 - damage, no secret
            damaged = bytearray(whole[: chance.randrange(12, len(whole))] if seed % 3 else whole)
            for _ in range(chance.randrange(6)):
                damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
            try:
                read_photograph(bytes(damaged))
            except HeifError:
                continue
        with pytest.raises(UserInputError, match=r"picture\.heif"):
            reader.png(whole[: len(whole) // 2])
    assert reader.png(sample("single")).startswith(b"\x89PNG")


def patched(data: bytes, kind: bytes, at: int, value: bytes) -> bytes:
    """The first box of a kind with other octets ``at`` so many behind its name."""
    place = data.index(kind) + 4 + at
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize(
    ("name", "kind", "at", "value"),
    [
        ("single", b"ispe", 4, struct.pack(">II", 100_000, 100_000)),
        ("single", b"ispe", 4, struct.pack(">II", 0, 100)),
        ("single", b"hvcC", 22, b"\xff"),
        ("single", b"meta", -8, struct.pack(">I", 0x7FFFFFFF)),
        ("tiles", b"dimg", 2, struct.pack(">H", 60_000)),
    ],
)
def test_numbers_beyond_any_telephone_are_refused_before_decoding(
    name: str, kind: bytes, at: int, value: bytes
) -> None:
    with pytest.raises(HeifError):
        read_photograph(patched(sample(name), kind, at, value))


def test_other_files_of_the_family_are_no_photographs() -> None:
    assert not is_heif(b"\0\0\0\x18ftypisom")
    assert not is_heif(b"\0\0\0\x18ftypavif")
    with pytest.raises(HeifError):
        read_photograph(b"\0\0\0\x18ftypheic")


def test_the_viewer_learns_why_one_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, pictures = PhotoReader(), HelperPictures()
    shown = AllPictures(pictures, reader)
    for code, told in (("helper.too_long", "too_slow"), ("helper.failed", "too_heavy")):
        monkeypatch.setattr(reader, "png", _raising(WorldError(code)))
        with pytest.raises(PictureRefused, match=told):
            shown.decode(sample("single"))
    monkeypatch.setattr(reader, "png", _raising(UserInputError("picture.heif")))
    with pytest.raises(PictureRefused, match="heif"):
        shown.decode(sample("single"))
    pictures.close()


def _raising(error: Exception) -> object:
    def png(_data: bytes) -> bytes:
        raise error

    return png
