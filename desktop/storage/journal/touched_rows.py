"""What stands of all that some entries touch, copied to where it is tried out what they would do.

More than they touch is copied where that is simpler, never less: whoever takes them in reads nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import (
    InstallationRole,
    Profile,
    device_of,
    renewal_of,
)
from desktop.domain.records.fields import text
from desktop.journal.authority import renewals_subject
from desktop.journal.entry import Entry, read_line
from desktop.journal.entry_table import ENTRIES
from desktop.journal.field_rules import rules_of
from desktop.storage.columns import columns_of
from desktop.storage.current_values.subjects import CASE_SUBJECTS, kind_of
from desktop.storage.database.scratch_database import put_rows
from desktop.storage.database.statements import IN_EFFECT, run, run_among
from desktop.storage.database.statements import stream as streamed
from desktop.storage.tables import (
    acknowledged,
    case_card,
    case_link,
    case_span,
    entry,
    evidence_row,
    exported,
    first_author,
    held,
    objection,
    order_row,
    peer_row,
    replaced,
    subject,
    task_row,
    value,
)

_AT_ONCE: Final = 2000
_ALL: Final = (peer_row, objection)
"""Copied whole: they are few, and any entry may be judged by them."""
_OF_A_DESK: Final = (exported, acknowledged)
"""By them a desk tells how far an order got; a centre need not ask."""
_OF_SUBJECTS: Final = (value, replaced, first_author)
_OF_CASES: Final = (case_span, case_card, evidence_row, task_row, order_row)
_COLUMNS: Final = ", ".join(f"e.{name}" for name in columns_of(entry))
_FARTHEST: Final = f"SELECT {_COLUMNS} FROM entry e ORDER BY lamport DESC LIMIT 1"  # noqa: S608 - own names
_TIPS: Final = (
    f"SELECT {_COLUMNS} FROM acknowledged a JOIN entry e ON e.stream = a.stream AND e.seq = a.last"  # noqa: S608
)
_ENDS: Final = (
    f"SELECT {_COLUMNS} FROM entry e WHERE stream = ? ORDER BY seq DESC LIMIT 1",  # noqa: S608
    f"SELECT {_COLUMNS} FROM entry e WHERE stream = ? AND {IN_EFFECT} ORDER BY seq DESC LIMIT 1",  # noqa: S608
)
_PLACES: Final = f"SELECT {_COLUMNS} FROM entry e WHERE stream = ? AND seq AMONG ?"  # noqa: S608
_OF_PARTS: Final = f"SELECT {_COLUMNS} FROM entry e WHERE subject AMONG ?"  # noqa: S608
_FIRST_ENTRIES: Final = (
    "SELECT name, (SELECT e.stream FROM entry e WHERE e.subject = name ORDER BY stream, seq LIMIT 1), "
    "(SELECT e.seq FROM entry e WHERE e.subject = name ORDER BY stream, seq LIMIT 1) FROM EACH ?"
)
_OFFICERS: Final = "SELECT DISTINCT subject FROM value WHERE subject >= ? AND subject < ?"
_PLACED: Final = "SELECT case_id FROM subject WHERE subject AMONG ? AND case_id <> ''"
_PARTS: Final = "SELECT subject, kind, case_id FROM subject WHERE case_id AMONG ?"
_LINKED: Final = (
    "SELECT case_id, into_id FROM case_link WHERE case_id AMONG ?",
    "SELECT case_id, into_id FROM case_link WHERE into_id AMONG ?",
)
_WAITING: Final = "SELECT stream, min(seq), count(*) FROM held GROUP BY stream"
_LAST: Final = "SELECT max(seq) FROM entry WHERE stream = ?"


class TouchedRows:
    """Copies from ``source``, of which it sees one moment, into the empty tables of ``trial``."""

    def __init__(self, source: Connection, trial: Connection, profile: Profile) -> None:
        self._source = source
        self._trial = trial
        self._streams: set[str] = set()
        self._subjects: set[str] = set()
        self._cases: set[str] = set()
        self.conflicts = 0
        """Of the cases that were copied."""
        is_desk = profile.role is not InstallationRole.CENTRE
        for table in (*_ALL, *(_OF_A_DESK if is_desk else ())):
            self._put(table, run(source, _every(table)).fetchall())
        for question in (_FARTHEST, *((_TIPS,) if is_desk else ())):
            self._put(entry, run(source, question).fetchall())
        self._bring_subjects({f"device/{profile.device}"})
        self._bring_waiting()

    def bring(self, entries: Collection[Entry]) -> None:
        """Copy what ``entries`` touch and was not copied before; what was is as it became since."""
        self._bring_streams({item.stream for item in entries})
        self._bring_places(entries)
        subjects = {item.subject for item in entries}
        cases: set[str] = set()
        for item in entries:
            subjects.update(_asked_of(item))
            cases.update(_cases_of(item))
        self._bring_cases(cases, subjects)

    def _bring_waiting(self) -> None:
        """The entries that wait. What may go on now is read, and what it touches copied; of the others, which wait for
        a predecessor, stands how many there are."""
        for stream, first, _ in run(self._source, _WAITING).fetchall():
            last = run(self._source, _LAST, (stream,)).scalar() or 0
            if first == last + 1:
                self._bring_streams({stream})
            else:
                rows = run(self._source, "SELECT stream, seq FROM held WHERE stream = ?", (stream,))
                self._put(held, [(*row, b"") for row in rows])
                self._bring_subjects(_renewals_of({stream}))

    def _bring_streams(self, streams: set[str]) -> None:
        new = streams - self._streams
        self._streams |= new
        subjects = _renewals_of(new)
        for stream in sorted(new):
            for question in _ENDS:
                self._put(entry, run(self._source, question, (stream,)).fetchall())
            begins, ends = f"officer/{device_of(stream)}/", f"officer/{device_of(stream)}0"
            subjects.update(run(self._source, _OFFICERS, (begins, ends)).scalars())
        self._bring_subjects(subjects)
        for stream in sorted(new):
            self._bring_held(stream)

    def _bring_held(self, stream: str) -> None:
        run(self._trial, "DELETE FROM held WHERE stream = ?", (stream,))
        question = "SELECT stream, seq, line FROM held WHERE stream = ? ORDER BY seq"
        for rows in streamed(self._source, question, (stream,)).partitions(_AT_ONCE):
            self._put(held, rows)
            self.bring([read_line(bytes(row.line)) for row in rows])

    def _bring_places(self, entries: Iterable[Entry]) -> None:
        places: dict[str, list[int]] = {}
        for item in entries:
            places.setdefault(item.stream, []).append(item.seq)
        for stream, numbers in places.items():
            self._put(entry, run_among(self._source, _PLACES, numbers, (stream,)))

    def _bring_cases(self, cases: set[str], subjects: set[str]) -> None:
        """These cases whole, with those that ``subjects`` belong to and all that are shown as one with any of them."""
        new = {
            row[0] for row in run_among(self._source, _PLACED, sorted(subjects - self._subjects))
        }
        new = (new | cases) - self._cases
        links: set[tuple[str, str]] = set()
        asked: set[str] = set()
        while new - asked:
            some = sorted(new - asked)
            asked |= new
            for question in _LINKED:
                links.update(map(tuple, run_among(self._source, question, some)))
            new |= {name for link in links for name in link} - self._cases
        self._cases |= new
        self._put(case_link, sorted(links))
        parts = run_among(self._source, _PARTS, sorted(new))
        self._put(subject, parts)
        for table in _OF_CASES:
            rows = run_among(self._source, _among(table, "case_id"), sorted(new))
            self._put(table, rows)
            if table is case_card:
                self.conflicts += sum(row.conflicts for row in rows if row.lead_id == row.case_id)
        self._bring_subjects(
            subjects | {f"case/{case}" for case in new} | {row[0] for row in parts}
        )

    def _bring_subjects(self, subjects: set[str]) -> None:
        new = sorted(subjects - self._subjects)
        self._subjects.update(new)
        for table in _OF_SUBJECTS:
            self._put(table, run_among(self._source, _among(table, "subject"), new))
        parts = [name for name in new if kind_of(name) in CASE_SUBJECTS]
        self._put(entry, run_among(self._source, _OF_PARTS, parts))
        others = sorted({*new} - {*parts})
        first_entries = [
            row for row in run_among(self._source, _FIRST_ENTRIES, others) if row[1] is not None
        ]
        self._put(
            entry,
            [(stream, seq, 0, "", "", "", name, "", b"") for name, stream, seq in first_entries],
            over=False,
        )

    def _put(self, table: Table, rows: Sequence[Any], *, over: bool = True) -> None:
        put_rows(self._trial, table, rows, over=over)


def _every(table: Table) -> str:
    return f"SELECT {', '.join(columns_of(table))} FROM {table.name}"  # noqa: S608 - own names


def _among(table: Table, column: str) -> str:
    return f"{_every(table)} WHERE {column} AMONG ?"


def _renewals_of(streams: Iterable[str]) -> set[str]:
    """The subjects that say whether these streams were begun anew."""
    firsts = {renewal_of(stream)[0] for stream in streams} - {""}
    return {renewals_subject(first) for first in firsts}


def _cases_of(item: Entry) -> Iterator[str]:
    """The cases that an entry changes something of."""
    about, _, key = item.subject.partition("/")
    if about == "case":
        yield key
    if about in CASE_SUBJECTS:
        yield from _named_by(item, about)


def _asked_of(item: Entry) -> Iterator[str]:
    """Subjects by which it is judged, beside its own."""
    about, _, key = item.subject.partition("/")
    if about == "look":
        yield f"case/{key}"
    if about == "person_link":
        yield from (f"person/{text(item.fields, name)}" for name in ("first", "second"))
    yield from (f"case/{case}" for case in _named_by(item, about))


def _named_by(item: Entry, about: str) -> Iterator[str]:
    yield from filter(None, (text(item.fields, "case"),))
    rule = ENTRIES.get(item.kind)
    if rule is not None and about in rule.subjects:
        yield from rules_of(item.kind, about, item.fields).cases_named(item.fields)
