"""A desktop session of the test's own: a screen, a bus, a window manager, an input method, and fingers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final

from jeepney import new_method_call
from jeepney.io.blocking import open_dbus_connection

from desktop.runtime.input_bridge.bus_names import BUS, PORTAL
from desktop.runtime.input_bridge.places import fcitx_name, ibus_runs

PATIENCE: Final = 20.0
_QUIET: Final = 6
"""Looks that must be alike."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_FCITX_4: Final = """[Profile]
IMName=
EnabledIMList=fcitx-keyboard-us:True,pinyin:True
PreeditStringInClientWindow=True
"""
_FCITX_5: Final = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=pinyin
Layout=
[GroupOrder]
0=Default
"""
NEEDED: Final = ("Xvfb", "dbus-daemon", "openbox", "xdotool")


class InputSession:
    """Everything in it ends with :meth:`close`."""

    def __init__(self, home: Path, variables: Mapping[str, str]) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._method: subprocess.Popen[bytes] | None = None
        keep = {name: os.environ[name] for name in ("PATH",)}
        self.environment = {**keep, "HOME": str(home), "LC_ALL": "C.UTF-8", **variables}
        self.environment["DISPLAY"] = f":{self._screen()}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus()
        self.environment["GSETTINGS_BACKEND"] = "memory"
        self._home = home
        self.run("openbox")

    def close(self) -> None:
        """End all of it, the last first."""
        for process in reversed(self._running):
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def run(self, *words: str) -> subprocess.Popen[bytes]:
        """A program of the session."""
        process = subprocess.Popen(
            words, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._running.append(process)
        return process

    def begin(self, method: str) -> None:
        """Start an input method: ``fcitx``, ``fcitx5`` or ``ibus``."""
        if method == "fcitx":
            self._write("fcitx/profile", _FCITX_4)
            self._method = self.run("fcitx", "-D")
            self._until_named(fcitx_name(self.environment))
        elif method == "fcitx5":
            self._write("fcitx5/profile", _FCITX_5)
            self._method = self.run("fcitx5", "-D")
            self._until_named("org.fcitx.Fcitx5")
            self._until_named(PORTAL)
        else:
            self._method = self.run("ibus-daemon", "--replace", "--panel=disable", "--xim")
            until(lambda: ibus_runs(self.environment), "IBus does not come")
            until(self._ibus_takes_pinyin, "IBus has no engine")

    def kill_method(self) -> None:
        """The input method dies."""
        assert self._method is not None
        self._method.kill()
        self._method.wait()

    def switch_on(self, method: str) -> None:
        """Chinese, as the officer switches it on."""
        if method != "ibus":
            self.press("ctrl+space")

    def press(self, *keys: str) -> None:
        """One key after another, by the names of X."""
        self._do("key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Letters, as fast as a good typist."""
        self._do("type", "--delay", "50", text)

    def click(self, x: int, y: int) -> None:
        """The left button there."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def picture(self, path: Path) -> None:
        """What is on the screen."""
        with_import = shutil.which("import")
        if with_import is not None:
            subprocess.run(
                [with_import, "-window", "root", str(path)], env=self.environment, check=True
            )

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def _ibus_takes_pinyin(self) -> bool:
        """It says that it failed also when it did not."""
        words = ["ibus", "engine"]
        subprocess.run(
            [*words, "libpinyin"], env=self.environment, check=False, capture_output=True
        )
        now = subprocess.run(words, env=self.environment, check=False, capture_output=True)
        return now.stdout.strip() == b"libpinyin"

    def _write(self, name: str, text: str) -> None:
        path = self._home / ".config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def _screen(self) -> int:
        words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        return int(self._first_line(words))

    def _bus(self) -> str:
        return self._first_line(["dbus-daemon", "--session", "--nofork", "--print-address=1"])

    def _first_line(self, words: list[str]) -> str:
        process = subprocess.Popen(
            words, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().decode().strip()

    def _until_named(self, name: str) -> None:
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        with open_dbus_connection(address) as connection:
            call = new_method_call(BUS, "NameHasOwner", "s", (name,))
            until(lambda: connection.send_and_get_reply(call).body[0], f"{name} does not come")


class DeskInSession:
    """The program in it, and what stands in its form."""

    def __init__(self, session: InputSession, profile: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.intake_desk", str(profile)],
            env={**session.environment, "PYTHONPATH": str(_ROOT)},
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.do("open")
        until(lambda: self.state["front"] == "intake", "no report was begun")

    @property
    def state(self) -> dict[str, Any]:
        """Now."""
        return self.do("state")

    def do(self, verb: str, **words: Any) -> dict[str, Any]:
        """Tell it to, and hear how it stands then."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.write(json.dumps({"do": verb, **words}).encode())
        stdin.flush()
        return dict(json.loads(stdout.readline()))

    def until(self, **wanted: Any) -> dict[str, Any]:
        """Wait until it stands so."""
        until(lambda: wanted.items() <= self.state.items(), f"not {wanted} but {self.state}")
        return self.state

    def rest(self) -> dict[str, Any]:
        """How it stands once nothing more comes of the last key."""
        seen = [self.state]
        while len(seen) < _QUIET or any(state != seen[-1] for state in seen[-_QUIET:]):
            time.sleep(0.1)
            seen.append(self.state)
        return seen[-1]

    def close(self) -> int:
        """Quit; the exit status."""
        try:
            if self._process.poll() is None:
                self.do("quit")
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                _pipe(pipe).close()


def until(true: Callable[[], object], failure: str) -> None:
    """Wait for it, not for ever."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, failure
        time.sleep(0.05)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
