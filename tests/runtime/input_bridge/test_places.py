"""Where input methods say that they are."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import pytest

from desktop.runtime.input_bridge import places

_ADDRESS = "unix:abstract=fcitx-bus"
_ME = os.getpid()
_GONE = 2**22 + 1
"""Beyond the highest number that Linux gives."""


@pytest.fixture(name="session")
def a_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    identity = tmp_path / "machine-id"
    identity.write_text("0123abcd\n", "ascii")
    monkeypatch.setattr(places, "_MACHINE_IDS", (tmp_path / "none", identity))
    return {"HOME": str(tmp_path), "DISPLAY": ":7.0"}


@pytest.mark.parametrize(
    ("content", "address"),
    [
        (_ADDRESS.encode() + b"\0" + struct.pack("@ii", _ME, _ME), _ADDRESS),
        (_ADDRESS.encode() + b"\0" + struct.pack("@ii", _ME, _GONE), ""),
        (_ADDRESS.encode() + b"\0" + struct.pack("@ii", 0, 0), ""),  # as fcitx 5 writes it
        (_ADDRESS.encode() + b"\0" + struct.pack("@i", _ME), ""),
        (_ADDRESS.encode(), ""),
        (b"", ""),
    ],
    ids=["both live", "fcitx is gone", "nobody", "one number", "no number", "nothing"],
)
def test_the_bus_of_fcitx_is_found_with_living_processes(
    session: dict[str, str], tmp_path: Path, content: bytes, address: str
) -> None:
    file = tmp_path / ".config" / "fcitx" / "dbus" / "0123abcd-7"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert places.fcitx_bus(session) == address


def test_a_variable_comes_before_the_file(session: dict[str, str]) -> None:
    assert places.fcitx_bus(session) == ""
    assert places.fcitx_bus({**session, "FCITX_DBUS_ADDRESS": _ADDRESS}) == _ADDRESS


@pytest.mark.parametrize(
    ("display", "name"),
    [
        (":7.0", "org.fcitx.Fcitx-7"),
        ("host:12", "org.fcitx.Fcitx-12"),
        ("", "org.fcitx.Fcitx-0"),
        ("桌面:٣", "org.fcitx.Fcitx-0"),
        (":", "org.fcitx.Fcitx-0"),
    ],
)
def test_fcitx_is_named_by_the_display(display: str, name: str) -> None:
    assert places.fcitx_name({"DISPLAY": display}) == name


@pytest.mark.parametrize(
    ("pid", "runs"),
    [(str(_ME), True), (str(_GONE), False), ("", False), ("x", False)],
    ids=["lives", "is gone", "nothing", "no number"],
)
def test_ibus_tells_in_its_file(
    session: dict[str, str], tmp_path: Path, pid: str, *, runs: bool
) -> None:
    file = tmp_path / ".config" / "ibus" / "bus" / "0123abcd-unix-7"
    file.parent.mkdir(parents=True)
    assert not places.ibus_runs(session)
    file.write_text(f"# IBus\nIBUS_ADDRESS=unix:path=/x\nIBUS_DAEMON_PID={pid}\n", "ascii")
    assert places.ibus_runs(session) is runs


def test_the_session_bus_is_named_or_where_sessions_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.session_bus({}) == ""
    assert places.session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("bus")
        assert places.session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert places.session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/b"}) == "unix:path=/b"
