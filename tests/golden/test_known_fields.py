"""What this program writes in a kind of entry that an earlier one knows has only fields that one knows.

A program that judges entries by the table of authority refuses a field it does not know, and the case or order with
it. A new field is one that stands below a beginning that was always open (``answer.``), or it comes in a kind of a
newer schema.
"""

from __future__ import annotations

import json
from typing import Final

from desktop.journal.entry_table import ENTRIES
from desktop.journal.schema import schema_of
from desktop.journal.subject_table import SUBJECTS
from tests.golden.make_golden import KEPT

KNOWN: Final = json.loads((KEPT / "ffd46b4c" / "fields.json").read_text("utf-8"))
"""Its schema, its kinds of entries, the fields of its subjects, and those of its events."""

REFUSED: Final = {
    (kind, "file", name)
    for kind in ("file.bound", "file.approved")
    for name in ("original", "original_sha256", "before", "before_original", "again")
}
"""Fields that one program wrote with a unit's own forms and no later one writes (decision 0085): they are still read.
"""


def is_new(name: str, known: list[str]) -> bool:
    """Whether the earlier program has neither this field nor a beginning that holds it."""
    begin = tuple(field for field in known if field.endswith("."))
    return name not in known and not name.startswith(begin)


def test_no_kind_of_entry_is_refused_by_an_earlier_program() -> None:
    new = set(ENTRIES) - set(KNOWN["kinds"])
    assert [kind for kind in new if schema_of(kind) <= KNOWN["schema"]] == []


def test_no_field_of_a_subject_is_refused_by_an_earlier_program() -> None:
    rules = [rule for kind, rule in ENTRIES.items() if schema_of(kind) <= KNOWN["schema"]]
    refused = {
        (rule.kind, subject, name)
        for rule in rules
        for subject in rule.subjects
        for name in SUBJECTS[subject].fields
        if is_new(name, KNOWN["subjects"].get(subject, [])) and rule.type_of(subject, name)
    }
    assert refused == REFUSED


def test_no_field_of_an_event_is_refused_by_an_earlier_program() -> None:
    refused = {
        (kind, name)
        for kind, known in KNOWN["events"].items()
        for name in ENTRIES[kind].details or ()
        if is_new(name, known)
    }
    assert refused == set()
