"""A helper that looked at a file for one command looks at those of the next as well: to start one costs a second, most
of it for loading what reads pictures. It holds nothing of whoever asked. What stands in a picture is read once, which
takes seconds more."""

from __future__ import annotations

import hashlib
import queue
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest

from desktop.runtime.processes.helper_process import HelperProcess

_OF_FILES: Final = frozenset({"contents", "decode", "heif", "ocr", "pdf", "scan"})


class _Helper(NamedTuple):
    process: subprocess.Popen[bytes]
    listener: threading.Thread | None
    answers: queue.SimpleQueue[bytes | None]


_waiting: defaultdict[str, list[_Helper]] = defaultdict(list)
_read: dict[bytes, bytes] = {}
"""Digest of a picture → what the helper that reads pictures answered."""
_start, _ask, _close = HelperProcess._start, HelperProcess.ask, HelperProcess.close


def _take_over(asked: HelperProcess) -> subprocess.Popen[bytes]:
    while _waiting[asked._name]:
        found = _waiting[asked._name].pop()
        if found.process.poll() is None:
            asked._process, asked._listener, asked._answers = found
            return found.process
    return _start(asked)


def _ask_once(asked: HelperProcess, question: bytes) -> bytes:
    if asked._name != "ocr":
        return _ask(asked, question)
    picture = hashlib.sha256(question).digest()
    if picture not in _read:
        _read[picture] = _ask(asked, question)
    return _read[picture]


def _let_wait(asked: HelperProcess) -> None:
    with asked._lock:
        process = asked._running() if asked._name in _OF_FILES else None
        if process is not None:
            _waiting[asked._name].append(_Helper(process, asked._listener, asked._answers))
            asked._process = asked._listener = None
    _close(asked)


@pytest.fixture(scope="module", autouse=True)
def waiting_helpers() -> Iterator[None]:
    """One helper of a kind at a time for all tests of a file, in folders whose ``conftest.py`` has this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HelperProcess, "_start", _take_over)
        patch.setattr(HelperProcess, "ask", _ask_once)
        patch.setattr(HelperProcess, "close", _let_wait)
        yield
    for name in _waiting:
        while _waiting[name]:
            ended = HelperProcess(name, 1)
            ended._process, ended._listener, ended._answers = _waiting[name].pop()
            ended.close()
