"""The intake screen: six steps, the form, the live panel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.cases.changes.register_report import Registered, register_report
from desktop.services.cases.form.drafts import reach_server, save_draft
from desktop.services.extraction.place_proposals import Offer, place_proposals, placed_again
from desktop.services.extraction.read_pasted import read_pasted
from desktop.services.orders.issue_order import Issued
from desktop.services.session import Session
from desktop.ui.intake.calls.call_bar import CallBar
from desktop.ui.intake.form.draft_saver import DraftSaver, same_facts
from desktop.ui.intake.form.form_filling import FormFilling
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.paths import PAGE_EVIDENCE, PAGE_MONEY, PAGE_PAPERS
from desktop.ui.intake.intake_actions import IntakeHandlers, intake_actions
from desktop.ui.intake.intake_face import IntakeFace
from desktop.ui.intake.intake_pages import IntakePages
from desktop.ui.intake.intake_session import IntakeSession
from desktop.ui.intake.live_panel import LivePanel
from desktop.ui.intake.setup import IntakeNavigator, IntakeSetup
from desktop.ui.intake.step_way import StepWay
from desktop.ui.intake.steps.steps_card import StepsCard
from desktop.ui.intake.steps.visit_steps import VisitSteps
from desktop.ui.intake.stop.stop_flow import StopFlow
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.toast import toast


def _read(session: Session, text: str, _progress: Progress) -> Extraction:
    return read_pasted(session, text)


class PasteFlow(QObject):
    """``filled(path)``: proposals stand in the form; the path of the first."""

    filled = Signal(str)

    def __init__(self, kit: Kit, host: QWidget, filling: FormFilling, session: Session) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._filling = filling
        self._model = filling.model
        self._session = session
        self._dialog: PasteDialog | None = None

    def start(self) -> None:
        """Open the window on what is on the clipboard."""
        dialog = self._dialog = PasteDialog(self._kit, self._host)
        dialog.text_changed.connect(self._look)
        dialog.accepted_offers.connect(self._accept)
        dialog.all_taken.connect(self._finish)
        dialog.offer_keeping()
        dialog.open()
        dialog.set_text(QGuiApplication.clipboard().text())

    def _look(self, text: str) -> None:
        if text.strip():
            work = partial(_read, self._session, text)
            self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, reading: Extraction) -> None:
        if self._dialog is not None and isValid(self._dialog) and reading.text == self._dialog.text:
            self._dialog.show_offers(reading, place_proposals(self._model.form, reading))

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)

    def _accept(self, offers: tuple[Offer, ...]) -> None:
        source = self._kit.texts.text("paste.note")
        paths = [self._filling.put(offer, source) for offer in offers]
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.refresh(placed_again(self._model.form, self._dialog.offers))
        toast(self._kit, self._host, "paste.filled", tone=Tone.OK, count=len(paths))
        self.filled.emit(paths[0])

    def _finish(self) -> None:
        """The form has everything that was chosen: back to it."""
        dialog = self._dialog
        if dialog is not None and isValid(dialog):
            if dialog.keeps_text:
                self._keep(dialog.text)
            dialog.accept()

    def _keep(self, text: str) -> None:
        narrative = self._model.value("narrative")
        head = self._kit.texts.text("paste.kept")
        self._model.put(
            "narrative", f"{narrative}\n\n{head}\n{text}" if narrative else f"{head}\n{text}"
        )


def _register(session: Session, form: IntakeForm, _progress: Progress) -> Registered:
    return register_report(session, form)


class Registering(QObject):
    """``registered(result)`` follows; a form that changed meanwhile keeps its draft."""

    registered = Signal(object)

    def __init__(
        self, kit: Kit, host: QWidget, model: FormModel, session: Session, saver: DraftSaver
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._model = model
        self._session = session
        self._saver = saver
        self._form: IntakeForm | None = None
        self._next = ""
        """The report that was sent off meanwhile."""

    def start(self) -> None:
        """Register what stands on the form now; while another report is being registered, as soon as that is done."""
        if self._form is not None:
            self._next = self._model.form.case_id
            return
        self._form = self._model.form
        # Before it in the lane: should it be refused, what was typed is on disk. A save that came after it would bring
        # the draft back.
        self._saver.flush()
        self._saver.hold(self._form)
        work = partial(_register, self._session, self._form)
        self._kit.runner.start("input", work, self._done, self._failed)

    def _done(self, result: Registered) -> None:
        form = self._over()
        if same_facts(self._model.form, form):
            self._saver.forget()
        self._model.recorded(form)
        self._saver.release()
        self.registered.emit(result)
        self._go_on(form)

    def _failed(self, error: Exception) -> None:
        form = self._over()
        self._saver.release()
        present(self._kit, self._host, error)
        if form.case_id != self._next:  # what was refused just now is not asked for again by itself
            self._go_on(form)

    def _over(self) -> IntakeForm:
        form, self._form = self._form or self._model.form, None
        return form

    def _go_on(self, done: IntakeForm) -> None:
        """Sent off meanwhile: the next person's report, or what was typed on in this one."""
        following, self._next = self._next, ""
        if following == self._model.form.case_id and not same_facts(self._model.form, done):
            self.start()


class ExtractionFlow(QObject):
    """Files that are read are evidence first: the way leads over their page."""

    def __init__(self, owner: QWidget, steps: StepWay, pages: IntakePages) -> None:
        super().__init__(owner)
        self._steps = steps
        self._pages = pages
        self._back: int | None = None
        pages.panel.read_wanted.connect(self.start)
        pages.sink.taken.connect(self._taken)

    def start(self) -> None:
        """Choose the files."""
        if PAGE_EVIDENCE not in self._steps.steps:
            return
        back = self._steps.page
        self._steps.go_to(PAGE_EVIDENCE)
        if self._steps.page == PAGE_EVIDENCE:
            self._back = back
            self._pages.evidence.add_and_read()

    def _taken(self, _count: int) -> None:
        """What was read stands in the form: show it behind the window."""
        back, self._back = self._back, None
        if back is not None and self._steps.page == PAGE_EVIDENCE:
            self._steps.go_to(back)


class IntakeScreen(Page):
    """``begin`` a report, ``resume`` one, or let ``opened`` go on with the last.

    What is typed is saved by itself. ``recorded(case)`` follows registration and each stop order,
    when lists of cases are out of date; ``settled`` when everything typed is on disk.
    """

    recorded = Signal(str)
    settled = Signal()

    def __init__(
        self, kit: Kit, session: Session, navigator: IntakeNavigator, setup: IntakeSetup
    ) -> None:
        super().__init__(kit, "intake.title")
        self.setObjectName("intake_screen")
        self._navigator = navigator
        handlers = IntakeHandlers(
            stop=self.stop,
            onward=self.onward,
            back=self.back,
            later=self.put_aside,
            register=self.register,
            begin=self.begin,
            go_to=self.go_to_place,
            take=self.take,
            open_repeat=self.open_repeat,
            paste=self.paste,
        )
        self._actions = intake_actions(kit, self, handlers)
        self.pages = IntakePages(kit, self, session, navigator, setup, self._actions)
        self.model = self.pages.model
        self.saver = DraftSaver(
            self.model,
            partial(save_draft, session),
            kit.runner,
            setup.make_alarm,
            partial(reach_server, session) if session.pc_drafts is not None else None,
        )
        self._session = IntakeSession(self.model, self.saver, session, kit.runner)
        self._stop_flow = StopFlow(kit, self, self.model, session, self.pages.record)
        self._registering = Registering(kit, self, self.model, session, self.saver)
        self._paste = PasteFlow(kit, self, self.pages.filling, session)
        without = ("evidence",) if setup.calls else ()
        self._visit = VisitSteps(self.model, setup.scripts, without)
        self._steps = StepsCard(kit, self.saver, self.model)
        self._panel = LivePanel(kit, session, setup, self._actions.open_repeat)
        row = Row(kit, gap="card_gap")
        row.addWidget(self._steps)
        row.addWidget(self.pages.panel, 1)
        # In a frame of its own, so that its contents never make the window higher than the screen.
        self._beside = ScrollArea(kit, self._panel)
        self._beside.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        row.addWidget(self._beside)
        self.calls = self._call_bar(session) if setup.calls else None
        self.body.addLayout(row, 1)
        self.way = StepWay(self, self.saver, self.pages, self._steps, self._visit, self._beside)
        self._reading = ExtractionFlow(self, self.way, self.pages)
        self._face = IntakeFace(
            self, session, self.pages, self._steps, self._panel, self._visit, self.saver
        )
        self._connect()
        self._show_visit()

    def _call_bar(self, session: Session) -> CallBar:
        """Above the form: who calls, and the other calls that are open."""
        bar = CallBar(self.kit, session, self.model, self.pages.fields)
        bar.wanted.connect(self.resume)
        bar.broken_off.connect(self.begin)
        bar.number_taken.connect(lambda: self.pages.panel.shown.first_focus().setFocus())
        self._session.loaded.connect(bar.loaded)
        self.saver.settled.connect(bar.refresh)
        self.recorded.connect(bar.refresh_cases)
        self.saver.server_back.connect(bar.refresh_cases)
        bar.case_wanted.connect(lambda case: self._navigator.open_case(CaseId(case)))
        self.body.addWidget(bar)
        return bar

    @property
    def page(self) -> int:
        """The step in front, from 0."""
        return self.way.page

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose something."""
        return self.saver.unsaved

    def begin(self) -> None:
        """A person just came to the counter. Half a word would be finished in the form of the next one."""
        if not self.way.settle_typing():
            self._session.begin()

    def resume(self, case: CaseId) -> None:
        """Take up a draft, or reopen a registered case."""
        if not self.way.settle_typing():
            self._session.resume(case)

    def opened(self) -> None:
        """Go on with what was typed last, unless a report is on the form already."""
        if self.calls is not None:
            self.calls.refresh_cases()
        if not self._session.open:
            self._session.resume_latest()

    def first_focus(self) -> QWidget:
        """Where the typing was, or begins."""
        return self._focus_of(self.model.form)

    def _focus_of(self, form: IntakeForm) -> QWidget:
        """A call begins at the number it comes from: the same caller may be on another form already."""
        if self.calls is not None and form.untouched:
            return self.calls.first_editor
        return self.way.editor_of(form.focus)

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self.pages.leads.settle()
        self.saver.flush()

    def go_to(self, page: int) -> None:
        """Take a step."""
        self.way.go_to(page)

    def go_to_place(self, place: int) -> None:
        """The step at this place of the list, from 0."""
        self.way.go_to_place(place)

    def onward(self) -> None:
        """The next step; the last one stays."""
        self.way.move(1)

    def back(self) -> None:
        """The step before."""
        self.way.move(-1)

    def take(self, visit: str) -> None:
        """Make it another kind of visit; on a blank form begin with its first step."""
        if self.way.settle_typing() or visit == self._visit.visit:
            return
        untouched = self._visit.take(visit)
        self.go_to(self._visit.pages[0] if untouched else self._visit.near(self.page))

    def stop(self) -> None:
        """Check, then order the stop."""
        if self.way.settle_typing():
            return
        if PAGE_MONEY not in self._visit.pages:
            toast(self.kit, self, "visits.stop_first", tone=Tone.INFO)
            return
        self.saver.flush()
        self._stop_flow.start()

    def paste(self) -> None:
        """Read what is on the clipboard and offer it for the form."""
        if not self.way.settle_typing():
            self._paste.start()

    def register(self) -> None:
        """Register the report; from another step, first show what that means. What is amended is saved at once."""
        if self.way.settle_typing():
            return
        if self.pages.record.registered or self.page in (PAGE_PAPERS, PAGE_EVIDENCE):
            self._registering.start()
        else:
            self.go_to(PAGE_PAPERS)

    def open_repeat(self) -> None:
        """The newest earlier case of the same person; the draft stays."""
        reports = self.pages.repeats.reports
        if reports:
            self.saver.flush()
            self._navigator.open_case(reports[0].case)

    def put_aside(self) -> None:
        """Leave; the draft stays."""
        self.way.settle_typing()
        self._session.leave()
        self._navigator.leave_intake()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small or enlarged screen the form keeps the room."""
        super().resizeEvent(event)
        self.way.give_words()
        narrow = self.width() < self.kit.theme.space("intake_narrow")
        self.pages.bar.set_narrow(narrow=narrow)
        self._panel.set_room(self.height())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front."""
        self.flush()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing may be lost."""
        self.flush()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.pages.fields.focused.connect(self.model.set_focus)
        self.pages.papers.open_wanted.connect(self._open_case)
        self.saver.settled.connect(self.settled)
        self._session.loaded.connect(self._loaded)
        self._session.failed.connect(self._failed)
        self._session.waits.connect(self.setDisabled)
        self._steps.steps.chosen.connect(self.way.go_to)
        self._steps.visits.chosen.connect(self.take)
        self._visit.changed.connect(self._show_visit)
        self.way.letters_left.connect(self._letters_left)
        self._stop_flow.issued.connect(self._issued)
        self._stop_flow.server_wanted.connect(self.saver.wait_for_server)
        self.saver.server_back.connect(self._stop_flow.server_back)
        self._stop_flow.jump.connect(self.way.jump)
        self._stop_flow.nothing_to_stop.connect(self._nothing_to_stop)
        self._stop_flow.checked.connect(self.pages.ask_for_missing)
        self._stop_flow.left.connect(self._stop_left)
        self._stop_flow.busy_changed.connect(self._busy)
        self._registering.registered.connect(self._registered)

    def _show_visit(self) -> None:
        """Steps, names and papers of the kind of visit on the form."""
        self._steps.show_visit(self._visit.visit, self._visit.pages)
        self.pages.show_visit(self._visit.script)
        self._panel.show_visit(self._visit.visit)
        self.way.turn(self.page)
        self._face.show_record()

    def _loaded(self, unrecorded: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.pages.amending.settle(typed=unrecorded)
        form = self.model.form
        self.way.turn(form.page)
        # Turning the page moved the focus; the form as it was loaded tells where it belongs.
        first = self._focus_of(form)
        self.model.set_focus(self.pages.fields.path_of(first))
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        if form.untouched:
            self.pages.panel.to_top()
        self._stop_flow.resend()

    def reread(self) -> None:
        """A print of the case, for instance, or what came from a colleague or a station."""
        self.pages.record.refresh()
        if self.calls is not None:
            self.calls.refresh_cases()

    def _issued(self, issued: tuple[Issued, ...]) -> None:
        if self._is_here(issued[0].case):
            self.pages.amending.settle()
            self.pages.result.show_orders(issued)
            self.way.show_result()
        else:
            toast(self.kit, self, "intake.stop.sent", count=len(issued))
        self.recorded.emit(issued[0].case)

    def _is_here(self, case: CaseId) -> bool:
        """Whether the form is still that of the case: the next person may be at the counter by now."""
        return self.model.form.case_id == case

    def _registered(self, result: Registered) -> None:
        if self._is_here(result.case):
            self.pages.amending.settle(typed=self.saver.unsaved)
            if self.pages.record.registered:  # the person goes on where the keyboard is
                toast(self.kit, self, "intake.papers.amended")
            else:
                self.pages.panel.shown.first_focus().setFocus()
            self.pages.record.refresh()
        else:
            toast(self.kit, self, "intake.papers.registered_last")
        self.recorded.emit(result.case)

    def _letters_left(self, text: str) -> None:
        toast(self.kit, self, "intake.letters_left", tone=Tone.WARN, text=text)

    def _nothing_to_stop(self) -> None:
        toast(self.kit, self, "intake.stop.nothing", tone=Tone.INFO)

    def _stop_left(self) -> None:
        toast(self.kit, self, "intake.stop.left", tone=Tone.WARN)

    def _busy(self, busy: bool) -> None:  # noqa: FBT001 - the signal's argument
        self._actions.stop.set_enabled(enabled=not busy)

    def _open_case(self) -> None:
        self._navigator.open_case(CaseId(self.model.form.case_id))

    def _failed(self, error: Exception) -> None:
        present(self.kit, self, error)
