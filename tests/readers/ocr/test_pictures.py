"""Key fields come back from drawn phone screens; wrapped numbers whole, whatever way the picture lies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.picture_text import PictureBox, TextLine
from desktop.domain.time.local_time import CHINA
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.readers.ocr.reading_order import in_order
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.processes.helper_process import HelperProcess
from tests.readers.measuring import DIRECTORIES
from tests.readers.ocr.drawn_screens import SCREENS, Screen, long_chat, picture
from tests.readers.ocr.later_screens import FACTS, LATER_SCREENS
from tests.support.sweep import EVERY

SAMPLES = Path(__file__).parent / "samples"
QUICK = ("wechat-light", "bank-dark")
SAMPLED = ("chat_brushing", *(("wx_transfer", "bank_icbc") if EVERY else ()))
"""``QUICK`` has a transfer and a bank's receipt of its own."""
TURNED = {"chat-turned": 1, "bank-upside-down": 2}
LATER_FLOOR = 0.97
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


def one_line() -> bytes:
    """A picture that is read in a moment."""
    return picture(long_chat(["请打到 6217001234005678100 建设银行"]))


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


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_the_share_of_key_fields_and_facts_over_screens_drawn_later(reader: PictureReader) -> None:
    lost: dict[str, list[object]] = {}
    for screen in LATER_SCREENS:
        text = reader.read(picture(screen)).text
        lost[screen.name] = [key for key in screen.key if bare(key) not in bare(text)]
        lost[f"{screen.name} facts"] = [
            fact for fact in facts_of(screen) if fact not in proposed(text)
        ]
    wanted = sum(len(screen.key) + len(facts_of(screen)) for screen in LATER_SCREENS)
    share = 1 - sum(map(len, lost.values())) / wanted
    assert share >= LATER_FLOOR, f"{share:.3f} of {wanted}; {lost}"


def facts_of(screen: Screen) -> list[tuple[str, str]]:
    return FACTS[screen.name.partition("-")[0]]


def proposed(text: str) -> set[tuple[str, str]]:
    """What the words of a picture propose."""
    found = PastedTextReader(DIRECTORIES).read(text, datetime(2026, 11, 25, 18, tzinfo=CHINA))
    parts = {(name, part.value) for made in found.transfers for name, part in made.parts.items()}
    return parts | {(part.kind, part.value) for part in found.loose}


@pytest.mark.parametrize("name", SAMPLED)
def test_the_sample_screens(reader: PictureReader, name: str) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))[name]
    found = bare(reader.read((SAMPLES / f"{name}.png").read_bytes()).text)
    assert [key for key in truth["key"].values() if bare(key) not in found] == []


def test_a_file_that_is_no_picture_is_reported_and_the_reader_goes_on(
    reader: PictureReader,
) -> None:
    for data in (
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"\xff\xd8\xff\xe0" + b"x" * 90,
    ):
        with pytest.raises(UserInputError, match=r"picture\.unknown|picture\.too_large"):
            reader.read(data)
    assert reader.read(one_line()).text


def test_a_helper_that_was_killed_is_started_anew(reader: PictureReader) -> None:
    reader.read(one_line())
    process = reader._helper._process
    assert process is not None
    process.kill()
    process.wait()
    try:
        again = reader.read(one_line())
    except WorldError:
        again = reader.read(one_line())
    assert again.text


def line(text: str, left: int, top: int, right: int, bottom: int) -> TextLine:
    return TextLine(text, PictureBox(left, top, right, bottom), 99)


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


def test_a_number_read_together_with_its_label_goes_on_below_itself() -> None:
    found = in_order(
        [
            line("转账单号1000050001202611140803", 45, 806, 1030, 863),
            line("169477705", 310, 880, 640, 936),
            line("账单服务", 45, 960, 250, 1010),
        ],
        1080,
        2340,
    )
    assert found.text == "转账单号1000050001202611140803169477705\n账单服务"


def test_a_found_number_is_marked_where_it_stands_behind_its_label() -> None:
    """A digit takes about half the room of a Chinese sign."""
    text = "收款账号：6230520010037788"
    found = in_order([line(text, 100, 400, 1480, 440)], 1600, 2340)
    (box,) = found.boxes(text.index("6"), len(text))
    assert (box.left, box.right) == (600, 1480)
    text = "招商银行储蓄卡(3421)"
    found = in_order([line(text, 0, 400, 980, 440)], 1600, 2340)
    (box,) = found.boxes(text.index("3"), text.index(")"))
    assert (box.left, box.right) == (730, 950), "a bracket takes less than a digit"


def test_the_clock_of_a_photographed_phone_is_no_time_of_the_receipt() -> None:
    lines = [
        line("14:32", 400, 300, 480, 340),
        line("86%", 1000, 310, 1060, 350),
        line("交易时间 2026-09-12 13:40:27", 300, 900, 1000, 940),
    ]
    assert in_order(lines, 1260, 2520).text == "交易时间 2026-09-12 13:40:27"
    alone = [line("10:21", 500, 300, 580, 340), line("我转了2万元", 60, 400, 400, 440)]
    assert in_order(alone, 1080, 2340).text.startswith("10:21"), "the time above a message"


def test_a_long_screenshot_loses_no_digit(reader: PictureReader) -> None:
    """Made small to one sheet its digits would be guesses."""
    last = 132 if EVERY else 116
    said = [f"请打到 6217001234005678{number:03} 建设银行" for number in range(100, last)]
    chat = long_chat(said)
    text = reader.read(picture(chat))
    assert text.height > 3 * text.width
    found = re.findall(r"6217001234005678(\d{3})", bare(text.text))
    assert found == [str(number) for number in range(100, last)], "each once, in order"


TABLE = (
    ("时间", "摘要", "金额"),
    ("11-25 09:12", "快捷支付", "-4,980.00"),
    ("11-25 09:40", "跨行转账", "-12,000.00"),
)


@pytest.mark.parametrize("slope", [0.0, 0.07, -0.07])
def test_the_rows_of_a_table_stay_rows_however_close_and_askew(slope: float) -> None:
    lines = []
    for row, cells in enumerate(TABLE):
        for column, text in enumerate(cells):
            left, wide, high = 60 + 330 * column, 20 * len(text), 30
            sinks, rise = round(slope * left), round(abs(slope) * wide)
            top = 400 + 38 * row + sinks - (rise if slope < 0 else 0)
            lines.append(line(text, left, top, left + wide, top + high + rise))
    assert in_order(lines, 1080, 2340, slope).text == "\n".join(map(" ".join, TABLE))


def test_a_bubble_that_wraps_stays_one_text_in_a_picture_askew() -> None:
    lines = [line("请把钱转到安全账户", 100, 500, 480, 566), line("6214 8301", 97, 541, 290, 594)]
    assert in_order(lines, 1080, 2340, 0.07).text == "请把钱转到安全账户6214 8301"


def test_what_the_helper_can_not_read_is_said_of_the_picture(
    reader: PictureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = next(screen for screen in SCREENS if screen.name == QUICK[0])
    monkeypatch.setattr(HelperProcess, "ask", lambda _helper, _data: b'{"error": "cv2.error"}')
    with pytest.raises(UserInputError, match=r"^picture\.unreadable$"):
        reader.read(picture(screen))
