"""What a masked number may be: of this report, of other cases, and never of the case that is filled in."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.cases.intake import IntakeForm
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.complete_masked import CandidateReason, masked_candidates
from desktop.services.session import Session
from tests.support.sessions import a_form


def with_account(form: IntakeForm, number: str) -> IntakeForm:
    return replace(form, transfers=(replace(form.transfers[0], payee_account=number),))


def test_a_number_of_other_cases_is_named_with_them_and_of_the_own_case_as_of_no_other(
    session: Session,
) -> None:
    form = a_form(session)
    whole = form.transfers[0].payee_account
    masked = whole[:6] + "*" * (len(whole) - 10) + whole[-4:]
    own = register_report(session, form).case
    again = replace(with_account(form, masked), case_id=own)
    found = {one.number: one for one in masked_candidates(session, again, 0)}
    assert whole not in found, "its own case is no other"
    other = register_report(session, a_form(session)).case
    third = register_report(session, a_form(session)).case
    named = next(one for one in masked_candidates(session, again, 0) if one.number == whole)
    assert (named.reason, named.cases) == (CandidateReason.OTHER_CASE, 2)
    assert named.case is not None
    assert named.case.case in (other, third)
    both = replace(again, transfers=(again.transfers[0], form.transfers[0]))
    named = next(one for one in masked_candidates(session, both, 0) if one.number == whole)
    assert (named.reason, named.cases) == (CandidateReason.THIS_REPORT, 2)
    assert masked_candidates(session, both, 1) == (), "a whole number"
