"""What was typed into a form since the journal last said the same, apart from what others wrote meanwhile.

A report stays open for hours and a draft for days, while colleagues amend the case. A field that still says what it
said then is nobody's word, whatever the journal says of it by now. A field that was typed is recorded; where somebody
else changed it too, it replaces only what was seen here, so that both stand and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.cases.case import taken_back
from desktop.domain.cases.taken_out import amended
from desktop.domain.fields import Fields
from desktop.journal.entry import NewEntry
from desktop.services.ports import Reader

Fact = tuple[str, str, Fields]
"""The kind of an entry, its subject, and what a form says of that."""


@dataclass(frozen=True, slots=True)
class FormBaseline:
    """What the form knew of each subject. Of what it never said to be recorded, such as in a draft of an older version,
    it knew what ``own``, the stream of this desk, says."""

    reader: Reader
    own: str
    facts: Mapping[str, Fields]

    def of(self, subject: str) -> Fields:
        """The fields of one subject as they were."""
        if subject in self.facts:
            return self.facts[subject]
        return self.reader.said(subject, self.own)

    def passed(self, subject: str) -> bool:
        """Whether somebody else changed it since."""
        known = self.reader.current(subject)
        return any(known.get(name) != value for name, value in self.of(subject).items())


def form_baseline(reader: Reader, own: str, facts: Iterable[Fact]) -> FormBaseline:
    """``facts``: what the form said when the journal last said the same."""
    return FormBaseline(reader, own, {subject: fields for _, subject, fields in facts})


def form_diff(seen: FormBaseline, fact: Fact) -> NewEntry | None:
    """What is to be recorded of a fact; None where nothing of it was typed."""
    kind, subject, fields = fact
    known = seen.reader.current(subject)
    if not known:
        return NewEntry(kind, subject, fields)
    before = seen.of(subject)
    said = {**fields, **taken_back(before, fields)}
    changed = {
        name: value
        for name, value in said.items()
        if not (name in known and known[name] == value) and _is_typed(before, name, value)
    }
    if not changed:
        return None
    return NewEntry(kind, subject, amended(subject.partition("/")[0], changed), seen=before)


def _is_typed(before: Fields, name: str, value: object) -> bool:
    """A blank where nothing stood is no word."""
    return before[name] != value if name in before else bool(value)
