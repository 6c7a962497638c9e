"""The two tables as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from desktop.domain.case_file.fields import FIELDS
from desktop.domain.cases.case import CASE_FIELDS, RECORD_FAMILIES
from desktop.domain.records.field_table import OPEN, FieldRow, FieldTable
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
it. Facts among the answers of a case (`answer.`) are judged as any other answer; they are declared in rows beside
their records, and stand here where one takes more.
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
    for name, kind in rule.fields.items():
        use = _use(rows[name]) if name in rows else ""
        lines.append(f"- `{name}`: {kind.name}{_who(rule, name)}{use}\n")
    lines += _answers(rule) if rule.name == "case" else ()
    return (
        "".join(lines) if rule.fields else "".join(lines) + "No fields: only events are about it.\n"
    )


def _who(rule: SubjectRule, name: str) -> str:
    """Who alone may set a field, and what it takes."""
    alone, needed = rule.authors_of(name), rule.needed_for(name)
    who = f", {' or '.join(sorted(alone))} alone" if alone else ""
    return who + (f", takes {' or '.join(sorted(needed))}" if needed else "")


def _answers(rule: SubjectRule) -> Iterator[str]:
    """Where the facts among the answers are declared, which are all judged alike, and each that takes more."""
    own = (row.key for row in CASE_FIELDS.rows if row.among_answers)
    tables: list[tuple[str, FieldTable[Any], Iterable[str]]] = [(OPEN, CASE_FIELDS, own)]
    for family in RECORD_FAMILIES:
        beginning = f"{family.beginning}<id>."
        records = (f"{beginning}{row.key}" for row in family.table.rows)
        tables.append((beginning, family.table, records))
    for beginning, table, keys in tables:
        place = table.record.__module__.replace(".", "/")
        yield f"- `{beginning}…`: as the rows in `{place}.py` say\n"
        yield from (f"- `{key}`: text{who}\n" for key in keys if (who := _who(rule, key)))


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
