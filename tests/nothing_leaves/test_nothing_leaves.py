"""Nothing leaves by itself, and nothing is written but where it belongs: an officer's day, watched by strace.

The engine that reads pictures falls silent by itself where it thinks it is under test: whatever tells it so is taken
out of the environment first, or this would prove nothing.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from desktop.runtime.processes.telemetry import VARIABLE
from tests.nothing_leaves.calls import spoken_to, written
from tests.nothing_leaves.watch import Watched, watch
from tests.support.forkery import why_not_traced
from tests.support.strict import all_of

pytestmark = [
    pytest.mark.skipif(bool(why_not_traced()), reason=why_not_traced() or ""),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """The windows, OCR, codes, sheets, pictures, a recording, PDF, printing into a file, a stick, a backup."""
    place = tmp_path_factory.mktemp("day").resolve()
    found = watch(place, sys.executable, "-m", "tests.nothing_leaves.walk", str(place))
    assert "walked" in found.output
    return found


def test_nobody_outside_this_computer_is_spoken_to(day: Watched) -> None:
    assert spoken_to(day.found) == set()


def test_nothing_is_written_but_where_it_belongs(day: Watched) -> None:
    assert day.outside() == set()
    home = [path.name for path in (day.place / "home").rglob("*") if path.is_file()]
    assert home, "the counter by which older data are noticed"
    assert all_of(name.startswith("fanzha-desk-rollback-counter-") for name in home)
    assert (day.place / "out" / "print.pdf").stat().st_size > 1000
    assert len(written(day.found, day.place)) > 100, "the watch sees what is written"


def test_the_profile_is_its_owners_alone(day: Watched) -> None:
    """Folders 0700, files 0600, whatever the session's mask."""
    open_to_others = [
        f"{path.relative_to(day.place)} {stat.filemode(path.stat().st_mode)}"
        for profile in ("desk", "centre")
        for path in (day.place / profile, *(day.place / profile).rglob("*"))
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def test_no_passed_folder_is_remembered(day: Watched) -> None:
    """Nothing that was made of it names the victim's phone, outside what is sealed."""
    for path in (day.place / "desk").rglob("*"):
        if path.is_file() and path.suffix in {".toml", ".log", ".lock", ""}:
            text = path.read_bytes()
            for word in ("phone", "转账", "微信账单"):
                assert word.encode() not in text, path.name


_READ = (
    "from desktop.readers.ocr import worker\n"
    "import desktop.readers.ocr.worker as worker\n"
    "{before}"
    "engine = worker.make_engine()\n"
    "from desktop.runtime.files.resources import resource_path\n"
    "print(len(worker._answer(engine, resource_path('samples/转账凭证.png').read_bytes())))\n"
)


@pytest.mark.parametrize("quiet", [True, False])
def test_the_engine_of_pictures_keeps_nothing_for_its_maker(tmp_path: Path, *, quiet: bool) -> None:
    """And would, were it not told: where this fails an update has changed what it listens to."""
    code = _READ.format(before="" if quiet else "worker.switch_off_telemetry = lambda: None\n")
    found = watch(tmp_path.resolve(), sys.executable, "-c", code)
    kept = {path.name for path in written(found.found, tmp_path)}
    assert (".ses" in kept, "deviceid" in str(kept)) == (not quiet, not quiet)
    assert bool(found.outside()) is not quiet
    assert VARIABLE not in os.environ or os.environ[VARIABLE] == "1"


_SPEAKING = (
    "import socket, pathlib\n"
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
    "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b'x', ('::1', 9))\n"
    "socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()\n"
    "home = pathlib.Path.home()\n"
    "(home / '缓存').mkdir()\n"
    "(home / '缓存' / 'a').write_text('x')\n"
    "(home / '缓存' / 'a').rename(home / 'b')\n"
    "print('said')\n"
)


def test_the_watch_sees_who_is_spoken_to_and_what_is_written(tmp_path: Path) -> None:
    place = tmp_path.resolve()
    found = watch(place, sys.executable, "-c", _SPEAKING)
    assert spoken_to(found.found) == {"192.0.2.1:9", "AF_PACKET"}
    home = place / "home"
    assert found.outside() == {home / "缓存", home / "缓存" / "a", home / "b"}


@pytest.mark.slow
def test_the_demonstration_leaves_nothing_either(tmp_path: Path) -> None:
    place = tmp_path.resolve()
    command = (
        sys.executable,
        "-m",
        "desktop",
        "demo",
        "--headless",
        "--out",
        str(place / "out" / "demo"),
    )
    found = watch(place, *command)
    assert spoken_to(found.found) == set()
    assert found.outside() == set()


def test_strace_is_here_where_it_has_to_be() -> None:
    """Skipping is for a developer's PC: a run of all tests must not pass without having looked."""
    assert shutil.which("strace")
