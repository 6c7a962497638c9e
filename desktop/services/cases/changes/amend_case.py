"""Amend a registered case: reopen it in the wizard, or decide between two values of one field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final

from desktop.domain.case_file.views import CaseFile, Conflict
from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS, Case, Identifier
from desktop.domain.cases.form_changes import case_of
from desktop.domain.cases.form_facts import identifiers_of, readings_of, transfers_of
from desktop.domain.cases.holder_objection import decisions_in
from desktop.domain.cases.intake import IdentifierText, IntakeForm, ReadAloudText, TransferText
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Transfer
from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS, PartyText
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.cases.taken_out import FIELD, amended
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.amounts import format_yuan
from desktop.domain.records.field_table import FieldRow, Typed, assembled
from desktop.domain.records.fields import text
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.catch_up import caught_up
from desktop.services.cases.changes.register_report import form_origin
from desktop.services.cases.changes.take_out import take_out
from desktop.services.look_up import file_in
from desktop.services.ports import Transaction
from desktop.services.session import Session

_PARTS: Final = frozenset(
    {
        "case", "transfer", "identifier", "evidence", "order", "step", "paper", "read_aloud", "supplement", "seal",
        "custody", "person",
    }
)  # fmt: skip
"""What belongs to a case. Rights of officers and trust in others are not decided by those who write cases."""


def resolve_conflict(session: Session, conflict: Conflict, value: str) -> None:
    """Set the value a person decided for; it replaces every one that stands beside it.

    ``value`` is one of the texts of ``conflict``, as it was shown to that person.

    Raises:
        UserInputError: ``conflict.unknown`` when these are not the values that stand now.
        RuleError: ``part.ordered``, see :func:`desktop.services.cases.changes.take_out.take_out`.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        decide(session, transaction, conflict, value)


def decide(session: Session, transaction: Transaction, conflict: Conflict, value: str) -> None:
    """The same within a transaction."""
    unreplaced = transaction.unreplaced_values(conflict.subject, conflict.field)
    shown_values = sorted(item.value for item in conflict.values)
    unchanged = len(unreplaced) > 1 and sorted(shown for shown, _ in unreplaced) == shown_values
    known = dict(unreplaced)
    part, _, name = conflict.subject.partition("/")
    if not unchanged or value not in known or part not in _PARTS:
        raise UserInputError("conflict.unknown")
    of_part = text(transaction.current(conflict.subject), "case")
    case = CaseId(name if part == "case" else of_part)
    if conflict.field == FIELD and known[value]:
        take_out(session, transaction, case, (name,))
        return
    if decisions_in((conflict.field,)):
        session.require(Permission.APPROVE_ORDERS)
    fields = amended(part, {conflict.field: known[value]})
    # A centre says it to the station whose case it is; nobody else would ever hear that it is settled.
    stream = session.profile.stream_for(file_in(transaction, case).case.unit_code)
    entry = NewEntry(CASE_AMENDED, conflict.subject, fields, stream=stream)
    transaction.append(session.officer.number, entry)


def form_of(session: Session, case: CaseId) -> IntakeForm:
    """The intake form that shows a registered case, to go on typing where it was left. A draft of it shows what others
    amended meanwhile where nothing was typed."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        draft = reader.draft(case)
        if draft is None:
            return form_of_file(file_in(reader, case)).recorded()
        file, base = reader.case_file(case), draft.form.base
        if file is None or base is None:
            return draft.form
        origin = form_origin(session, reader)
        recorded = _form(
            case_of(base, origin, reader),
            transfers_of(base, origin.now),
            identifiers_of(base, origin.directories, origin.today),
            readings_of(base),
        )
        return caught_up(draft.form, recorded, form_of_file(file))


def form_of_file(file: CaseFile) -> IntakeForm:
    """What a registered case would show in the intake form."""
    return _form(file.case, file.transfers, file.identifiers, file.readings)


def _form(
    case: Case,
    transfers: Iterable[Transfer],
    identifiers: Iterable[Identifier],
    readings: Iterable[ReadAloud],
) -> IntakeForm:
    return assembled(
        IntakeForm,
        _texts(CASE_FIELDS.rows, case),
        case_id=case.id,
        transfers=tuple(
            assembled(
                TransferText,
                _texts(TRANSFER_FIELDS.rows, item) | _texts(WAY_FIELDS.rows, item.way),
                id=item.id,
            )
            for item in transfers
        ),
        identifiers=tuple(
            assembled(IdentifierText, _texts(IDENTIFIER_FIELDS.rows, item), id=item.id)
            for item in identifiers
        ),
        read_aloud=tuple(
            ReadAloudText(item.id, item.number, item.reader, item.officer, to_wire(item.at))
            for item in readings
        ),
        parties=tuple(
            assembled(PartyText, _texts(PARTY_FIELDS.rows, item), id=item.id)
            for item in case.parties
        ),
        answers=case.answers,
        flags=case.flags,
        circumstances=tuple((name, proof or TICKED) for name, proof in case.circumstances),
    )


_TEXTS: Final[Mapping[Typed, Callable[[Any], Any]]] = {
    Typed.AMOUNT: lambda fen: format_yuan(fen) if fen else "",
    Typed.TIME: lambda time: show_time(time) if time else "",
    Typed.CERTAINTIES: lambda held: tuple((name, held[name].value) for name in sorted(held)),
}


def _texts(rows: Iterable[FieldRow], record: object) -> dict[str, Any]:
    """Path in the form → what stands there."""
    return {
        row.form: _TEXTS.get(row.typed, row.type.write)(attrgetter(row.attribute)(record))
        for row in rows
        if row.typed
    }
