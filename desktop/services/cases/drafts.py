"""Drafts: what is on the intake screen, saved encrypted while it is typed."""

from __future__ import annotations

from desktop.domain.cases.intake import Draft, IdentifierText, IntakeForm, TransferText
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.cases.register_report import unrecorded
from desktop.services.desk import Desk


def blank_transfer(desk: Desk) -> TransferText:
    """An empty transfer with its lasting id."""
    return TransferText(id=desk.ids.new_id())


def blank_identifier(desk: Desk, kind: str = "", value: str = "") -> IdentifierText:
    """An identifier line with its lasting id."""
    return IdentifierText(id=desk.ids.new_id(), kind=kind, value=value)


def blank_form(desk: Desk) -> IntakeForm:
    """A form for a person who just came to the counter, with its lasting id. Nothing is saved: who types at once must
    not wait for the database."""
    return IntakeForm(case_id=desk.ids.new_id(), transfers=(blank_transfer(desk),))


def keep_blank(desk: Desk, form: IntakeForm) -> Draft:
    """Save a blank form, in place of others on which nothing was done yet."""
    for draft in open_drafts(desk):
        if draft.form.case_id != form.case_id and _is_blank(desk, draft):
            discard_draft(desk, CaseId(draft.form.case_id))
    return save_draft(desk, form)


def new_draft(desk: Desk) -> Draft:
    """Open a blank form and save it at once."""
    return keep_blank(desk, blank_form(desk))


def _is_blank(desk: Desk, draft: Draft) -> bool:
    """Evidence may lie in a case before a word is typed."""
    if not draft.form.untouched:
        return False
    with desk.store.read() as reader:
        return not reader.evidence(CaseId(draft.form.case_id))


def save_draft(desk: Desk, form: IntakeForm) -> Draft:
    """Keep the form; it is on disk, encrypted, when this returns."""
    desk.require(Permission.WRITE_CASES)
    with desk.store.write() as transaction:
        return transaction.save_draft(form, desk.officer.number)


def open_drafts(desk: Desk) -> tuple[Draft, ...]:
    """Drafts to continue, last saved first."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        return reader.drafts()


def unrecorded_draft(desk: Desk, case: CaseId) -> Draft | None:
    """What was typed about a registered case and is not recorded; None where there is no more than the journal has."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        draft = reader.draft(case)
    return draft if draft is not None and unrecorded(desk, draft.form) else None


def discard_draft(desk: Desk, case: CaseId) -> None:
    """Give a draft up; one whose case holds evidence stays, or nobody would find that again."""
    desk.require(Permission.WRITE_CASES)
    with desk.store.write() as transaction:
        if not transaction.evidence(case):
            transaction.drop_draft(case)
