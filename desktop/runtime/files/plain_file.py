"""Reading a small file that anybody may have put there: never through a link, never from a pipe, never without end."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1_000_000
"""Of a text. With its journal entry around it a longer one would not fit an entry."""
ASIDE: Final = ".aside"
"""Ends the name of what lay where the program keeps a file of its own. Nothing reads such a file."""
_ASIDE_NAMES: Final = 1000
NO_FOLLOW: Final[int] = getattr(os, "O_NOFOLLOW", 0)
_FLAGS: Final = os.O_RDONLY | NO_FOLLOW | getattr(os, "O_NONBLOCK", 0)
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)


class NotPlainError(ValueError):
    """The file can not be taken as a text. ``reason``: ``link``, ``not_a_file``, ``too_large``, ``not_text`` or
    ``unreadable``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_plain(path: Path, most: int = MOST_BYTES) -> bytes:
    """The octets of a regular file of at most ``most`` of them, as far as it reaches when it is read.

    Raises ``FileNotFoundError``; :class:`NotPlainError` for a link, a pipe, a device, a folder, a longer file, or one
    that the disk does not give.
    """
    try:
        if path.is_symlink():
            raise NotPlainError("link")
        descriptor = os.open(path, _FLAGS | _BINARY)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotPlainError("not_a_file" if path.is_dir() else "unreadable") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotPlainError("not_a_file")
    with os.fdopen(descriptor, "rb") as stream:
        try:
            data = stream.read(most + 1)
        except OSError as error:
            raise NotPlainError("unreadable") from error
    if len(data) > most:
        raise NotPlainError("too_large")
    return data


def clear_way(path: Path, *, for_folder: bool = False) -> None:
    """Put aside whatever lies where the program keeps a file of its own and is no file: a link would lead its writing
    elsewhere, a folder or a pipe would keep the program shut. The same for a folder of its own. Raises ``OSError``."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode) if for_folder else stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        path.unlink()
    else:
        path.replace(free_name(path))


def free_name(path: Path) -> Path:
    """A name beside ``path`` that nothing has and nothing reads."""
    names = (path.with_name(f"{path.name}.{n}{ASIDE}") for n in range(1, _ASIDE_NAMES))
    free = (name for name in names if not name.exists() and not name.is_symlink())
    return next(free, path.with_name(f"{path.name}{ASIDE}"))


def read_plain_text(path: Path) -> str:
    """The text of a file in UTF-8 that fits a journal entry. Raises like :func:`read_plain`, and for what is none."""
    try:
        text = read_plain(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotPlainError("not_text") from error
    if "\0" in text:
        raise NotPlainError("not_text")
    if len(json.dumps(text, ensure_ascii=False).encode()) > MOST_BYTES:
        raise NotPlainError("too_large")
    return text
