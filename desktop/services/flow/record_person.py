"""Record who has to do with a fraud, take it back, and say of two persons whether they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.cases.form_facts import clean_account
from desktop.domain.cases.people.person import (
    PERSON,
    PersonTie,
    TieKind,
    TypedTie,
    sameness_subject,
)
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.labels import number_of
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Fields
from desktop.domain.series.series import LinkVerdict
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PERSON_DECIDED, PERSON_RECORDED, PERSON_WITHDRAWN
from desktop.services.look_up import file_in
from desktop.services.session import Session


def record_person(
    session: Session, case: CaseId, typed: Sequence[TypedTie]
) -> tuple[PersonTie, ...]:
    """Record ties of one person to a case, all or none: those after the first are tied to whom the first made known.

    Raises:
        UserInputError: ``case.unknown``; ``person.nobody`` without a name and a number of identity; ``person.no_value``
            for an account or a number that was not typed.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    now = session.clock.now()
    made: list[PersonTie] = []
    for typed_tie in map(_cleaned, typed):
        _require(typed_tie)
        person = typed_tie.person or (made[0].person if made else "")
        made.append(
            PersonTie(
                PersonId(session.ids.new_id()), case, replace(typed_tie, person=person),
                session.officer.number, now,
            )
        )  # fmt: skip
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        stream = session.profile.stream_for(file.case.unit_code)
        for tie in made:
            entry = NewEntry(PERSON_RECORDED, f"{PERSON}/{tie.id}", tie.to_fields(), stream=stream)
            transaction.append(session.officer.number, entry)
    return tuple(made)


def withdraw_tie(session: Session, case: CaseId, tie: PersonId, reason: str) -> None:
    """A tie that was recorded by mistake counts no more; the record of it stays.

    Raises:
        UserInputError: ``case.unknown``, ``person.unknown``, ``person.no_reason``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    if not clean(reason):
        raise UserInputError("person.no_reason")
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        if tie not in {item.id for item in file.people}:
            raise UserInputError("person.unknown")
        fields: Fields = {"case": case, "withdrawn": clean(reason)}
        stream = session.profile.stream_for(file.case.unit_code)
        entry = NewEntry(PERSON_WITHDRAWN, f"{PERSON}/{tie}", fields, stream=stream)
        transaction.append(session.officer.number, entry)


def decide_person(
    session: Session, one: str, other: str, verdict: LinkVerdict | None, reason: str = ""
) -> None:
    """Say that two persons are one, or are not; None takes back what was said. It outlives every new look.

    Raises:
        UserInputError: ``person.unknown`` for a tie nobody recorded; ``person.no_reason`` for a "different" without.
        RuleError: ``person.one``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    if one == other:
        raise RuleError("person.one")
    if verdict is LinkVerdict.DIFFERENT and not clean(reason):
        raise UserInputError("person.no_reason")
    first, second = sorted((one, other))
    fields: Fields = {
        "first": first,
        "second": second,
        "verdict": verdict.value if verdict else "",
        "reason": clean(reason),
        "by": session.officer.number,
        "at": to_wire(session.clock.now()),
    }
    with session.store.write() as transaction:
        for key in (one, other):
            if not transaction.current(f"{PERSON}/{key}"):
                raise UserInputError("person.unknown")
        entry = NewEntry(PERSON_DECIDED, sameness_subject(one, other), fields)
        transaction.append(session.officer.number, entry)


def _cleaned(typed: TypedTie) -> TypedTie:
    account = typed.kind is not TieKind.CASE
    return replace(
        typed,
        name=clean(typed.name),
        id_number=number_of(typed.id_number, "resident_id").upper(),
        value=clean_account(typed.value) if account else "",
        bank=clean(typed.bank),
        note=clean(typed.note),
    )


def _require(typed: TypedTie) -> None:
    if not typed.name and not typed.id_number:
        raise UserInputError("person.nobody")
    if typed.kind is not TieKind.CASE and not typed.value:
        raise UserInputError("person.no_value")
