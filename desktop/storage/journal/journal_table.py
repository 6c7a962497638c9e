"""The journal in the database: appending, applying, and checking the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from desktop.domain.errors import TrustError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import device_of
from desktop.journal.entry import GENESIS, Entry, NewEntry, read_line, seal
from desktop.journal.judgement import judge
from desktop.journal.objection import Objection
from desktop.journal.schema import SCHEMA
from desktop.journal.well_formed import FARTHEST_AHEAD
from desktop.storage.columns import fitting
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import Current
from desktop.storage.database.statements import add, marks, run, run_among
from desktop.storage.database.statements import stream as streamed
from desktop.storage.journal.admission import Admission
from desktop.storage.tables import entry as entry_table
from desktop.storage.tables import held

_AT_ONCE = 1000
_KNOWN = "SELECT name FROM EACH ? WHERE EXISTS (SELECT 1 FROM entry WHERE subject = name)"
_COLUMNS = ("stream", "seq", "lamport", "wall", "officer", "kind", "subject", "hash", "line")
_PLACES = 500
_TAIL = "SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1"
_HASH = "SELECT hash FROM entry WHERE stream = ? AND seq = ?"
_LAMPORT = "SELECT max(lamport) FROM entry"
_LINES = "SELECT line FROM entry WHERE stream = ? AND seq >= ? AND seq <= ? ORDER BY seq"
_ABOUT = "SELECT seq, line FROM entry WHERE kind || '' IN ({}) AND subject IN ({}) AND stream = ? AND seq > ?"
"""By the index on subjects: a stream is as long as all that was ever done on a computer."""
_SPAN = "(subject || '' >= ? AND subject || '' < ?)"
_BELOW = (
    "SELECT seq, line FROM entry WHERE kind IN ({}) AND stream || '' = ? AND seq + 0 > ? AND ({})"
)
"""By the index on kinds: below a name there is whoever signed in on any day."""
_Columns: TypeAlias = tuple[Any, ...]


def _columns(item: Entry) -> _Columns:
    return _fitted(
        (item.stream, item.seq, item.lamport, item.wall, item.officer, item.kind, item.subject, item.hash)
    )  # fmt: skip


def _fitted(columns: _Columns) -> _Columns:
    """What an entry is found by. Very long it takes no effect, but it stands in its stream."""
    *place, officer, kind, subject, digest = columns
    return (*place, fitting(officer), fitting(kind), fitting(subject), digest)


def _row(item: Entry) -> tuple[Any, ...]:
    return (*_columns(item), item.line())


def tail(connection: Connection, stream: str) -> tuple[int, str]:
    """Sequence and hash of the last entry of a stream; (0, genesis) when there is none."""
    row = run(connection, _TAIL, (stream,)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def hash_at(connection: Connection, stream: str, seq: int) -> str | None:
    """Hash of one entry; None where it is not held."""
    found: str | None = run(connection, _HASH, (stream, seq)).scalar()
    return found


def greatest_lamport(connection: Connection) -> int:
    """The greatest Lamport time known here."""
    return run(connection, _LAMPORT).scalar() or 0


@dataclass(slots=True)
class Tails:
    """Where each stream ends and the greatest Lamport time, read once a transaction and then kept."""

    connection: Connection
    known: dict[str, tuple[int, str]] = field(default_factory=dict)
    lamport: int = -1

    def of(self, stream: str) -> tuple[int, str]:
        """Sequence and hash of the last entry of a stream."""
        if stream not in self.known:
            self.known[stream] = tail(self.connection, stream)
        return self.known[stream]

    def next_lamport(self) -> int:
        """One more than anything known here."""
        if self.lamport < 0:
            self.lamport = greatest_lamport(self.connection)
        return self.lamport + 1

    def moved(self, item: Entry) -> None:
        """``item`` is the last of its stream now."""
        self.known[item.stream] = (item.seq, item.hash)
        if self.lamport >= 0:
            self.lamport = max(self.lamport, item.lamport)


def append(
    connection: Connection,
    current: Current,
    tails: Tails,
    news: Sequence[NewEntry],
    stream: str,
    officer: str,
    wall: str,
) -> list[Entry]:
    """Chain, store and merge local facts about as many subjects; each replaces every value it can see."""
    items = []
    for new, replaces in zip(news, current.refs(news), strict=True):
        seq, prev = tails.of(stream)
        item = seal(
            new,
            stream=stream,
            seq=seq + 1,
            lamport=tails.next_lamport(),
            wall=wall,
            officer=officer,
            replaces=replaces,
            prev=prev,
        )
        tails.moved(item)
        items.append(item)
    _store(connection, items)
    current.merge(items)
    return items


def _store(connection: Connection, items: Sequence[Entry]) -> None:
    # no place is taken twice: what stands there already was found, and nobody else writes this stream
    add(connection, "entry", _COLUMNS, [_row(item) for item in items])


@dataclass(slots=True)
class Ingested:
    """What came of entries that arrived from elsewhere."""

    tails: Tails
    admission: Admission
    known: dict[tuple[str, int], str]
    """(stream, sequence) → hash, of what is held among the entries that came."""
    fresh: list[Entry] = field(default_factory=list)
    already: int = 0
    accepted: list[Entry] = field(default_factory=list)
    """Of the fresh ones those that take effect."""
    objections: list[tuple[Entry, Objection]] = field(default_factory=list)
    """The others, with what is held against them."""
    subjects: set[str] = field(default_factory=set)
    """What the fresh ones are about."""


def _admit(item: Entry, ingested: Ingested) -> bool:
    """Take one entry that continues its chain; False when it must wait: for a predecessor, for an upgrade of this
    program, or for what explains its Lamport time."""
    last, prev = ingested.tails.of(item.stream)
    if item.seq <= last:
        if ingested.known.get((item.stream, item.seq)) != item.hash:
            raise TrustError("journal.fork")
        ingested.already += 1
        return True
    if item.seq != last + 1:
        return False
    if item.prev != prev:
        raise TrustError("journal.chain")
    if waits_for(item, ingested.tails, ingested.admission, ingested.subjects) is not None:
        return False
    ingested.tails.moved(item)
    ingested.fresh.append(item)
    ingested.subjects.add(item.subject)
    ingested.known[item.stream, item.seq] = item.hash
    return True


class Waits(StrEnum):
    """Why an entry that continues its chain has to wait all the same."""

    NEWER = "newer"
    """It is of a schema that this program does not know."""
    JUMP = "jump"
    """Its Lamport time is farther ahead than anything known here explains."""
    CASE = "case"
    """It speaks of a case of the centre that this station's PC has not been sent yet."""


def waits_for(
    item: Entry, tails: Tails, admission: Admission, coming: Collection[str] = ()
) -> Waits | None:
    """Why ``item`` can not be taken yet; None where it can. ``coming``: subjects that come with it and before it."""
    if item.schema > SCHEMA:
        return Waits.NEWER
    if item.lamport > tails.next_lamport() + FARTHEST_AHEAD:
        return Waits.JUMP
    if admission.waits_for_case(item) and f"case/{key_of(item.subject)}" not in coming:
        return Waits.CASE
    return None


def _hold(connection: Connection, item: Entry) -> None:
    known = connection.execute(
        select(held.c.line).where(held.c.stream == item.stream, held.c.seq == item.seq)
    ).scalar()
    if known is None:
        connection.execute(insert(held).values(stream=item.stream, seq=item.seq, line=item.line()))
    elif known != item.line():
        raise TrustError("journal.fork")


def _release(connection: Connection, stream: str, ingested: Ingested) -> bool:
    """Take the entries that waited and now continue the chain; returns whether there were any."""
    before = ingested.tails.of(stream)
    while True:
        last, _ = ingested.tails.of(stream)
        line = connection.execute(
            select(held.c.line).where(held.c.stream == stream, held.c.seq == last + 1)
        ).scalar()
        if line is None:
            break
        item = read_line(line)
        if item.prev != ingested.tails.of(stream)[1]:
            raise TrustError("journal.fork")  # what waits here was numbered by another story
        if not _admit(item, ingested):
            break
    connection.execute(delete(held).where(held.c.stream == stream, held.c.seq <= last))
    return ingested.tails.of(stream) != before


def _held_already(
    connection: Connection, tails: Tails, items: Sequence[Entry]
) -> dict[tuple[str, int], str]:
    """(stream, sequence) → hash of what is here of the places these entries have."""
    places: dict[str, set[int]] = {}
    for item in items:
        if item.seq <= tails.of(item.stream)[0]:
            places.setdefault(item.stream, set()).add(item.seq)
    found: dict[tuple[str, int], str] = {}
    for stream, asked in places.items():
        numbers = sorted(asked)
        for start in range(0, len(numbers), _PLACES):
            some = numbers[start : start + _PLACES]
            query = f"SELECT seq, hash FROM entry WHERE stream = ? AND seq IN ({marks(some)})"  # noqa: S608
            rows = run(connection, query, (stream, *some))
            found.update(((stream, row[0]), row[1]) for row in rows)
    return found


def apply(
    connection: Connection,
    current: Current,
    tails: Tails,
    admission: Admission,
    items: Sequence[Entry],
) -> Ingested:
    """Merge foreign entries in any order; strict within a stream, idempotent, gaps are held. Entries to which there is
    an objection are stored and not merged."""
    ingested = Ingested(tails, admission, _held_already(connection, tails, items))
    streams: set[str] = set()
    for item in items:
        if _admit(item, ingested):
            streams.add(item.stream)
        else:
            _hold(connection, item)
    streams |= _waiting(connection, tails).keys()
    while {stream for stream in sorted(streams) if _release(connection, stream, ingested)}:
        streams = {*_waiting(connection, tails)}  # what went on may be what another waits for
    known = {row[0] for row in run_among(connection, _KNOWN, ingested.subjects)}
    current.note_new(ingested.subjects - known)
    _judge(ingested, admission)
    _store(connection, ingested.fresh)
    current.merge(ingested.accepted)
    return ingested


def _judge(ingested: Ingested, admission: Admission) -> None:
    admission.read_ahead(ingested.fresh)
    for item in ingested.fresh:
        objection = judge(item, admission)
        if objection is None:
            admission.took(item)
            ingested.accepted.append(item)
        else:
            admission.objected(item, objection)
            ingested.objections.append((item, objection))
    admission.write_down()


def _waiting(connection: Connection, tails: Tails) -> dict[str, Entry]:
    """Stream → the entry that would continue it but has to wait for something else than the one before it."""
    rows = run(connection, "SELECT stream, min(seq) FROM held GROUP BY stream").fetchall()
    found = {}
    for stream, first in rows:
        if first == tails.of(stream)[0] + 1:
            line = run(
                connection, "SELECT line FROM held WHERE stream = ? AND seq = ?", (stream, first)
            ).scalar_one()
            found[stream] = read_line(bytes(line))
    return found


def waiting(connection: Connection, tails: Tails, admission: Admission) -> Counter[Waits]:
    """How many streams wait for an upgrade of this program, and how many for what explains a Lamport time."""
    reasons = (waits_for(item, tails, admission) for item in _waiting(connection, tails).values())
    return Counter(reason for reason in reasons if reason is not None)


def entries(connection: Connection, stream: str, first: int, last: int) -> Iterator[Entry]:
    """Entries of one stream, ascending."""
    for row in streamed(connection, _LINES, (stream, first, last)):
        yield read_line(row.line)


def words(
    connection: Connection,
    stream: str,
    subjects: Collection[str],
    kinds: Collection[str],
    after: int,
) -> tuple[Entry, ...]:
    """Entries of one stream behind ``after`` of these kinds, about these subjects and what is below those that end in
    a slash; ascending."""
    names, kinds = [name for name in subjects if not name.endswith("/")], sorted(kinds)
    below = [name for name in subjects if name.endswith("/")]
    found: list[Any] = []
    if names:
        question = _ABOUT.format(marks(kinds), marks(names))
        found += run(connection, question, (*kinds, *names, stream, after)).fetchall()
    if below:
        # the sign behind the slash: all that begins with the name and nothing else
        spans = [part for name in below for part in (name, f"{name[:-1]}0")]
        question = _BELOW.format(marks(kinds), " OR ".join([_SPAN] * len(below)))
        found += run(connection, question, (*kinds, stream, after, *spans)).fetchall()
    return tuple(read_line(bytes(line)) for _, line in sorted(found, key=lambda row: int(row[0])))


_STREAMS = (
    "WITH RECURSIVE known(stream) AS (SELECT min(stream) FROM entry UNION ALL "
    "SELECT (SELECT min(e.stream) FROM entry e WHERE e.stream > known.stream) FROM known "
    "WHERE known.stream IS NOT NULL) "
    "SELECT stream, (SELECT max(seq) FROM entry e WHERE e.stream = known.stream) FROM known "
    "WHERE stream IS NOT NULL"
)
"""Jumps from stream to stream; GROUP BY would read every entry there is."""


def stream_heads(connection: Connection) -> dict[str, int]:
    """Stream → last sequence held."""
    return {stream: last for stream, last in run(connection, _STREAMS)}  # noqa: C416


def held_streams(connection: Connection) -> dict[DeviceId, int]:
    """Device → how many of its entries wait for a predecessor."""
    counts: dict[DeviceId, int] = {}
    for stream, count in run(connection, "SELECT stream, count(*) FROM held GROUP BY stream"):
        device = device_of(stream)
        counts[device] = counts.get(device, 0) + count
    return counts


def chain_problems(
    connection: Connection, stream: str, after: tuple[int, str] = (0, GENESIS)
) -> Iterator[str]:
    """Places where a stream's chain does not hold behind ``after``: an entry's number and hash."""
    expected, prev = after[0] + 1, after[1]
    rows = connection.execute(
        select(entry_table)
        .where(entry_table.c.stream == stream, entry_table.c.seq >= expected)
        .order_by(entry_table.c.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        try:
            item = read_line(row.line)
        except TrustError as error:
            yield f"{stream}:{row.seq} {error.code}"
            return
        columns = _fitted(tuple(row)[:-1])
        if columns != _columns(item) or item.seq != expected or item.prev != prev:
            yield f"{stream}:{row.seq} journal.chain"
            return
        expected, prev = expected + 1, item.hash
