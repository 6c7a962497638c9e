"""What the wizard asks of the desk, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import CaseFile, HistoryRow, SameAccount
from desktop.domain.cases.intake import (
    Draft,
    IdentifierText,
    IntakeForm,
    ReadAloudText,
    TransferText,
)
from desktop.domain.identifiers import IdentifierCheck
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.problems import Problem
from desktop.domain.scripts import NO_SCRIPTS, Scripts
from desktop.domain.statements.proposal import Extraction
from desktop.domain.suggestion import Suggestion
from desktop.services.cases.case_money import Money
from desktop.services.cases.complete_masked import Candidate
from desktop.services.cases.earlier_visits import EarlierVisit
from desktop.services.cases.read_form import Element, Hint, Window
from desktop.services.cases.register_report import Registered
from desktop.services.orders.issue_order import Issued
from desktop.services.orders.make_slip import Slip
from desktop.services.ports import FormSpec, Pdf
from desktop.ui.intake.alarm import AlarmSound, QtAlarm
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink


class IntakePort(Protocol):
    """The services behind the wizard. :class:`~desktop.ui.intake.session_intake.DeskIntake` binds
    them to a desk.

    The first group is pure and fast and called on the GUI thread; the rest may be slow, runs in
    lane ``db`` and raises ``AppError``.
    """

    def hints(self, form: IntakeForm, now: datetime) -> Mapping[str, Hint]:
        """What is to be said about each field, by path."""
        ...

    def elements(self, form: IntakeForm) -> tuple[Element, ...]:
        """What a stop needs, or another kind of visit, and which of it is there."""
        ...

    def money(self, form: IntakeForm) -> Money:
        """What the form amounts to, and the tier of the law it reaches."""
        ...

    def suggested_branches(self, form: IntakeForm) -> frozenset[str]:
        """Other ways of the law to be looked at, by what was typed."""
        ...

    def golden_window(self, form: IntakeForm) -> Window | None:
        """The golden window of the newest transfer."""
        ...

    def group_account(self, text: str) -> str:
        """An account number in groups of four."""
        ...

    def bank_of(self, account: str) -> str:
        """The issuer the first digits of a card suggest; empty when the table has none."""
        ...

    def blank_transfer(self) -> TransferText:
        """An empty transfer."""
        ...

    def blank_identifier(self, kind: str, value: str) -> IdentifierText:
        """A lead with its lasting id."""
        ...

    def blank_form(self) -> IntakeForm:
        """A blank form with its lasting id; touches no database."""
        ...

    def keep_blank(self, form: IntakeForm) -> Draft:
        """Save a blank form, in place of others on which nothing was done yet."""
        ...

    def new_draft(self) -> Draft:
        """Open and save a blank form."""
        ...

    def save_draft(self, form: IntakeForm) -> Draft:
        """Keep the form; durable when it returns."""
        ...

    def discard_draft(self, case: CaseId) -> None:
        """Give a draft up."""
        ...

    def open_drafts(self) -> tuple[Draft, ...]:
        """Drafts to continue, last saved first."""
        ...

    def unrecorded(self, form: IntakeForm) -> bool:
        """Whether registering the form would record anything."""
        ...

    def form_of(self, case: CaseId) -> IntakeForm:
        """The form of a draft or of a registered case."""
        ...

    def case_file(self, case: CaseId) -> CaseFile | None:
        """The case as it is registered; None while it is a draft only."""
        ...

    def read_pasted(self, text: str) -> Extraction:
        """What a pasted text proposes; touches no database."""
        ...

    def suggest_type(self, form: IntakeForm) -> tuple[Suggestion, ...]:
        """Types the story sounds like, best first; some milliseconds."""
        ...

    def same_account(self, number: str, but: CaseId) -> tuple[SameAccount, ...]:
        """Other cases with this account or lead."""
        ...

    def check_lead(self, lead: IdentifierText) -> IdentifierCheck:
        """What the number says of itself; the lead's kind must be set."""
        ...

    def read_aloud(self, number: str, reader: str) -> ReadAloudText:
        """That ``reader`` read ``number`` aloud now; nothing is stored, raises ``AppError`` at once."""
        ...

    def earlier_visits(self, form: IntakeForm) -> tuple[EarlierVisit, ...]:
        """Earlier cases of what seems to be the same person."""
        ...

    def masked_candidates(self, form: IntakeForm, index: int) -> tuple[Candidate, ...]:
        """What a masked payee account may be."""
        ...

    def draw_masked_slip(self, form: IntakeForm, index: int, task: str) -> Pdf:
        """Register what is known; the slip for the paying bank, and ``task`` as its reminder."""
        ...

    def check_stop(self, form: IntakeForm, index: int) -> tuple[Problem, ...]:
        """What stands between a transfer and its stop order."""
        ...

    def issue_stop(self, form: IntakeForm, index: int, *, confirmed: bool) -> Issued:
        """Register what is known and order the stop."""
        ...

    def register(self, form: IntakeForm) -> Registered:
        """Register the report, or amend it."""
        ...

    def make_slip(self, order: OrderId) -> Slip:
        """The order as a sealed QR code."""
        ...

    def list_forms(self) -> tuple[FormSpec, ...]:
        """The papers that can be printed."""
        ...

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        """A paper of the case."""
        ...

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        ...

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """What was done, oldest first; empty while the case is a draft only."""
        ...


class IntakeNavigator(Protocol):
    """The ways out of the wizard; the window that holds the screens implements it."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...

    def leave_intake(self) -> None:
        """The report is put aside; the draft stays. Show what there is to do."""
        ...


@dataclass(frozen=True, slots=True)
class IntakeSetup:
    """What the wizard must know beforehand.

    ``types``: codes of the scam types in the order shown; ``type_name`` names one in the language
    shown. ``evidence_factory`` makes the pane of a case. ``red_under`` and ``amber_under``: time
    left at which the golden clock turns, from the rule pack. ``scripts``: what is asked of whom.
    """

    types: tuple[str, ...]
    type_name: Callable[[str], str]
    evidence_factory: Callable[[CaseId, ExtractionSink], QWidget]
    red_under: timedelta
    amber_under: timedelta
    make_alarm: Callable[[], AlarmSound] = QtAlarm
    scripts: Scripts = NO_SCRIPTS
