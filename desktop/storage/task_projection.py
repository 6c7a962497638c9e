"""Tasks as rows: what is open in each case, and when the first of it is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.fields import text
from desktop.storage.values import Heads, shown_fields

_ROW: Final = "INSERT OR REPLACE INTO task_row (task_id, case_id, due, done_at) VALUES (?, ?, ?, ?)"
_OPEN: Final = (
    "SELECT case_id, count(*), min(nullif(due, '')) FROM task_row WHERE done_at = '' "
    "AND (?1 = '' OR case_id = ?1) GROUP BY case_id"
)


def project_tasks(connection: Connection, tasks: Mapping[str, Heads]) -> None:
    """Write the rows of these subjects anew. A tick that arrived before its task waits for it."""
    rows = []
    for name, subject_heads in sorted(tasks.items()):
        fields = shown_fields(subject_heads)
        case = text(fields, "case")
        if case:
            key = name.partition("/")[2]
            rows.append((key, case, text(fields, "due"), text(fields, "done_at")))
    if rows:
        connection.exec_driver_sql(_ROW, rows)


def open_tasks(connection: Connection, case: str = "") -> dict[str, tuple[int, str]]:
    """Case → how many tasks are open and when the first is due ("" without a time); of one case, or of all."""
    rows = connection.exec_driver_sql(_OPEN, (case,))
    return {row[0]: (int(row[1]), row[2] or "") for row in rows}
