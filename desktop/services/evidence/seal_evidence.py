"""Seal media and open seals; a seal that was opened stays in the record, and the next one names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.custody import SEAL, Seal, last_seal, seal_on
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SEAL_APPLIED, SEAL_CONFIRMED, SEAL_OPENED
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.evidence.record_evidence import chosen_items
from desktop.services.ports import Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TypedSeal:
    """What an officer says of a new seal, or with ``state`` of one that is opened."""

    number: str = ""
    what: str = ""
    at: datetime | None = None
    second: str = ""
    alone: str = ""
    holder: str = ""
    photos: str = ""
    reason: str = ""
    state: str = ""


def seal_evidence(
    session: Session,
    case: CaseId,
    items: Sequence[EvidenceId],
    typed: TypedSeal,
    second: Officer | None = None,
) -> Seal:
    """Record that the medium of these items was sealed.

    ``second``: the other officer, who has just proved who they are; the entry by which they confirm it is theirs.

    Raises:
        UserInputError: ``case.unknown``, ``evidence.unknown``; ``seal.no_number``; ``seal.number_used`` in this case;
            ``seal.future``.
        RuleError: ``seal.already``: one of them is under a seal that holds; ``seal.no_reason``;
            ``evidence.same_officer``; ``evidence.second_may_not``: the second officer's roles do not reach evidence.
    """
    session.require(Permission.ADD_EVIDENCE)
    typed = _named(typed, second)
    number = clean(typed.number)
    if not number:
        raise UserInputError("seal.no_number")
    at = _checked(session, typed)
    with session.store.write() as transaction:
        seals = whole_in(transaction, case)[0].seals
        chosen = [item.id for item in chosen_items(transaction, case, items)]
        if number in {seal.number for seal in seals}:
            raise UserInputError("seal.number_used")
        if any(seal_on(seals, item) for item in chosen):
            raise RuleError("seal.already")
        former = last_seal(seals, chosen)
        seal = Seal(
            id=session.ids.new_id(),
            number=number,
            what=clean(typed.what),
            items=tuple(chosen),
            at=at,
            by=session.officer.number,
            second=clean(typed.second),
            alone=clean(typed.alone),
            holder=clean(typed.holder),
            photos=clean(typed.photos),
            reason=clean(typed.reason),
            previous=former.id if former else "",
        )
        entry = NewEntry(SEAL_APPLIED, f"{SEAL}/{seal.id}", seal.to_fields(case))
        transaction.append(session.officer.number, entry)
        if second is not None:
            seal = replace(seal, seconded_at=session.clock.now())
            _confirm(session, transaction, second, seal.id, "seconded_at")
    return seal


def open_seal(
    session: Session, case: CaseId, seal: str, typed: TypedSeal, second: Officer | None = None
) -> None:
    """Record that a seal was opened, why, and how it was found; ``second`` as in :func:`seal_evidence`.

    Raises:
        UserInputError: ``case.unknown``, ``seal.unknown``, ``seal.future``.
        RuleError: ``seal.open_already``, ``seal.no_reason``, ``evidence.same_officer``, ``evidence.second_may_not``.
    """
    session.require(Permission.ADD_EVIDENCE)
    typed = _named(typed, second)
    at = _checked(session, typed)
    with session.store.write() as transaction:
        known = {item.id: item for item in whole_in(transaction, case)[0].seals}
        if seal not in known:
            raise UserInputError("seal.unknown")
        if not known[seal].holds:
            raise RuleError("seal.open_already")
        if at < known[seal].at:
            raise UserInputError("seal.future")
        fields = {
            "opened_at": to_wire(at),
            "opened_by": session.officer.number,
            "opened_second": clean(typed.second),
            "opened_alone": clean(typed.alone),
            "opened_reason": clean(typed.reason),
            "opened_state": clean(typed.state),
            "opened_photos": clean(typed.photos),
        }
        transaction.append(session.officer.number, NewEntry(SEAL_OPENED, f"{SEAL}/{seal}", fields))
        if second is not None:
            _confirm(session, transaction, second, seal, "opened_seconded_at")


def _named(typed: TypedSeal, second: Officer | None) -> TypedSeal:
    if second is None:
        return typed
    if not second.may(Permission.ADD_EVIDENCE):
        raise RuleError("evidence.second_may_not")
    return replace(typed, second=second.number)


def _confirm(
    session: Session, transaction: Transaction, second: Officer, seal: str, field: str
) -> None:
    at: dict[str, Json] = {field: to_wire(session.clock.now())}
    transaction.append(second.number, NewEntry(SEAL_CONFIRMED, f"{SEAL}/{seal}", at))


def _checked(session: Session, typed: TypedSeal) -> datetime:
    if not clean(typed.reason):
        raise RuleError("seal.no_reason")
    if clean(typed.second) in {session.officer.number, session.officer.name}:
        raise RuleError("evidence.same_officer")
    at = typed.at or session.clock.now()
    if at > session.clock.now():
        raise UserInputError("seal.future")
    return at
