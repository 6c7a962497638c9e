"""Entries into a centre's journal on PostgreSQL, beside plain COPY of the same rows: those of the journal into a table
without indexes, and those of every table into the same tables.

The server is the one ``FANZHA_BENCH_POSTGRES`` names; the rows go into a schema of their own, which is dropped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, inspect, make_url
from sqlalchemy.pool import NullPool

from desktop.bench.material import Material, case_entries
from desktop.bench.measure import FigureRow, beside, seconds
from desktop.bench.server.side_by_side import Station, all_accepted, side_by_side
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import Profile
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import GENESIS, Entry, NewEntry, read_line, seal
from desktop.journal.kinds import OFFICER_SIGNED_IN
from desktop.runtime.id_source import UuidSource
from desktop.services.session import Session
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore

VARIABLE: Final = "FANZHA_BENCH_POSTGRES"
_SCHEMA: Final = "fanzha_bench"
_STREAM: Final = "BENCHSTATION"
_TABLE: Final = (
    "CREATE TABLE plain (stream text, seq bigint, lamport bigint, wall text, officer text, kind text, "
    "subject text, hash text, line bytea)"
)


def serving(made: Material, entries: int) -> Iterator[FigureRow]:
    """``entries`` that only the journal keeps (who signed in when), and as many of cases with their projections; of
    both also what checking their lines takes, without any database; and the cases once more as bundles of several
    stations, by as many processes as there are processors."""
    server = os.environ.get(VARIABLE, "")
    if not server:
        return
    cases = case_entries(_station(made, _STREAM), entries // 2)
    kinds = (("events", _events(entries)), ("cases", cases))
    for name, news in kinds:
        lines, rows = made.folder / f"{name}.jsonl", made.folder / f"{name}.copy"
        count = _write(made, _STREAM, news, lines, rows)
        with bench_schema(make_url(server)) as url:
            base = seconds(partial(_copy, url, rows))
            mine = seconds(partial(_take_in, made, url, lines))
            copies = _copy_out(_engine(url), made.folder)
        with bench_schema(make_url(server)) as url:
            SqlStore.create(
                ServerAddress(url), bytes(32), _centre(made), made.session.clock
            ).close()
            same = seconds(partial(_copy_back, _engine(url), copies))
        yield beside(f"server_ingest_{name}", mine, base)
        yield beside(f"server_ingest_{name}_same_tables", mine, same)
        yield beside(f"server_read_{name}", seconds(partial(_read, lines)), base)
        yield FigureRow(f"server_{name}", count, "entries")
    together = seconds_together(made, make_url(server), entries)
    yield beside("server_ingest_side_by_side", together, base)
    yield beside("server_ingest_side_by_side_same_tables", together, same)


@dataclass(frozen=True, slots=True)
class ServerTimes:
    """Seconds for the same lines: plain COPY of their rows, one process, and as many as there are processors."""

    copied: float
    alone: float
    together: float


def server_times(made: Material, server: str, entries: int) -> ServerTimes:
    """Entries of cases into the server's journal with their projections."""
    lines, rows = made.folder / "cases.jsonl", made.folder / "cases.copy"
    _write(made, _STREAM, case_entries(_station(made, _STREAM), entries // 2), lines, rows)
    with bench_schema(make_url(server)) as url:
        copied = seconds(partial(_copy, url, rows))
        alone = seconds(partial(_take_in, made, url, lines))
    return ServerTimes(copied, alone, seconds_together(made, make_url(server), entries))


def seconds_together(made: Material, server: URL, entries: int) -> float:
    """How long ``entries`` of cases take in bundles of as many stations as there are processors, a process each."""
    stations = []
    count = os.cpu_count() or 1
    with bench_schema(server) as url:
        SqlStore.create(ServerAddress(url), bytes(32), _centre(made), made.session.clock).close()
        for number in range(count):
            lines = made.folder / f"station{number}.jsonl"
            stream = f"{_STREAM}{number}"
            news = case_entries(_station(made, stream), entries // 2 // count)
            _write(made, stream, news, lines, made.folder / "unused.copy")
            stations.append(Station(url, _centre(made), lines))
        return side_by_side(stations)


def _station(made: Material, stream: str) -> Session:
    """Makes ids as the device of that stream, of a unit that nobody knows: a device may record nothing of what another
    one made or another unit holds."""
    ids = UuidSource(made.session.clock).bound_to(DeviceId(stream))
    return replace(made.session, ids=ids, profile=replace(made.session.profile, unit_code=""))


def _centre(made: Material) -> Profile:
    return made.centre.profile


def _events(entries: int) -> Iterator[NewEntry]:
    for number in range(entries):
        yield NewEntry(OFFICER_SIGNED_IN, f"officer/{_STREAM}/{number % 100}", {})


def _write(made: Material, stream: str, news: Iterable[NewEntry], lines: Path, rows: Path) -> int:
    """The entries as a station sends them, and as COPY reads them; how many."""
    prev, count, now = GENESIS, 0, made.session.clock.now()
    with lines.open("wb") as as_lines, rows.open("w", encoding="utf-8") as as_rows:
        for count, new in enumerate(news, 1):
            wall = to_wire(now + timedelta(milliseconds=count))
            item = seal(
                new, stream=stream, seq=count, lamport=count, wall=wall, officer="1001",
                replaces={}, prev=prev,
            )  # fmt: skip
            prev = item.hash
            as_lines.write(item.line() + b"\n")
            as_rows.write(_copy_row(item))
    return count


def _copy_row(item: Entry) -> str:
    return (
        f"{item.stream}\t{item.seq}\t{item.lamport}\t{item.wall}\t{item.officer}\t{item.kind}\t"
        f"{item.subject}\t{item.hash}\t\\\\x{item.line().hex()}\n"
    )


@contextmanager
def bench_schema(server: URL) -> Iterator[URL]:
    """An address whose tables are all of this run."""
    _tell(server, f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE", f"CREATE SCHEMA {_SCHEMA}")
    try:
        yield server.update_query_dict({"options": f"-csearch_path={_SCHEMA}"})
    finally:
        _tell(server, f"DROP SCHEMA {_SCHEMA} CASCADE")


def _engine(url: URL) -> Engine:
    return create_engine(url, poolclass=NullPool)


def _tell(url: URL, *statements: str) -> None:
    with _engine(url).connect() as connection, connection.begin():
        for statement in statements:
            connection.exec_driver_sql(statement)


def _copy(url: URL, rows: Path) -> None:
    with _engine(url).connect() as connection, connection.begin():
        connection.exec_driver_sql(_TABLE)
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy("COPY plain FROM STDIN") as copy,
            rows.open("rb") as file,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
    _tell(url, "DROP TABLE plain")


def _read(lines: Path) -> None:
    """What checking the lines alone takes: every one is parsed, hashed and compared with its canonical form."""
    with lines.open("rb") as file:
        for line in file:
            read_line(line.rstrip(b"\n"))


def _take_in(made: Material, url: URL, lines: Path) -> None:
    store = SqlStore.create(ServerAddress(url), bytes(32), _centre(made), made.session.clock)
    with store.closing(), lines.open("rb") as file, store.write() as transaction:
        all_accepted(transaction.apply(read_line(line.rstrip(b"\n")) for line in file))


_KEPT: Final = frozenset({"fanzha_mark"})
"""Tables that hold something as soon as they are made."""


def _copy_out(engine: Engine, folder: Path) -> dict[str, Path]:
    """Table → the file in ``folder`` that holds its rows, as COPY writes them."""
    copies = {}
    with engine.connect() as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        for table in sorted(set(inspect(connection).get_table_names()) - _KEPT):
            copies[table] = folder / f"{table}.rows"
            with (
                copies[table].open("wb") as file,
                driver.cursor() as cursor,
                cursor.copy(f"COPY {table} TO STDOUT") as copy,
            ):
                for block in copy:
                    file.write(block)
    return copies


def _copy_back(engine: Engine, copies: dict[str, Path]) -> None:
    """The rows into the same tables, which are empty and have their indexes and guards, in one transaction."""
    with engine.connect() as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        for table, rows in copies.items():
            with (
                rows.open("rb") as file,
                driver.cursor() as cursor,
                cursor.copy(f"COPY {table} FROM STDIN") as copy,
            ):
                while block := file.read(1 << 20):
                    copy.write(block)
