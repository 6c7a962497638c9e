"""Reading cases: the board, one case whole, its history, search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import literal_column, select
from sqlalchemy.engine import Connection

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.case_file.merge import CaseGroup
from desktop.domain.case_file.views import (
    CarriedCase,
    CaseCard,
    CaseFile,
    CaseHits,
    Conflict,
    Contested,
    HistoryRow,
    HitCount,
    SameAccount,
)
from desktop.domain.cases.case import CaseState, case_from_fields, identifier_from_fields
from desktop.domain.cases.case_holder import holder_from_fields
from desktop.domain.cases.payments.transfer import transfer_from_fields, with_ways
from desktop.domain.cases.people.person import PERSON, ties_of
from desktop.domain.cases.read_aloud import ReadAloud, read_aloud_from_fields
from desktop.domain.cases.step import ProcedureStep, step_from_fields
from desktop.domain.cases.supplement import Supplement, supplement_from_fields
from desktop.domain.cases.taken_out import FIELD, is_contested
from desktop.domain.cases.tasks.assigned_task import assigned_among, is_answer
from desktop.domain.cases.tasks.task import Task, in_order, task_from_fields
from desktop.domain.cases.tasks.task_request import requests_among
from desktop.domain.evidence.custody import custody_of, seals_of
from desktop.domain.evidence.item import Evidence, evidence_from_fields
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.installation.profile import device_of
from desktop.domain.papers.paper import Paper
from desktop.domain.records.fields import Fields, text
from desktop.domain.records.numbers import serial_in
from desktop.domain.series.series import lead_key, link_key
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.entry import Entry, read_line
from desktop.journal.merge import Value, differ, order_of
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import askable, heads, shown_fields, words_of
from desktop.storage.database.statements import IN_EFFECT, run, run_among
from desktop.storage.dialects import dialect_of
from desktop.storage.projections.case_groups import group_of
from desktop.storage.projections.case_projection import home_of
from desktop.storage.projections.item_projection import is_disputable
from desktop.storage.projections.paper_projection import papers_of
from desktop.storage.projections.refresh_projections import case_parts
from desktop.storage.readers.board_reader import carried_cases, one_card
from desktop.storage.readers.order_reader import OrderReader
from desktop.storage.readers.search_reader import count_found, find
from desktop.storage.tables import case_card, entry, key_row

_OBJECTED: Final = (
    "SELECT DISTINCT substr(subject, 6) FROM value WHERE fields LIKE '%\"answer.objection.%'"
)
"""Of ``case/`` and its id. The index on them is taken for this very condition."""
_LAST_NUMBER: Final = "SELECT max(number) FROM case_card WHERE number >= ? AND number <= ?"
_NUMBERS: Final = "SELECT number FROM case_card WHERE number >= ? AND number <= ?"


def conflicts_of(
    connection: Connection, parts: Mapping[str, Mapping[str, Heads]]
) -> list[Conflict]:
    """Of the parts of a case, kind by kind, in the order of their names."""
    return [
        Conflict(name, field, _contested(connection, values))
        for kind, subjects in parts.items()
        for name, heads in subjects.items()
        for field, values in sorted(heads.items())
        if _is_conflict(kind, field, values)
    ]


def _is_conflict(kind: str, field: str, values: Sequence[Value]) -> bool:
    contents = [item.value for item in values]
    if len(values) < 2 or (field == FIELD and not is_contested(contents)):
        return False
    return is_disputable(kind, field) and differ(contents)


def _contested(connection: Connection, values: Sequence[Value]) -> tuple[Contested, ...]:
    """The one that is shown first."""
    ordered = sorted(values, key=order_of, reverse=True)
    return tuple(_written(connection, item) for item in ordered)


def _written(connection: Connection, item: Value) -> Contested:
    row = connection.execute(
        select(entry.c.officer, entry.c.wall).where(
            entry.c.stream == item.stream, entry.c.seq == item.seq
        )
    ).one()
    return Contested(words_of(item.value), row.officer, row.wall, device_of(item.stream))


_HISTORY: Final = (
    "SELECT e.line FROM subject s JOIN entry e ON e.subject = s.subject "  # noqa: S608 - own names
    f"WHERE s.case_id AMONG ? AND {IN_EFFECT} ORDER BY e.lamport, e.stream, e.seq"
)


_MADE: Final = (
    "SELECT case_id FROM case_card WHERE home = ? AND lead_id = case_id AND state <> ? "
    "ORDER BY accepted_at DESC LIMIT ?"
)
_OF_VISIT: Final = (
    "SELECT case_id FROM case_card WHERE visit = ? AND lead_id = case_id AND accepted_at >= ? "
    "AND accepted_at < ? ORDER BY case_id"
)
_CALLS: Final = (
    "SELECT case_id, count(*) FROM task_row WHERE source = 'call_again' AND case_id AMONG ? "
    "GROUP BY case_id"
)
_LAST_TIME: Final = "9"
"""After every time there is, as text."""
_AT_ONCE: Final = 500
_EVERY_UNIT: Final = "SELECT unit_code, count(*) FROM case_card GROUP BY unit_code"
_IN_HAND: Final = (
    "SELECT unit_code, count(*) FROM case_card WHERE lead_id = case_id AND state <> ? "
    "GROUP BY unit_code"
)
_LAST_OF_FOUR: Final = 9999
_MOST_MADE: Final = 200
_MOST: Final = 50
"""Rows of other cases that anybody looks through."""


class CaseReader(OrderReader):
    """Queries about cases."""

    def objected_cases(self) -> frozenset[CaseId]:
        return frozenset(CaseId(row[0]) for row in run(self._connection, _OBJECTED))

    def cases_under_way(self) -> tuple[CarriedCase, ...]:
        """Cases that are not wholly at the centre, newest first."""
        return carried_cases(self._connection, self._marks)

    def case_card(self, case: CaseId) -> CaseCard | None:
        """One card."""
        return one_card(self._connection, self._marks, case)

    def made_cases(self, device: DeviceId) -> tuple[CaseCard, ...]:
        """The newest open cases that a device made."""
        asked = device, CaseState.CLOSED.value, _MOST_MADE
        cases = run(self._connection, _MADE, asked).scalars().all()
        cards = (self.case_card(CaseId(case)) for case in cases)
        return tuple(card for card in cards if card is not None)

    def answers_of_visits(
        self, visit: str, since: datetime | None, before: datetime | None
    ) -> Iterator[tuple[Mapping[str, str], int]]:
        """The answers of every visit of a kind that was taken in a time, with how many next calls were set;
        of merged ones those of the first."""
        span = to_wire(since) if since else "", to_wire(before) if before else _LAST_TIME
        cases = run(self._connection, _OF_VISIT, (visit, *span)).scalars().all()
        subjects = [f"case/{case}" for case in cases]
        for start in range(0, len(subjects), _AT_ONCE):
            some = subjects[start : start + _AT_ONCE]
            calls = dict(run_among(self._connection, _CALLS, [key_of(name) for name in some]))
            for name, values in heads(self._connection, some).items():
                answers = case_from_fields("", shown_fields(values)).answers
                yield dict(answers), int(calls.get(key_of(name), 0))

    def case_counts(self, *, open_only: bool = False) -> Mapping[str, int]:
        """Unit code → how many cases it has."""
        asked = (_IN_HAND, (CaseState.CLOSED.value,)) if open_only else (_EVERY_UNIT, ())
        rows = run(self._connection, *asked).fetchall()
        return {str(unit): int(count) for unit, count in rows}

    def case_group(self, case: CaseId) -> CaseGroup:
        """The group a case is shown in."""
        return group_of(self._connection, case)

    def case_by_number(self, number: str) -> CaseId | None:
        """The case with this number, or with this id."""
        number = askable(number)
        found = self._connection.execute(
            select(case_card.c.case_id).where(
                (case_card.c.number == number) | (case_card.c.case_id == number)
            )
        ).scalar()
        return CaseId(found) if found else None

    def case_file(self, case: CaseId) -> CaseFile | None:
        """A case with all that hangs on it."""
        parts = case_parts(self._connection, case)
        own = parts["case"].get(f"case/{case}")
        if own is None or not text(shown_fields(own), "accepted_at"):
            return None
        transfers = [
            transfer_from_fields(key_of(name), shown_fields(item))
            for name, item in parts["transfer"].items()
        ]
        facts = case_from_fields(case, shown_fields(own))
        paid = with_ways(transfers, facts.ways)
        tasks, holder = _tasks(parts), holder_from_fields(shown_fields(own))
        return CaseFile(
            case=facts,
            transfers=tuple(sorted(paid, key=lambda item: (item.position, item.id))),
            identifiers=tuple(
                identifier_from_fields(key_of(name), shown_fields(item))
                for name, item in parts["identifier"].items()
            ),
            evidence=_evidence(parts),
            orders=self.orders_of(case),
            conflicts=tuple(conflicts_of(self._connection, parts)),
            steps=_steps(parts),
            tasks=tuple(task for task in tasks if task.text and not is_answer(task)),
            assigned=(
                *assigned_among(tasks, holder.declined if holder else None),
                *requests_among(tasks),
            ),
            supplements=_supplements(parts),
            papers=papers_of(parts["paper"]),
            readings=_readings(parts),
            seals=seals_of(_by_id(parts["seal"])),
            custody=custody_of(_by_id(parts["custody"])),
            home=home_of(own),
            recorded_holder=holder,
            people=ties_of(_by_id(parts[PERSON])),
        )

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """The items of a case, registered or not, with those of the cases merged into it."""
        found = [
            item
            for name in self._shown_on(case)
            for item in _evidence(case_parts(self._connection, name))
        ]
        return tuple(sorted(found, key=lambda item: (item.added_at, item.id)))

    def papers(self, case: CaseId) -> tuple[Paper, ...]:
        """The papers of a case, with those of the cases merged into it."""
        shown = self._shown_on(case)
        parts = (case_parts(self._connection, name)["paper"] for name in shown)
        return tuple(paper for papers in parts for paper in papers_of(papers))

    def _shown_on(self, case: CaseId) -> tuple[CaseId, ...]:
        """The case, and those merged into it."""
        group = self.case_group(case)
        return (case, *group.members) if group.lead == case else (case,)

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """Every entry about the case and its parts, in the journal's order."""
        rows = run_among(self._connection, _HISTORY, self._shown_on(case))
        return tuple(_history(read_line(bytes(line))) for (line,) in rows)

    def case_words(self, case: CaseId) -> tuple[Entry, ...]:
        """What was said of a case and its parts, the oldest first."""
        lines = run_among(self._connection, _HISTORY, (case,))
        return tuple(read_line(bytes(line)) for (line,) in lines)

    def search(self, wanted: str, limit: int, only: CaseFilter = ANY_CASE) -> CaseHits:
        """Cases that contain every word of ``wanted``."""
        return find(self._connection, wanted, limit, only)

    def count_found(self, wanted: str, only: CaseFilter = ANY_CASE) -> HitCount:
        """How many they are."""
        return count_found(self._connection, wanted, only)

    def same_account(
        self, normal: str, but: CaseId, limit: int | None = None
    ) -> tuple[SameAccount, ...]:
        """Other cases that hold the same account, order number or identifier; the same event is no other case."""
        group = self.case_group(but)
        rows = self._connection.execute(
            select(case_card)
            .join(key_row, key_row.c.case_id == case_card.c.case_id)
            .where(key_row.c.normal.in_((link_key(normal), lead_key(normal))))
            .where(case_card.c.case_id.not_in((but, group.lead, *group.members)))
            .order_by(case_card.c.accepted_at.desc())
            .limit(limit)
        )
        return tuple(map(_same, rows))

    def same_person(
        self, keys: Sequence[str], but: CaseId
    ) -> tuple[tuple[CaseCard, tuple[str, ...]], ...]:
        """Cases that hold any of the keys, each with those it holds, the newest first; the same event is no other
        case."""
        group = self.case_group(but)
        rows = self._connection.execute(
            select(key_row.c.case_id, key_row.c.normal)
            .join(case_card, key_row.c.case_id == case_card.c.case_id)
            .where(key_row.c.normal.in_(keys))
            .where(case_card.c.case_id.not_in((but, group.lead, *group.members)))
            .order_by(case_card.c.accepted_at.desc())
            .limit(_MOST)
        )
        shared: dict[str, list[str]] = {}
        for row in rows:
            shared.setdefault(row.case_id, []).append(row.normal)
        cards = ((self.case_card(CaseId(case)), tuple(found)) for case, found in shared.items())
        return tuple((card, found) for card, found in cards if card is not None)

    def numbers_between(self, prefix: str, suffix: str) -> tuple[tuple[str, SameAccount], ...]:
        """Keys of digits that begin with ``prefix`` and end with ``suffix``, with their newest cases."""
        number = key_row.c.normal
        digits = dialect_of(self._connection).only_digits("key_row.normal")
        rows = self._connection.execute(
            select(number.label("key"), case_card)
            .join(key_row, key_row.c.case_id == case_card.c.case_id)
            .where(number >= prefix, number <= f"{prefix}:")  # the sign after 9
            .where(number.like(f"%{suffix}"), literal_column(digits))
            .order_by(case_card.c.accepted_at.desc())
            .limit(_MOST)
        )
        return tuple((row.key, _same(row)) for row in rows)

    def case_serial_after(self, prefix: str) -> int:
        """One more than the greatest serial of local case numbers that start with ``prefix``; what stands behind it
        in another device's numbers may be anything."""
        ours = (prefix, prefix + "\x7f")
        last = run(self._connection, _LAST_NUMBER, ours).scalar() or ""
        usual = serial_in(last.removeprefix(prefix))
        # Of serials of more digits the greatest text does not tell.
        if 0 < usual < _LAST_OF_FOUR and last == f"{prefix}{usual:04d}":
            return usual + 1
        given = set(run(self._connection, _NUMBERS, ours).scalars())
        serial = 1 + max(
            (serial_in(case_number.removeprefix(prefix)) for case_number in given), default=0
        )
        while f"{prefix}{serial:04d}" in given:  # longer than what counts as a serial
            serial += 1
        return serial


def _steps(parts: dict[str, dict[str, Heads]]) -> tuple[ProcedureStep, ...]:
    found = (
        step_from_fields(key_of(name), shown_fields(item)) for name, item in parts["step"].items()
    )
    known = (step for step in found if step is not None)
    return tuple(sorted(known, key=lambda step: (step.at, step.id)))


def _by_id(subjects: Mapping[str, Heads]) -> dict[str, Fields]:
    """Id → what is shown of each subject."""
    return {key_of(name): shown_fields(item) for name, item in subjects.items()}


def _readings(parts: dict[str, dict[str, Heads]]) -> tuple[ReadAloud, ...]:
    found = (
        read_aloud_from_fields(key_of(name), shown_fields(item))
        for name, item in parts["read_aloud"].items()
    )
    return tuple(sorted((item for item in found if item), key=lambda item: (item.at, item.id)))


def _supplements(parts: dict[str, dict[str, Heads]]) -> tuple[Supplement, ...]:
    found = (
        supplement_from_fields(key_of(name), shown_fields(item))
        for name, item in parts["supplement"].items()
    )
    known = (item for item in found if item is not None)
    return tuple(sorted(known, key=lambda item: (item.made_at, item.id)))


def _tasks(parts: dict[str, dict[str, Heads]]) -> tuple[Task, ...]:
    shown = {name: shown_fields(item) for name, item in parts["task"].items()}
    return in_order(
        task_from_fields(key_of(name), fields)
        for name, fields in shown.items()
        if text(fields, "case")
    )


def _evidence(parts: dict[str, dict[str, Heads]]) -> tuple[Evidence, ...]:
    shown = {name: shown_fields(item) for name, item in parts["evidence"].items()}
    items = [
        evidence_from_fields(key_of(name), fields)
        for name, fields in shown.items()
        if text(fields, "added_at")
    ]
    return tuple(sorted(items, key=lambda item: (item.added_at, item.id)))


def _history(item: Entry) -> HistoryRow:
    return HistoryRow(
        from_wire(item.wall),
        item.officer,
        item.kind,
        item.subject,
        tuple((name, words_of(content)) for name, content in sorted(item.fields.items())),
        item.stream,
        item.seq,
    )


def _same(row: Any) -> SameAccount:
    return SameAccount(
        CaseId(row.case_id), row.number, row.type, row.unit_name, from_wire(row.accepted_at),
        row.loss_fen,
    )  # fmt: skip
