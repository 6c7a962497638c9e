"""Projections: rows computed from current values, one function a table, pure in the set of entries.

``refresh`` in ``storage/upkeep/rebuild.py`` finds the cases that merged entries touch; their rows are written anew
here.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.cases.taken_out import FIELD, is_contested, is_taken_out
from desktop.domain.records.fields import Json, text
from desktop.journal.entry import Entry
from desktop.journal.merge import differ
from desktop.storage.current_values.subjects import CASE_SUBJECTS, key_of, kind_of
from desktop.storage.current_values.uncontested_values import Heads, is_disputed
from desktop.storage.current_values.values import Current, shown_fields, stands_taken_out
from desktop.storage.database.statements import IN_EFFECT, add, run, run_among
from desktop.storage.projections.case_groups import groups_of, take_links
from desktop.storage.projections.case_projection import CaseStatements, clear_cases, project_cases
from desktop.storage.projections.item_projection import ITEMS, is_disputable, project_items
from desktop.storage.reckoning import arrears

_AT_ONCE: Final = 2000
_SHOWN: Final = "SELECT case_id, lead_id FROM case_card WHERE lead_id AMONG ?"
_STAND: Final = "SELECT case_id, evidence_count, conflicts FROM case_card WHERE case_id AMONG ?"
_EVIDENCE: Final = (
    "SELECT case_id, count(*) FROM evidence_row WHERE case_id AMONG ? GROUP BY case_id"
)
_SAID_TWICE: Final = (
    "SELECT s.case_id, v.subject, v.fields FROM subject s JOIN value v ON v.subject = s.subject "
    "WHERE (SELECT count(*) FROM value o WHERE o.subject = v.subject) > 1 AND s.case_id AMONG ?"
)
"""What two entries or more say of one subject: of one field they may say different things."""
_NOTE: Final = "UPDATE case_card SET evidence_count = ?, conflicts = ? WHERE case_id = ?"


def note_counts(
    connection: Connection, cases: Collection[str], disputable: Collection[str]
) -> None:
    """Bring the counts of these cards up to date: of items, and of conflicts where there may be other ones than before.
    What was merged into a case counts on its card."""
    names = sorted(cases)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        _note(connection, some, {case for case in some if case in disputable})


def _note(connection: Connection, cases: list[str], disputable: set[str]) -> None:
    shown: dict[str, set[str]] = {case: {case} for case in cases}
    for name, lead in run_among(connection, _SHOWN, cases):
        shown[lead].add(name)
    evidence = {
        row[0]: int(row[1]) for row in run_among(connection, _EVIDENCE, _all_of(shown, shown))
    }
    conflicts = _conflicts(connection, _all_of(shown, disputable))
    changed = []
    for case, items, disputes in run_among(connection, _STAND, cases):
        now = (
            sum(evidence.get(name, 0) for name in shown[case]),
            sum(conflicts.get(name, 0) for name in shown[case]) if case in disputable else disputes,
        )
        if now != (items, disputes):
            changed.append((*now, case))
    if changed:
        run(connection, _NOTE, changed)


def _all_of(shown: dict[str, set[str]], cases: Collection[str]) -> list[str]:
    return sorted({name for case in cases for name in shown[case]})


def _conflicts(connection: Connection, cases: list[str]) -> Counter[str]:
    """Case → fields of its parts that somebody has to decide about."""
    contents: defaultdict[tuple[str, str, str], list[Json]] = defaultdict(list)
    marks: defaultdict[str, list[Json]] = defaultdict(list)
    for case, subject, fields in run_among(connection, _SAID_TWICE, cases):
        kind, members = kind_of(subject), json.loads(fields)
        if FIELD in members:
            marks[subject].append(members[FIELD])
        for name in members:
            if is_disputable(kind, name):
                contents[case, subject, name].append(members[name])
    return Counter(
        case
        for (case, subject, name), values in contents.items()
        if len(values) > 1
        and differ(values)
        and not is_taken_out(kind_of(subject), marks.get(subject, ()))
        and (name != FIELD or is_contested(marks[subject]))
    )


_SPANS = "SELECT case_id, stream, first, last FROM case_span WHERE case_id AMONG ?"
_SPAN = "UPDATE case_span SET first = ?, last = ? WHERE case_id = ? AND stream = ?"
_SPANS_ANEW = (
    "INSERT INTO case_span (case_id, stream, first, last) SELECT s.case_id, e.stream, min(e.seq), max(e.seq) "  # noqa: S608 - own names
    f"FROM subject s JOIN entry e ON e.subject = s.subject WHERE s.case_id = ? AND {IN_EFFECT} "
    "GROUP BY s.case_id, e.stream"
)
_STOOD = "SELECT subject, case_id FROM subject WHERE subject AMONG ?"
_TOLD = (
    f"SELECT name, (SELECT count(*) FROM entry e WHERE subject = name AND {IN_EFFECT}) FROM EACH ?"  # noqa: S608 - own names
)
_OF_CASES = "SELECT subject, case_id FROM subject WHERE case_id AMONG ?"
_CASES_AT_ONCE = 500
_MOVE = "UPDATE subject SET case_id = ? WHERE subject = ?"


def _case_of(subject_id: str, subject_heads: Heads) -> str:
    if kind_of(subject_id) == "case":
        return key_of(subject_id)
    return text(shown_fields(subject_heads, ("case",)), "case")


def refresh_cases(
    connection: Connection, current: Current, items: Collection[Entry]
) -> frozenset[str]:
    """Bring every case row touched by ``items`` up to date; returns the case ids.

    Evidence is projected item by item, so that the five-thousandth photo costs no more than the first.
    """
    touched = {item.subject for item in items if kind_of(item.subject) in CASE_SUBJECTS}
    found = current.of(touched)
    owner = {name: _case_of(name, found[name]) for name in touched}
    rows = [(name, kind_of(name), case) for name, case in owner.items() if case]
    known = current.known_before(owner)
    stood = {row[0]: row[1] for row in run_among(connection, _STOOD, known)}
    left = _left_by(connection, {name: owner[name] for name in known}, stood, items)
    _place_parts(connection, rows, stood)
    unspoken = _note_spans(
        connection, [(owner[e.subject], e.stream, e.seq) for e in items if owner.get(e.subject)]
    )
    for case in left:
        run(connection, "DELETE FROM case_span WHERE case_id = ?", (case,))
        run(connection, _SPANS_ANEW, (case,))
    cases = frozenset(case for case in owner.values() if case) | left
    project_items(connection, found, (name for name, _, _ in rows))
    grouped = take_links(connection, cases, found)
    whole = {case for name, _, case in rows if kind_of(name) not in ITEMS} | left | grouped
    cases |= grouped
    new = unspoken - left - grouped
    _project(connection, current, whole, {name: case for name, _, case in rows if case in new})
    # What is new and of one mind adds nothing to the conflicts of its case, which are dear to count.
    quarrels = {case for name, _, case in rows if is_disputed(found[name])}
    items_anew = {case for name, kind, case in rows if kind in ITEMS and name in stood}
    disputed = ((whole | items_anew) - new) | quarrels
    with_items = {case for _, kind, case in rows if kind in ITEMS}
    counted = cases - (new - with_items - quarrels)
    note_counts(connection, counted, disputed)  # once all rows of a group stand
    arrears.note(connection, cases)
    return cases


def _place_parts(
    connection: Connection, rows: Sequence[tuple[str, str, str]], stood: Mapping[str, str]
) -> None:
    """Note which case each part belongs to."""
    add(
        connection,
        "subject",
        ("subject", "kind", "case_id"),
        [row for row in rows if row[0] not in stood],
    )
    moved = [(case, name) for name, _, case in rows if stood.get(name, case) != case]
    if moved:
        run(connection, _MOVE, moved)


def _note_spans(connection: Connection, places: Sequence[tuple[str, str, int]]) -> frozenset[str]:
    """From which entry to which a stream speaks of a case. Returns the cases nobody spoke of before."""
    seqs_by_stream: dict[tuple[str, str], list[int]] = {}
    for case, stream, seq in places:
        seqs_by_stream.setdefault((case, stream), []).append(seq)
    known = {
        (case, stream): (first, last)
        for case, stream, first, last in run_among(
            connection, _SPANS, {case for case, _, _ in places}
        )
    }
    fresh, changed = [], []
    for key, seqs in seqs_by_stream.items():
        before = known.get(key, ())
        span = (min(*before, *seqs), max(*before, *seqs)) if before else (min(seqs), max(seqs))
        if not before:
            fresh.append((*key, *span))
        elif span != before:
            changed.append((*span, *key))
    add(connection, "case_span", ("case_id", "stream", "first", "last"), fresh)
    if changed:
        run(connection, _SPAN, changed)
    return frozenset(case for case, _ in seqs_by_stream) - {case for case, _ in known}


def _left_by(
    connection: Connection,
    owner: dict[str, str],
    stood: Mapping[str, str],
    items: Collection[Entry],
) -> frozenset[str]:
    """Both cases of every part that stands in another one than before, and the case of a part that was spoken of
    before it was known where it belongs: their rows are made anew."""
    left: set[str] = set()
    now = Counter(item.subject for item in items)
    unplaced = [name for name, case in owner.items() if case and not stood.get(name)]
    placed = {row[0]: row[1] for row in run_among(connection, _TOLD, unplaced)}
    for name, case in owner.items():
        before = stood.get(name, "")
        late = not before and int(placed.get(name, 0)) > now[name]
        if late or (before and case != before):
            left.update(filter(None, (before, case)))
    return frozenset(left)


def case_parts(connection: Connection, case: str) -> dict[str, dict[str, Heads]]:
    """Kind → subject → heads of everything that belongs to a case."""
    return parts_of_cases(connection, Current(connection), (case,), CASE_SUBJECTS)[case]


def parts_of_cases(
    connection: Connection, current: Current, cases: Collection[str], kinds: Collection[str]
) -> dict[str, dict[str, dict[str, Heads]]]:
    """Case → kind → subject → heads of everything of these kinds that belongs to it, in the order of names. What was
    taken out of it belongs to it no more."""
    rows = run_among(connection, _OF_CASES, cases)
    return _by_case(current, cases, {row[0]: row[1] for row in rows if kind_of(row[0]) in kinds})


def _by_case(
    current: Current, cases: Collection[str], owner: Mapping[str, str]
) -> dict[str, dict[str, dict[str, Heads]]]:
    result: dict[str, dict[str, dict[str, Heads]]] = {
        case: {kind: {} for kind in CASE_SUBJECTS} for case in cases
    }
    # Sorted here: a server walks all for an ORDER BY.
    for name, subject_heads in current.of(sorted(owner)).items():
        if not stands_taken_out(name, subject_heads):
            result[owner[name]][kind_of(name)][name] = subject_heads
    return result


_WITHOUT_ITEMS = tuple(kind for kind in CASE_SUBJECTS if kind not in ITEMS)


def _project(
    connection: Connection, current: Current, cases: set[str], new: Mapping[str, str]
) -> None:
    """Write the rows of ``cases`` anew. ``new``: part → case of all there is of cases nobody spoke of before, which
    have no rows to clear, nothing to read, and nobody beside them."""
    fresh = cases & set(new.values())
    known = sorted(cases - fresh)
    clear_cases(connection, known)
    for start in range(0, len(known), _CASES_AT_ONCE):
        _project_known(connection, current, known[start : start + _CASES_AT_ONCE])
    parts = _by_case(
        current,
        fresh,
        {name: case for name, case in new.items() if case in fresh and kind_of(name) not in ITEMS},
    )
    project_cases(
        connection, [CaseStatements(case, case, (parts[case],)) for case in sorted(fresh)]
    )


def _project_known(connection: Connection, current: Current, cases: Sequence[str]) -> None:
    groups = groups_of(connection, cases)
    members = {
        case: (case, *(group.members if group.lead == case else ()))
        for case, group in groups.items()
    }
    every = sorted({name for names in members.values() for name in names})
    parts = parts_of_cases(connection, current, every, _WITHOUT_ITEMS)
    project_cases(
        connection,
        [
            CaseStatements(case, groups[case].lead, [parts[name] for name in members[case]])
            for case in cases
        ],
    )


def subjects_of(items: Iterable[Entry], kind: str) -> list[str]:
    """Distinct subjects of one kind among entries, in order of name."""
    return sorted({item.subject for item in items if kind_of(item.subject) == kind})
