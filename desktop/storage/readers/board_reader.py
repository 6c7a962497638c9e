"""The cards of the board: those of a page, or in one go of every case.

Nobody waits longer in front of a window than for this one: rows are taken apart by place, not asked column by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.views import CarriedCase, CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import holder_from_text
from desktop.domain.ids import CaseId
from desktop.domain.time.clock import from_wire
from desktop.storage.database.statements import run, run_among
from desktop.storage.projections.task_projection import OpenTasks, open_tasks
from desktop.storage.readers.sync_marks import SyncMarks

_COLUMNS: Final = (
    "SELECT case_id, number, visit, state, type, victim, loss_fen, accepted_at, accepted_by, "
    "newest_transfer_at, stop_ends_at, evidence_count, order_count, unanswered_orders, conflicts, returned_fen, "
    "home, charge, at_odds, unconfirmed, unit_name FROM case_card "
)
_ALL: Final = f"{_COLUMNS} WHERE lead_id = case_id ORDER BY accepted_at DESC, case_id DESC"
_THESE: Final = f"{_COLUMNS} WHERE case_id AMONG ?"
_MEMBERS: Final = "SELECT lead_id, case_id FROM case_card WHERE lead_id <> case_id"
_MEMBERS_OF: Final = f"{_MEMBERS} AND lead_id AMONG ?"
_CARRIED: Final = (
    "SELECT DISTINCT l.case_id, l.number, l.victim, l.loss_fen, l.accepted_at FROM case_card c "
    "JOIN case_card l ON l.case_id = c.lead_id WHERE l.lead_id = l.case_id AND c.case_id AMONG ?"
)
_UNSENT: Final = (
    "SELECT case_id, count(*) FROM order_row WHERE waits = 1 AND stream = ? AND seq > ? "
    "GROUP BY case_id"
)
_ORDERED: Final = (
    "SELECT case_id, stream, seq FROM order_row WHERE waits + 0 = 1 AND case_id AMONG ?"
)
_ORDERING: Final = "SELECT DISTINCT stream FROM order_row WHERE waits = 1"
_STATES: Final = {state.value: state for state in CaseState}
_NO_TASKS: Final = OpenTasks()


def every_card(connection: Connection, marks: SyncMarks) -> tuple[CaseCard, ...]:
    """Every case, newest first; reports that were merged are one card."""
    states = marks.case_states()
    tasks = open_tasks(connection)
    unsent = _unsent(connection, marks)
    members = _grouped(run(connection, _MEMBERS))
    return tuple(
        _group_card(row, members.get(row[0], ()), states, tasks, unsent)
        for row in run(connection, _ALL).fetchall()
    )


def cards_of(
    connection: Connection, marks: SyncMarks, cases: Collection[CaseId]
) -> dict[CaseId, CaseCard]:
    """The cards of these cases, in no order; those that are not known here are left out."""
    rows = run_among(connection, _THESE, cases)
    members = _grouped(run_among(connection, _MEMBERS_OF, cases))
    names = [*cases, *(name for some in members.values() for name in some)]
    states = marks.case_states(names)
    tasks = open_tasks(connection, names)
    unsent = _unsent_of(connection, marks, names)
    return {
        row[0]: _group_card(row, members.get(row[0], ()), states, tasks, unsent) for row in rows
    }


def one_card(connection: Connection, marks: SyncMarks, case: CaseId) -> CaseCard | None:
    """The card of a case; None when it is unknown."""
    return cards_of(connection, marks, (case,)).get(case)


def carried_cases(connection: Connection, marks: SyncMarks) -> tuple[CarriedCase, ...]:
    """Cases that are not wholly at the centre, newest first; a merged report stands for the case that leads it."""
    rows = run_among(connection, _CARRIED, marks.cases_under_way())
    found = {
        case: (at, CarriedCase(CaseId(case), number, victim, loss))
        for case, number, victim, loss, at in rows
    }
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
    return tuple(case for _, (_, case) in ordered)


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[str, ...]]:
    """Leading case → those merged into it."""
    found: dict[str, tuple[str, ...]] = {}
    for leading, case in rows:
        found[leading] = (*found.get(leading, ()), case)
    return found


def _unsent(connection: Connection, marks: SyncMarks) -> dict[str, int]:
    """Case → its unanswered orders that have not left the desk that issued them."""
    if marks.is_centre:
        return {}
    found: Counter[str] = Counter()
    for (stream,) in run(connection, _ORDERING).fetchall():
        found.update(dict(run(connection, _UNSENT, (stream, marks.left(stream))).fetchall()))
    return found


def _unsent_of(
    connection: Connection, marks: SyncMarks, cases: Collection[str]
) -> Mapping[str, int]:
    """The same of some cases."""
    if marks.is_centre:
        return {}
    ordered = run_among(connection, _ORDERED, cases)
    return Counter(case for case, stream, seq in ordered if seq > marks.left(stream))


def _group_card(
    row: Sequence[Any],
    members: tuple[str, ...],
    states: Mapping[str, int],
    tasks: Mapping[str, OpenTasks],
    unsent: Mapping[str, int],
) -> CaseCard:
    """The card of a case with those merged into it: as far on its way to the centre as the last of them."""
    if not members:
        case = row[0]
        return _card(row, states.get(case, 0), tasks.get(case, _NO_TASKS), unsent.get(case, 0))
    names = (row[0], *members)
    some = [tasks[name] for name in names if name in tasks]
    dues = [item.due for item in some if item.due]
    missing = min((item.missing for item in some if item.missing), default="")
    sync = min(states.get(name, 0) for name in names)
    if any(states.get(name, 0) for name in names):
        sync = max(sync, 1)
    open_tasks = OpenTasks(
        sum(item.count for item in some),
        min(dues, default=""),
        missing,
        sum(item.assigned for item in some),
    )
    waiting = sum(unsent.get(name, 0) for name in names)
    return replace(_card(row, sync, open_tasks, waiting), merged=len(members))


def _card(row: Sequence[Any], sync: int, tasks: OpenTasks, unsent: int) -> CaseCard:
    (
        case, number, visit, state, type_, victim, loss, accepted_at, accepted_by,
        newest, stop_ends, evidence, orders, unanswered, conflicts, returned, home, holder, mismatches,
        unconfirmed, unit_name,
    ) = row  # fmt: skip
    return CaseCard(
        case, number, visit, _STATES[state], type_, victim, loss, from_wire(accepted_at), accepted_by,
        from_wire(newest) if newest else None, from_wire(stop_ends) if stop_ends else None,
        evidence, orders, unanswered, conflicts, sync, tasks.count, _instant(tasks.due), tasks.missing, returned,
        home=home, holder=holder_from_text(holder) if holder else None, mismatches=mismatches,
        unconfirmed=unconfirmed, unsent_orders=unsent, unit_name=unit_name, assigned_tasks=tasks.assigned,
    )  # fmt: skip


def _instant(value: str) -> datetime | None:
    return from_wire(value) if value else None
