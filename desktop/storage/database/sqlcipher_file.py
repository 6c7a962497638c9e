"""Opening the encrypted database file, and telling apart the ways in which it will not open.

SQLCipher says "file is not a database" for a wrong key, a damaged page and half a copy alike (lessons from
sqlcipher/sqlcipher#437). A small sidecar beside the file holds what is needed to tell them apart.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import (
    disk_errors,
    keep_private,
    open_private,
    write_atomic,
)
from desktop.runtime.files.plain_file import clear_way, read_plain
from desktop.storage.database.database_errors import database_errors
from desktop.storage.dialects.sqlite import SQLITE
from desktop.storage.dialects.sqlite_errors import file_code
from desktop.storage.tables import SCHEMA_VERSION, metadata

PAGE_SIZE: Final = 8192
LOG_LIMIT: Final = 1000 * (PAGE_SIZE + 24)
"""Octets of the write-ahead log from which on it is brought into the file; each page has a head of its own there."""
_BUSY_MS: Final = 10_000
_CONNECTIONS: Final = 6
"""Kept open: one for each thread that works off the window, and one more for what such a thread has beside it."""
_FORMAT: Final = "sqlcipher-4"
_LOG: Final = "-wal"
_BESIDE: Final = (_LOG, "-shm")
_DAMAGED: Final = "database.damaged"


def sidecar_of(path: Path) -> Path:
    """The small public file beside the database."""
    return path.with_suffix(".json")


def log_of(path: Path) -> Path:
    """The write-ahead log beside the database."""
    return path.with_name(path.name + _LOG)


def _key_check(key: bytes) -> str:
    """A value that proves a key without revealing it (HMAC-SHA-256 over a fixed text)."""
    return hmac.new(key, b"fanzha-desk database key check", hashlib.sha256).hexdigest()[:32]


def write_sidecar(path: Path, key: bytes) -> None:
    """Write the sidecar of the database at ``path``."""
    document = {
        "format": _FORMAT,
        "page_size": PAGE_SIZE,
        "schema": SCHEMA_VERSION,
        "key_check": _key_check(key),
    }
    with disk_errors():
        clear_way(sidecar_of(path))
    write_atomic(sidecar_of(path), json.dumps(document, indent=1).encode())


def _sidecar_says(path: Path, key: bytes) -> str | None:
    """Why the database beside it would not open, "" where it knows of no reason; None where it can not be read.

    It is a help, not a need: anybody can write it, so what opens is opened whatever it says, and it is written anew."""
    try:
        document: Any = json.loads(read_plain(sidecar_of(path)))
        schema = int(document.get("schema", 0))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    if document.get("format") != _FORMAT or schema > SCHEMA_VERSION:
        return "database.newer"
    fits = hmac.compare_digest(str(document.get("key_check")).encode(), _key_check(key).encode())
    return "" if fits else "database.other_key"


def use_key(connection: Any, key: bytes) -> None:
    """Say what a file of ours is encrypted with, before anything else is said to it; ``connection`` may be a cursor."""
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")


def _connector(path: Path, key: bytes) -> Callable[[], Any]:
    def connect() -> Any:
        connection = sqlcipher3.connect(
            str(path), timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        cursor = connection.cursor()
        use_key(cursor, key)
        cursor.execute("PRAGMA cipher_memory_security = OFF")
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")  # a commit copies nothing: see Checkpoints
        cursor.execute(f"PRAGMA journal_size_limit = {LOG_LIMIT}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA cache_size = -32768")
        cursor.close()
        return connection

    return connect


def _engine(path: Path, key: bytes) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=_connector(path, key),
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        pool_use_lifo=True,  # few connections with full caches rather than many
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _is_half_copied(path: Path) -> bool:
    size = path.stat().st_size
    return size == 0 or size % PAGE_SIZE != 0


def _is_cut_short(path: Path, key: bytes) -> bool:
    """Whether the first page is whole but tells of more pages than the file has.

    SQLite refuses such a file as corrupt unless the schema is writable; that it then reads tells the two apart.
    """
    return not _reads(path, key, "OFF") and _reads(path, key, "ON")


def _reads(path: Path, key: bytes, writable_schema: str) -> bool:
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    try:
        use_key(connection, key)
        connection.execute(f"PRAGMA writable_schema = {writable_schema}")
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlcipher3.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _check_health(connection: Connection, path: Path, *, whole: bool) -> None:
    if SQLITE.schema(connection) > SCHEMA_VERSION:
        raise WorldError("database.newer")
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    has_wal = log_of(path).exists()
    if pages * PAGE_SIZE > path.stat().st_size and not has_wal:
        raise WorldError("database.half_copied")
    if whole and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
        raise WorldError(_DAMAGED)


def _why_unread(path: Path, key: bytes, error: DBAPIError) -> str:
    """A disk that fails, or is full, says nothing against the file on it."""
    code = file_code(error.orig)
    if code and code != _DAMAGED:
        return code
    return "database.half_copied" if _is_cut_short(path, key) else _DAMAGED


def _create(engine: Engine) -> None:
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        metadata.create_all(connection)
        SQLITE.complete(connection)
        SQLITE.mark_schema(connection, SCHEMA_VERSION)


def create_database(path: Path, key: bytes) -> Engine:
    """A new, empty database; refuses to touch an existing one."""
    if path.exists():
        raise WorldError("database.exists")
    with disk_errors():
        open_private(path).close()  # what SQLite keeps beside it follows
    engine = _engine(path, key)
    with database_errors():
        _create(engine)
    write_sidecar(path, key)
    return engine


def open_database(path: Path, key: bytes, *, whole: bool = True) -> Engine:
    """The existing database at ``path``. ``whole``: read all of it first; else only what it begins with.

    Raises:
        WorldError: ``database.missing``, ``database.other_key`` (the key file belongs to another database),
            ``database.newer``, ``database.half_copied``, ``database.damaged``.
    """
    if not path.exists():
        raise WorldError("database.missing")
    beside = tuple(path.with_name(path.name + end) for end in _BESIDE)
    with disk_errors():
        for file in beside:
            clear_way(file)
    for file in (path, sidecar_of(path), *beside):
        keep_private(file)
    problem = _sidecar_says(path, key)
    if _is_half_copied(path):
        raise WorldError(problem or "database.half_copied")
    engine = _engine(path, key)
    try:
        with engine.connect() as connection:
            _check_health(connection, path, whole=whole)
    except DBAPIError as error:
        engine.dispose()
        why = _why_unread(path, key, error)
        raise WorldError(problem if problem and why == _DAMAGED else why) from error
    except WorldError:
        engine.dispose()
        raise
    if problem != "":
        write_sidecar(path, key)
    return engine
