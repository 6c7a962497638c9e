"""When evidence was last read again and compared, and when it is due again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.law.deadlines import Deadline, counted
from desktop.domain.law.rules import RulePack

RULE: Final = "reverify.evidence"
CLOCK: Final = "evidence_check"


@dataclass(frozen=True, slots=True)
class LastRead:
    """``at``: when; ``sound``: whether the content was what it had been."""

    at: datetime
    sound: bool


def check_due(rules: RulePack, item: Evidence, last: LastRead | None) -> Deadline:
    """When this item is to be read again: counted from the last reading, else from when it was taken in."""
    start = last.at if last else item.added_at
    return counted(rules, CLOCK, RULE, start, f"evidence/{item.id}")


def overdue_items(
    rules: RulePack,
    items: Iterable[Evidence],
    last: Mapping[EvidenceId, LastRead],
    now: datetime,
) -> tuple[EvidenceId, ...]:
    """Items whose reading is overdue, in the order given."""
    return tuple(item.id for item in items if check_due(rules, item, last.get(item.id)).at <= now)


def first_due(
    rules: RulePack, items: Iterable[Evidence], last: Mapping[EvidenceId, LastRead]
) -> Deadline | None:
    """The earliest of these clocks, as one for the whole case; None without evidence."""
    dues = [check_due(rules, item, last.get(item.id)) for item in items]
    return min(dues, key=lambda due: (due.at, due.subject), default=None)
