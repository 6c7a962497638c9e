"""How long the series of a city take: the whole reckoning beside a bare union-find over the same edges, in memory and
from an encrypted database, and how long the windows must wait for their thread meanwhile."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from sqlalchemy.engine import Connection, Engine

from desktop.analysis.case_links import UnionFind, edges, groups
from desktop.bench.material import Material
from desktop.bench.measure import FigureRow, beside, compare, seconds
from desktop.services.series.find_series import find_series
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from desktop.storage.upkeep.place import place_of

_CASES: Final = 200_000
"""At a share of 100; ``FULL_SHARE`` makes the 1,000,000 cases and 3,000,000 values of a province."""
FULL_SHARE: Final = 500
_KEY: Final = bytes(32)
_PAIRS: Final = "SELECT normal, case_id FROM key_row ORDER BY normal, case_id"
_INDEXES: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
    "AND tbl_name IN ('key_row', 'case_card')"
)
_TICK: Final = 0.01
_LISTED: Final = 2_000
"""Series that a window shows."""


def pairs(cases: int) -> list[tuple[str, str]]:
    """Three values a case in the order of values, as the index gives them; two of three are shared by a few."""
    rows = []
    for number in range(cases):
        case = f"{number * 2_654_435_761 % 2**32:08x}{number:08d}"
        rows += [
            (f"62{number * 7 % (cases * 2):017d}", case),
            (f"wx{number * 13 % (cases // 2 + 1):015d}", case),
            (f"u{number:016d}", case),
        ]
    return sorted(rows)


def linking(made: Material, share: int) -> Iterator[FigureRow]:
    """``share``: percent of the usual size."""
    rows = pairs(max(_CASES * share // 100, 1_000))

    def whole() -> object:
        links, _ = edges(_shared(rows), 50, lambda _value: False)
        return groups(links, (), ())

    gc.collect()
    gc.disable()  # as in the program, whose own collector waits for a quiet moment
    try:
        yield compare("series_beside_union_find", whole, lambda: _joined(rows))
        with _store(made, rows) as (engine, session):
            rows.clear()
            yield from _from_store(engine, session)
    finally:
        gc.enable()


def _shared(rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(value, case) in the order of values → values with two cases or more, as the database gives them."""
    for value, held in groupby(rows, itemgetter(0)):
        cases = tuple(case for _, case in held)
        if len(cases) > 1:
            yield value, cases


def _joined(rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> UnionFind:
    """Nothing but the union-find."""
    sets = UnionFind()
    last, first = "", ""
    for value, case in rows:
        if value == last:
            sets.union(first, case)
        else:
            last, first = value, case
    return sets


def _from_store(engine: Engine, session: Session) -> Iterator[FigureRow]:
    def bare() -> None:
        with engine.connect() as connection, connection.begin():
            found = connection.exec_driver_sql(_PAIRS)
            _joined(row for part in found.partitions(5_000) for row in part)

    base, (mine, gap) = seconds(bare), _watched(lambda: find_series(session, most=_LISTED))
    yield beside("series_from_store", mine, base)
    yield FigureRow("series_largest_gap", round(gap * 1000, 1), "ms the windows wait")


def _watched(work: Callable[[], object]) -> tuple[float, float]:
    """How long ``work`` takes in a thread of its own, and the largest delay of a tick of 10 ms in this one. What it
    found is kept until the watch ends, as a window keeps it."""
    took: list[float] = []
    results: list[object] = []
    thread = threading.Thread(target=lambda: took.append(seconds(lambda: results.append(work()))))
    thread.start()
    worst, last = 0.0, time.perf_counter()
    while thread.is_alive():
        time.sleep(_TICK)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    return took[0], worst


@contextmanager
def _store(made: Material, rows: Sequence[tuple[str, str]]) -> Iterator[tuple[Engine, Session]]:
    """A database with these values and the cards of their cases; written as rows, for the journal of a million cases
    would take an hour."""
    place = place_of(made.folder / "series.db", _KEY)
    engine = place.create()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        indexes = connection.exec_driver_sql(_INDEXES).all()
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        _fill(connection, rows)
        for _, statement in indexes:
            connection.exec_driver_sql(statement)
    session = made.centre
    store = SqlStore(place, engine, session.profile, session.clock)
    yield engine, replace(session, store=store)
    store.close()


def _fill(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    connection.exec_driver_sql("INSERT INTO key_row (normal, case_id) VALUES (?, ?)", list(rows))
    columns = connection.exec_driver_sql("SELECT name, type FROM pragma_table_info('case_card')")
    empty = {name: 0 if kind == "INTEGER" else "" for name, kind in columns}
    cards = [
        tuple((empty | _card(place, case)).values())
        for place, case in enumerate(sorted({case for _, case in rows}))
    ]
    marks = ", ".join("?" * len(empty))
    connection.exec_driver_sql(f"INSERT INTO case_card VALUES ({marks})", cards)  # noqa: S608 - marks only


def _card(place: int, case: str) -> dict[str, str | int]:
    """What a series reads of a card."""
    return {
        "case_id": case,
        "lead_id": case,
        "number": f"620102540000-20261124-A-{place:07d}",
        "loss_fen": 980_000 + place,
        "accepted_at": f"2026-11-{place % 28 + 1:02d}T08:00:00.000Z",
        "unit_code": f"6201{place % 99:02d}540000",
    }
