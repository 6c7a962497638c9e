"""The camera's picture: the newest is looked at, none is kept, codes are told once, trouble is said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.bundles.codes.qr import codes_in_frame
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.runtime.qr_picture import qr_png
from desktop.ui.shared.codes.code_camera import CodeCamera, gray_frame
from desktop.ui.shared.kit.cameras import CameraTrouble
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.held_runner import HeldRunner
from tests.support.seen_codes import Sight, seen
from tests.ui.pages.window_page import WindowPage
from tests.ui.shared.fake_camera import FakeCamera

DARK = np.zeros((72, 128), np.uint8)


def level(shade: int) -> np.ndarray:
    return np.full((72, 128), shade, np.uint8)


class Eye:
    """The widget, its camera, and what it told."""

    def __init__(
        self, qtbot: QtBot, kit: Kit, scan: Callable[[GrayFrame], tuple[bytes, ...]]
    ) -> None:
        self.camera = FakeCamera()
        self.widget = CodeCamera(replace(kit, camera=self.camera), scan)
        qtbot.addWidget(self.widget)
        self.read_codes: list[bytes] = []
        self.widget.read.connect(self.read_codes.extend)
        self.page = WindowPage(qtbot, self.widget)
        self.page.show(560, 460)


def scan_here(frame: GrayFrame) -> tuple[bytes, ...]:
    return codes_in_frame(memoryview(frame.pixels).cast("B", (frame.height, frame.width)))


def test_only_the_newest_picture_is_looked_at_and_never_a_queue(qtbot: QtBot, kit: Kit) -> None:
    runner, looked = HeldRunner(), []

    def scan(frame: GrayFrame) -> tuple[bytes, ...]:
        looked.append(frame.pixels[0])
        return ()

    eye = Eye(qtbot, replace(kit, runner=runner), scan)
    for shade in range(50):
        eye.camera.show(level(shade))
        assert len(runner.tasks) == 1
    runner.run_all()
    assert looked == [0, 49]
    eye.camera.show(level(99))
    runner.run_all()
    assert looked == [0, 49, 99]


def test_a_code_is_signalled_once_until_it_is_forgotten(qtbot: QtBot, kit: Kit) -> None:
    eye = Eye(qtbot, kit, lambda frame: (b"a", b"b") if frame.pixels[0] else (b"a",))
    for shade in (0, 0, 1, 0, 1):
        eye.camera.show(level(shade))
    assert eye.read_codes == [b"a", b"b"]
    eye.widget.forget()
    eye.camera.show(DARK)
    assert eye.read_codes == [b"a", b"b", b"a"]


def test_a_picture_that_can_not_be_looked_at_stops_nothing(qtbot: QtBot, kit: Kit) -> None:
    def scan(frame: GrayFrame) -> tuple[bytes, ...]:
        if frame.pixels[0] == 0:
            raise UserInputError("picture.unknown")
        return (b"a",)

    eye = Eye(qtbot, kit, scan)
    eye.camera.show(DARK)
    eye.camera.show(level(1))
    assert eye.read_codes == [b"a"]


def test_the_camera_is_on_only_while_it_is_shown_and_nothing_stays(qtbot: QtBot, kit: Kit) -> None:
    eye = Eye(qtbot, kit, lambda _frame: ())
    states = [(eye.camera.running, eye.widget.view.image is None)]
    eye.camera.show(DARK)
    states.append((eye.camera.running, eye.widget.view.image is None))
    eye.widget.hide()
    states.append((eye.camera.running, eye.widget.view.image is None))
    eye.widget.show()
    states.append((eye.camera.running, eye.widget.view.image is None))
    assert states == [(True, True), (True, False), (False, True), (True, True)]


def test_trouble_is_said_and_mended(qtbot: QtBot, kit: Kit) -> None:
    eye = Eye(qtbot, kit, lambda _frame: (b"a",))
    eye.camera.trouble = CameraTrouble.FAILED
    eye.camera.troubled.emit(CameraTrouble.FAILED)
    assert "被别的程序占用" in eye.page.text("camera_trouble")
    eye.camera.trouble = None
    eye.page.click("camera_again")
    eye.camera.show(DARK)
    assert eye.widget.view.isVisible()
    assert eye.read_codes == [b"a"]


def test_another_camera_is_one_key_away(qtbot: QtBot, kit: Kit) -> None:
    eye = Eye(qtbot, kit, lambda _frame: ())
    assert not eye.page.find("camera_turn").isVisible()
    eye.camera._names = ("自带摄像头", "高拍仪")
    eye.widget.hide()
    eye.widget.show()
    assert eye.page.text("camera_name") == "自带摄像头"
    eye.page.click("camera_turn")
    assert eye.page.text("camera_name") == "高拍仪"


def test_no_camera_is_said(qtbot: QtBot, kit: Kit) -> None:
    widget = CodeCamera(kit, lambda _frame: ())
    qtbot.addWidget(widget)
    page = WindowPage(qtbot, widget)
    page.show(560, 460)
    assert "没有摄像头" in page.text("camera_trouble")


@pytest.fixture(params=[("zh_CN", Scheme.LIGHT), ("en", Scheme.DARK)])
def appearance(request: pytest.FixtureRequest, kit: Kit) -> Iterator[None]:
    language, scheme = request.param
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    yield
    kit.texts.set_language("zh_CN")


@pytest.mark.parametrize("trouble", list(CameraTrouble))
def test_every_trouble_fits(
    qtbot: QtBot, kit: Kit, appearance: None, trouble: CameraTrouble
) -> None:
    eye = Eye(qtbot, kit, lambda _frame: ())
    eye.camera.troubled.emit(trouble)
    qtbot.waitUntil(lambda: clipped_texts(eye.widget) + overlaps(eye.widget) == [])


@pytest.mark.parametrize(
    "sight",
    [
        Sight(turn=30, share=0.68),
        Sight(tilt=0.2, turn=10, share=0.8),
        Sight(blur=2),
        Sight(noise=30),
        Sight(glare=0.3),
        Sight(covered=0.08),
        Sight(width=640, height=480, share=0.95),
        Sight(jpeg=20),
        Sight(contrast=0.1, shade=0.5),
    ],
    ids=str,
)
def test_what_a_person_holds_before_it_is_read(qtbot: QtBot, kit: Kit, sight: Sight) -> None:
    data = bytes(range(256)) * 3 + b"x" * 182
    eye = Eye(qtbot, kit, scan_here)
    eye.camera.show(seen(qr_png(data), sight))
    assert eye.read_codes == [data]


def test_a_picture_becomes_grey_and_at_most_full_hd_wide() -> None:
    from PySide6.QtGui import QImage  # noqa: PLC0415 - a picture of odd width, whose rows are padded

    image = QImage(2001, 1001, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    frame = gray_frame(image)
    assert (frame.width, frame.height) == (1920, 960)
    assert frame.pixels == bytes([0x80]) * (1920 * 960)
    small = gray_frame(image.copy(0, 0, 7, 3))
    assert (small.width, small.height, len(small.pixels)) == (7, 3, 21)
