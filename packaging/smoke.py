"""Tries a built program from outside, as a station would: it starts, finds all its parts, and does
the whole demo.

Usage: ``smoke.py PROGRAM``. Every line the program writes to standard error must be known; an
unknown one is a failure, because a frozen build tells of a missing part there first.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KNOWN_LINES = (
    r"This plugin does not support (propagateSizeHints|raise)\(\)",
    r"qt\.qpa\.plugin: Could not find the Qt platform plugin .wayland.*",
    r"Fontconfig warning: .*",
    r"qt\.multimedia\.symbolsresolver: Couldn't (load|resolve) (pipewire-0\.3|va\S*|va\(in plugin\)) (library|symbols)",
    r"qt\.multimedia\.ffmpeg: Using Qt multimedia with FFmpeg version .*",
    r"\s*",
)
"""What the offscreen platform and the system's own libraries say on sound machines."""

_PATIENCE = 600


def unknown_lines(text: str) -> list[str]:
    """The lines of ``text`` nobody has vouched for."""
    return [
        line
        for line in text.splitlines()
        if not any(re.fullmatch(pattern, line) for pattern in KNOWN_LINES)
    ]


def folder_size(folder: Path) -> int:
    """Bytes of all files below ``folder``; links count once, as nothing."""
    return sum(
        file.lstat().st_size
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    )


def clean_environment(home: Path) -> dict[str, str]:
    """The environment of a PC without our development tools: no venv, no paths, an empty home."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "FANZHA_STRICT_TEXTS": "1",
    }


class Trial:
    """One built program and what was wrong with it."""

    def __init__(self, program: Path, home: Path) -> None:
        self._program = program.resolve()
        self._home = home
        self.environment = clean_environment(home)
        self.problems: list[str] = []

    def call(self, *arguments: str) -> tuple[str, float]:
        """Standard output and seconds of one call; notes a bad exit status and unknown lines."""
        started = time.perf_counter()
        done = subprocess.run(
            [str(self._program), *arguments],
            cwd=self._home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )
        seconds = time.perf_counter() - started
        name = " ".join(arguments)
        if done.returncode != 0:
            self.problems.append(f"{name}: exit status {done.returncode}")
        self.problems += [f"{name}: {line}" for line in unknown_lines(done.stderr)]
        return done.stdout, seconds

    def document(self, *arguments: str) -> tuple[dict[str, Any], float]:
        """The JSON document one call prints."""
        output, seconds = self.call(*arguments)
        try:
            document = json.loads(output)
        except ValueError:
            self.problems.append(f"{' '.join(arguments)}: no JSON on standard output")
            return {}, seconds
        return dict(document), seconds

    def selftest(self) -> None:
        """Every part is there and works."""
        print(f"platform {self.environment['QT_QPA_PLATFORM']}: ", end="")
        document, seconds = self.document("--json", "selftest")
        checks = document.get("checks", [])
        if not checks:
            self.problems.append("selftest: checked nothing")
        self.problems += [
            f"selftest: {check['name']} {check.get('note', '')}"
            for check in checks
            if not check["ok"]
        ]
        print(f"selftest: {len(checks)} checks in {seconds:.1f} s")

    def demo(self) -> None:
        """The whole path, through the real windows."""
        out = self._home / "demo 演示"
        document, seconds = self.document("--json", "demo", "--headless", "--out", str(out))
        steps = document.get("steps", [])
        if document.get("ok") is not True:
            self.problems.append("demo: not ok")
        self.problems += [f"demo: {step['name']}" for step in steps if not step["ok"]]
        pictures = len(list(out.rglob("*.png")))
        if not pictures:
            self.problems.append("demo: no pictures")
        print(f"demo: {len(steps)} steps, {pictures} pictures in {seconds:.1f} s")


@contextmanager
def screen() -> Iterator[str]:
    """The name of a virtual display of a desk's size, until the block ends."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def try_on_screen(trial: Trial) -> None:
    """The selftest on a real X server: the libraries of the offscreen platform are not those of a desk."""
    if shutil.which("Xvfb") is None:
        print("platform xcb: not tried, there is no Xvfb")
        return
    with screen() as display:
        trial.environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        trial.selftest()


def main(arguments: list[str]) -> int:
    """0 if the program named by the only argument is sound, 2 if none or several are named."""
    if len(arguments) != 1:
        print("usage: packaging/smoke.py PROGRAM", file=sys.stderr)
        return 2
    program = Path(arguments[0])
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(program, Path(folder))
        trial.call(
            "--help"
        )  # the first start reads everything from disk, the second is what people see
        _, seconds = trial.call("--help")
        print(
            f"size: {folder_size(program.resolve().parent) / 2**20:.0f} MiB, start: {seconds:.2f} s"
        )
        trial.selftest()
        trial.demo()
        try_on_screen(trial)
    for problem in trial.problems:
        print(f"PROBLEM {problem}", file=sys.stderr)
    return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
