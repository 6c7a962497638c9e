"""What of a form is not recorded yet.

A report stays open for hours and a draft for days, while colleagues amend the case. A field that still says what it
said then is nobody's word, whatever the journal says of it by now. A field that was typed is recorded; where somebody
else changed it too, it replaces only what was seen here, so that both stand and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import CASE_FIELDS, Case, CaseState, member_of
from desktop.domain.cases.form_facts import (
    answers_of,
    circumstances_of,
    facts_of,
    identifiers_of,
    parties_of,
    readings_of,
    transfers_of,
    ways_of,
)
from desktop.domain.cases.holder_objection import OBJECTIONS
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.interview import INTERVIEWS
from desktop.domain.cases.sent_despite import SENT_DESPITE
from desktop.domain.cases.taken_out import FIELD, amended, is_taken_out
from desktop.domain.ids import CaseId
from desktop.domain.records.field_table import OPEN, assembled
from desktop.domain.records.fields import Fields, Json, mapping, text
from desktop.domain.reference.directories import Directories
from desktop.domain.time.clock import from_wire


class RecordedFacts(Protocol):
    """What stands recorded, as forms are compared with it."""

    def current(self, subject: str) -> Fields:
        """The current values of a subject; empty for one that is not recorded."""

    def fields_of_stream(self, subject: str, stream: str) -> Fields:
        """What one stream says of a subject."""

    def unreplaced_values(self, subject: str, field: str) -> Iterable[tuple[str, Json]]:
        """The values of a field that nobody replaced, each with the text that shows it."""


@dataclass(frozen=True, slots=True)
class FormOrigin:
    """Who types a form, where and when; none of it stands on the form. ``next_number``: the next local case number."""

    officer: str
    device: str
    unit_code: str
    unit_name: str
    now: datetime
    today: date
    directories: Directories
    next_number: Callable[[], str]
    begun_at: datetime | None = None
    """When the first thing was typed of what is not registered yet: the person spoke then."""


class FormAct(StrEnum):
    """What recording a change of a form does."""

    REGISTER = "register"
    AMEND = "amend"
    CONVERT = "convert"
    """Another kind of visit."""
    PAYMENT = "transfer"
    LEAD = "identifier"
    READ_ALOUD = "read_aloud"
    TAKE_OUT_PAYMENT = "take_out_transfer"
    TAKE_OUT_LEAD = "take_out_identifier"


@dataclass(frozen=True, slots=True)
class FormChange:
    """Fields of one subject that are to be recorded. ``shown``: what whoever typed knew of it; None: all that
    stands."""

    act: FormAct
    subject: str
    fields: Fields
    shown: Fields | None = None


@dataclass(frozen=True, slots=True)
class FormChanges:
    """What of a form is not recorded yet. ``empty``: neither a name nor a payment, a lead, an answer or a story."""

    case: Case
    typed: tuple[FormChange, ...]
    removed: tuple[FormChange, ...]
    empty: bool

    def __bool__(self) -> bool:
        return bool(self.typed or self.removed)


_Subjects = dict[str, Fields]
_TAKE_OUT: Final = {
    "transfer": FormAct.TAKE_OUT_PAYMENT, "identifier": FormAct.TAKE_OUT_LEAD,
}  # fmt: skip


def form_changes(form: IntakeForm, origin: FormOrigin, recorded: RecordedFacts) -> FormChanges:
    """What of a form is not recorded yet; of an unchanged fact nothing is."""
    case = case_of(form, origin, recorded)
    subjects = _subjects(form, case, origin)
    base = form.base
    before = (
        _subjects(base, case_of(_remaining(base, form), origin, recorded), origin) if base else {}
    )
    gone = [name for name in form.removed if base is None or name not in base.removed]
    compared = _ComparedForm(before, origin.device, recorded)
    return FormChanges(
        case,
        tuple(compared.changes(subjects)),
        tuple(removals(case.id, gone, recorded, compared.passed)),
        not (
            form.victim.name.strip()
            or form.narrative.strip()
            or case.answers
            or case.parties
            or any(item.value.strip() for item in form.identifiers)
            or any(subject.startswith("transfer/") for subject in subjects)
        ),
    )


def _remaining(base: IntakeForm, form: IntakeForm) -> IntakeForm:
    """What the form said before, less what was taken out since: what the case says of the way of a payment goes with
    that payment, and is there again when it is given back."""
    remaining = tuple(item for item in base.transfers if item.id not in form.removed)
    return replace(base, transfers=remaining)


def case_of(form: IntakeForm, origin: FormOrigin, recorded: RecordedFacts) -> Case:
    """The case that the form describes; what no form says is as it stands."""
    known = recorded.current(f"case/{form.case_id}")
    fresh = assembled(
        Case,
        facts_of(CASE_FIELDS.rows, form),
        id=CaseId(form.case_id),
        number=text(known, "number") or origin.next_number(),
        state=CaseState(text(known, "state") or CaseState.NEW),
        accepted_at=origin.begun_at or origin.now,
        accepted_by=origin.officer,
        unit_code=origin.unit_code,
        unit_name=origin.unit_name,
        answers=answers_of(form),
        flags=tuple(sorted(form.flags)),
        circumstances=circumstances_of(form),
        parties=parties_of(form),
        ways=ways_of(form, origin.now),
    )
    if not known:
        return fresh
    before = text(known, "visit") or fresh.visit.value
    return replace(
        fresh,
        converted_from=text(known, "converted_from") if before == fresh.visit else before,
        accepted_at=from_wire(text(known, "accepted_at")),
        accepted_by=text(known, "accepted_by"),
        unit_code=text(known, "unit_code"),
        unit_name=text(known, "unit_name"),
    )


def _subjects(form: IntakeForm, case: Case, origin: FormOrigin) -> _Subjects:
    """Subject → what a form says of it, in the order in which it is recorded."""
    return {
        f"case/{case.id}": case.to_fields(),
        **{
            f"transfer/{item.id}": item.to_fields(case.id)
            for item in transfers_of(form, origin.now)
        },
        **{
            f"identifier/{item.id}": item.to_fields(case.id)
            for item in identifiers_of(form, origin.directories, origin.today)
        },
        **{f"read_aloud/{item.id}": item.to_fields(case.id) for item in readings_of(form)},
    }


@dataclass(frozen=True, slots=True)
class _ComparedForm:
    """A form beside what it knew: ``before`` of each subject; of what it never said to be recorded, such as in a draft
    of an older version, it knew what ``own``, the stream of this desk, says."""

    before: _Subjects
    own: str
    recorded: RecordedFacts

    def passed(self, subject: str) -> bool:
        """Whether somebody else changed it since."""
        known = self.recorded.current(subject)
        return any(known.get(name) != value for name, value in self._of(subject).items())

    def changes(self, subjects: _Subjects) -> Iterator[FormChange]:
        """What was typed and is not recorded yet."""
        for subject, fields in subjects.items():
            part = subject.partition("/")[0]
            known = self.recorded.current(subject)
            if not known:
                act = FormAct.REGISTER if part == "case" else FormAct(part)
                yield FormChange(act, subject, fields)
                continue
            before = self._of(subject)
            typed = {**fields, **taken_back(before, fields)}
            changed = {
                name: value
                for name, value in typed.items()
                if not (name in known and known[name] == value) and _is_typed(before, name, value)
            }
            if changed:
                converted = "visit" in changed and text(known, "visit")
                of_case = FormAct.CONVERT if converted else FormAct.AMEND
                act = of_case if part == "case" else FormAct(part)
                shown = {**dict.fromkeys(filter(_is_member, changed), ""), **before}
                yield FormChange(act, subject, amended(part, changed), shown=shown)

    def _of(self, subject: str) -> Fields:
        if subject in self.before:
            return self.before[subject]
        return self.recorded.fields_of_stream(subject, self.own)


_OF_NO_FORM: Final = (SENT_DESPITE, INTERVIEWS.beginning, OBJECTIONS.beginning)
"""What stands among the answers and in no form: a form without it takes nothing back."""


def taken_back(before: Fields, fields: Fields) -> Fields:
    """Empty values for what stood in a family of fields and is no longer there."""
    families = {name for name in before if member_of(name)[0] and before[name]}
    gone = {name for name in families - set(fields) if not name.startswith(_OF_NO_FORM)}
    old = {f"{OPEN}{name}" for name in mapping(before, "answers")} - set(fields) - set(before)
    return dict.fromkeys(sorted(gone | old), "")


def _is_member(field: str) -> bool:
    """Whether a form without it shows nothing there, as it does of what was taken back."""
    return bool(member_of(field)[0])


def _is_typed(before: Fields, name: str, value: object) -> bool:
    """A blank where nothing stood is no word."""
    return before[name] != value if name in before else bool(value)


def removals(
    case: CaseId,
    ids: Iterable[str],
    recorded: RecordedFacts,
    passed: Callable[[str], bool] = lambda _subject: False,
) -> Iterator[FormChange]:
    """That these payments and leads are no more part of the case; what was never recorded of it needs no entry. Of a
    subject that somebody amended unseen, which ``passed`` says, it is one word beside the other: a person decides."""
    for name in dict.fromkeys(ids):
        for part, act in _TAKE_OUT.items():
            subject = f"{part}/{name}"
            values = [value for _, value in recorded.unreplaced_values(subject, FIELD)]
            known = recorded.current(subject)
            if text(known, "case") == case and not is_taken_out(part, values):
                shown: Fields | None = {} if passed(subject) else None
                yield FormChange(act, subject, {FIELD: TICKED}, shown)
