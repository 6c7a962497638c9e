"""Recordings are played by a real player beside; what harms it does not harm the desk."""

from __future__ import annotations

import io
import json
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.recording_kinds import is_recording, is_silk
from desktop.runtime.processes.talking_helper import HelperListener
from desktop.ui.evidence.player.link import Helper, PlayState, opens
from desktop.ui.evidence.player.messages import (
    FRAME,
    FRAME_HEAD,
    OCTETS,
    OCTETS_HEAD,
    STATE,
    WANT,
    WANT_HEAD,
)
from desktop.ui.evidence.player.page import RecordingPage
from desktop.ui.evidence.player.playback import RATE, Peaks
from desktop.ui.shared.kit.kit import Kit
from tests.support.made_recordings import made_film, made_sound
from tests.ui.pages.player import moment_shown, peaks_drawn

NEVER_PLAYED = {"sound": b"", "heic": b"\0\0\0\x18ftypheic", "text": b"hello"}


@pytest.fixture
def page(kit: Kit, qtbot: QtBot) -> Iterator[RecordingPage]:
    made = RecordingPage(kit)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    yield made
    made.close_recording()


def show(page: RecordingPage, data: bytes) -> None:
    page.show_recording(io.BytesIO(data), len(data))


def press(page: RecordingPage, key: Qt.Key) -> None:
    QTest.keyClick(page, key)


def test_a_sound_is_read_shown_and_cited(page: RecordingPage, qtbot: QtBot) -> None:
    show(page, made_sound())
    qtbot.waitUntil(lambda: page.state.duration == 2000, timeout=20_000)
    qtbot.waitUntil(lambda: len(peaks_drawn(page)) >= 90, timeout=20_000)
    peaks = peaks_drawn(page)
    assert peaks[2] < 10
    assert peaks[-3] > 80
    assert not page.state.video
    press(page, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.state.position == 2000)
    press(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.state.position == 0)
    QTest.mouseClick(page.wave, Qt.MouseButton.LeftButton, pos=QPoint(page.wave.width() // 2, 5))
    qtbot.waitUntil(lambda: abs(page.state.position - 1000) < 20)
    with qtbot.waitSignal(page.cited) as cited:
        press(page, Qt.Key.Key_M)
    assert cited.args is not None
    assert cited.args[0].place.startswith("00:0")
    press(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.state.playing)
    press(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.state.playing)


def test_a_film_is_stepped_picture_by_picture(
    page: RecordingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    show(page, made_film(tmp_path))
    qtbot.waitUntil(lambda: page.screen_.image is not None, timeout=20_000)
    assert page.state.video
    page.go_to(1000)
    qtbot.waitUntil(lambda: moment_shown(page) == 1000)
    press(page, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: moment_shown(page) == 1040)
    press(page, Qt.Key.Key_Comma)
    press(page, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: moment_shown(page) in {960, 1000})
    image = page.screen_.image
    assert image is not None
    assert (image.width(), image.height()) == (160, 120)


def test_a_truncated_film_shows_what_is_there(
    page: RecordingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    data = made_film(tmp_path)
    show(page, data[: len(data) // 2])
    qtbot.waitUntil(lambda: page.screen_.image is not None, timeout=20_000)


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x20ftypM4A " + b"\0" * 500,
        b"RIFF\xff\xff\xff\xffWAVEfmt " + b"\xff" * 600,
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"\0" * 400,
    ],
)
def test_what_is_no_recording_is_reported(page: RecordingPage, qtbot: QtBot, data: bytes) -> None:
    with qtbot.waitSignal(page.lost, timeout=20_000) as lost:
        show(page, data)
    assert lost.args == ["recording"]
    assert page.screen_.image is None


class Scripted:
    """A player that says what a test wants."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, bytes]] = []
        self.listener: HelperListener | None = None

    def start(self, listener: HelperListener) -> Helper:
        self.listener = listener
        return self

    def say(self, kind: bytes, body: bytes) -> bool:
        self.heard.append((kind, body))
        return True

    def close(self) -> None:
        self.heard.append((b"", b"closed"))

    def tell(self, kind: bytes, body: bytes) -> None:
        assert self.listener is not None
        self.listener.heard(kind, body)


class Damaged(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise TrustError("vault.damaged")


@pytest.fixture
def scripted(kit: Kit, qtbot: QtBot) -> tuple[RecordingPage, Scripted]:
    player = Scripted()
    page = RecordingPage(kit, player.start)
    qtbot.addWidget(page)
    return page, player


def test_the_player_gets_the_octets_it_asks_for(
    scripted: tuple[RecordingPage, Scripted],
) -> None:
    page, player = scripted
    show(page, b"0123456789")
    player.tell(WANT, WANT_HEAD.pack(7, 4, 3))
    player.tell(WANT, WANT_HEAD.pack(8, 0, 1 << 31))
    answers = [body for kind, body in player.heard if kind == OCTETS]
    assert answers == [OCTETS_HEAD.pack(7) + b"456", OCTETS_HEAD.pack(8)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FRAME, FRAME_HEAD.pack(100_000, 100_000, 0)),
        (FRAME, FRAME_HEAD.pack(4, 4, 0) + b"short"),
        (FRAME, b"x"),
        (STATE, b"[]"),
        (STATE, b"{"),
        (WANT, b""),
    ],
)
def test_a_player_gone_wild_is_ended(
    scripted: tuple[RecordingPage, Scripted], qtbot: QtBot, kind: bytes, body: bytes
) -> None:
    page, player = scripted
    with qtbot.waitSignal(page.lost) as lost:
        show(page, b"x")
        player.tell(kind, body)
    assert lost.args == ["damaged"]
    assert player.heard[-1] == (b"", b"closed")


def test_damaged_content_and_a_dead_player_are_reported(
    scripted: tuple[RecordingPage, Scripted], qtbot: QtBot
) -> None:
    page, player = scripted
    with qtbot.waitSignal(page.lost) as lost:
        page.show_recording(Damaged(), 9)
        player.tell(WANT, WANT_HEAD.pack(1, 0, 9))
    assert lost.args == ["damaged"]
    show(page, b"x")
    with qtbot.waitSignal(page.lost) as lost:
        assert player.listener is not None
        player.listener.ended()
    assert lost.args == ["player_gone"]


def test_what_is_not_seen_is_not_heard_and_a_pane_takes_its_player_along(
    kit: Kit, qtbot: QtBot
) -> None:
    player = Scripted()
    page = RecordingPage(kit, player.start)
    page.show()
    show(page, b"x")
    page.hide()
    assert json.loads(player.heard[-1][1]) == {"do": "pause"}
    page.deleteLater()
    qtbot.waitUntil(lambda: player.heard[-1] == (b"", b"closed"))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_two_hours_of_film_fit_beside_the_facts(kit: Kit, qtbot: QtBot, language: str) -> None:
    kit.texts.set_language(language)
    page = RecordingPage(kit, Scripted().start)
    qtbot.addWidget(page)
    page.transport.show_state(PlayState(3_600_000, 7_200_000, video=True, audio=True, rate=25_000))
    assert page.minimumSizeHint().width() <= 600


def test_a_computer_without_the_libraries_says_so(
    kit: Kit, qtbot: QtBot, scripted: tuple[RecordingPage, Scripted]
) -> None:
    page, player = scripted
    with qtbot.waitSignal(page.lost) as lost:
        show(page, b"x")
        player.tell(STATE, json.dumps({"error": "no_player"}).encode())
    assert lost.args == ["no_player"]

    def missing(_listener: HelperListener) -> Helper:
        raise WorldError("helper.missing")

    other = RecordingPage(kit, missing)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.lost) as lost:
        show(other, b"x")
    assert lost.args == ["no_player"]


def test_the_shape_of_a_long_sound_stays_small() -> None:
    peaks = Peaks()
    for loud in range(3000):
        peaks.take(array("h", [loud * 10] * (RATE // 2)))
    assert len(peaks.percents) < 4000
    assert peaks.step_ms * len(peaks.percents) == pytest.approx(1_500_000, rel=0.01)
    assert peaks.percents[-1] > 85


def test_only_what_begins_like_a_recording_is_played() -> None:
    assert is_recording(made_sound(0.1)[:200])
    assert is_silk(b"\x02#!SILK_V3\0")
    assert not any(is_recording(head) for head in NEVER_PLAYED.values())


def test_the_trial_of_a_build_opens_a_recording() -> None:
    assert opens(30)


def test_the_wave_is_shown_once_it_is_known_how_long_the_recording_is(
    scripted: tuple[RecordingPage, Scripted],
) -> None:
    page, player = scripted
    show(page, b"x")
    state = {"position": 0, "playing": False, "video": False, "audio": True, "rate": 1000}
    for duration in (0, 5_000):
        player.tell(STATE, json.dumps({**state, "duration": duration}).encode())
        assert page.wave.isVisibleTo(page) is (duration > 0)
