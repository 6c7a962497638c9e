"""Register a report: the case, its transfers and identifiers become journal facts.

Also used the moment the first stop is sent, when only the money page is filled: registering again later amends
what was typed since and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from desktop.domain.case_file.orders.order_rules import require_no_order
from desktop.domain.cases.form_changes import FormAct, FormOrigin, form_changes
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.field_types import TIME
from desktop.domain.records.numbers import case_number
from desktop.domain.time.clock import from_wire
from desktop.journal import kinds
from desktop.journal.entry import NewEntry
from desktop.services.cases.changes.own_case import require_own
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

FORM_KINDS: Final[Mapping[FormAct, str]] = {
    FormAct.REGISTER: kinds.CASE_REGISTERED,
    FormAct.AMEND: kinds.CASE_AMENDED,
    FormAct.CONVERT: kinds.CASE_CONVERTED,
    FormAct.PAYMENT: kinds.TRANSFER_RECORDED,
    FormAct.LEAD: kinds.IDENTIFIER_RECORDED,
    FormAct.READ_ALOUD: kinds.NUMBER_READ_ALOUD,
    FormAct.TAKE_OUT_PAYMENT: kinds.TRANSFER_WITHDRAWN,
    FormAct.TAKE_OUT_LEAD: kinds.IDENTIFIER_WITHDRAWN,
}
"""The kind of entry by which a change of a form is recorded."""


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
    session.require(Permission.WRITE_CASES, at_centre=True)
    done = []
    with session.store.write() as transaction:
        for form in forms:
            registered = record_form(session, transaction, form)
            transaction.drop_draft(registered.case)
            transaction.project()  # the next number follows from this one
            done.append(registered)
    for registered in done:
        forget_on_pc(session, registered.case)
    return tuple(done)


def forget_on_pc(session: Session, case: CaseId) -> None:
    """What was typed is where it belongs: a draft of it that waited on this PC for a centre's server goes. That its
    file cannot be removed takes nothing back of what was done."""
    if session.pc_drafts is not None:
        with contextlib.suppress(WorldError):
            session.pc_drafts.drop(case)


def record_form(session: Session, transaction: Transaction, form: IntakeForm) -> Registered:
    """The part of registering that happens inside a transaction; unchanged facts make no entry."""
    require_own(session, transaction, CaseId(form.case_id))
    origin = form_origin(session, transaction)
    origin = replace(origin, begun_at=_begun_at(transaction, form, origin.now))
    changes = form_changes(form, origin, transaction)
    if changes.empty:
        raise UserInputError("report.empty")
    if changes.removed:
        session.require(Permission.WRITE_CASES, at_centre=True)
        file = transaction.case_file(changes.case.id)
        require_no_order(file, [item.subject for item in changes.removed])
    stream = session.profile.stream_for(changes.case.unit_code)
    transaction.append_all(
        session.officer.number,
        [
            NewEntry(
                FORM_KINDS[item.act], item.subject, item.fields, stream=stream, shown=item.shown
            )
            for item in (*changes.typed, *changes.removed)
        ],
    )
    return Registered(changes.case.id, changes.case.number)


def _begun_at(transaction: Transaction, form: IntakeForm, now: datetime) -> datetime | None:
    """As the draft has it; a clock that was set back since does not make it a time to come, and what is no time says
    nothing."""
    draft = transaction.draft(CaseId(form.case_id))
    if draft is None or not TIME.accepts(draft.form.begun_at):
        return None
    begun_at = from_wire(draft.form.begun_at)
    return begun_at if begun_at <= now else None


def unrecorded(session: Session, form: IntakeForm) -> bool:
    """Whether registering the form would record anything that is not in the journal yet."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return bool(form_changes(form, form_origin(session, reader), reader))


def form_origin(session: Session, reader: Reader) -> FormOrigin:
    """Who types a form at this desk now."""
    profile = session.profile
    return FormOrigin(
        officer=session.officer.number,
        device=profile.device,
        unit_code=profile.unit_code,
        unit_name=profile.unit_name,
        now=session.clock.now(),
        today=session.today,
        directories=session.directories,
        next_number=partial(_next_number, session, reader),
    )


def _next_number(session: Session, reader: Reader) -> str:
    profile = session.profile
    day = session.today
    prefix = case_number(profile.unit_code, day, profile.device_letter, 0)[:-4]
    serial = reader.case_serial_after(prefix)
    return case_number(profile.unit_code, day, profile.device_letter, serial)
