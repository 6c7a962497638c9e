"""Key fields come back from drawn phone screens; wrapped numbers whole, whatever way the picture lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.picture_text import Box, TextLine
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.readers.ocr.reading_order import in_order
from tests.readers.ocr.drawn_screens import SCREENS, Screen, picture

SAMPLES = Path(__file__).parent / "samples"
QUICK = ("wechat-light", "bank-dark")
TURNED = {"chat-turned": 1, "bank-upside-down": 2}
FLOOR = 0.98
"""Of the key fields over all drawn screens."""


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    reader = PictureReader()
    yield reader
    reader.close()


def bare(text: str) -> str:
    return "".join(text.split()).replace("￥", "¥").replace("，", ",")


def missing(reader: PictureReader, screen: Screen) -> list[str]:
    found = bare(reader.read(picture(screen)).text)
    return [key for key in screen.key if bare(key) not in found]


@pytest.mark.parametrize("name", QUICK)
def test_the_key_fields_of_a_screen(reader: PictureReader, name: str) -> None:
    screen = next(screen for screen in SCREENS if screen.name == name)
    assert missing(reader, screen) == []


@pytest.mark.parametrize("name", TURNED)
def test_a_picture_that_lies_is_turned_as_a_person_would(reader: PictureReader, name: str) -> None:
    screen = next(screen for screen in SCREENS if screen.name == name)
    found = reader.read(picture(screen))
    assert found.turned == TURNED[name]
    assert found.height > found.width, "a phone's screen"
    assert [key for key in screen.key if bare(key) not in bare(found.text)] == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_share_of_key_fields_over_all_screens(reader: PictureReader) -> None:
    lost = {screen.name: missing(reader, screen) for screen in SCREENS}
    wanted = sum(len(screen.key) for screen in SCREENS)
    share = 1 - sum(map(len, lost.values())) / wanted
    assert share >= FLOOR, f"{share:.3f} of {wanted} on {len(SCREENS)} screens; {lost}"


@pytest.mark.parametrize("name", ["wx_transfer", "bank_icbc", "chat_brushing"])
def test_the_sample_screens(reader: PictureReader, name: str) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))[name]
    found = bare(reader.read((SAMPLES / f"{name}.png").read_bytes()).text)
    assert [key for key in truth["key"].values() if bare(key) not in found] == []


def test_a_file_that_is_no_picture_is_told_and_the_reader_goes_on(reader: PictureReader) -> None:
    for data in (
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"\xff\xd8\xff\xe0" + b"x" * 90,
    ):
        with pytest.raises(UserInputError, match=r"picture\.unknown|picture\.too_large"):
            reader.read(data)
    assert reader.read(picture(SCREENS[0])).text


def test_a_helper_that_was_killed_is_started_anew(reader: PictureReader) -> None:
    reader.read(picture(SCREENS[0]))
    process = reader._helper._process
    assert process is not None
    process.kill()
    process.wait()
    try:
        again = reader.read(picture(SCREENS[0]))
    except WorldError:
        again = reader.read(picture(SCREENS[0]))
    assert again.text


def line(text: str, left: int, top: int, right: int, bottom: int) -> TextLine:
    return TextLine(text, Box(left, top, right, bottom), 99)


def test_a_wrapped_number_is_one_and_leads_back_to_both_lines() -> None:
    found = in_order(
        [
            line("转账单号", 50, 1000, 210, 1040),
            line("100005000120260912", 370, 1000, 1010, 1040),
            line("032647119826", 370, 1052, 800, 1092),
            line("账单服务", 460, 1300, 610, 1340),
            line("9:41", 50, 20, 150, 60),
        ],
        1080,
        2340,
    )
    assert found.text == "转账单号 100005000120260912032647119826\n账单服务"
    start = found.text.index("1000")
    boxes = found.boxes(start, start + 30)
    assert [(box.top, box.bottom) for box in boxes] == [(1000, 1040), (1052, 1092)]
