"""Evidence passes from one keeper to another, signed by both sides (程序规定 Art. 185, 235)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.custody import CUSTODY, CustodyTransfer, keeper_of
from desktop.domain.evidence.item import Evidence
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.progress import Progress
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CUSTODY_PASSED, CUSTODY_TAKEN
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.evidence.record_evidence import chosen_items
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TypedPassing:
    """Who takes the items, where and why. ``taker``, ``unit``: a person outside the force, who signs on paper; empty
    when an officer takes them."""

    taker: str = ""
    unit: str = ""
    place: str = ""
    reason: str = ""


def pass_evidence(
    session: Session,
    case: CaseId,
    items: Sequence[EvidenceId],
    typed: TypedPassing,
    progress: Progress,
    taker: Officer | None = None,
) -> CustodyTransfer:
    """Re-hash the items, then record that they changed hands. ``taker``: an officer who has just proved who they are;
    the entry by which they take the items is theirs.

    Raises:
        UserInputError: ``case.unknown``, ``evidence.unknown``; ``custody.no_taker``; ``custody.no_reason``.
        RuleError: ``custody.same_person``; ``custody.may_not``: the taker's roles do not reach evidence;
            ``custody.keeper_first``: somebody else keeps them; ``custody.damaged`` (count): what is damaged is not
            handed on.
    """
    session.require(Permission.ADD_EVIDENCE)
    name = taker.number if taker else clean(typed.taker)
    _check(session, typed, name, taker)
    with session.store.read() as reader:
        file, _ = whole_in(reader, case)
        chosen = chosen_items(reader, case, items)
    if any(_keeper(file, item) != session.officer.number for item in chosen):
        raise RuleError("custody.keeper_first")
    checked = require_sound(session, case, items, progress)
    passing = CustodyTransfer(
        id=session.ids.new_id(),
        items=tuple(dict.fromkeys(items)),
        at=session.clock.now(),
        giver=session.officer.number,
        taker=name,
        taker_unit="" if taker else clean(typed.unit),
        place=clean(typed.place),
        reason=clean(typed.reason),
        checked=checked,
    )
    subject = f"{CUSTODY}/{passing.id}"
    with session.store.write() as transaction:
        chosen_items(transaction, case, items)
        passed = NewEntry(CUSTODY_PASSED, subject, passing.to_fields(case))
        transaction.append(session.officer.number, passed)
        if taker is not None:
            signed = {"signed_at": to_wire(session.clock.now())}
            transaction.append(taker.number, NewEntry(CUSTODY_TAKEN, subject, signed))
    return passing


def _check(session: Session, typed: TypedPassing, name: str, taker: Officer | None) -> None:
    if not name:
        raise UserInputError("custody.no_taker")
    if not clean(typed.reason):
        raise UserInputError("custody.no_reason")
    if name in {session.officer.number, session.officer.name}:
        raise RuleError("custody.same_person")
    if taker is not None and not taker.may(Permission.ADD_EVIDENCE):
        raise RuleError("custody.may_not")


def _keeper(file: CaseFile, item: Evidence) -> str:
    return keeper_of(file.custody, item.id, item.added_by)


def require_sound(
    session: Session, case: CaseId, items: Sequence[EvidenceId], progress: Progress
) -> int:
    """Re-hash them; how many. Raises ``RuleError("custody.damaged")`` (count)."""
    session.require(Permission.ADD_EVIDENCE)
    found = verify_evidence(session, case, progress, only=frozenset(items))
    if found.bad:
        raise RuleError("custody.damaged", count=len(found.bad))
    return found.checked
