"""The one way to open what people bring on sticks, phones and shares: a plain file, and nothing that leads elsewhere.

A link would have its target, a file of this computer, copied in its place. A named pipe would be waited for without
end; a device answers with whatever it likes. None of them is ever opened: they are named and left.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from desktop.domain.errors import UserInputError, WorldError

LEFT: Final = frozenset({"file.link", "file.special"})
"""Codes of what is never opened, however often it is found."""
_LONGEST_TEXT: Final = 2 << 20
"""Octets of what is brought as text; what is longer is cut, and its signature does not hold."""
_FLAGS: Final[int] = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe put in the file's place meanwhile is not waited for
)


def open_brought(path: Path | str) -> BufferedReader:
    """A plain file, for reading its octets.

    Raises:
        WorldError: ``file.link``, ``file.special`` (name) for what is no plain file. OSError: as any opening does.
    """
    return os.fdopen(brought_descriptor(path), "rb")


def read_brought(path: Path | str, most: int = -1) -> bytes:
    """At most ``most`` octets of a plain file. Raises as :func:`open_brought`."""
    with open_brought(path) as stream:
        return stream.read(most)


def read_brought_text(path: Path | str) -> str:
    """A short text; octets that are no text come as signs that no reader takes. Raises
    ``UserInputError("file.unreadable")``, and as :func:`open_brought` for what is no plain file."""
    try:
        return read_brought(path, _LONGEST_TEXT).decode("utf-8", "replace")
    except OSError as error:
        raise UserInputError("file.unreadable") from error


def brought_descriptor(path: Path | str) -> int:
    """A plain file's descriptor, which is the caller's to close. Raises as :func:`open_brought`."""
    _require_plain(path, os.lstat(path))
    if _is_reserved(path):
        raise WorldError("file.special", name=Path(path).name)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise WorldError("file.link", name=Path(path).name) from error
        raise
    try:
        _require_plain(path, os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def files_below(folder: Path) -> Iterator[Path]:
    """Whatever lies below ``folder`` and is no folder, sorted within each; links are among it and not followed, so that
    whoever opens them is told."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = sorted(set(folders).difference(links))
        yield from (Path(place) / name for name in sorted([*names, *links]))


def _is_reserved(path: Path | str) -> bool:
    """CON and its like on Windows, whatever ends their names."""
    if hasattr(os.path, "isreserved"):  # Python 3.13 on Windows, which warns of the other one
        return bool(os.path.isreserved(path))
    return os.name == "nt" and Path(path).is_reserved()


def _require_plain(path: Path | str, found: os.stat_result) -> None:
    mode = found.st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise WorldError("file.link" if stat.S_ISLNK(mode) else "file.special", name=Path(path).name)
