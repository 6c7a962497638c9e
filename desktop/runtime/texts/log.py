"""The program's log: what it did and where it failed, never whom it was about.

Exception texts of other libraries can quote what an officer typed (a database driver prints its
parameters), so tracebacks are written without them: class, code and places only. As a last line of
defence runs of digits and mail addresses in messages are blotted out.
"""

from __future__ import annotations

import logging
import os
import re
import time
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError
from desktop.runtime.files.atomic_file import disk_errors, make_private
from desktop.runtime.processes.shared_library import library_in

_MIB: Final = 1 << 20
_FILES: Final = 5
_LONGEST: Final = 2000
_PERSONAL: Final = (
    (re.compile(r"[0-9][0-9 -]{5,}[0-9Xx]"), "▮"),
    (re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}"), "▮@▮"),
)


def blot(text: str) -> str:
    """``text`` without runs of seven digits or more, and without mail addresses."""
    for pattern, blotted in _PERSONAL:
        text = pattern.sub(blotted, text)
    return text


def describe(error: BaseException) -> str:
    """Class and places of ``error`` and its causes, one line each. Of messages only our own codes and the
    names of libraries that the system lacks."""
    lines = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        code = f" {current.code}" if isinstance(current, AppError) else ""
        number = f" errno {current.errno}" if isinstance(current, OSError) else ""
        library = f" {library_in(current)}".rstrip()
        lines.append(f"{type(current).__name__}{code}{number}{library}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-3:])


class _Formatter(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        # Not formatException: another handler's traceback, words included, would be reused from the record.
        record.message = blot(record.getMessage()[:_LONGEST])
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{describe(error)}" if error is not None else line


class _OwnersFile(RotatingFileHandler):
    """Each of its files is its owner's alone, the first and those after a turn."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        stream = os.fdopen(descriptor, "ab")
        return TextIOWrapper(stream, self.encoding, self.errors, write_through=True)


def open_log(path: Path) -> logging.Handler:
    """Send the log of the whole program to ``path`` (5 files of 1 MiB); returns the handler to
    close.

    Called once an installation's lock is held: two processes must not rotate one file.
    """
    with disk_errors():
        make_private(path.parent)
        handler = _OwnersFile(
            path, maxBytes=_MIB, backupCount=_FILES - 1, encoding="utf-8", errors="replace"
        )
    handler.setFormatter(_Formatter())
    # A full disk must not print a traceback for every line that could not be logged.
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # noqa: ARG005
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler
