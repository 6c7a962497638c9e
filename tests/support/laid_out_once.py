"""The tests make thousands of databases, all alike while they are new: each is laid out as the first one of this
process was. To find and make the statements for it costs three times what it costs to run them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, event

from desktop.runtime.files.atomic_file import disk_errors, open_private
from desktop.storage.database import sqlcipher_file

SEAT_KEY: Final = bytes(range(32))
"""The key of most databases of the tests; a new one under it is a copy of the first."""

_lay_out = sqlcipher_file._create
_create_database = sqlcipher_file.create_database
_statements: list[str] = []
_new: list[bytes] = []


def _lay_out_again(engine: Engine) -> None:
    if not _statements:
        _statements.extend(_recorded(engine))
        return
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        cursor = connection.connection.cursor()
        for statement in _statements:
            cursor.execute(statement)
        cursor.close()


def _recorded(engine: Engine) -> list[str]:
    """Lay it out as the program does; what was run for it."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        run.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        _lay_out(engine)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [one for one in run if one.lstrip().startswith("CREATE") or "user_version = " in one]


def _create_again(path: Path, key: bytes) -> Engine:
    if key != SEAT_KEY or path.exists():
        return _create_database(path, key)
    if not _new:
        engine = _create_database(path, key)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        _new.append(path.read_bytes())
        return engine
    with disk_errors():
        open_private(path).close()
        path.write_bytes(_new[0])
    sqlcipher_file.write_sidecar(path, key)
    return sqlcipher_file._engine(path, key)


def lay_out_once() -> None:
    """From now on, in this process and all that are forked from it."""
    sqlcipher_file._create = _lay_out_again
    sqlcipher_file.create_database = _create_again
