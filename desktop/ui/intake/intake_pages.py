"""The pages, and what they share: one form, its editors, what is looked up and recorded."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.visits import VisitScript
from desktop.domain.ids import CaseId
from desktop.ui.intake.amending import Amending
from desktop.ui.intake.bottom_bar import BottomBar
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.earlier_visits import EarlierVisits
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_filling import FormFilling
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.form_panel import FormPanel
from desktop.ui.intake.form_sink import FormSink
from desktop.ui.intake.intake_actions import IntakeActions
from desktop.ui.intake.masked_numbers import MaskedNumbers
from desktop.ui.intake.order_papers import OrderPapers
from desktop.ui.intake.pages.evidence import EvidencePage
from desktop.ui.intake.pages.identifiers import IdentifiersPage
from desktop.ui.intake.pages.money import MoneyPage
from desktop.ui.intake.pages.papers import PapersPage
from desktop.ui.intake.pages.reporter import ReporterPage
from desktop.ui.intake.pages.result import ResultPage
from desktop.ui.intake.pages.story import StoryPage
from desktop.ui.intake.port import IntakeNavigator, IntakePort, IntakeSetup
from desktop.ui.intake.read_aloud_check import ReadAloudCheck
from desktop.ui.intake.same_account import SameAccounts
from desktop.ui.intake.stop_candidate import unstopped
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit


class IntakePages(QObject):
    """Made once for a screen."""

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        port: IntakePort,
        navigator: IntakeNavigator,
        setup: IntakeSetup,
        actions: IntakeActions,
    ) -> None:
        super().__init__(host)
        self.model = FormModel(IntakeForm(case_id="", transfers=(port.blank_transfer(),)))
        self.fields = FormFields(self.model, port.hints)
        self.same = SameAccounts(self.model, port.same_account, kit.runner, setup.make_alarm)
        self.repeats = EarlierVisits(self.model, port.earlier_visits, kit.runner, setup.make_alarm)
        self._port = port
        self._counted: tuple[object, ...] = ()
        self._ordered: Mapping[str, str] = {}
        self.masked = MaskedNumbers(
            self.model, port.masked_candidates, kit.runner, setup.make_alarm
        )
        self.record = CaseRecord(self.model, port, kit.runner)
        self.amending = Amending(self.model, self.record)
        papers = OrderPapers(kit, host, self.model, port, navigator)
        papers.done.connect(self.record.refresh)
        papers.recorded.connect(self.model.recorded)
        self.money = MoneyPage(kit, self.model, self.fields, port, self.same, self.masked)
        self.money.slip_wanted.connect(papers.print_masked)
        self.result = ResultPage(kit, self.fields, port, papers, setup)
        self._make_pane = setup.evidence_factory
        self.filling = FormFilling(self.model, port)
        self.sink = FormSink(self.model, self.filling, self)
        self.evidence = EvidencePage(kit, self.model, self.fields, self.record, self._pane_of)
        self.papers = PapersPage(
            kit,
            self.model,
            self.fields,
            port,
            record=self.record,
            papers=papers,
            actions=actions,
        )
        self.story = StoryPage(kit, self.model, self.fields, setup, port.suggest_type)
        self.reporter = ReporterPage(kit, self.model, self.fields)
        self.leads = IdentifiersPage(kit, self.model, self.fields, port, self.same)
        self.all: tuple[WizardPage, ...] = (
            self.money,
            self.reporter,
            self.story,
            self.leads,
            self.evidence,
            self.papers,
        )
        self.bar = BottomBar(kit, actions.stop, actions.later, actions.onward)
        self.panel = FormPanel(kit, self.all, self.result, self.bar, actions.paste)
        self.reading = ReadAloudCheck(
            kit, host, port, self.model, self.fields, nearest=self._nearest_number
        )
        self.record.changed.connect(self._show_orders)

    def show_visit(self, script: VisitScript) -> None:
        """Name the pages as they are called at a kind of visit, and offer its papers."""
        self.story.show_visit(script.kind)
        self.reporter.show_visit(script.kind)
        self.papers.show_visit(script)
        self.bar.set_stop(shown="money" in script.steps)

    def _pane_of(self, case: CaseId) -> QWidget:
        """The evidence of the report on the form; what is read there goes into the form."""
        return self._make_pane(case, self.sink)

    def _nearest_number(self) -> str:
        """The lead in the table, else the payee's account of the transfer that is open."""
        if self.panel.shown is self.leads:
            return self.leads.current_number()
        return self.money.current_number() if self.panel.shown is self.money else ""

    def refresh(self, form: IntakeForm) -> None:
        """Judge the form anew, at every key: what it amounts to, and which way of the law it may go."""
        counted = (form.transfers, form.returned, form.attempted, form.flags)
        if counted != self._counted:
            self._counted = counted
            self.money.amounts.show_money(self._port.money(form))
        self.bar.set_stopped(stopped=not unstopped(form, self._ordered))
        self.story.special.suggest(self._port.suggested_branches(form))

    def _show_orders(self) -> None:
        self._ordered = self.record.ordered()
        held = self.record.held()
        self.money.set_orders(self._ordered, held, self.record.mismatches())
        self.leads.hold(held)
        self.bar.set_stopped(stopped=not unstopped(self.model.form, self._ordered))
