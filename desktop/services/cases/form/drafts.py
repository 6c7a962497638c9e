"""Drafts: what is on the intake screen, saved encrypted while it is typed."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from desktop.domain.cases.intake import Draft, IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.people.party import PartyText
from desktop.domain.errors import WorldError, is_server_lost
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.claim import work_of_case
from desktop.domain.time.clock import to_wire
from desktop.services.cases.changes.register_report import forget_on_pc, unrecorded
from desktop.services.session import Session


def blank_transfer(session: Session) -> TransferText:
    """An empty transfer with its lasting id."""
    return TransferText(id=session.ids.new_id())


def blank_identifier(session: Session, kind: str, value: str) -> IdentifierText:
    """An identifier line with its lasting id."""
    return IdentifierText(id=session.ids.new_id(), kind=kind, value=value)


def blank_party(session: Session) -> PartyText:
    """Somebody of whom nothing is known, with a lasting id."""
    return PartyText(id=PartyId(session.ids.new_id()))


def blank_form(session: Session) -> IntakeForm:
    """A form for a person who just came to the counter, with its lasting id. Nothing is saved: who types at once must
    not wait for the database."""
    return IntakeForm(case_id=session.ids.new_id(), transfers=(blank_transfer(session),))


def keep_blank(session: Session, form: IntakeForm) -> Draft:
    """Save a blank form, in place of others on which nothing was done yet; while a centre's server is away those
    stay."""
    try:
        for draft in open_drafts(session):
            if draft.form.case_id != form.case_id and _is_blank(session, draft):
                discard_draft(session, CaseId(draft.form.case_id))
    except WorldError as error:
        if not _can_wait(session, error):
            raise
    return save_draft(session, form)


def new_draft(session: Session) -> Draft:
    """Open a blank form and save it at once."""
    return keep_blank(session, blank_form(session))


def _is_blank(session: Session, draft: Draft) -> bool:
    """Evidence may lie in a case before a word is typed."""
    if not draft.form.untouched:
        return False
    with session.store.read() as reader:
        return not reader.evidence(CaseId(draft.form.case_id))


def save_draft(session: Session, form: IntakeForm) -> Draft:
    """Keep the form; it is on disk, encrypted, when this returns.

    At a centre with a server it is on this PC first, whatever the server does. Once that did not answer, the drafts of
    the case stay on this PC until :func:`send_drafts` brought them there: what is typed never waits for the network.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    case = CaseId(form.case_id)
    waited = session.pc_drafts is not None and session.pc_drafts.holds(case)
    here = _save_here(session, form)
    if waited and here is not None:
        return here
    try:
        saved = _save(session, form)
    except WorldError as error:
        if here is None or not is_server_lost(error):
            raise
        return here
    forget_on_pc(session, case)
    return saved


def _save_here(session: Session, form: IntakeForm) -> Draft | None:
    """On this PC, where it has a place for drafts; None where its disk takes nothing: then the server's has to do."""
    if session.pc_drafts is None:
        return None
    draft = Draft(form, session.officer.number, to_wire(session.clock.now()), 0, on_pc=True)
    try:
        session.pc_drafts.save(draft)
    except WorldError:
        return None
    return draft


def _save(session: Session, form: IntakeForm) -> Draft:
    with session.store.write() as transaction:
        return transaction.save_draft(form, session.officer.number)


def _can_wait(session: Session, error: WorldError) -> bool:
    return session.pc_drafts is not None and is_server_lost(error)


def reach_server(session: Session) -> None:
    """What :func:`send_drafts` does, and raises as it does where nothing waits, too."""
    send_drafts(session)
    with session.store.read() as reader:
        reader.draft(CaseId(""))  # any question: a connection that is gone is noticed by the answer


def send_drafts(session: Session) -> None:
    """Bring what waits on this PC to the centre's server. Where somebody typed into the same draft there meanwhile,
    both stay: the one of this PC as a draft of its own.

    Raises:
        WorldError: the server cannot be reached still; everything stays on this PC.
    """
    here = session.pc_drafts
    waiting = here.all() if here is not None else ()
    if here is None or not waiting or not session.officer.may(Permission.WRITE_CASES):
        return
    with session.store.write() as transaction:
        for draft in waiting:
            form, there = draft.form, transaction.draft(CaseId(draft.form.case_id))
            if there is not None and _same_typing(there.form, form):
                continue
            if there is not None and (
                there.saved_at > draft.saved_at or there.officer != draft.officer
            ):
                form = replace(form, case_id=session.ids.new_id())
            transaction.save_draft(form, draft.officer)
    with contextlib.suppress(WorldError):
        # What cannot be removed is known there by its words the next time.
        for draft in waiting:
            here.drop(CaseId(draft.form.case_id), draft.saved_at)


def _same_typing(one: IntakeForm, other: IntakeForm) -> bool:
    """Where somebody stood in the form, and when it was begun, does not count."""
    return replace(one, page=0, focus="", begun_at="") == replace(
        other, page=0, focus="", begun_at=""
    )


def open_drafts(session: Session) -> tuple[Draft, ...]:
    """Drafts to continue, last saved first. Where a centre's server cannot be reached, those that wait on this PC."""
    session.require(Permission.READ_CASES)
    try:
        send_drafts(session)
        with session.store.read() as reader:
            return reader.drafts()
    except WorldError as error:
        here = session.pc_drafts.all() if session.pc_drafts is not None else ()
        if not here or not is_server_lost(error):
            raise
        return tuple(sorted(here, key=lambda draft: draft.saved_at, reverse=True))


def unrecorded_draft(session: Session, case: CaseId) -> Draft | None:
    """What was typed about a registered case and is not recorded; None where there is no more than the journal has."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        draft = reader.draft(case)
    return draft if draft is not None and unrecorded(session, draft.form) else None


def discard_draft(session: Session, case: CaseId) -> None:
    """Give a draft up; one whose case holds evidence stays, or nobody would find that again; so does every one while a
    centre's server, which knows, is away."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    try:
        with session.store.write() as transaction:
            if transaction.evidence(case):
                return
            transaction.drop_draft(case)
            transaction.drop_claims((work_of_case(case),))
    except WorldError as error:
        if not _can_wait(session, error):
            raise
        return
    forget_on_pc(session, case)
