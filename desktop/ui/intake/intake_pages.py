"""The pages, and what they share: one form, its editors, what is looked up and recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.cases.intake import IntakeForm, ReadAloudText, TransferText
from desktop.domain.cases.read_aloud import compared, groups_to_read
from desktop.domain.cases.visits import VisitScript
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.ids import CaseId
from desktop.domain.statements.proposal import Extraction
from desktop.domain.time.clock import to_wire
from desktop.services.cases.case_money import money_of_form
from desktop.services.cases.form.branches import suggested_branches
from desktop.services.cases.form.complete_masked import masked_candidates
from desktop.services.cases.form.drafts import blank_party, blank_transfer
from desktop.services.cases.form.earlier_visits import EarlierVisit, earlier_visits
from desktop.services.cases.form.payment_hints import PaymentHints
from desktop.services.cases.form.read_form import Hint, hints
from desktop.services.cases.form.suggest_type import suggest_type
from desktop.services.cases.read_aloud import read_aloud, readable
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer, place_proposals
from desktop.services.look_up import same_account
from desktop.services.session import Session
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_filling import FormFilling
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.late_look_up import LateLookUp
from desktop.ui.intake.form.masked_numbers import MaskedNumbers
from desktop.ui.intake.form_panel import BottomBar, FormPanel
from desktop.ui.intake.intake_actions import IntakeActions
from desktop.ui.intake.leads.same_account import SameAccounts
from desktop.ui.intake.pages.evidence import EvidencePage
from desktop.ui.intake.pages.identifiers import IdentifiersPage
from desktop.ui.intake.pages.money import MoneyPage
from desktop.ui.intake.pages.papers import PapersPage
from desktop.ui.intake.pages.reporter import ReporterPage
from desktop.ui.intake.pages.result import ResultPage
from desktop.ui.intake.pages.story import StoryPage
from desktop.ui.intake.setup import IntakeNavigator, IntakeSetup
from desktop.ui.intake.stop.order_papers import OrderPapers
from desktop.ui.intake.stop.stop_candidate import unstopped
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.read_aloud_dialog import ReadAloudDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Runner
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.pages.toast import toast

Nearest = Callable[[], str]
"""The path of the number that is meant where the keyboard is in none; empty when there is none."""


class ReadAloudCheck(QObject):
    """Remembers who read last: it is mostly the same colleague all evening."""

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        session: Session,
        model: FormModel,
        fields: FormFields,
        *,
        nearest: Nearest,
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._session = session
        self._model = model
        self._fields = fields
        self._nearest = nearest
        self._reader = ""
        kit.actions.add(host, "read_aloud.action", "F10", self.start, group_key="intake.keys.title")

    def start(self) -> None:
        """Show the number in large groups, unless it is none or has blots."""
        path = self._path()
        number = self._model.value(path) if path else ""
        if not compared(number):
            toast(self._kit, self._host, "read_aloud.nothing", tone=Tone.INFO)
        elif read_masked(number) is not None:
            toast(self._kit, self._host, "read_aloud.masked", tone=Tone.INFO)
        else:
            dialog = ReadAloudDialog(
                self._kit,
                self._host,
                number,
                reader=self._reader,
                confirm=partial(self._confirm, number),
            )
            dialog.wrong_at.connect(partial(self._correct, path))
            dialog.open()

    def _path(self) -> str:
        numbers = dict(readable(self._model.form))
        focused = self._fields.path_of(self._host.focusWidget())
        return focused if focused in numbers else self._nearest()

    def _confirm(self, number: str, reader: str) -> None:
        reading = _read_aloud(self._session, number, reader)
        self._reader = reader
        self._model.add_reading(reading)

    def _correct(self, path: str, place: int) -> None:
        """Back into the field, with the group that was wrong marked."""
        for field in self._fields.fields_at(path):
            editor = field.editor
            if isinstance(editor, QLineEdit) and editor.isVisible():
                editor.setFocus()
                groups = groups_to_read(editor.text())
                before = sum(map(len, groups[:place]))
                start, end = _span(editor.text(), before, before + len(groups[place]))
                editor.setSelection(start, end - start)


def _span(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the counted characters ``first`` to ``last`` stand in ``text``, which may have spaces between."""
    places = [at for at, sign in enumerate(text) if compared(sign)]
    if not places or first >= len(places):
        return 0, len(text)
    return places[first], places[min(last, len(places)) - 1] + 1


class FormSink(ExtractionSink):
    """Implements the sink over the form; it is saved like everything typed."""

    def __init__(self, model: FormModel, filling: FormFilling, owner: QObject) -> None:
        super().__init__(owner)
        self._model = model
        self._filling = filling

    def known(self) -> tuple[TransferText, ...]:
        """The transfers on the form."""
        return self._model.form.transfers

    def holder(self) -> str:
        """The victim."""
        return self._model.form.victim.name

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        """Where each proposal belongs."""
        return place_proposals(self._model.form, reading)

    def take(self, picked: Picked) -> None:
        """Put them in."""
        self._filling.put_transfers(picked.transfers)
        for lead in picked.leads:
            self._filling.put_lead(lead)
        for place, offer in enumerate(picked.offers):
            self._filling.put(offer, picked.source, picked.origins.get(place, ""))
        self.taken.emit(picked.count)


Reports = tuple[EarlierVisit, ...]
Look = Callable[[IntakeForm], Reports]


class EarlierVisits(LateLookUp[IntakeForm, Reports]):
    """The earlier cases of the person on the form."""

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], AlarmSound]
    ) -> None:
        super().__init__(model, look, runner, make_alarm)
        self.reports: Reports = ()

    def concerns(self, path: str) -> bool:
        """Every person, and the accounts that were paid from."""
        return path.startswith(("victim.", "parties")) or path.endswith(".payer_account")

    def question(self) -> IntakeForm:
        """The form."""
        return self._model.form

    def learn(self, answer: Reports) -> None:
        """In place of what was known."""
        self.reports = answer

    def forget(self) -> None:
        """Another form has another person."""
        self.reports = ()


class Amending(QObject):
    """The draft keeps it, but pages, papers and orders know only what was recorded. ``changed`` when ``pending`` is."""

    changed = Signal()

    def __init__(self, model: FormModel, record: CaseRecord) -> None:
        super().__init__()
        self._record = record
        self._typed = False
        model.edited.connect(self._edited)

    @property
    def pending(self) -> bool:
        """Whether saving would change the registered case."""
        return self._typed and self._record.registered

    def settle(self, *, typed: bool = False) -> None:
        """The form was recorded or loaded; ``typed``: it says more than what was recorded."""
        self._typed = typed
        self.changed.emit()

    def _edited(self) -> None:
        if not self._typed:
            self.settle(typed=True)


class IntakePages(QObject):
    """Made once for a screen."""

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        session: Session,
        navigator: IntakeNavigator,
        setup: IntakeSetup,
        actions: IntakeActions,
    ) -> None:
        super().__init__(host)
        self.model = FormModel(IntakeForm(case_id="", transfers=(blank_transfer(session),)))
        self._payments = PaymentHints(session)
        self._asked_for = ""
        self._session = session
        self._ticks = kit.ticks
        self.fields = FormFields(self.model, self._hints)
        late = kit.runner, setup.make_alarm
        self.same = SameAccounts(self.model, partial(same_account, session), *late)
        self.repeats = EarlierVisits(self.model, partial(earlier_visits, session), *late)
        self._counted: tuple[object, ...] = ()
        self._ordered: Mapping[str, str] = {}
        self.masked = MaskedNumbers(self.model, partial(masked_candidates, session), *late)
        self.record = CaseRecord(self.model, session, kit.runner)
        self.amending = Amending(self.model, self.record)
        papers = OrderPapers(kit, host, self.model, session, navigator)
        papers.done.connect(self.record.refresh)
        papers.recorded.connect(self.model.recorded)
        self.money = MoneyPage(kit, self.model, self.fields, session, self.same, self.masked)
        self.money.slip_wanted.connect(papers.print_masked)
        self.result = ResultPage(kit, self.fields, session, papers, setup)
        self._make_pane = setup.evidence_factory
        self.filling = FormFilling(self.model, session)
        self.sink = FormSink(self.model, self.filling, self)
        self.evidence = EvidencePage(kit, self.model, self.fields, self.record, self._pane_of)
        self.papers = PapersPage(
            kit,
            self.model,
            self.fields,
            session,
            record=self.record,
            papers=papers,
            actions=actions,
        )
        self.story = StoryPage(kit, self.model, self.fields, setup, partial(suggest_type, session))
        self.reporter = ReporterPage(kit, self.model, self.fields, partial(blank_party, session))
        self.leads = IdentifiersPage(kit, self.model, self.fields, session, self.same)
        self.all: tuple[WizardPage, ...] = (
            self.money,
            self.reporter,
            self.story,
            self.leads,
            self.evidence,
            self.papers,
        )
        self.bar = BottomBar(kit, actions, calls=setup.calls)
        self.panel = FormPanel(kit, self.all, self.result, self.bar, actions.paste)
        self.reading = ReadAloudCheck(
            kit, host, session, self.model, self.fields, nearest=self._nearest_number
        )
        self._watch(setup)

    def _watch(self, setup: IntakeSetup) -> None:
        """Follow what is recorded beside the form."""
        self.panel.reads_files = not setup.calls
        self.record.changed.connect(self._show_orders)
        self.sink.evidence_changed.connect(self.record.refresh)

    def ask_for_missing(self) -> None:
        """From now on the fields of this report that are needed and empty say so: somebody wanted to send."""
        self._asked_for = self.model.form.case_id
        self.fields.refresh(self._ticks.now())

    def _hints(self, form: IntakeForm, now: datetime) -> Mapping[str, Hint]:
        missing = bool(self._asked_for) and form.case_id == self._asked_for
        return hints(self._session, form, now, self._payments, missing=missing)

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
            self.money.amounts.show_money(money_of_form(self._session, form))
        self._show_stop(form)
        self.story.special.suggest(suggested_branches(self._session, form))

    def _show_orders(self) -> None:
        self._ordered = self.record.ordered()
        held = self.record.held()
        self.money.set_orders(self._ordered, held, self.record.mismatches())
        self.leads.hold(held)
        self._show_stop(self.model.form)

    def _show_stop(self, form: IntakeForm) -> None:
        """What the red button is for: nothing any more, a stop, or whatever the way of the payments leaves."""
        left = unstopped(form, self._ordered)
        ways = {form.transfers[place].way_kind for place in left}
        self.bar.set_stopped(stopped=not left)
        self.bar.set_way(ways.pop() if len(ways) == 1 else "")


def _read_aloud(session: Session, number: str, reader: str) -> ReadAloudText:
    """That ``reader`` read ``number`` aloud now; nothing is stored."""
    done = read_aloud(session, number, reader)
    return ReadAloudText(done.id, done.number, done.reader, done.officer, to_wire(done.at))
