"""Entries out of one journal and into another, beside plain JSON lines through SQLite."""

from __future__ import annotations

import json
import resource
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from desktop.bench.material import Material, many_cases
from desktop.bench.measure import FigureRow, beside, seconds
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle

_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?)"
_TABLE = "CREATE TABLE entry (stream TEXT, seq INT, kind TEXT, subject TEXT, line TEXT, PRIMARY KEY (stream, seq))"


def carrying(made: Material, entries: int) -> Iterator[FigureRow]:
    """Export, verify and ingest about ``entries`` entries (two a case), and the peak of memory after all: nothing here
    holds them at once either."""
    many_cases(made.session, entries // 2)
    stick = made.folder / "entries"
    stick.mkdir()
    plain, copy = made.folder / "plain.db", made.folder / "copy.db"
    with made.session.store.read() as reader:
        own = made.session.profile.device
        count = reader.heads()[own]
        _fill(plain, (entry.line() for entry in reader.entries(own, 1, count)))
    out = made.folder / "lines.jsonl"
    base = seconds(lambda: _write(plain, out))
    yield beside(
        "export_entries", seconds(lambda: export_bundle(made.session, stick, SILENT)), base
    )
    base = seconds(lambda: _read(out, copy))
    quarantine = Quarantine(made.folder / "quarantine")
    mine = seconds(lambda: verify_bundle(made.centre, [stick], SILENT))
    yield beside("verify_entries", mine, base)
    mine = seconds(lambda: ingest(made.centre, quarantine, [stick], SILENT))
    yield beside("ingest_entries", mine, base)
    yield FigureRow("entries", count, "entries")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield FigureRow("memory_entries", peak, "MiB peak")


def _fill(path: Path, lines: Iterable[bytes]) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(_TABLE)
        database.executemany(_INSERT, map(_row, lines))
        database.commit()


def _row(line: bytes) -> tuple[str, int, str, str, str]:
    document = json.loads(line)
    return (
        document["stream"], document["seq"], document["kind"], document["subject"], line.decode(),
    )  # fmt: skip


def _write(path: Path, out: Path) -> None:
    with closing(sqlite3.connect(path)) as database, out.open("w", encoding="utf-8") as file:
        for (line,) in database.execute("SELECT line FROM entry ORDER BY stream, seq"):
            file.write(line + "\n")


def _read(out: Path, path: Path) -> None:
    with out.open("rb") as file:
        _fill(path, (line.rstrip(b"\n") for line in file))
