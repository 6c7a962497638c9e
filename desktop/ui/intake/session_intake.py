"""The wizard's services, bound to the desk of the officer who signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.case_file.views import CaseFile, HistoryRow, SameAccount
from desktop.domain.cases.intake import (
    Draft,
    IdentifierText,
    IntakeForm,
    ReadAloudText,
    TransferText,
)
from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import IdentifierCheck
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.local_time import CHINA
from desktop.domain.problems import Problem
from desktop.domain.statements.proposal import Extraction
from desktop.domain.suggestion import Suggestion
from desktop.services import look_up
from desktop.services.audit.open_case import note_looks
from desktop.services.cases import (
    amend_case,
    branches,
    case_money,
    check_identifier,
    complete_masked,
    drafts,
    earlier_visits,
    read_aloud,
    read_form,
    register_report,
    suggest_type,
    visit_elements,
)
from desktop.services.cases.case_money import Money
from desktop.services.cases.complete_masked import Candidate
from desktop.services.cases.earlier_visits import EarlierVisit
from desktop.services.cases.payment_hints import PaymentHints
from desktop.services.cases.read_form import Element, Hint, Window
from desktop.services.cases.register_report import Registered
from desktop.services.extraction import read_pasted
from desktop.services.orders import issue_order, make_slip
from desktop.services.orders.issue_order import Issued
from desktop.services.orders.make_slip import Slip
from desktop.services.papers import draw_form, draw_masked_slip
from desktop.services.ports import FormSpec, Pdf
from desktop.services.session import Session


class SessionIntake:
    """:class:`~desktop.ui.intake.port.IntakePort` over the services; what each does and raises
    stands there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._payments = PaymentHints(session)

    def hints(self, form: IntakeForm, now: datetime) -> Mapping[str, Hint]:
        """See ``read_form.hints``."""
        return read_form.hints(self._session, form, now, self._payments)

    def elements(self, form: IntakeForm) -> tuple[Element, ...]:
        """See ``visit_elements.elements``."""
        return visit_elements.elements(self._session, form)

    def money(self, form: IntakeForm) -> Money:
        """See ``case_money.money_of_form``."""
        return case_money.money_of_form(self._session, form)

    def suggested_branches(self, form: IntakeForm) -> frozenset[str]:
        """See ``branches.suggested_branches``."""
        return branches.suggested_branches(self._session, form)

    def golden_window(self, form: IntakeForm) -> Window | None:
        """See ``read_form.golden_window``."""
        return read_form.golden_window(self._session, form)

    def group_account(self, text: str) -> str:
        """See ``read_form.group_account``."""
        return read_form.group_account(text)

    def bank_of(self, account: str) -> str:
        """See ``read_form.bank_of``."""
        return read_form.bank_of(self._session, account)

    def blank_transfer(self) -> TransferText:
        """See ``drafts.blank_transfer``."""
        return drafts.blank_transfer(self._session)

    def blank_identifier(self, kind: str, value: str) -> IdentifierText:
        """See ``drafts.blank_identifier``."""
        return drafts.blank_identifier(self._session, kind, value)

    def blank_form(self) -> IntakeForm:
        """See ``drafts.blank_form``."""
        return drafts.blank_form(self._session)

    def keep_blank(self, form: IntakeForm) -> Draft:
        """See ``drafts.keep_blank``."""
        return drafts.keep_blank(self._session, form)

    def new_draft(self) -> Draft:
        """See ``drafts.new_draft``."""
        return drafts.new_draft(self._session)

    def save_draft(self, form: IntakeForm) -> Draft:
        """See ``drafts.save_draft``."""
        return drafts.save_draft(self._session, form)

    def discard_draft(self, case: CaseId) -> None:
        """See ``drafts.discard_draft``."""
        drafts.discard_draft(self._session, case)

    def open_drafts(self) -> tuple[Draft, ...]:
        """See ``drafts.open_drafts``."""
        return drafts.open_drafts(self._session)

    def unrecorded(self, form: IntakeForm) -> bool:
        """See ``register_report.unrecorded``."""
        return register_report.unrecorded(self._session, form)

    def form_of(self, case: CaseId) -> IntakeForm:
        """See ``amend_case.form_of``."""
        return amend_case.form_of(self._session, case)

    def case_file(self, case: CaseId) -> CaseFile | None:
        """See ``look_up.case_file``; a draft that was never registered has none."""
        try:
            file = look_up.case_file(self._session, case)
        except UserInputError:
            return None
        note_looks(self._session, (case,))
        return file

    def read_pasted(self, text: str) -> Extraction:
        """See ``read_pasted.read_pasted``."""
        return read_pasted.read_pasted(self._session, text)

    def suggest_type(self, form: IntakeForm) -> tuple[Suggestion, ...]:
        """See ``suggest_type.suggest_type``."""
        return suggest_type.suggest_type(self._session, form)

    def same_account(self, number: str, but: CaseId) -> tuple[SameAccount, ...]:
        """See ``look_up.same_account``."""
        return look_up.same_account(self._session, number, but)

    def check_lead(self, lead: IdentifierText) -> IdentifierCheck:
        """See ``check_identifier.check_identifier``."""
        day = self._session.clock.now().astimezone(CHINA).date()
        found = self._session.directories
        return check_identifier.check_identifier(lead.kind, lead.value, found, day)

    def read_aloud(self, number: str, reader: str) -> ReadAloudText:
        """See ``read_aloud.read_aloud``."""
        done = read_aloud.read_aloud(self._session, number, reader)
        return ReadAloudText(done.id, done.number, done.reader, done.officer, to_wire(done.at))

    def earlier_visits(self, form: IntakeForm) -> tuple[EarlierVisit, ...]:
        """See ``earlier_visits.earlier_visits``."""
        return earlier_visits.earlier_visits(self._session, form)

    def masked_candidates(self, form: IntakeForm, index: int) -> tuple[Candidate, ...]:
        """See ``complete_masked.masked_candidates``."""
        return complete_masked.masked_candidates(self._session, form, index)

    def draw_masked_slip(self, form: IntakeForm, index: int, task: str) -> Pdf:
        """See ``draw_masked_slip.draw_masked_slip``."""
        return draw_masked_slip.draw_masked_slip(self._session, form, index, task)

    def check_stop(self, form: IntakeForm, index: int) -> tuple[Problem, ...]:
        """See ``issue_order.check_stop``."""
        return issue_order.check_stop(self._session, form, index)

    def issue_stop(self, form: IntakeForm, index: int, *, confirmed: bool) -> Issued:
        """See ``issue_order.issue_stop``."""
        return issue_order.issue_stop(self._session, form, index, confirmed=confirmed)

    def register(self, form: IntakeForm) -> Registered:
        """See ``register_report.register_report``."""
        return register_report.register_report(self._session, form)

    def make_slip(self, order: OrderId) -> Slip:
        """See ``make_slip.make_slip``."""
        return make_slip.make_slip(self._session, order)

    def list_forms(self) -> tuple[FormSpec, ...]:
        """See ``draw_form.list_forms``."""
        return draw_form.list_forms(self._session)

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        """See ``draw_form.draw_form``."""
        return draw_form.draw_form(self._session, form, case)

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """See ``draw_form.draw_stop_form``."""
        return draw_form.draw_stop_form(self._session, order)

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """See ``look_up.history``."""
        return look_up.history(self._session, case)
