"""What came since an earlier copy of a database: a small encrypted database of its own, and its rows added to a
restored copy when that is opened. It costs what came, however large the whole is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, Table, delete, insert, inspect, select
from sqlalchemy.engine import Connection

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.journal.entry import GENESIS
from desktop.runtime.files.atomic_file import disk_errors, fsync_folder
from desktop.runtime.files.paths import NEWS_FOLDER
from desktop.storage.database.sqlcipher_file import create_database, open_database
from desktop.storage.database.statements import run
from desktop.storage.device.cached_values import cache_value, cached_value
from desktop.storage.dialects import dialect_of
from desktop.storage.journal.journal_table import chain_problems, greatest_lamport, stream_heads
from desktop.storage.tables import ANEW, derived, entry, metadata, origin, thumbnail
from desktop.storage.upkeep.news_check import Ends, ends_of

_MARK: Final = "journal/backed_up"
_AS_THEY_ARE: Final = tuple(
    table
    for table in metadata.sorted_tables
    if table not in {entry, origin, thumbnail, derived, *ANEW}
)
"""Small, and changed in place. What only caches (thumbnails, texts of pictures) stays as it was in the whole copy."""
_AT_ONCE: Final = 2048
_UNKNOWN_FORM: Final = 0
_UNFIT: Final = frozenset({"database.other_key", "database.half_copied", "database.damaged"})


@dataclass(frozen=True, slots=True)
class CopiedUntil:
    """Up to where a copy holds the journal at the least: the last number of each stream, and the greatest Lamport
    time."""

    heads: Mapping[str, int]
    lamport: int


def reached(connection: Connection) -> CopiedUntil:
    """Up to where a copy that is begun now will hold it."""
    return CopiedUntil(stream_heads(connection), greatest_lamport(connection))


def note_copied(connection: Connection, until: CopiedUntil, copies: str) -> None:
    """``copies``: what whoever made them knows them by."""
    document = {"heads": dict(until.heads), "lamport": until.lamport, "copies": copies}
    cache_value(connection, derived, _MARK, json.dumps(document))


def noted_copies(connection: Connection) -> tuple[CopiedUntil, str]:
    """The same, as it was noted last; nothing, and "", where nothing was."""
    found = json.loads(cached_value(connection, derived, _MARK) or "{}")
    until = CopiedUntil(found.get("heads", {}), found.get("lamport", 0))
    return until, str(found.get("copies", ""))


def copy_news(
    engine: Engine, target: Path, key: bytes, since: CopiedUntil, progress: Progress
) -> None:
    """Write what came after ``since``, and whatever is small, to a new encrypted file at ``target``; of one moment."""
    copy = create_database(target, key)
    try:
        with (
            engine.connect() as source,
            source.begin(),
            copy.connect().execution_options(write=True) as sink,
            sink.begin(),
        ):
            for stream in stream_heads(source):
                after = since.heads.get(stream, 0)
                _copy(
                    source, sink, entry, (entry.c.stream == stream, entry.c.seq > after), progress
                )
            _copy(source, sink, origin, (origin.c.lamport >= since.lamport,), progress)
            for table in _AS_THEY_ARE:
                _copy(source, sink, table, (), progress)
    finally:
        copy.dispose()


def _copy(
    source: Connection, sink: Connection, table: Table, only: Sequence[Any], progress: Progress
) -> None:
    query = select(table).where(*only).execution_options(yield_per=_AT_ONCE)
    for rows in source.execute(query).mappings().partitions():
        progress.check()
        sink.execute(insert(table), [dict(row) for row in rows])


def add_waiting_news(engine: Engine, path: Path, key: bytes) -> None:
    """Add the news that lie beside the restored database at ``path``, all of them or none; its projections are made
    anew afterwards. News that hold no entry that is not here change nothing: they were added already.

    Raises:
        WorldError: ``backup.news_unfit`` where they do not continue what is here; as opening a database does.
    """
    folder = path.parent / NEWS_FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return
    with engine.connect().execution_options(write=True) as sink, sink.begin():
        metadata.create_all(sink, _AS_THEY_ARE)  # a copy of an earlier program may have fewer
        before = ends_of(sink)
        for file in sorted(folder.glob("*.db")):
            with _opened(file, key) as source:
                _add(source, sink)
        _require_chains(sink, before)
    with disk_errors():
        shutil.rmtree(folder)
        fsync_folder(path.parent)


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[Connection]:
    try:
        engine = open_database(file, key)
    except WorldError as error:  # nothing against the database they lie beside
        if error.code in _UNFIT:
            raise WorldError("backup.news_unfit") from error
        raise
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def _add(source: Connection, sink: Connection) -> None:
    heads, ends = stream_heads(sink), stream_heads(source)
    if all(heads.get(stream, 0) >= last for stream, last in ends.items()):
        return
    for stream in ends:
        fresh = (entry.c.stream == stream, entry.c.seq > heads.get(stream, 0))
        _insert(source, sink, entry, select(entry).where(*fresh).order_by(entry.c.seq))
    here = {mark for (mark,) in run(sink, "SELECT mark FROM origin")}
    _insert(source, sink, origin, select(origin), lambda row: row["mark"] not in here)
    there = inspect(source).get_table_names()
    for table in _AS_THEY_ARE:
        if table.name not in there:
            continue  # an earlier program wrote the news
        sink.execute(delete(table))
        _insert(source, sink, table, select(table))
    dialect_of(sink).mark_form(sink, _UNKNOWN_FORM)


def _insert(
    source: Connection,
    sink: Connection,
    table: Table,
    query: Any,
    wanted: Callable[[Any], bool] = bool,
) -> None:
    for rows in source.execute(query).mappings().partitions(_AT_ONCE):
        some = [dict(row) for row in rows if wanted(row)]
        if some:
            sink.execute(insert(table), some)


def _require_chains(connection: Connection, before: Ends) -> None:
    for stream in stream_heads(connection):
        for _problem in chain_problems(connection, stream, before.get(stream, (0, GENESIS))):
            raise WorldError("backup.news_unfit")
