"""One call for many files, and only where it may be relied on."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop.runtime.files import write_barrier as module
from desktop.runtime.files.write_barrier import WriteBarrier, write_barrier

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the call is Linux's")


def test_it_waits_for_the_file_system_of_the_folder(quick_folder: Path) -> None:
    barrier = write_barrier(quick_folder)
    assert barrier is not None
    (quick_folder / "file").write_bytes(b"content")
    barrier.wait()
    barrier.close()


@pytest.mark.parametrize(
    ("name", "answer"), [("_type_of", 0x65735546), ("_release", (5, 4, 18)), ("_call", None)]
)
def test_where_it_is_not_to_be_relied_on_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, answer: object
) -> None:
    monkeypatch.setattr(module, name, lambda *_: answer)
    assert write_barrier(tmp_path) is None


@pytest.mark.parametrize(
    ("release", "numbers"),
    [("6.1.0-18-amd64", (6, 1, 0)), ("5.10.0", (5, 10, 0)), ("5.4.18-kylin.1", (5, 4, 18))],
)
def test_a_release_is_compared_by_its_numbers(
    monkeypatch: pytest.MonkeyPatch, release: str, numbers: tuple[int, ...]
) -> None:
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "", release, "", "")))
    assert module._release() == numbers


def test_what_could_not_be_written_is_reported(tmp_path: Path) -> None:
    barrier = WriteBarrier(tmp_path)
    barrier.close()
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)) as caught:
        barrier.wait()
    assert caught.value.errno == errno.EBADF
