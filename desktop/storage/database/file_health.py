"""What is known of a database file without reading all of it: how it was closed, and when all of it was read last.

It stands in a small file beside the database. Anybody can write it, and nothing rests on it but the time a start takes:
SQLCipher authenticates each page that is read, so that a damaged one is refused and never believed.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.domain.time.clock import from_wire, to_wire
from desktop.runtime.files.atomic_file import disk_errors, write_atomic
from desktop.runtime.files.plain_file import clear_way, read_plain
from desktop.storage.database.sqlcipher_file import log_of

_log = logging.getLogger(__name__)
_TABLES: Final = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
)
SUFFIX: Final = "-health"
"""After the name of the database."""
_IN_USE: Final = -1
_DAMAGED: Final = -2


@dataclass(frozen=True, slots=True)
class FileHealth:
    """``size`` and ``changed`` (nanoseconds) are those of the file when it was closed properly. ``size`` is -1 while it
    is in use, and -2 from when a page was found damaged until all of it is sound. ``checked``: when every page had been
    read and was sound, "" for never."""

    size: int = _IN_USE
    changed: int = _IN_USE
    checked: str = ""

    @property
    def checked_at(self) -> datetime | None:
        """When every page had been read."""
        try:
            return from_wire(self.checked) if self.checked else None
        except ValueError:
            return None


def file_health(path: Path) -> FileHealth:
    """What is known of the database at ``path``; nothing where that can not be read."""
    try:
        known: Any = json.loads(read_plain(_beside(path)))
        return FileHealth(int(known["size"]), int(known["changed"]), str(known["checked"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return FileHealth()


def closed_properly(path: Path) -> bool:
    """Whether the file is what was closed here, and nothing was left to be brought into it."""
    known = file_health(path)
    try:
        now = path.stat()
        log = log_of(path)
        left = log.exists() and log.stat().st_size > 0
    except OSError:
        return False
    return not left and (known.size, known.changed) == (now.st_size, now.st_mtime_ns)


def note_opened(path: Path) -> None:
    """It is in use from now on: whoever finds it so has to look at all of it."""
    known = file_health(path)
    if known.size >= 0:
        _keep(path, replace(known, size=_IN_USE, changed=_IN_USE))


def note_closed(path: Path) -> None:
    """All that was written is in the file, and nobody has it open."""
    known = file_health(path)
    if known.size == _DAMAGED:
        return
    try:
        now = path.stat()
    except OSError:
        return
    _keep(path, replace(known, size=now.st_size, changed=now.st_mtime_ns))


def note_checked(path: Path, at: datetime) -> None:
    """Every page was read and is sound; the file is in use."""
    _keep(path, FileHealth(checked=to_wire(at)))


def note_damaged(path: Path) -> None:
    """A page is damaged: the next opening reads all of it, and refuses it while that is so."""
    _keep(path, FileHealth(size=_DAMAGED))


def _keep(path: Path, known: FileHealth) -> None:
    """A disk that does not take it costs the next start some seconds and nothing else."""
    try:
        with disk_errors():
            clear_way(_beside(path))
        write_atomic(_beside(path), json.dumps(asdict(known)).encode())
    except WorldError as error:
        _log.warning("the state of the database was not noted: %s", error.code)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def read_every_page(connection: Connection, progress: Progress) -> None:
    """Read every table with its indexes, one after the other; raises ``WorldError("database.damaged")`` and what the
    driver raises."""
    tables = connection.exec_driver_sql(_TABLES).scalars().all()
    for done, table in enumerate(tables):
        progress.check()
        progress.advance(done, len(tables))
        name = str(table).replace("'", "''")
        if connection.exec_driver_sql(f"PRAGMA quick_check('{name}')").scalar() != "ok":
            raise WorldError("database.damaged")
    progress.advance(len(tables), len(tables))
