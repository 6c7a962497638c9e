"""Tasks that a centre gives, page by page, each with what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.assigned_rows import (
    STATES,
    AssignedPage,
    AssignedQuery,
    AssignedRow,
    AssignedView,
)
from desktop.domain.cases.assigned_task import read_assigned
from desktop.domain.cases.case_holder import holder_from_text
from desktop.domain.cases.task import Task, task_from_fields
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.time.clock import to_wire
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import marks, run, run_among

_ANSWERED: Final = (
    "EXISTS (SELECT 1 FROM task_row r WHERE r.about = 'task/' || t.task_id AND r.case_id = t.case_id "
    "AND r.source >= 'answer.{0}' AND r.source < 'answer.{0}~')"
)
_STATE: Final = (
    f"CASE WHEN {_ANSWERED.format('finished')} THEN 'finished' "
    f"WHEN {_ANSWERED.format('returned')} THEN 'returned' "
    "WHEN t.source LIKE '%.withdrawn' THEN 'withdrawn' WHEN t.done_at <> '' THEN 'finished' "
    f"WHEN {_ANSWERED.format('accepted')} THEN 'accepted' "
    """WHEN c.charge LIKE '%"declined":{%"unit":%' THEN 'returned' """
    "ELSE 'given' END"
)
"""As :func:`desktop.domain.cases.assigned_task.read_assigned` has it."""
_ROWS: Final = (
    "SELECT t.task_id, t.case_id, t.due, t.source, t.made_at, c.number, c.victim, c.unit_code, c.unit_name, "  # noqa: S608 - own names
    f"c.charge, {_STATE} AS state FROM task_row t JOIN case_card c ON c.case_id = t.case_id "
    "WHERE t.source >= 'assigned.' AND t.source < 'assigned/'"
)
_ONE: Final = f"{_ROWS} AND t.task_id = ?"
_LIST: Final = f"SELECT * FROM ({_ROWS}) a WHERE state IN "  # noqa: S608 - own names
_OVERDUE: Final = "(due <= ? OR (made_at <= ? AND (state = 'given' OR ? = 1)))"
_COUNTS: Final = f"SELECT state, count(*), sum(CASE WHEN {_OVERDUE} THEN 1 ELSE 0 END) FROM ({_ROWS}) a GROUP BY state"  # noqa: S608 - own names
_BY_UNIT: Final = f"SELECT unit_code, count(*) FROM ({_ROWS}) a WHERE state IN ('given', 'accepted') GROUP BY unit_code"  # noqa: S608 - own names
_ANSWERS: Final = "SELECT task_id FROM task_row WHERE about AMONG ?"
_BY_DUE: Final = frozenset({AssignedView.OPEN, AssignedView.OVERDUE})


def assigned_row(connection: Connection, task: TaskId) -> AssignedRow | None:
    """One of them; None where it is unknown, or no centre gave it."""
    found = _with_answers(connection, run(connection, _ONE, (task,)).fetchall())
    return found[0] if found else None


def assigned_page(
    connection: Connection, query: AssignedQuery, after: tuple[str, str] | None, limit: int
) -> AssignedPage:
    """The first rows of a part of the list, or those behind a place in it."""
    states = STATES[query.view]
    by, turn, beyond = "due", "", ">"
    if query.view not in _BY_DUE:
        by, turn, beyond = "made_at", " DESC", "<"
    only, given = "", list[str | int](map(str, states))
    for condition, values in (
        (_OVERDUE, _instants(query) if query.view is AssignedView.OVERDUE else ()),
        ("unit_code = ?", (query.unit,) if query.unit else ()),
        ("substr(source, 10) || '.' LIKE ?", (f"{query.kind.value}.%",) if query.kind else ()),
    ):
        if values:
            only, given = f"{only} AND {condition}", [*given, *values]
    if after is not None:
        only, given = f"{only} AND ({by}, task_id) {beyond} (?, ?)", [*given, *after]
    question = f"{_LIST}({marks(states)}){only}"
    order = f" ORDER BY {by}{turn}, task_id{turn} LIMIT {limit + 1}"
    rows = run(connection, question + order, tuple(given)).fetchall()
    shown = rows[:limit]
    place = (shown[-1][2 if by == "due" else 4], shown[-1][0]) if len(rows) > limit else None
    return AssignedPage(_with_answers(connection, shown), place)


def assigned_counts(connection: Connection, query: AssignedQuery) -> Mapping[AssignedView, int]:
    """How many each part of the list has, of every unit and kind."""
    rows = run(connection, _COUNTS, _instants(query)).fetchall()
    by_state = {row[0]: (int(row[1]), int(row[2])) for row in rows}
    return {
        view: sum(
            by_state.get(state.value, (0, 0))[view is AssignedView.OVERDUE] for state in states
        )
        for view, states in STATES.items()
    }


def assigned_by_unit(connection: Connection) -> Mapping[str, int]:
    """Unit code → how many of its tasks are open."""
    return {str(unit): int(count) for unit, count in run(connection, _BY_UNIT).fetchall()}


def _instants(query: AssignedQuery) -> tuple[str | int, ...]:
    return to_wire(query.now), to_wire(query.given_by), int(query.accepted_too)


def _with_answers(connection: Connection, rows: Sequence[Any]) -> tuple[AssignedRow, ...]:
    names = [row[0] for row in rows]
    answers = run_among(connection, _ANSWERS, [f"task/{name}" for name in names])
    found = heads(connection, [f"task/{key}" for key in (*names, *(row[0] for row in answers))])
    tasks = {
        key_of(name): (task_from_fields(key_of(name), fields), str(fields.get("case", "")))
        for name, item in found.items()
        for fields in (shown_fields(item),)
    }
    return tuple(_row(row, tasks) for row in rows)


def _row(row: Sequence[Any], tasks: Mapping[str, tuple[Task, str]]) -> AssignedRow:
    key, case, _due, _source, _made, number, victim, unit, unit_name, held, _state = row
    holder = holder_from_text(held)
    beside = (task for task, of in tasks.values() if of == case)
    one = read_assigned(tasks[key][0], beside, holder.declined if holder else None)
    waits = holder is not None and holder.offer is not None and bool(holder.offer.unit)
    return AssignedRow(one, CaseId(case), number, victim, unit, unit_name, waits)
