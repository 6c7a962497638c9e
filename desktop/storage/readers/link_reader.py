"""What links cases. For a whole city the index of keys is walked once, in the order of the values, past those of
persons; the database itself passes over what one case alone holds. For one series only what its cases hold is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.series import SeriesCase, SeriesPart
from desktop.domain.time.clock import from_wire
from desktop.storage.current_values.values import of_field
from desktop.storage.database.statements import marks, run, stream
from desktop.storage.dialects import dialect_of
from desktop.storage.readers.one_view import OneView

_LINKING: Final = (
    "k.normal NOT LIKE 'person/%' AND k.normal NOT LIKE '%*%' AND length(k.normal) >= ?"
)
_SHARED: Final = (
    "SELECT k.normal, {cases} FROM key_row k WHERE k.normal {where} GROUP BY k.normal "
    "HAVING count(*) > 1 AND k.normal NOT LIKE '%*%' AND length(k.normal) >= ? ORDER BY k.normal"
)
_BESIDE_PERSONS: Final = ("< 'person/'", ">= 'person0'")
"""What stands in front of the values of persons, which link nothing and are half of all, and behind them."""
_MERGED: Final = (
    "SELECT case_id, lead_id FROM case_card WHERE case_id <> lead_id "
    "AND case_id IN (SELECT case_id FROM case_link UNION SELECT into_id FROM case_link)"
)
_VALUES_OF: Final = (
    "SELECT DISTINCT k.normal FROM case_card c JOIN key_row k ON k.case_id = c.case_id "  # noqa: S608 - own words
    f"WHERE c.lead_id IN ({{marks}}) AND {_LINKING} ORDER BY k.normal"
)
_HOLDERS: Final = (
    "SELECT DISTINCT c.lead_id FROM key_row k JOIN case_card c ON c.case_id = k.case_id "
    "WHERE k.normal = ? LIMIT ?"
)
_PARTS: Final = (
    "SELECT case_id, loss_fen, accepted_at, unit_code FROM case_card WHERE case_id = lead_id"
)
_CASES: Final = (
    "SELECT case_id, number, victim, type, state, loss_fen, accepted_at, unit_code, unit_name "
    "FROM case_card WHERE case_id = lead_id AND case_id IN ({marks})"
)
_AT_ONCE: Final = 500
_STREAMED: Final = 5_000
_SLICE: Final = 200
"""Cases whose narratives are looked for at once, between two occasions to stop; each is long."""
_CARDS: Final = "SELECT count(*) FROM case_card"
_LAST: Final = "SELECT max(case_id) FROM case_card WHERE case_id > ?"
_LAST_OF_SLICE: Final = (
    "SELECT case_id FROM case_card WHERE case_id > ? ORDER BY case_id LIMIT 1 OFFSET ?"
)
_MANY: Final = 20_000
"""Cases from which on reading every card is quicker than looking each up."""
_STORIES: Final = (
    "SELECT c.case_id, {narrative} FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "WHERE c.case_id > ? AND c.case_id <= ? AND {narrative} IS NOT NULL AND c.case_id = c.lead_id "
    "AND c.accepted_at >= ? ORDER BY c.case_id, v.stream, v.seq"
)


class LinkReader(OneView):
    """Queries about what cases share."""

    def shared_values(
        self, shortest: int, progress: Progress = SILENT
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(value, cases) of every value that two or more cases hold, in the order of values."""
        leads: dict[str, str] = {row[0]: row[1] for row in run(self._connection, _MERGED)}
        listed = dialect_of(self._connection).listed("k.case_id")
        questions = (_SHARED.format(cases=listed, where=where) for where in _BESIDE_PERSONS)
        for normal, names in _streamed(
            self._connection, questions, (shortest,), every=_CARDS, progress=progress
        ):
            cases = tuple(sorted(json.loads(names)))
            if not leads.keys().isdisjoint(cases):
                cases = tuple(sorted({leads.get(case, case) for case in cases}))
            if len(cases) > 1:
                yield normal, cases

    def values_shared_with(
        self, cases: Collection[str], shortest: int, most: int
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(value, cases) of the values that any of ``cases`` holds with another one."""
        normals: set[str] = set()
        for chunk in _chunks(cases):
            rows = run(self._connection, _VALUES_OF.format(marks=marks(chunk)), (*chunk, shortest))
            normals.update(rows.scalars())
        found = []
        for normal in sorted(normals):
            holders = run(self._connection, _HOLDERS, (normal, most + 1)).scalars().all()
            if len(holders) > 1:
                found.append((normal, tuple(sorted(holders))))
        return tuple(found)

    def series_parts(
        self, cases: Collection[str], progress: Progress = SILENT
    ) -> Iterator[SeriesPart]:
        """What each of ``cases`` adds to a series. Of many cases the cards are read through once."""
        if len(cases) > _MANY:
            wanted = cases if isinstance(cases, AbstractSet) else frozenset(cases)
            every = _streamed(self._connection, (_PARTS,), every=_CARDS, progress=progress)
            yield from (SeriesPart._make(row) for row in every if row[0] in wanted)
            return
        for chunk in _chunks(cases):
            progress.check()
            rows = run(self._connection, f"{_PARTS} AND case_id IN ({marks(chunk)})", chunk)
            yield from map(SeriesPart._make, rows)

    def series_cases(self, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
        """The lines of these cases, by id."""
        found: list[SeriesCase] = []
        for chunk in _chunks(cases):
            rows = run(self._connection, _CASES.format(marks=marks(chunk)), chunk)
            found += [_case(tuple(row)) for row in rows]
        return tuple(sorted(found, key=lambda item: item.id))

    def stories(self, since: str, progress: Progress = SILENT) -> Iterator[tuple[CaseId, str]]:
        """(case, narrative) of cases accepted since then; of a disputed narrative each text. Cases are asked slice by
        slice, so that there is an occasion to stop even where none of them tells anything."""
        query = _STORIES.format(narrative=of_field(self._connection, "v.fields", "narrative"))
        total = 0 if progress is SILENT else int(run(self._connection, _CARDS).scalar() or 0)
        for done, (after, last) in enumerate(_slices(self._connection)):
            progress.check()
            progress.advance(min(done * _SLICE, total), total)
            for case, content in run(self._connection, query, (after, last, since)).fetchall():
                text = json.loads(content)
                if text and isinstance(text, str):
                    yield CaseId(case), text
        progress.advance(total, total)


def _streamed(
    connection: Connection,
    questions: Iterable[str],
    values: tuple[int | str, ...] = (),
    *,
    every: str,
    progress: Progress,
) -> Iterator[Sequence[Any]]:
    """Up to millions of rows, a few thousand at a time, one question after the other. ``every``: counts the rows of a
    table, of which there are about as many or more."""
    progress.check()
    total, done = 0 if progress is SILENT else int(run(connection, every).scalar() or 0), 0
    for question in questions:
        for part in stream(connection, question, values).partitions(_STREAMED):
            progress.check()
            yield from part
            done += len(part)
            progress.advance(done, max(total, done))
    progress.advance(total, total)


def _chunks(names: Collection[str]) -> Iterator[tuple[str, ...]]:
    listed = tuple(names)
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))


def _case(row: tuple[Any, ...]) -> SeriesCase:
    id_, number, victim, type_, state, loss, accepted, code, name = row
    return SeriesCase(
        CaseId(id_), number, victim, type_, state, loss, from_wire(accepted), code, name
    )


def _slices(connection: Connection) -> Iterator[tuple[str, str]]:
    """(after, last) of stretches of so many cases, in the order of their ids, that hold every case."""
    after = ""
    while True:
        last: str | None = run(connection, _LAST_OF_SLICE, (after, _SLICE - 1)).scalar()
        if last is None:
            break
        yield after, last
        after = last
    rest: str | None = run(connection, _LAST, (after,)).scalar()
    if rest is not None:
        yield after, rest
