"""Drafts: what is on the intake screen, saved encrypted while it is typed."""

from __future__ import annotations

from desktop.domain.cases.intake import Draft, IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.party import PartyText
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.installation.officer import Permission
from desktop.services.cases.changes.register_report import unrecorded
from desktop.services.session import Session


def blank_transfer(session: Session) -> TransferText:
    """An empty transfer with its lasting id."""
    return TransferText(id=session.ids.new_id())


def blank_identifier(session: Session, kind: str = "", value: str = "") -> IdentifierText:
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
    """Save a blank form, in place of others on which nothing was done yet."""
    for draft in open_drafts(session):
        if draft.form.case_id != form.case_id and _is_blank(session, draft):
            discard_draft(session, CaseId(draft.form.case_id))
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
    """Keep the form; it is on disk, encrypted, when this returns."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        return transaction.save_draft(form, session.officer.number)


def open_drafts(session: Session) -> tuple[Draft, ...]:
    """Drafts to continue, last saved first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.drafts()


def unrecorded_draft(session: Session, case: CaseId) -> Draft | None:
    """What was typed about a registered case and is not recorded; None where there is no more than the journal has."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        draft = reader.draft(case)
    return draft if draft is not None and unrecorded(session, draft.form) else None


def discard_draft(session: Session, case: CaseId) -> None:
    """Give a draft up; one whose case holds evidence stays, or nobody would find that again."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        if not transaction.evidence(case):
            transaction.drop_draft(case)
