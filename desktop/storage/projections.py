"""Projections: rows computed from current values, one function a table, pure in the set of entries.

``refresh`` is called after entries were merged; it finds the cases touched and writes their rows anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy.engine import Connection

from desktop.domain.fields import Json, text
from desktop.journal.entry import Entry
from desktop.storage.case_groups import group_of, take_links
from desktop.storage.case_projection import clear_case, project_case
from desktop.storage.item_projection import ITEMS, project_items
from desktop.storage.statements import marks, run
from desktop.storage.subjects import key_of, kind_of
from desktop.storage.values import Heads, heads, shown_fields

CASE_PARTS = (
    "case", "transfer", "identifier", "evidence", "order", "step", "task", "paper", "read_aloud",
    "supplement", "seal", "custody", "person",
)  # fmt: skip

_SPAN = (
    "INSERT INTO case_span (case_id, stream, first, last) VALUES (?, ?, ?, ?) ON CONFLICT (case_id, stream) "
    "DO UPDATE SET first = CASE WHEN excluded.first < case_span.first THEN excluded.first ELSE case_span.first END, "
    "last = CASE WHEN excluded.last > case_span.last THEN excluded.last ELSE case_span.last END"
)
_SPANS_ANEW = (
    "INSERT INTO case_span (case_id, stream, first, last) SELECT s.case_id, e.stream, min(e.seq), max(e.seq) "
    "FROM subject s JOIN entry e ON e.subject = s.subject WHERE s.case_id = ? GROUP BY s.case_id, e.stream"
)
_STOOD = "SELECT subject, case_id FROM subject WHERE subject IN ({marks})"
_TOLD = "SELECT subject, count(*) FROM entry WHERE subject IN ({marks}) GROUP BY subject"
_AT_ONCE = 500
_SUBJECT = (
    "INSERT INTO subject (subject, kind, case_id) VALUES (?, ?, ?) "
    "ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind, case_id = excluded.case_id"
)


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
        run(connection, _SUBJECT, rows)
    spans = [(owner[e.subject], e.stream, e.seq, e.seq) for e in items if owner.get(e.subject)]
    if spans:
        run(connection, _SPAN, spans)
    for case in left:
        run(connection, "DELETE FROM case_span WHERE case_id = ?", (case,))
        run(connection, _SPANS_ANEW, (case,))
    cases = frozenset(case for case in owner.values() if case) | left
    project_items(connection, found, (name for name, _, _ in rows))
    grouped = take_links(connection, cases, found)
    whole = {case for name, _, case in rows if kind_of(name) not in ITEMS} | left | grouped
    cases |= grouped
    # What is new and of one mind adds nothing to the conflicts of its case, which are dear to count.
    items_anew = [name for name, _, _ in rows if kind_of(name) in ITEMS]
    disputed = {owner[name] for name in items_anew if name in stood or _is_disputed(found[name])}
    for case in sorted(cases & whole):
        clear_case(connection, case)
    for case in sorted(cases & whole):
        _project(connection, case)
    for case in sorted(cases):  # once all rows of a group stand
        if case in whole or case in disputed:
            run(connection, _COUNTS, (case,) * 5)
        else:
            run(connection, _EVIDENCE_COUNT, (case,) * 3)
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
        rows = run(connection, query.format(marks=marks(chunk)), chunk)
        found.update((row[0], row[1]) for row in rows)
    return found


def case_parts(
    connection: Connection, case: str, kinds: Collection[str] = CASE_PARTS
) -> dict[str, dict[str, Heads]]:
    """Kind → subject → heads of everything of these kinds that belongs to a case."""
    rows = run(
        connection, "SELECT subject FROM subject WHERE case_id = ? ORDER BY subject", (case,)
    )
    names = [row[0] for row in rows if kind_of(row[0]) in kinds]
    result: dict[str, dict[str, Heads]] = {kind: {} for kind in CASE_PARTS}
    for name, subject_heads in heads(connection, names).items():
        result[kind_of(name)][name] = subject_heads
    return result


_SHOWN_AS = "case_id = ? OR case_id IN (SELECT case_id FROM case_card WHERE lead_id = ?)"
"""The cases whose parts are shown on the card of one."""
_EVIDENCE_COUNT = (
    f"UPDATE case_card SET evidence_count = (SELECT count(*) FROM evidence_row WHERE {_SHOWN_AS}) "  # noqa: S608
    "WHERE case_id = ?"
)
_COUNTS = (  # of what item_projection.is_disputable names
    f"UPDATE case_card SET evidence_count = (SELECT count(*) FROM evidence_row WHERE {_SHOWN_AS}), "  # noqa: S608
    "conflicts = (SELECT count(*) FROM (SELECT 1 FROM subject s JOIN value v ON v.subject = s.subject "
    f"WHERE ({_SHOWN_AS}) AND (s.kind NOT IN ('task', 'paper') OR v.field LIKE 'text.%') "
    "GROUP BY v.subject, v.field HAVING count(*) > 1) AS disputed) WHERE case_id = ?"
)


_WITHOUT_ITEMS = tuple(kind for kind in CASE_PARTS if kind not in ITEMS)


def _project(connection: Connection, case: str) -> None:
    group = group_of(connection, case)
    others = group.members if group.lead == case else ()
    reports = [case_parts(connection, name, _WITHOUT_ITEMS) for name in (case, *others)]
    project_case(connection, case, group.lead, reports)


def parse_fields(text_value: str) -> dict[str, Json]:
    """The fields column of a row."""
    result: dict[str, Json] = json.loads(text_value)
    return result


def subjects_of(items: Iterable[Entry], kind: str) -> list[str]:
    """Distinct subjects of one kind among entries, in order of name."""
    return sorted({item.subject for item in items if kind_of(item.subject) == kind})
