"""Tasks as rows: what is open in each case, and when the first of it is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.views import TaskView
from desktop.domain.cases.tasks.task import in_order, task_from_fields
from desktop.domain.ids import CaseId
from desktop.domain.records.fields import text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.storage.columns import fitting
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import run, run_among

_ROW: Final = (
    "INSERT INTO task_row (task_id, case_id, due, done_at, source, about, made_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (task_id) DO UPDATE SET case_id = excluded.case_id, due = excluded.due, "
    "done_at = excluded.done_at, source = excluded.source, about = excluded.about, made_at = excluded.made_at"
)
_OPEN: Final = (
    "SELECT case_id, count(*), min(nullif(due, '')), min(CASE WHEN source IN "
    "('stamped_statement', 'statement', 'wallet_bill') THEN source END), "
    "sum(CASE WHEN source >= 'assigned.' AND source < 'assigned/' THEN 1 ELSE 0 END) FROM task_row WHERE done_at = ''"
)
_OPEN_OF_EVERY: Final = f"{_OPEN} GROUP BY case_id"
_OPEN_OF_SOME: Final = f"{_OPEN} AND case_id AMONG ? GROUP BY case_id"


def project_tasks(connection: Connection, tasks: Mapping[str, Heads]) -> None:
    """Write the rows of these subjects anew. A tick that arrived before its task waits for it."""
    rows = []
    for name, subject_heads in sorted(tasks.items()):
        fields = shown_fields(subject_heads)
        case = text(fields, "case")
        if case:
            task = task_from_fields(key_of(name), fields)
            times = (_spelled(task.due), _spelled(task.done_at))
            words = (fitting(task.source), fitting(task.about))
            rows.append((task.id, case, *times, *words, _spelled(task.made_at)))
    if rows:
        run(connection, _ROW, rows)


def _spelled(at: datetime | None) -> str:
    """As this program spells it, whichever zone and digits an entry has: rows are compared as texts."""
    return to_wire(at) if at is not None else ""


_DUES: Final = "SELECT due FROM task_row WHERE done_at = '' AND due <> '' ORDER BY due"
_EVERY: Final = (
    "SELECT t.task_id, t.case_id, c.number, c.victim FROM task_row t JOIN case_card c "
    "ON c.case_id = t.case_id WHERE t.done_at = ''"
)
_BETWEEN: Final = f"{_EVERY} AND t.due > ? AND t.due <= ?"


def task_dues(connection: Connection) -> tuple[datetime, ...]:
    """When open tasks are due, earliest first; those without a time are left out."""
    return tuple(from_wire(due) for due in run(connection, _DUES).scalars())


def every_open_task(connection: Connection) -> tuple[TaskView, ...]:
    """Open tasks of all cases, the first due first."""
    return _views(connection, run(connection, _EVERY).fetchall())


def tasks_due(connection: Connection, after: datetime, until: datetime) -> tuple[TaskView, ...]:
    """Open tasks of all cases that are due after an instant and up to another, the first due first."""
    given = (to_wire(after), to_wire(until))
    return _views(connection, run(connection, _BETWEEN, given).fetchall())


def _views(connection: Connection, known: Sequence[Any]) -> tuple[TaskView, ...]:
    rows = {row[0]: row for row in known}
    found = heads(connection, [f"task/{key}" for key in rows])
    tasks = in_order(
        task_from_fields(key_of(name), shown_fields(item)) for name, item in found.items()
    )
    return tuple(
        TaskView(task, CaseId(rows[task.id][1]), rows[task.id][2], rows[task.id][3])
        for task in tasks
        if task.open
    )


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """``due``: when the first is due, "" without a time; ``missing``: the source of a paper that is still to be
    fetched, "" where none is; ``assigned``: those that a centre gave."""

    count: int = 0
    due: str = ""
    missing: str = ""
    assigned: int = 0


def open_tasks(
    connection: Connection, cases: Collection[str] | None = None
) -> dict[str, OpenTasks]:
    """Case → its open tasks; of some, or of all."""
    if cases is None:
        rows = run(connection, _OPEN_OF_EVERY).fetchall()
    else:
        rows = list(run_among(connection, _OPEN_OF_SOME, cases))
    return {row[0]: OpenTasks(int(row[1]), row[2] or "", row[3] or "", int(row[4])) for row in rows}
