"""Projections: rows computed from current values, one function a table, pure in the set of entries.

``refresh`` is called after entries were merged; it finds the cases touched and writes their rows anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from desktop.domain.case import case_from_fields, identifier_from_fields
from desktop.domain.clock import to_wire
from desktop.domain.fields import Json, number, text
from desktop.domain.order import Order, OrderKind, OrderState, order_from_fields
from desktop.domain.order_machine import state_of
from desktop.domain.order_totals import held_by_target, stop_ends
from desktop.domain.transfer import transfer_from_fields
from desktop.journal.canonical import canonical
from desktop.journal.entry import Entry
from desktop.journal.merge import order_of
from desktop.storage import search
from desktop.storage.item_projection import ITEMS, project_items
from desktop.storage.tables import (
    case_card,
    order_row,
)
from desktop.storage.values import Heads, heads, shown_fields

CASE_PARTS = ("case", "transfer", "identifier", "evidence", "order", "step", "task", "paper")
_MOST_FEN = 2**53 - 1
_KINDS = frozenset(OrderKind)

_SPAN = (
    "INSERT INTO case_span (case_id, stream, first, last) VALUES (?, ?, ?, ?) ON CONFLICT (case_id, stream) "
    "DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)"
)
_SPANS_ANEW = (
    "INSERT INTO case_span (case_id, stream, first, last) SELECT s.case_id, e.stream, min(e.seq), max(e.seq) "
    "FROM subject s JOIN entry e ON e.subject = s.subject WHERE s.case_id = ? GROUP BY e.stream"
)
_STOOD = "SELECT subject, case_id FROM subject WHERE subject IN ({marks})"
_TOLD = "SELECT subject, count(*) FROM entry WHERE subject IN ({marks}) GROUP BY subject"
_AT_ONCE = 500
_SUBJECT = "INSERT OR REPLACE INTO subject (subject, kind, case_id) VALUES (?, ?, ?)"


def kind_of(subject_id: str) -> str:
    """``transfer`` of ``transfer/0192…``."""
    return subject_id.partition("/")[0]


def key_of(subject_id: str) -> str:
    """``0192…`` of ``transfer/0192…``."""
    return subject_id.partition("/")[2]


def _case_of(subject_id: str, subject_heads: Heads) -> str:
    if kind_of(subject_id) == "case":
        return key_of(subject_id)
    return text(shown_fields(subject_heads, ("case",)), "case")


def refresh_cases(connection: Connection, items: Collection[Entry]) -> frozenset[str]:
    """Bring every case row touched by ``items`` up to date; returns the case ids.

    Evidence is projected item by item, so that the five-thousandth photo costs no more than the first.
    """
    touched = {item.subject for item in items if kind_of(item.subject) in CASE_PARTS}
    found = heads(connection, touched)
    owner = {name: _case_of(name, found[name]) for name in touched}
    rows = [(name, kind_of(name), case) for name, case in owner.items() if case]
    stood = _pairs(connection, _STOOD, owner)
    left = _left_by(connection, owner, stood, items)
    if rows:
        connection.exec_driver_sql(_SUBJECT, rows)
    spans = [(owner[e.subject], e.stream, e.seq, e.seq) for e in items if owner.get(e.subject)]
    if spans:
        connection.exec_driver_sql(_SPAN, spans)
    for case in left:
        connection.exec_driver_sql("DELETE FROM case_span WHERE case_id = ?", (case,))
        connection.exec_driver_sql(_SPANS_ANEW, (case,))
    cases = frozenset(case for case in owner.values() if case) | left
    project_items(connection, found, (name for name, _, _ in rows))
    whole = {case for name, _, case in rows if kind_of(name) not in ITEMS} | left
    # What is new and of one mind adds nothing to the conflicts of its case, which are dear to count.
    items_anew = [name for name, _, _ in rows if kind_of(name) in ITEMS]
    disputed = {owner[name] for name in items_anew if name in stood or _is_disputed(found[name])}
    for case in sorted(cases):
        if case in whole:
            _project_case(connection, case)
        elif case in disputed:
            connection.exec_driver_sql(_COUNTS, (case,))
        else:
            connection.exec_driver_sql(_EVIDENCE_COUNT, (case,))
    return cases


def _is_disputed(subject_heads: Heads) -> bool:
    return any(len(values) > 1 for values in subject_heads.values())


def _left_by(
    connection: Connection, owner: dict[str, str], stood: dict[str, Any], items: Collection[Entry]
) -> frozenset[str]:
    """Both cases of every part that stands in another one than before, and the case of a part that was spoken of
    before it was known where it belongs: their rows are made anew."""
    left: set[str] = set()
    now = Counter(item.subject for item in items)
    told = _pairs(connection, _TOLD, owner)
    for name, case in owner.items():
        before = stood.get(name, "")
        late = not before and int(told.get(name, 0)) > now[name]
        if late or (before and case != before):
            left.update(filter(None, (before, case)))
    return frozenset(left)


def _pairs(connection: Connection, query: str, subjects: Iterable[str]) -> dict[str, Any]:
    """Subject → what ``query`` says of it."""
    names = list(subjects)
    found: dict[str, Any] = {}
    for start in range(0, len(names), _AT_ONCE):
        chunk = tuple(names[start : start + _AT_ONCE])
        marks = ", ".join("?" * len(chunk))
        rows = connection.exec_driver_sql(query.format(marks=marks), chunk)
        found.update((row[0], row[1]) for row in rows)
    return found


def case_parts(
    connection: Connection, case: str, kinds: Collection[str] = CASE_PARTS
) -> dict[str, dict[str, Heads]]:
    """Kind → subject → heads of everything of these kinds that belongs to a case."""
    rows = connection.exec_driver_sql(
        "SELECT subject FROM subject WHERE case_id = ? ORDER BY subject", (case,)
    )
    names = [row[0] for row in rows if kind_of(row[0]) in kinds]
    result: dict[str, dict[str, Heads]] = {kind: {} for kind in CASE_PARTS}
    for name, subject_heads in heads(connection, names).items():
        result[kind_of(name)][name] = subject_heads
    return result


_EVIDENCE_COUNT = (
    "UPDATE case_card SET evidence_count = (SELECT count(*) FROM evidence_row WHERE case_id = ?1) "
    "WHERE case_id = ?1"
)
_COUNTS = (  # of what item_projection.is_disputable names
    "UPDATE case_card SET evidence_count = (SELECT count(*) FROM evidence_row WHERE case_id = ?1), "
    "conflicts = (SELECT count(*) FROM (SELECT 1 FROM subject s JOIN value v ON v.subject = s.subject "
    "WHERE s.case_id = ?1 AND (s.kind NOT IN ('task', 'paper') OR v.field LIKE 'text.%') "
    "GROUP BY v.subject, v.field HAVING count(*) > 1)) WHERE case_id = ?1"
)


_WITHOUT_ITEMS = tuple(kind for kind in CASE_PARTS if kind not in ITEMS)


def _project_case(connection: Connection, case: str) -> None:
    parts = case_parts(connection, case, _WITHOUT_ITEMS)
    fields = {
        kind: {name: shown_fields(item) for name, item in subjects.items()}
        for kind, subjects in parts.items()
    }
    for table in ("case_card", "key_row", "order_row"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE case_id = ?", (case,))  # noqa: S608
    _project_orders(connection, case, fields["order"], parts["order"])
    own = fields["case"].get(f"case/{case}")
    if own and text(own, "accepted_at"):
        connection.execute(insert(case_card).values(_card(case, own, fields)))
        connection.exec_driver_sql(_COUNTS, (case,))
    normals, words = _keys(own or {}, fields)
    if normals:
        rows = [(normal, case) for normal in sorted(normals)]
        connection.exec_driver_sql("INSERT INTO key_row (normal, case_id) VALUES (?, ?)", rows)
    search.index(connection, case, words)


def _card(
    case: str, own: dict[str, Json], fields: dict[str, dict[str, dict[str, Json]]]
) -> dict[str, Any]:
    facts = case_from_fields(case, own)
    transfers = fields["transfer"].values()
    orders = _orders(fields["order"])
    ends = stop_ends(orders).values()
    return {
        "case_id": case,
        "number": facts.number,
        "visit": facts.visit.value,
        "state": facts.state.value,
        "type": facts.type,
        "victim": facts.victim.name,
        "loss_fen": _bounded(sum(number(item, "amount_fen") for item in transfers)),
        "stopped_fen": _bounded(sum(held_by_target(orders).values())),
        "accepted_at": to_wire(facts.accepted_at),
        "accepted_by": facts.accepted_by,
        "unit_code": facts.unit_code,
        "unit_name": facts.unit_name,
        "newest_transfer_at": max((text(item, "time") for item in transfers), default=""),
        "stop_ends_at": to_wire(min(ends)) if ends else "",
        "evidence_count": 0,  # counted once the row stands
        "order_count": len(fields["order"]),
        "unanswered_orders": sum(1 for order in orders if _waits(order)),
        "conflicts": 0,
    }


def _bounded(fen: int) -> int:
    """What a column holds: a thousand absurd amounts of one bundle must not stop the intake of all the others."""
    return max(min(fen, _MOST_FEN), -_MOST_FEN)


def _orders(fields: dict[str, dict[str, Json]]) -> list[Order]:
    return [order_from_fields(key_of(name), item) for name, item in fields.items() if _told(item)]


def _told(order: dict[str, Json]) -> bool:
    """Whether the order itself is here, a reply may come before it, and of a kind this program knows."""
    return bool(text(order, "issued_at")) and text(order, "kind") in _KINDS


def _waits(order: Order) -> bool:
    """Whether somebody is to answer it."""
    return state_of(order, OrderState.ISSUED) is OrderState.ISSUED


def _project_orders(
    connection: Connection,
    case: str,
    orders: dict[str, dict[str, Json]],
    order_heads: dict[str, Heads],
) -> None:
    rows = []
    for name, fields in orders.items():
        if not _told(fields):
            continue
        issue = min(order_heads[name]["issued_at"], key=order_of)
        rows.append(
            {
                "order_id": key_of(name),
                "case_id": case,
                "number": text(fields, "number"),
                "issued_at": text(fields, "issued_at"),
                "stream": issue.stream,
                "seq": issue.seq,
                "fields": canonical(fields).decode(),
            }
        )
    if rows:
        connection.execute(insert(order_row), rows)


def _keys(
    own: dict[str, Json], fields: dict[str, dict[str, dict[str, Json]]]
) -> tuple[set[str], list[str]]:
    """Normalised values that link cases, and every text the search looks through."""
    normals: set[str] = set()
    words = [
        text(own, name)
        for name in (
            "number", "victim.name", "victim.id_number", "victim.phone", "victim.address",
            "narrative",
        )
    ]  # fmt: skip
    for name, item in fields["transfer"].items():
        transfer = transfer_from_fields(key_of(name), item)
        normals.update(filter(None, (search.squeeze(transfer.payee.number), transfer.order_number)))
        words += [
            transfer.payee.name, transfer.payee.number, transfer.payee.bank, transfer.payer.name,
            transfer.payer.number, transfer.order_number, transfer.serial,
        ]  # fmt: skip
    for name, item in fields["identifier"].items():
        identifier = identifier_from_fields(key_of(name), item)
        normals.update(filter(None, (identifier.normal,)))
        words += [identifier.value, identifier.normal, identifier.note]
    words += [text(item, "number") for item in fields["order"].values()]
    return normals, [word for word in words if word]


def parse_fields(text_value: str) -> dict[str, Json]:
    """The fields column of a row."""
    result: dict[str, Json] = json.loads(text_value)
    return result


def subjects_of(items: Iterable[Entry], kind: str) -> list[str]:
    """Distinct subjects of one kind among entries, in order of name."""
    return sorted({item.subject for item in items if kind_of(item.subject) == kind})
