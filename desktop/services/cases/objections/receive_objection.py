"""Record that the holder of an account objects to a stop or freeze (反诈法 Art. 32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.orders.objection_release import require_measures
from desktop.domain.cases.holder_objection import (
    LONGEST_GROUNDS,
    OBJECTIONS,
    HolderObjection,
    ObjectorRelation,
)
from desktop.domain.cases.people.party import RESIDENT
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.labels import TELEPHONES, number_of
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, ObjectionId, OrderId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.record_family import MOST
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.session import Session

_LONGEST_FACT = 200


@dataclass(frozen=True, slots=True)
class TypedObjection:
    """An objection as typed. ``orders``: ids of the stops and freezes it is against; ``received_at`` None: now."""

    name: str
    grounds: str
    orders: Sequence[str]
    id_kind: str = RESIDENT
    id_number: str = ""
    phone: str = ""
    relation: str = ObjectorRelation.HOLDER
    evidence: Sequence[str] = ()
    received_at: datetime | None = None


def receive_objection(session: Session, case: CaseId, typed: TypedObjection) -> HolderObjection:
    """Record it under who is signed in; another officer decides.

    Raises:
        UserInputError: ``case.unknown``; ``objection.no_name``, ``objection.no_grounds``, ``objection.long``,
            ``objection.future``; ``objection.no_evidence`` where an item is none of the case.
        RuleError: ``objection.no_order`` where it is against nothing; ``objection.no_measure`` where an order is no
            stop or freeze that stands in the case; ``objection.many``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    now = session.clock.now()
    objection = _tidy(session, typed, now)
    with session.store.write() as transaction:
        file, _ = whole_in(transaction, case)
        if len(file.case.objections) >= MOST:
            raise RuleError("objection.many", limit=MOST)
        require_measures(file, objection.orders, now)
        if not set(objection.evidence) <= {item.id for item in file.evidence}:
            raise UserInputError("objection.no_evidence")
        fields = OBJECTIONS.changes(None, objection)
        stream = session.profile.stream_for(file.case.unit_code)
        entry = NewEntry(CASE_AMENDED, f"case/{case}", fields, stream=stream)
        transaction.append(session.officer.number, entry)
    return objection


def _tidy(session: Session, typed: TypedObjection, now: datetime) -> HolderObjection:
    name, grounds = clean(typed.name), clean(typed.grounds)
    number = number_of(typed.id_number, "resident_id")
    phone = number_of(typed.phone, *TELEPHONES)
    if not name:
        raise UserInputError("objection.no_name")
    if not grounds:
        raise UserInputError("objection.no_grounds")
    if len(grounds) > LONGEST_GROUNDS:
        raise UserInputError("objection.long", limit=LONGEST_GROUNDS)
    if any(len(fact) > _LONGEST_FACT for fact in (name, number, phone)):
        raise UserInputError("objection.long", limit=_LONGEST_FACT)
    if typed.received_at is not None and typed.received_at > now:
        raise UserInputError("objection.future")
    if not typed.orders:
        raise RuleError("objection.no_order")
    return HolderObjection(
        ObjectionId(session.ids.new_id()),
        name,
        typed.id_kind,
        number,
        phone,
        typed.relation,
        tuple(OrderId(order) for order in dict.fromkeys(typed.orders)),
        grounds,
        tuple(dict.fromkeys(typed.evidence)),
        typed.received_at or now,
        session.officer.number,
    )
