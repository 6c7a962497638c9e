"""One instance a profile, healed after a crash."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.processes.single_instance import SingleInstance, process_start, this_process

HOLD = """
import sys
from pathlib import Path
from desktop.runtime.processes.single_instance import SingleInstance
lock = SingleInstance(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "instance.lock"


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_instance_learns_who_is_first(path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(WorldError) as caught:
        SingleInstance(path).acquire()
    assert caught.value.code == "profile.in_use"
    assert caught.value.params["pid"] == other.pid


def test_a_killed_instance_leaves_nobody_locked_out(
    path: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    with SingleInstance(path) as lock:
        assert lock.after_crash
    with SingleInstance(path) as lock:
        assert lock.after_crash, "a wrong password in between has swept nothing"
        lock.swept()
    with SingleInstance(path) as lock:
        assert not lock.after_crash


def test_the_lock_holds_within_one_process_too(path: Path) -> None:
    with SingleInstance(path):
        with pytest.raises(WorldError) as caught:
            SingleInstance(path).acquire()
        assert caught.value.params["pid"] == os.getpid()
    SingleInstance(path).acquire()


def test_a_lock_file_nobody_can_read_still_locks(path: Path) -> None:
    path.write_bytes(b"\xff not json")
    with SingleInstance(path) as lock:
        assert lock.after_crash
        path.write_bytes(b"{}")
        with pytest.raises(WorldError) as caught:
            SingleInstance(path).acquire()
        assert caught.value.params == {"host": "?", "pid": 0}


def test_releasing_twice_is_harmless(path: Path) -> None:
    lock = SingleInstance(path)
    lock.acquire()
    lock.release()
    lock.release()


def test_a_process_is_named_by_boot_and_start() -> None:
    me = this_process()
    assert me.pid == os.getpid()
    assert me.started == process_start(os.getpid()) != ""
    assert process_start(2**22 + 1) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="knows no shared lock")
def test_who_shares_knows_whether_others_do(path: Path) -> None:
    first, second = SingleInstance(path), SingleInstance(path)
    first.acquire(shared=True)
    first.let_in()
    assert first.alone()
    second.acquire(shared=True)
    assert not first.alone()
    assert not second.alone()
    first.release()
    assert second.alone()
    with pytest.raises(WorldError, match=r"^profile\.in_use$"):
        SingleInstance(path).acquire()
    second.release()
