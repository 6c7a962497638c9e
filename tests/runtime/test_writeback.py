"""Writing behind is a hint: the octets are the same, and no descriptor is touched once it was given back."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop.runtime.files import writeback
from desktop.runtime.files.writeback import RawOutput


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Ranges that were asked for, in strides of ten octets; every call finds its descriptor open."""
    found: list[tuple[int, int]] = []

    def begin(descriptor: int, start: int, size: int, _flags: int) -> int:
        os.fstat(descriptor)
        found.append((start, size))
        return 0

    monkeypatch.setattr(writeback, "STRIDE", 10)
    monkeypatch.setattr(writeback, "_system_call", lambda: begin)
    return found


def _output(path: Path) -> RawOutput:
    return RawOutput(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def test_every_stride_is_begun_once_and_in_order(
    tmp_path: Path, calls: list[tuple[int, int]]
) -> None:
    output = _output(tmp_path / "file")
    for piece in (b"x" * 4, b"y" * 7, b"z" * 25, b"w" * 3):
        output.write(memoryview(piece))
    output.sync()
    output.close()
    output.close()
    assert calls == [(0, 11), (11, 25)]
    assert (tmp_path / "file").read_bytes() == b"x" * 4 + b"y" * 7 + b"z" * 25 + b"w" * 3
    assert not [thread for thread in threading.enumerate() if thread.name == "write-behind"]


def test_a_small_file_needs_no_thread(tmp_path: Path, calls: list[tuple[int, int]]) -> None:
    output = _output(tmp_path / "file")
    output.write(memoryview(b"small"))
    assert not [thread for thread in threading.enumerate() if thread.name == "write-behind"]
    output.close()
    assert calls == []


def test_a_hint_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writeback, "STRIDE", 4)
    monkeypatch.setattr(writeback, "_system_call", lambda: lambda *_arguments: -1)
    output = _output(tmp_path / "file")
    output.write(memoryview(b"eight it"))
    output.sync()
    output.close()
    assert (tmp_path / "file").read_bytes() == b"eight it"
