"""Record that a second person read a number aloud and it was the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.cases.form_facts import readings_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.read_aloud import ReadAloud, compared, reading_of
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import NUMBER_READ_ALOUD
from desktop.services.session import Session


def read_aloud(session: Session, number: str, reader: str) -> ReadAloud:
    """The confirmation that ``reader`` read ``number`` aloud now, for a form that is not registered yet.

    Raises:
        UserInputError: ``read_aloud.nothing`` without a number, ``read_aloud.nobody`` without a reader.
        RuleError: ``read_aloud.same_person`` when the reader is the officer who compares.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    whole, name = compared(clean(number)), clean(reader)
    if not whole:
        raise UserInputError("read_aloud.nothing")
    if not name:
        raise UserInputError("read_aloud.nobody")
    if name.casefold() in (session.officer.number.casefold(), session.officer.name.casefold()):
        raise RuleError("read_aloud.same_person")
    return ReadAloud(session.ids.new_id(), whole, name, session.officer.number, session.clock.now())


def marks(form: IntakeForm) -> Mapping[str, ReadAloud]:
    """Path of each field whose number was read aloud → who did. Pure; called at every key."""
    readings = readings_of(form)
    if not readings:
        return {}
    found = ((path, reading_of(readings, number)) for path, number in readable(form))
    return {path: reading for path, reading in found if reading is not None}


def readable(form: IntakeForm) -> Iterator[tuple[str, str]]:
    """(path, text) of every field that holds a number worth reading aloud."""
    yield "victim.id_number", form.victim.id_number
    yield "victim.phone", form.victim.phone
    for index, item in enumerate(form.transfers):
        for name in ("payer_account", "payee_account", "order_number", "serial"):
            yield f"transfers.{index}.{name}", getattr(item, name)
    for index, lead in enumerate(form.identifiers):
        yield f"identifiers.{index}.value", lead.value


def record_read_aloud(session: Session, case: CaseId, number: str, reader: str) -> ReadAloud:
    """The same for a registered case, recorded. Raises ``UserInputError("case.unknown")`` too."""
    session.require(Permission.WRITE_CASES)
    done = read_aloud(session, number, reader)
    with session.store.write() as transaction:
        if transaction.case_card(case) is None:
            raise UserInputError("case.unknown")
        entry = NewEntry(NUMBER_READ_ALOUD, f"read_aloud/{done.id}", done.to_fields(case))
        transaction.append(session.officer.number, entry)
    return done
