"""A page of the audit in a journal that grew: what it costs must not follow from how long the journal is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Final

from desktop.bench.material import Material
from desktop.bench.measure import FigureRow, beside
from desktop.domain.installation.audit import AuditCategory, AuditQuery
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.time.clock import to_wire
from desktop.journal.audited import AUDITED, kinds_of
from desktop.journal.authority import look_subject
from desktop.journal.entry import GENESIS, NewEntry, seal
from desktop.journal.kinds import CASE_OPENED
from desktop.services.audit.list_audit import audit_page
from desktop.services.session import Session
from desktop.storage.database.statements import add
from desktop.storage.store import SqlStore
from desktop.storage.upkeep.place import place_of

_KEY: Final = bytes(range(32))
_ROUNDS: Final = 9
_BLOCK: Final = 20_000
_STREAMS: Final = 40
_OFFICERS: Final = 997
_COLUMNS: Final = (
    "stream", "seq", "lamport", "wall", "officer", "kind", "subject", "hash", "line",
)  # fmt: skip
_FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ASKED: Final = {
    "newest": AuditQuery(),
    "officer": AuditQuery(officer="7"),
    "officer_keys": AuditQuery(officer="7", kinds=kinds_of(AuditCategory.KEYS)),
    "revealed": AuditQuery(kinds=kinds_of(AuditCategory.REVEAL)),
}


def auditing(made: Material, counts: tuple[int, ...]) -> Iterator[FigureRow]:
    """Pages of several questions in a journal of each size; the baseline is the same page at the first of them."""
    base: dict[str, float] = {}
    for count in counts:
        with _journal(made, count) as session:
            for name, query in _ASKED.items():
                took = _took(session, query)
                first = base.setdefault(name, took)
                yield beside(f"audit_page_{name}_{count}", took, first)


@contextmanager
def _journal(made: Material, count: int) -> Iterator[Session]:
    """A desk with so many entries of a city's stations, and an auditor at it."""
    place = place_of(made.folder / f"audit-{count}.db", _KEY)
    engine = place.create()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for first in range(0, count, _BLOCK):
            rows = [_row(number) for number in range(first, min(first + _BLOCK, count))]
            add(connection, "entry", _COLUMNS, rows)
    session = made.session
    auditor = Officer(session.officer.number, "", (Role.AUDITOR,))
    with SqlStore(place, engine, session.profile, session.clock).closing() as store:
        yield replace(session, officer=auditor, store=store)


def _took(session: Session, query: AuditQuery) -> float:
    audit_page(session, query)
    times = []
    for _ in range(_ROUNDS):
        start = perf_counter()
        audit_page(session, query)
        times.append(perf_counter() - start)
    return median(times)


_LINE: Final = seal(
    NewEntry(CASE_OPENED, look_subject("x"), {}), stream="S", seq=1, lamport=1,
    wall=to_wire(_FIRST), officer="1", replaces={}, prev=GENESIS,
).line()  # fmt: skip
_KINDS: Final = sorted(AUDITED)
_OFTEN: Final = sorted(kinds_of(AuditCategory.WORK))[:6]


def _row(number: int) -> tuple[object, ...]:
    """Every kind comes, some much more often than others."""
    kind = _OFTEN[number % 6] if number % 50 else _KINDS[number // 50 % len(_KINDS)]
    return (
        f"S{number % _STREAMS:02d}", number // _STREAMS + 1, number,
        to_wire(_FIRST + timedelta(seconds=20 * number)), str(number % _OFFICERS), kind,
        look_subject(f"c{number // 30}"), f"{number:064x}", _LINE,
    )  # fmt: skip
