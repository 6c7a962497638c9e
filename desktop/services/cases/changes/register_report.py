"""Register a report: the case, its transfers and identifiers become journal facts.

Also used the moment the first stop is sent, when only the money page is filled: registering again later amends
what was typed since and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.cases.case import CASE_FIELDS, Case, CaseState, taken_back
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.taken_out import amended
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.field_table import assembled
from desktop.domain.records.fields import Fields, text
from desktop.domain.records.numbers import case_number
from desktop.domain.time.clock import from_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    CASE_AMENDED,
    CASE_CONVERTED,
    CASE_REGISTERED,
    IDENTIFIER_RECORDED,
    NUMBER_READ_ALOUD,
    TRANSFER_RECORDED,
)
from desktop.services.cases.changes.take_out import parts_not_taken_out, take_out
from desktop.services.form_facts import (
    answers_of,
    circumstances_of,
    facts_of,
    identifiers_of,
    readings_of,
    transfers_of,
)
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

# What was typed into a form since the journal last said the same, apart from what others wrote meanwhile.
#
# A report stays open for hours and a draft for days, while colleagues amend the case. A field that still says what it
# said then is nobody's word, whatever the journal says of it by now. A field that was typed is recorded; where somebody
# else changed it too, it replaces only what was seen here, so that both stand and a person decides.

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


@dataclass(frozen=True, slots=True)
class Registered:
    """The case and its local number, which is not an official one."""

    case: CaseId
    number: str


def register_report(session: Session, form: IntakeForm) -> Registered:
    """Record everything on the form and let the draft go.

    Raises:
        UserInputError: ``report.empty`` when neither a name nor a transfer, a lead, an answer or a story was typed.
        RuleError: ``part.ordered`` when something was removed that an order is about.
    """
    return register_reports(session, (form,))[0]


def register_reports(session: Session, forms: Iterable[IntakeForm]) -> tuple[Registered, ...]:
    """Record many forms, all of them or, when one is refused as above, none."""
    session.require(Permission.WRITE_CASES)
    done = []
    with session.store.write() as transaction:
        for form in forms:
            registered = record_form(session, transaction, form)
            transaction.drop_draft(registered.case)
            transaction.project()  # the next number follows from this one
            done.append(registered)
    return tuple(done)


def record_form(session: Session, transaction: Transaction, form: IntakeForm) -> Registered:
    """The part of registering that happens inside a transaction; unchanged facts make no entry."""
    if not (
        form.victim.name.strip()
        or form.narrative.strip()
        or answers_of(form)
        or any(item.value.strip() for item in form.identifiers)
        or transfers_of(form, session.clock.now())
    ):
        raise UserInputError("report.empty")
    case = case_of(session, transaction, form)
    seen = _seen(session, transaction, form)
    for new in _changes(session, form, case, seen):
        transaction.append(session.officer.number, new)
    take_out(session, transaction, case.id, _removed(form), seen.passed)
    return Registered(case.id, case.number)


def unrecorded(session: Session, form: IntakeForm) -> bool:
    """Whether registering the form would record anything that is not in the journal yet."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        case = case_of(session, reader, form)
        changes = _changes(session, form, case, _seen(session, reader, form))
        return any(changes) or any(parts_not_taken_out(reader, case.id, _removed(form)))


def _removed(form: IntakeForm) -> tuple[str, ...]:
    """What was taken out since; whatever was decided about the rest stays decided."""
    before = form.base.removed if form.base else ()
    return tuple(name for name in form.removed if name not in before)


def _seen(session: Session, reader: Reader, form: IntakeForm) -> FormBaseline:
    base = form.base
    facts = _facts(session, base, case_of(session, reader, base)) if base else ()
    return form_baseline(reader, session.profile.device, facts)


def _changes(
    session: Session, form: IntakeForm, case: Case, seen: FormBaseline
) -> Iterator[NewEntry]:
    """What was typed into the form and is not recorded yet."""
    for fact in _facts(session, form, case):
        new = form_diff(seen, fact)
        if new is not None:
            yield _named(seen.reader, new)


def _named(reader: Reader, new: NewEntry) -> NewEntry:
    """The entry as the kind it is once the case stands."""
    if new.kind != CASE_REGISTERED:
        return new
    known = reader.current(new.subject)
    if not known:
        return new
    converted = "visit" in new.fields and text(known, "visit")
    return replace(new, kind=CASE_CONVERTED if converted else CASE_AMENDED)


def _facts(session: Session, form: IntakeForm, case: Case) -> Iterator[Fact]:
    yield CASE_REGISTERED, f"case/{case.id}", case.to_fields()
    for transfer in transfers_of(form, session.clock.now()):
        yield TRANSFER_RECORDED, f"transfer/{transfer.id}", transfer.to_fields(case.id)
    for item in identifiers_of(session, form):
        yield IDENTIFIER_RECORDED, f"identifier/{item.id}", item.to_fields(case.id)
    for reading in readings_of(form):
        yield NUMBER_READ_ALOUD, f"read_aloud/{reading.id}", reading.to_fields(case.id)


def case_of(session: Session, reader: Reader, form: IntakeForm) -> Case:
    """The case that the form describes; what no form says is as it stands."""
    known = reader.current(f"case/{form.case_id}")
    now = session.clock.now()
    fresh = assembled(
        Case,
        facts_of(CASE_FIELDS.rows, form),
        id=CaseId(form.case_id),
        number=text(known, "number") or _next_number(session, reader),
        state=CaseState(text(known, "state") or CaseState.NEW),
        accepted_at=now,
        accepted_by=session.officer.number,
        unit_code=session.profile.unit_code,
        unit_name=session.profile.unit_name,
        answers=answers_of(form),
        flags=tuple(sorted(form.flags)),
        circumstances=circumstances_of(form),
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


def _next_number(session: Session, reader: Reader) -> str:
    profile = session.profile
    day = session.today
    prefix = case_number(profile.unit_code, day, profile.device_letter, 0)[:-4]
    serial = reader.case_serial_after(prefix)
    return case_number(profile.unit_code, day, profile.device_letter, serial)
