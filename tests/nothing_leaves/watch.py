"""A process and all that it starts, watched by strace, with nothing in its environment of being under test."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.nothing_leaves.calls import TRACED, Call, calls, written

ROOT = Path(__file__).resolve().parents[2]
_DEVICES = ("/dev/null", "/dev/tty", "/dev/dri/", "/dev/snd/", "/dev/pts/")
_COUNTER = "fanzha-desk-rollback-counter-"
_OWN_PROCESS = "/proc/self/"
"""A helper's own names of its user, in its own namespace."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A process and all it started. ``place``: what it was given, ``home`` in it is nobody's."""

    place: Path
    output: str
    found: tuple[Call, ...]

    def _is_counter(self, path: Path) -> bool:
        """The one file in the user's own area, by which older data in the place of newer ones are noticed."""
        folder = self.place / "home" / ".local" / "share"
        return path in {folder, folder.parent} or (
            path.parent == folder and path.name.startswith(_COUNTER)
        )

    def outside(self) -> set[Path]:
        """What was written where nobody asked for it."""
        allowed = [self.place / name for name in ("desk", "centre", "phone", "out", "tmp")]
        return {
            path
            for path in written(self.found, self.place)
            if not any(path.is_relative_to(place) for place in allowed)
            and not self._is_counter(path)
            and not str(path).startswith((*_DEVICES, _OWN_PROCESS, "/proc/"))
        }


def watch(place: Path, *command: str, **environment: str) -> Watched:
    """Run ``command`` with nothing of our environment but where programs are."""
    for name in ("home", "tmp", "out"):
        (place / name).mkdir(exist_ok=True)
    own = {
        "PATH": os.environ["PATH"],
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",  # a program as it is shipped writes none
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    log = place / "calls"
    # With its filter in the kernel nothing is halted at any other call, of which there are a hundred times as many.
    strace = ["strace", "-f", "--seccomp-bpf", "-y", "-s", "300", "-e", TRACED, "-e", "signal=none"]
    done = subprocess.run(
        [*strace, "-o", str(log), *command],
        cwd=ROOT,
        env=own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    with log.open(encoding="utf-8", errors="replace") as lines:
        return Watched(place, done.stdout, tuple(calls(lines)))
