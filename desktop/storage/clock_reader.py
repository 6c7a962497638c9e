"""What the clocks of all cases are counted from, by a handful of queries however many cases there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case import CaseState, Visit
from desktop.domain.case_clocks import ClockFacts
from desktop.domain.clock import from_wire
from desktop.domain.fields import text
from desktop.domain.ids import CaseId
from desktop.domain.step import Step, step_from_fields
from desktop.domain.task import TaskSource
from desktop.domain.transfer import Transfer, transfer_from_fields
from desktop.domain.views import OrderView
from desktop.storage.subjects import key_of
from desktop.storage.values import Heads, heads, shown_fields

_CARDS: Final = (
    "SELECT case_id, number, victim, visit, state, accepted_at, loss_fen FROM case_card "
    "WHERE lead_id = case_id ORDER BY accepted_at, case_id"
)
_LEADS: Final = "SELECT case_id, lead_id FROM case_card WHERE lead_id <> case_id"
_PARTS: Final = (
    "SELECT s.subject, c.lead_id FROM subject s JOIN case_card c ON c.case_id = s.case_id "
    "WHERE s.kind = ? AND (?2 = 0 OR c.state IN ('new', 'stopping'))"
)
_REGISTERED: Final = (
    "SELECT DISTINCT c.case_id FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "AND v.field = 'official.incident' WHERE v.value <> '\"\"'"
)
_ASKED: Final = "SELECT 'task/' || t.task_id, c.lead_id FROM task_row t JOIN case_card c ON c.case_id = t.case_id"


def clock_facts(connection: Connection, orders: Iterable[OrderView]) -> tuple[ClockFacts, ...]:
    """Of every case, oldest first; reports that were merged count as one, by the case that leads. Transfers only of
    those whose money may still move."""
    told = order_facts(connection, orders, every=True)
    transfers = _transfers(connection)
    asked = _asked(connection)
    registered = set(connection.exec_driver_sql(_REGISTERED).scalars())
    return tuple(
        replace(
            facts,
            registered=facts.case in registered,
            transfers=tuple(transfers[facts.case]),
            asked=frozenset(asked[facts.case]),
        )
        for facts in told
    )


def order_facts(
    connection: Connection, orders: Iterable[OrderView], *, every: bool = False
) -> tuple[ClockFacts, ...]:
    """What the clocks of orders alone are counted from: of cases with orders, or of ``every`` case."""
    by_case: defaultdict[str, list[OrderView]] = defaultdict(list)
    lead = {row[0]: row[1] for row in connection.exec_driver_sql(_LEADS)}
    for view in orders:
        by_case[lead.get(view.case, view.case)].append(view)
    steps = _steps(connection)
    return tuple(
        ClockFacts(
            CaseId(row.case_id), row.number, row.victim, Visit(row.visit), CaseState(row.state),
            from_wire(row.accepted_at), registered=False, orders=tuple(by_case[row.case_id]),
            steps=tuple(steps[row.case_id]), lost_fen=row.loss_fen,
        )
        for row in connection.exec_driver_sql(_CARDS)
        if every or row.case_id in by_case
    )  # fmt: skip


def _parts(connection: Connection, kind: str, *, hunted: bool) -> list[tuple[str, str, Heads]]:
    """(case, key, values) of every part of a kind; ``hunted``: only of cases whose money is still hunted."""
    owner: dict[str, Any] = {
        row[0]: row[1] for row in connection.exec_driver_sql(_PARTS, (kind, int(hunted)))
    }
    found = heads(connection, owner)
    return [(owner[name], key_of(name), values) for name, values in found.items()]


def _steps(connection: Connection) -> defaultdict[str, list[Step]]:
    found: defaultdict[str, list[Step]] = defaultdict(list)
    for case, key, values in _parts(connection, "step", hunted=False):
        step = step_from_fields(key, shown_fields(values))
        if step is not None:
            found[case].append(step)
    return found


def _transfers(connection: Connection) -> defaultdict[str, list[Transfer]]:
    found: defaultdict[str, list[Transfer]] = defaultdict(list)
    for case, key, values in _parts(connection, "transfer", hunted=True):
        found[case].append(transfer_from_fields(key, shown_fields(values)))
    for several in found.values():
        several.sort(key=lambda item: (item.position, item.id))
    return found


def _asked(connection: Connection) -> defaultdict[str, set[str]]:
    owner = {row[0]: row[1] for row in connection.exec_driver_sql(_ASKED)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, values in heads(connection, owner).items():
        fields = shown_fields(values, ("source", "about"))
        if text(fields, "source") == TaskSource.MASKED_NUMBER:
            found[owner[name]].add(text(fields, "about"))
    return found
