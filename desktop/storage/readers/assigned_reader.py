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
from desktop.domain.cases.case_holder import holder_from_text
from desktop.domain.cases.tasks.assigned_task import AssignedState, read_assigned
from desktop.domain.cases.tasks.task import Task, task_from_fields
from desktop.domain.cases.tasks.task_request import read_request
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.time.clock import to_wire
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import marks, run, run_among


def _has(note: str, state: str, of: str = "t") -> str:
    """Whether a task has a note (``answer``, ``notice``) of that state; ``of``: what its row is called."""
    return (
        f"EXISTS (SELECT 1 FROM task_row r WHERE r.about = 'task/' || {of}.task_id "  # noqa: S608 - own names
        f"AND r.case_id = {of}.case_id "
        f"AND r.source >= '{note}.{state}' AND r.source < '{note}.{state}~')"
    )


_STATE: Final = (
    f"CASE WHEN {_has('answer', 'finished')} THEN 'finished' "
    f"WHEN {_has('answer', 'returned')} THEN 'returned' "
    "WHEN t.source LIKE '%.withdrawn' THEN 'withdrawn' WHEN t.done_at <> '' THEN 'finished' "
    f"WHEN {_has('answer', 'accepted')} THEN 'accepted' "
    """WHEN c.charge LIKE '%"declined":{%"unit":%' THEN 'returned' """
    "ELSE 'given' END"
)
"""As :func:`desktop.domain.cases.tasks.assigned_task.read_assigned` has it."""
_REQUEST_STATE: Final = (
    f"CASE WHEN {_has('notice', 'finished')} THEN 'finished' "
    f"WHEN {_has('notice', 'returned')} THEN 'returned' "
    f"WHEN {_has('notice', 'refused')} THEN 'refused' "
    "WHEN t.done_at <> '' THEN 'withdrawn' "
    f"WHEN {_has('notice', 'accepted')} THEN 'accepted' "
    f"WHEN {_has('notice', 'passed')} THEN 'passed' ELSE 'requested' END"
)
"""As :func:`desktop.domain.cases.tasks.task_request.read_request` has it."""
_REQUESTED: Final = "t.source >= 'request.' AND t.source < 'request/'"
_ROWS: Final = (
    "SELECT t.task_id, t.case_id, t.due, t.source, t.made_at, c.number, c.victim, c.unit_code, c.unit_name, "  # noqa: S608 - own names
    f"c.charge, CASE WHEN {_REQUESTED} THEN {_REQUEST_STATE} ELSE {_STATE} END AS state, "
    f"CASE WHEN {_REQUESTED} THEN 1 ELSE 0 END AS request "
    "FROM task_row t JOIN case_card c ON c.case_id = t.case_id "
    f"WHERE ((t.source >= 'assigned.' AND t.source < 'assigned/') OR ({_REQUESTED}))"
)
_BY_CENTRE: Final = "(request = 0 OR state = 'requested')"
_ENDED: Final = ("finished", "returned")
_OVER: Final = " OR ".join(_has("answer", state) for state in _ENDED)
_OVER_NOTICED: Final = " OR ".join(_has("notice", state, "q") for state in _ENDED)
_PASSED_ON: Final = (
    "SELECT q.task_id, t.task_id FROM task_row q JOIN task_row t ON t.about = 'task/' || q.task_id "  # noqa: S608 - own names
    "WHERE q.source >= 'request.' AND q.source < 'request/' AND t.source >= 'assigned.' AND t.source < 'assigned/' "
    f"AND (q.done_at = '' OR t.done_at = '' OR (({_OVER}) AND NOT ({_OVER_NOTICED}))) ORDER BY q.task_id"
)
_ONE: Final = f"{_ROWS} AND t.task_id = ?"
_LIST: Final = f"SELECT * FROM ({_ROWS}) a WHERE state IN "  # noqa: S608 - own names
_OVERDUE: Final = "(due <= ? OR (made_at <= ? AND (state IN ('given', 'requested') OR ? = 1)))"
_COUNTS: Final = (
    f"SELECT state, count(*), sum(CASE WHEN {_OVERDUE} THEN 1 ELSE 0 END) "  # noqa: S608 - own names
    f"FROM ({_ROWS}) a WHERE {_BY_CENTRE} GROUP BY state"
)
_BY_UNIT: Final = (
    f"SELECT unit_code, count(*) "  # noqa: S608 - own names
    f"FROM ({_ROWS}) a WHERE state IN ('given', 'accepted') AND request = 0 GROUP BY unit_code"
)
_ANSWERS: Final = "SELECT task_id FROM task_row WHERE about AMONG ?"
_FILES: Final = (
    "SELECT case_id, count(*) FROM evidence_row e WHERE EXISTS (SELECT 1 FROM value v "
    "WHERE v.subject = 'evidence/' || e.evidence_id AND v.stream LIKE '%.%') AND case_id AMONG ? GROUP BY case_id"
)
"""Only a centre writes streams with a unit in their name."""
_WAITING_FIRST: Final = "(CASE WHEN state = 'requested' THEN '1' ELSE '0' END || made_at)"
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
    if query.view is AssignedView.REQUESTS:
        by = _WAITING_FIRST
    of = "request = 1" if query.view is AssignedView.REQUESTS else _BY_CENTRE
    only, given = f" AND {of}", list[str | int](map(str, states))
    for condition, values in (
        (_OVERDUE, _instants(query) if query.view is AssignedView.OVERDUE else ()),
        ("unit_code = ?", (query.unit,) if query.unit else ()),
        ("'.' || source || '.' LIKE ?", (f"%.{query.kind.value}.%",) if query.kind else ()),
    ):
        if values:
            only, given = f"{only} AND {condition}", [*given, *values]
    if after is not None:
        only, given = f"{only} AND ({by}, task_id) {beyond} (?, ?)", [*given, *after]
    question = f"{_LIST}({marks(states)}){only}"
    order = f" ORDER BY {by}{turn}, task_id{turn} LIMIT {limit + 1}"
    rows = run(connection, question + order, tuple(given)).fetchall()
    shown = rows[:limit]
    place = (_place(query.view, shown[-1]), shown[-1][0]) if len(rows) > limit else None
    return AssignedPage(_with_answers(connection, shown), place)


def assigned_counts(connection: Connection, query: AssignedQuery) -> Mapping[AssignedView, int]:
    """How many each part of the list has, of every unit and kind; of requests those that nobody decided about."""
    rows = run(connection, _COUNTS, _instants(query)).fetchall()
    by_state = {row[0]: (int(row[1]), int(row[2])) for row in rows}
    counts = {
        view: sum(
            by_state.get(state.value, (0, 0))[view is AssignedView.OVERDUE] for state in states
        )
        for view, states in STATES.items()
    }
    waiting = by_state.get(AssignedState.REQUESTED.value, (0, 0))[0]
    return {**counts, AssignedView.REQUESTS: waiting}


def passed_on_tasks(connection: Connection) -> tuple[tuple[AssignedRow, AssignedRow], ...]:
    """Each request that was passed on with the task that came of it, while one of both is open or who asked has not
    heard how it ended."""
    pairs = [(str(one), str(other)) for one, other in run(connection, _PASSED_ON).fetchall()]
    names = {name for pair in pairs for name in pair}
    found = run_among(connection, f"{_ROWS} AND t.task_id AMONG ?", sorted(names))
    rows = {row.one.task.id: row for row in _with_answers(connection, list(found))}
    return tuple(
        (rows[TaskId(one)], rows[TaskId(other)])
        for one, other in pairs
        if TaskId(one) in rows and TaskId(other) in rows
    )


def assigned_by_unit(connection: Connection) -> Mapping[str, int]:
    """Unit code → how many of its tasks are open."""
    return {str(unit): int(count) for unit, count in run(connection, _BY_UNIT).fetchall()}


def _place(view: AssignedView, row: Sequence[Any]) -> str:
    """By what a row stands where it does."""
    if view in _BY_DUE:
        return str(row[2])
    waits = "1" if row[10] == AssignedState.REQUESTED.value else "0"
    return f"{waits}{row[4]}" if view is AssignedView.REQUESTS else str(row[4])


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
    cases = sorted({row[1] for row in rows})
    files = {str(case): int(count) for case, count in run_among(connection, _FILES, cases)}
    return tuple(_row(row, tasks, files) for row in rows)


def _row(
    row: Sequence[Any], tasks: Mapping[str, tuple[Task, str]], files: Mapping[str, int]
) -> AssignedRow:
    key, case, _due, _source, _made, number, victim, unit, unit_name, held, _state, request = row
    holder = holder_from_text(held)
    beside = (task for task, of in tasks.values() if of == case)
    if request:
        one = read_request(tasks[key][0], beside)
    else:
        one = read_assigned(tasks[key][0], beside, holder.declined if holder else None)
    waits = holder is not None and holder.offer is not None and bool(holder.offer.unit)
    return AssignedRow(
        one, CaseId(case), number, victim, unit, unit_name, waits, files.get(case, 0)
    )
