"""Decide about an objection of an account holder: another officer than who received it, and one who may approve."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.domain.case_file.orders.objection_release import ObjectionState, ReleaseStep
from desktop.domain.cases.holder_objection import (
    LONGEST_GROUNDS,
    OBJECTIONS,
    HolderObjection,
    ObjectionDecision,
    ObjectionOutcome,
)
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.objections.objections_of_case import ObjectionView, view_in
from desktop.services.look_up import file_in
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.ports import Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """A decision as typed. ``released``: ids of the orders whose measure ends, where it is upheld in part. ``witness``
    and ``password`` are those of a decider other than the officer who is signed in; empty for the officer's own."""

    outcome: ObjectionOutcome
    reason: str = ""
    released: Sequence[str] = ()
    witness: str = ""
    password: str = field(default="", repr=False)


def decide_objection(
    session: Session, case: CaseId, key: str, typed: TypedDecision
) -> HolderObjection:
    """Record what the review came to. A decision after which nothing was done yet is replaced by the new one. What was
    found free is released at once (反诈法 Art. 32): that runs from when it was decided first, so whoever decides to end
    the same measures again changes the words alone.

    ``key``: the id of the objection, or its number in the case.

    Raises:
        UserInputError: ``case.unknown``, ``objection.unknown``, ``objection.long``.
        RuleError: ``objection.no_approver``, ``objection.own_decision``; ``objection.withdrawn``,
            ``objection.decided_already``; ``objection.release_runs`` where it ends some of the measures that the
            decision before it ends; ``objection.no_reason`` where anything is refused without one;
            ``objection.part`` where a part is none or all; what :func:`prove_second` raises.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    own = typed.witness.strip() in {"", session.officer.number}
    witness = None if own else prove_second(session, typed.witness, typed.password)
    with session.store.write() as transaction:
        view = view_in(session, transaction, case, key)
        require_undecided(view)
        who = _decider(session, transaction, view.objection, witness)
        released, reason = _released(view.objection, typed), _reason(typed)
        at = _decided_at(view.objection, released, session.clock.now())
        decision = ObjectionDecision(typed.outcome, who, at, released, reason)
        return _record(session, transaction, view, replace(view.objection, decision=decision), who)


def withdraw_objection(session: Session, case: CaseId, key: str, reason: str) -> HolderObjection:
    """It counts no more: recorded by mistake, or taken back by who objected.

    Raises:
        UserInputError: ``case.unknown``, ``objection.unknown``, ``objection.long``.
        RuleError: ``objection.withdrawn``, ``objection.no_reason``; ``objection.decided_already``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    why = clean(reason)
    if not why:
        raise RuleError("objection.no_reason")
    if len(why) > LONGEST_GROUNDS:
        raise UserInputError("objection.long", limit=LONGEST_GROUNDS)
    with session.store.write() as transaction:
        view = view_in(session, transaction, case, key)
        require_undecided(view)
        new = replace(view.objection, withdrawn=why)
        return _record(session, transaction, view, new, session.officer.number)


def require_undecided(view: ObjectionView) -> None:
    """Refuse to decide anew once something followed from the decision.

    Raises:
        RuleError: ``objection.withdrawn``, ``objection.decided_already``.
    """
    if view.state is ObjectionState.WITHDRAWN:
        raise RuleError("objection.withdrawn")
    acted = any(release.step is ReleaseStep.ORDERED for release in view.releases)
    if acted or view.state in {ObjectionState.CLOSED, ObjectionState.NEWER}:
        raise RuleError("objection.decided_already")


def _decider(
    session: Session,
    transaction: Transaction,
    objection: HolderObjection,
    witness: SecondOfficer | None,
) -> str:
    who = witness or session.officer
    if not who.may(Permission.APPROVE_ORDERS):
        raise RuleError("objection.no_approver")
    if who.number == objection.received_by:
        raise RuleError("objection.own_decision")
    return witness.spend(session, transaction) if witness is not None else who.number


def _released(objection: HolderObjection, typed: TypedDecision) -> tuple[OrderId, ...]:
    if typed.outcome is ObjectionOutcome.UPHELD:
        return objection.orders
    if typed.outcome is ObjectionOutcome.REFUSED:
        return ()
    chosen = tuple(order for order in objection.orders if order in set(typed.released))
    foreign = set(typed.released) - set(objection.orders)
    if foreign or not chosen or chosen == objection.orders:
        raise RuleError("objection.part")
    return chosen


def _decided_at(
    objection: HolderObjection, released: Collection[OrderId], now: datetime
) -> datetime:
    """When it was decided that these measures end."""
    before = set(objection.to_release)
    if objection.decided is None or before.isdisjoint(released):
        return now
    if before != set(released):
        raise RuleError("objection.release_runs")
    return objection.decided.at


def _reason(typed: TypedDecision) -> str:
    reason = clean(typed.reason)
    if not reason and typed.outcome is not ObjectionOutcome.UPHELD:
        raise RuleError("objection.no_reason")
    if len(reason) > LONGEST_GROUNDS:
        raise UserInputError("objection.long", limit=LONGEST_GROUNDS)
    return reason


def _record(
    session: Session,
    transaction: Transaction,
    view: ObjectionView,
    new: HolderObjection,
    officer: str,
) -> HolderObjection:
    fields = OBJECTIONS.changes(view.objection, new)
    stream = session.profile.stream_for(file_in(transaction, view.owner).case.unit_code)
    entry = NewEntry(CASE_AMENDED, f"case/{view.owner}", fields, stream=stream)
    transaction.append(officer, entry)
    return new
