"""Which of our errors an error of SQLite is."""

from __future__ import annotations

from typing import Final

_CODES: Final = {
    "SQLITE_FULL": "disk.full_plain",
    "SQLITE_IOERR": "disk.failed",
    "SQLITE_READONLY": "disk.read_only",
    "SQLITE_BUSY": "database.busy",
    "SQLITE_LOCKED": "database.busy",
    "SQLITE_CORRUPT": "database.damaged",
    "SQLITE_NOTADB": "database.damaged",
}


def file_code(original: object) -> str:
    """The code for the driver's error; "" for an error of ours, or one of another driver."""
    name = str(getattr(original, "sqlite_errorname", ""))
    return next((code for prefix, code in _CODES.items() if name.startswith(prefix)), "")


def was_stopped(original: object) -> bool:
    """Whether the driver's error says that nobody wanted the answer any more."""
    return str(getattr(original, "sqlite_errorname", "")) == "SQLITE_INTERRUPT"
