"""The two tables as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.case_file.fields import FIELDS
from desktop.domain.cases.case import RECORD_FAMILIES
from desktop.domain.records.field_table import FieldRow
from desktop.journal.entry_table import ALL, ENTRIES, EntryRule
from desktop.journal.subject_rule import SubjectRule
from desktop.journal.subject_table import SUBJECTS

_HEAD = """# Kinds of journal entries

Written by `python packaging/make_entry_kinds.py` from `desktop/journal/entry_table.py` and
`desktop/journal/subject_table.py`; do not edit. Every entry of another device is judged by its row before it takes
effect; which rules there are, and what becomes of an entry that breaks one, is told in
`desktop/journal/judgement.py` and `desktop/journal/objection.py`.

Who may write: **device**, the one that the subject names; **unit**, a device of the unit that it names; **holder**,
a device of the unit that holds the case; **issuer**, a device of the unit that issued the order; **centre**;
**sender**, the device that made the bundle; **receiver**, the device that received it. The officer needs one of the
permissions.

## Entries

| kind | about | fields | who may write | permission of the officer |
|---|---|---|---|---|
"""
_SUBJECTS = """
## Subjects and their fields

A name that ends with a dot stands for all that begin with it, `#` for the number a name begins with, `?` behind a
type for "or empty". Behind the type stands who alone may set the field, where not everybody may who may speak of it,
and the permission that it takes besides that of its kind of entry; then where the intake form and the report document
hold it, which place of forms prints it, whether it is masked where nobody works on it, and whether cases are found by
it.
"""


def page() -> str:
    """The Markdown of the page."""
    rows = "".join(f"{row}\n" for row in map(_row, ENTRIES.values()))
    return _HEAD + rows + _SUBJECTS + "".join(map(_about, SUBJECTS.values()))


def _row(rule: EntryRule) -> str:
    fields = "all" if rule.fields is ALL else ", ".join(f"`{name}`" for name in _names(rule))
    return (
        f"| `{rule.kind}` | {', '.join(rule.subjects)} | {fields or '–'} | {', '.join(sorted(rule.authors))} "
        f"| {', '.join(sorted(rule.permissions)) or 'any officer'} |"
    )


def _names(rule: EntryRule) -> Iterator[str]:
    yield from rule.fields if rule.details is None else rule.details


def _about(rule: SubjectRule) -> str:
    part = " (part of a case)" if rule.of_case else ""
    lines = [f"\n### {rule.name}{part}\n\n"]
    rows = {row.key: row for row in FIELDS.get(rule.name, ())}
    answers = {row.key: row.type for row in rows.values() if row.among_answers}
    if rule.name == "case":
        for family in RECORD_FAMILIES:
            records = {f"{family.beginning}<id>.{row.key}": row for row in family.table.rows}
            rows |= records
            answers |= {name: row.type for name, row in records.items()}
    for name, kind in {**rule.fields, **answers}.items():
        alone = rule.authors_of(name)
        who = f", {' or '.join(sorted(alone))} alone" if alone else ""
        needed = rule.needed_for(name)
        who += f", takes {' or '.join(sorted(needed))}" if needed else ""
        lines.append(f"- `{name}`: {kind.name}{who}{_use(rows[name]) if name in rows else ''}\n")
    return (
        "".join(lines) if rule.fields else "".join(lines) + "No fields: only events are about it.\n"
    )


def _use(row: FieldRow) -> str:
    """What the program does with a field that is declared in a row."""
    uses = (
        (row.form, f"in the form `{row.form}`"),
        (row.typed and row.document != row.key, f"in the document `{row.document}`"),
        (row.printed, f"printed as `{row.printed}`"),
        (row.mask, "masked"),
        (row.searched, "searched"),
    )
    return "".join(f"; {use}" for applies, use in uses if applies)
