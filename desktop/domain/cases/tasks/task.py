"""Tasks of a case: what somebody has to do, by when, and what the program proposes to be done.

A task is a promise of the desk to itself or to the victim, not a clock of the law; those come from the rule pack and
from steps and orders. What the program proposes becomes a task only when an officer takes it on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.ids import TaskId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import LONG_TEXT, MAYBE_TIME
from desktop.domain.records.fields import Fields


class TaskSource(StrEnum):
    """Where a task comes from. A newer program may know more; ``Task.source`` is therefore a text."""

    OWN = ""
    """Written by an officer."""
    PROMISE = "promise"
    """Promised to the victim."""
    MASKED_NUMBER = "masked_number"
    """Have the paying bank print the whole payee account."""
    UNKNOWN_PAYEE = "unknown_payee"
    """Find out where a transfer went."""
    STAMPED_STATEMENT = "stamped_statement"
    """Fetch the bank's statement with its stamp."""
    WALLET_BILL = "wallet_bill"
    """Have the victim export the bill of the wallet."""
    STATEMENT = "statement"
    """Take the victim's statement, which waited for the stop."""


"""Sources the program proposes by itself; the due time of each is the rule ``task.<source>``."""


@dataclass(frozen=True, slots=True)
class Task:
    """The facts of subject ``task/<id>``.

    ``due`` None: no time was set. ``about``: subject the task speaks of, such as ``transfer/<id>``; empty for the case
    as a whole. ``done_at`` None while it is open.
    """

    id: TaskId
    text: str
    due: datetime | None = None
    source: str = TaskSource.OWN
    about: str = ""
    made_at: datetime | None = None
    made_by: str = ""
    done_at: datetime | None = None
    done_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been done by now."""
        return self.open and self.due is not None and self.due <= now

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``task/<id>`` when it is made; ``done_*`` are set when it is done."""
        return {"case": case, **TASK_FIELDS.to_fields(self)}


TASK_FIELDS: Final = FieldTable(
    Task,
    (
        FieldRow("text", LONG_TEXT),
        FieldRow("due", MAYBE_TIME),
        FieldRow("source"),
        FieldRow("about", hidden=True),
        FieldRow("made_at", MAYBE_TIME),
        FieldRow("made_by"),
        FieldRow("done_at", MAYBE_TIME, later=True),
        FieldRow("done_by", later=True),
    ),
)


def task_from_fields(task_id: str, fields: Fields) -> Task:
    """The task behind ``task/<id>``."""
    return TASK_FIELDS.from_fields(fields, id=TaskId(task_id))


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Open ones first, the earliest due first and those without a time after them; then the done, newest first."""
    found = list(tasks)
    still = sorted(
        (task for task in found if task.open),
        key=lambda task: (task.due is None, task.due.timestamp() if task.due else 0.0, task.id),
    )
    done = sorted(
        (task for task in found if not task.open),
        key=lambda task: (-task.done_at.timestamp() if task.done_at else 0.0, task.id),
    )
    return (*still, *done)
