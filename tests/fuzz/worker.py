"""The process in which cases are read: with bounded memory, and killed by its watcher when it takes too long."""

from __future__ import annotations

import json
import os
import sys
import traceback

from desktop.domain.errors import AppError
from desktop.readers.decoding import decoder
from desktop.readers.decoding.worker import Documents
from desktop.runtime.processes.helper_process import serve
from desktop.runtime.texts.catalogue import Catalogue
from tests.fuzz.targets import TARGETS

_MEMORY = 4 << 30


class _InPlace:
    """Decodes in this process: a hundred times as many cases, and what dies is only the worker."""

    def __init__(self, _name: str, _seconds: float) -> None:
        self._documents = Documents()

    def ask(self, question: bytes) -> bytes:
        return self._documents.answer(question)

    def close(self) -> None:
        self._documents = Documents()


def work(name: str, *, as_shipped: bool) -> int:
    """Read cases until the watcher goes away."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    if not as_shipped:
        setattr(decoder, "HelperProcess", _InPlace)  # noqa: B010 - the switch of this process alone
        _confine()
        TARGETS[name].hasten()
    read, words = TARGETS[name].read, Catalogue.load("zh_CN", strict=True)

    def answer(case: bytes) -> bytes:
        try:
            read(case)
            verdict = {"verdict": "read"}
        except AppError as error:
            told = words.error_text(error)
            verdict = {
                "verdict": "refused" if told.what and told.do else "untold",
                "why": error.code,
            }
        except BaseException:  # noqa: BLE001 - whatever it is, it is a finding
            verdict = {"verdict": "raised", "why": traceback.format_exc(limit=-12)}
        return json.dumps(verdict).encode()

    serve(answer, sys.stdin.buffer, out)
    return 0


def _confine() -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - no other system has it

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
