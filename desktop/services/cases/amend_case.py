"""Amend a registered case: reopen it in the wizard, or decide between two values of one field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.case_file.views import CaseFile, Conflict
from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import Case, Identifier
from desktop.domain.cases.intake import (
    IdentifierText,
    IntakeForm,
    ReadAloudText,
    TransferText,
    VictimText,
)
from desktop.domain.cases.taken_out import FIELD, amended
from desktop.domain.cases.transfer import Transfer
from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.fields import text
from desktop.domain.ids import CaseId
from desktop.domain.local_time import show_time
from desktop.domain.money.amounts import format_yuan
from desktop.domain.officer import Permission
from desktop.domain.read_aloud import ReadAloud
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.catch_up import caught_up
from desktop.services.cases.register_report import case_of
from desktop.services.cases.take_out import take_out
from desktop.services.form_facts import identifiers_of, readings_of, transfers_of
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
        RuleError: ``part.ordered``, see :func:`desktop.services.cases.take_out.take_out`.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        decide(session, transaction, conflict, value)


def decide(session: Session, transaction: Transaction, conflict: Conflict, value: str) -> None:
    """The same within a transaction."""
    standing = transaction.standing(conflict.subject, conflict.field)
    seen = sorted(item.value for item in conflict.values)
    unchanged = len(standing) > 1 and sorted(shown for shown, _ in standing) == seen
    known = dict(standing)
    part, _, name = conflict.subject.partition("/")
    if not unchanged or value not in known or part not in _PARTS:
        raise UserInputError("conflict.unknown")
    of_part = text(transaction.current(conflict.subject), "case")
    case = CaseId(name if part == "case" else of_part)
    if conflict.field == FIELD and known[value]:
        take_out(session, transaction, case, (name,))
        return
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
        told = _form(
            case_of(session, reader, base),
            transfers_of(base, session.clock.now()),
            identifiers_of(session, base),
            readings_of(base),
        )
        return caught_up(draft.form, told, form_of_file(file))


def form_of_file(file: CaseFile) -> IntakeForm:
    """What a registered case would show in the intake form."""
    return _form(file.case, file.transfers, file.identifiers, file.readings)


def _form(
    case: Case,
    transfers: Iterable[Transfer],
    identifiers: Iterable[Identifier],
    readings: Iterable[ReadAloud],
) -> IntakeForm:
    victim = case.victim
    return IntakeForm(
        case_id=case.id,
        visit=case.visit.value,
        victim=VictimText(
            victim.name, victim.id_kind, victim.id_number, victim.phone, victim.address
        ),
        transfers=tuple(_transfer(item) for item in transfers),
        type=case.type,
        narrative=case.narrative,
        identifiers=tuple(
            IdentifierText(
                item.id,
                item.kind,
                item.value,
                item.note,
                item.certainty.value if item.certainty else "",
                item.source,
                item.origin,
            )
            for item in identifiers
        ),
        read_aloud=tuple(
            ReadAloudText(item.id, item.number, item.reader, item.officer, to_wire(item.at))
            for item in readings
        ),
        answers=case.answers,
        flags=case.flags,
        circumstances=tuple((name, proof or TICKED) for name, proof in case.circumstances),
        returned=_yuan(case.returned_fen),
        attempted=_yuan(case.attempted_fen),
        converted_from=case.converted_from,
    )


def _yuan(fen: int) -> str:
    return format_yuan(fen) if fen else ""


def _transfer(item: Transfer) -> TransferText:
    return TransferText(
        id=item.id,
        time=show_time(item.time) if item.time else "",
        amount=_yuan(item.amount_fen),
        channel=item.channel.value if item.channel else "",
        arrival=item.arrival.value if item.arrival else "",
        payer_name=item.payer.name,
        payer_account=item.payer.number,
        payer_bank=item.payer.bank,
        payee_name=item.payee.name,
        payee_account=item.payee.number,
        payee_bank=item.payee.bank,
        order_number=item.order_number,
        serial=item.serial,
        certainty=tuple(sorted((name, value.value) for name, value in item.certainty.items())),
        payee_masked=item.payee_masked,
        returned=_yuan(item.returned_fen),
        attempted=TICKED if item.attempted else "",
        origin=item.origin,
    )
