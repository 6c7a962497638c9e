"""Which input method the window asks for; that Chinese is then typed is seen on a real display."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.app.qt.input_method import ChineseInput, InputBridge, Way, ask_for_way, choose_way
from desktop.runtime.input_bridge.bus_names import PORTAL
from desktop.runtime.input_bridge.running import Running, who_runs
from tests.support.private_bus import FakeFcitx, owner_of, private_bus

_NOTHING = Running(bus=True)
_FCITX_4 = Running(bus=True, fcitx4=True)
_FCITX_5 = Running(bus=True, fcitx5=True, portal=True)
_IBUS = Running(bus=True, ibus=True)
_ALL_UNSET: dict[str, str] = {}


def _there(program: str) -> str:
    return f"/usr/bin/{program}"


def _missing(_program: str) -> None:
    return None


@pytest.mark.parametrize(
    ("running", "way"),
    [
        (_FCITX_4, Way.BRIDGE),
        (_FCITX_5, Way.PORTAL),
        (_IBUS, Way.IBUS),
        (Running(bus=True, fcitx5=True), Way.BRIDGE),  # which then answers as version 4
        (Running(bus=True, fcitx4=True, ibus=True), Way.BRIDGE),  # GNOME runs IBus beside it
        (Running(bus=True, fcitx4=True, portal=True), Way.BRIDGE),  # another window's
        (Running(bus=True, portal=True), Way.PORTAL),
        (_NOTHING, Way.NOTHING),
        (Running(), Way.NOTHING),
    ],
)
@pytest.mark.parametrize("session", [_ALL_UNSET, {"QT_IM_MODULE": ""}])
def test_without_variables_what_runs_is_taken(
    session: dict[str, str], running: Running, way: Way
) -> None:
    assert choose_way(session, running, _missing) is way


@pytest.mark.parametrize(
    ("session", "running", "way"),
    [
        ({"QT_IM_MODULE": "ibus"}, Running(bus=True, fcitx4=True, ibus=True), Way.IBUS),
        ({"QT_IM_MODULE": "ibus"}, _FCITX_4, Way.BRIDGE),
        ({"QT_IM_MODULE": "fcitx"}, _IBUS, Way.IBUS),
        ({"XMODIFIERS": "@im=fcitx"}, _NOTHING, Way.BRIDGE),  # it may come yet
        ({"QT_IM_MODULE": "ibus"}, _NOTHING, Way.IBUS),
        ({"QT_IM_MODULE": "compose"}, _FCITX_4, Way.AS_ASKED),
        ({"QT_IM_MODULE": "none", "XMODIFIERS": "@im=fcitx"}, _FCITX_4, Way.AS_ASKED),
        ({"WAYLAND_DISPLAY": "wayland-0"}, _FCITX_4, Way.AS_ASKED),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, _FCITX_4, Way.BRIDGE),
    ],
)
def test_what_the_session_asks_for_comes_first(
    session: dict[str, str], running: Running, way: Way
) -> None:
    assert choose_way(session, running, _there) is way


def test_who_is_installed_and_not_there_yet_is_waited_for() -> None:
    assert choose_way({}, _NOTHING, _there) is Way.BRIDGE


@pytest.mark.parametrize(
    ("session", "tried"),
    [
        ({}, "ibus"),
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "fcitx5;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx;ibus"),
        ({"QT_IM_MODULE": "xim"}, "xim;ibus"),
    ],
)
def test_what_qt_has_no_plugin_for_is_reached_as_ibus(session: dict[str, str], tried: str) -> None:
    ask_for_way(session, Way.BRIDGE)
    assert session["QT_IM_MODULES"] == tried
    assert session["IBUS_USE_PORTAL"] == "1"


@pytest.mark.parametrize(
    ("session", "way"),
    [
        ({}, Way.NOTHING),
        ({"QT_IM_MODULE": "compose"}, Way.AS_ASKED),
        ({"QT_IM_MODULE": "ibus"}, Way.IBUS),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, Way.IBUS),
    ],
)
def test_what_works_or_is_meant_stays_as_it_is(session: dict[str, str], way: Way) -> None:
    before = dict(session)
    ask_for_way(session, way)
    assert session == before


class _Bridge(InputBridge):
    def __init__(self) -> None:
        self.ready = True
        self.closed = False

    def wait(self) -> bool:
        return self.ready

    def close(self) -> None:
        self.closed = True


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have their own")
@pytest.mark.parametrize(
    ("session", "at_start", "later", "reachable"),
    [
        ({}, _NOTHING, _NOTHING, False),
        ({}, _NOTHING, _FCITX_4, False),  # Qt asks nobody any more
        ({"QT_IM_MODULE": "fcitx"}, _NOTHING, _FCITX_4, True),
        ({"QT_IM_MODULE": "fcitx"}, _NOTHING, _NOTHING, False),
        ({}, _FCITX_5, _FCITX_5, True),
        ({}, _IBUS, _NOTHING, False),
        ({"QT_IM_MODULE": "none"}, _NOTHING, _NOTHING, True),
    ],
)
def test_whether_chinese_can_be_typed_is_known(
    session: dict[str, str], at_start: Running, later: Running, *, reachable: bool
) -> None:
    answers = iter((at_start, later))

    def who(_environment: Mapping[str, str]) -> Running:
        return next(answers)

    chinese = ChineseInput(session, who, _missing, _Bridge)
    assert chinese.reachable is reachable


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have their own")
@pytest.mark.parametrize(
    ("session", "language", "running", "lacking"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "en", _NOTHING, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "en", _NOTHING, False),
        ({}, "zh_CN", _NOTHING, True),
        ({}, "en", _NOTHING, False),
        ({}, "zh_CN", _FCITX_4, False),
    ],
)
def test_who_expects_chinese_learns_when_there_is_none(
    session: dict[str, str], language: str, running: Running, *, lacking: bool
) -> None:
    chinese = ChineseInput(session, lambda _environment: running, _missing, _Bridge)
    assert chinese.lacking(language) is lacking


needs_bus = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")


@needs_bus
def test_a_bridge_that_dies_is_begun_again_and_ends_with_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with private_bus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        bridge = InputBridge()
        assert bridge.wait()
        first = owner_of(bus, PORTAL)
        os.kill(first, signal.SIGKILL)
        while owner_of(bus, PORTAL) in (0, first):
            pass
        bridge.close()
        while owner_of(bus, PORTAL):
            pass


@needs_bus
def test_who_runs_is_asked_of_the_session_bus(tmp_path: Path) -> None:
    with private_bus() as bus:
        session = {
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "DISPLAY": ":7.0",
            "XDG_CONFIG_HOME": str(tmp_path),
        }
        assert who_runs(session) == Running(bus=True)
        fcitx = FakeFcitx(bus)
        assert who_runs(session) == Running(bus=True, fcitx4=True)
        fcitx.close()


@pytest.mark.parametrize(
    "address",
    ["", "unix:path=/nonexistent/bus", "tcp:host=localhost,port=1", "nonsense", "unix:abstract=x"],
)
def test_without_a_session_bus_nothing_runs(address: str, tmp_path: Path) -> None:
    session = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_CONFIG_HOME": str(tmp_path)}
    assert who_runs(session) == Running()
