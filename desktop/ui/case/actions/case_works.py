"""Everything that is done on the page of a case, wired to the parts of the overview that ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.cases.supplement import SupplementText
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import Order
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.case_sheet import CaseSheet, renew_sheet
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.amend_case import form_of_file
from desktop.services.cases.changes.merge_cases import RepeatReport, merge_cases, unmerge_case
from desktop.services.cases.read_aloud import record_read_aloud
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.extraction.evidence_supplement import Picked, evidence_supplement
from desktop.services.extraction.pasted_supplement import offers_beside, supplement_of
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.read_pasted import read_pasted
from desktop.services.look_up import find_case
from desktop.services.orders.record_step import record_step, set_official_numbers, withdraw_step
from desktop.services.session import Session
from desktop.ui.case.actions.case_actions import CaseActions
from desktop.ui.case.cards.decision_cards import MergeCard
from desktop.ui.case.cards.overview import Overview
from desktop.ui.case.cards.story_card import StoryCard, SupplementDialog
from desktop.ui.case.holder.actions import HolderActions
from desktop.ui.case.numbers_dialog import CaseNumber, NumbersDialog, numbers_of
from desktop.ui.case.objections.actions import ObjectionActions
from desktop.ui.case.setup import CaseNavigator
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.case.tasks.card import TaskActions
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    FilledForm,
    Form,
    FormText,
    Input,
    choice,
    switch,
)
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.dialogs.read_aloud_dialog import ReadAloudDialog
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.handouts import OrderHandouts
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.pages.toast import toast

_THIS, _OTHER = "this", "other"


class ProcedureActions(DialogActions):
    """Records steps of the procedure and official numbers, and takes a step back."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session

    def ask_step(self, case: CaseId) -> None:
        """Open the dialog of a step."""
        kinds = [Option(kind.value, f"steps.kind.{kind.value}") for kind in StepKind]
        now = self._kit.ticks.now
        at = Input("at", "steps.dialog.at", MOMENT, now(), needed=True,
            check=lambda filled: "steps.dialog.future" if filled.moment("at") > now() else "",
        )  # fmt: skip
        rows = (
            FormText("steps.dialog.hint"),
            Input("kind", "steps.dialog.kind", choice(kinds)),
            (at, Input("number", "steps.dialog.number", DIGITS)),
            Input("note", "steps.dialog.note"),
        )
        self._ask_form(
            Form("step", "steps.dialog.title", "steps.dialog.accept", rows),
            lambda filled: record_step(
                self._session, case, StepKind(filled["kind"]), filled.moment("at"),
                filled["number"], filled["note"],
            ),
            "steps.dialog.done",
        )  # fmt: skip

    def ask_official(self, case: CaseId, known: OfficialNumbers) -> None:
        """Open the dialog of the official numbers. The desk proposes nothing: it never makes one."""
        rows = (
            FormText("steps.official.hint"),
            Input("incident", "steps.official.incident", DIGITS, known.incident),
            Input("acceptance", "steps.official.acceptance", DIGITS, known.acceptance),
            Input("case", "steps.official.case", DIGITS, known.case),
        )
        self._ask_form(
            Form("official", "steps.official.title", "steps.official.accept", rows),
            lambda filled: set_official_numbers(
                self._session,
                case,
                OfficialNumbers(filled["incident"], filled["acceptance"], filled["case"]),
            ),
            "steps.official.done",
        )

    def ask_withdraw(self, case: CaseId, step: ProcedureStep) -> None:
        """Open the dialog that asks why a step counts no more."""
        dialog = ReasonDialog(
            self._kit, self._window, "steps.withdraw", "withdraw", danger=True, keeps_open=True,
            step=self._kit.texts.text(f"steps.kind.{step.kind.value}"),
        )  # fmt: skip
        self._ask(
            dialog, partial(withdraw_step, self._session, case, step.id), "steps.withdraw.done"
        )


class MergeActions(SheetActions):
    """Opens the dialogs and records what was decided."""

    def __init__(
        self, kit: Kit, session: Session, navigator: CaseNavigator, window: QWidget, card: MergeCard
    ) -> None:
        super().__init__(kit, session, window)
        self._navigator = navigator
        card.opened.connect(self._open_case)
        card.merge_wanted.connect(self._ask_for)
        card.undo_wanted.connect(self._ask_undo)

    def ask(self) -> None:
        """Open the dialog; where a repeat is likely, its number stands there."""
        if self.sheet is not None:
            repeats = self.sheet.repeats
            self._ask_for(repeats[0] if repeats else None)

    def _ask_for(self, repeat: RepeatReport | None) -> None:
        if self.sheet is None:
            return
        first = repeat is None or self.sheet.file.case.accepted_at <= repeat.accepted_at
        number = repeat.number if repeat is not None else ""
        options = (Option(_THIS, "merge.dialog.this"), Option(_OTHER, "merge.dialog.other"))
        rows = (
            FormText("merge.dialog.text"),
            Input("number", "merge.dialog.number", DIGITS, number, needed=True),
            FormText("merge.dialog.lead", role="label"),
            Input("lead", "merge.dialog.lead", switch(options), _THIS if first else _OTHER),
            Input("reason", "merge.dialog.reason"),
        )
        self._ask_form(
            Form(
                "merge", "merge.dialog.title", "merge.dialog.accept", rows,
                focus="reason" if number else "number",
            ),
            partial(_merge, self._session, self.sheet.file.case.id),
            "merge.dialog.done",
        )  # fmt: skip

    def _ask_undo(self, case: str, number: str) -> None:
        dialog = ReasonDialog(
            self._kit, self._window, "merge.undo", "unmerge", keeps_open=True, number=number
        )
        self._ask(dialog, partial(unmerge_case, self._session, CaseId(case)), "merge.undo.done")

    def _open_case(self, case: str) -> None:
        self._navigator.open_case(CaseId(case))


def _merge(session: Session, case: CaseId, filled: FilledForm) -> None:
    other = find_case(session, filled["number"])
    lead, merged = (case, other) if filled["lead"] == _THIS else (other, case)
    merge_cases(session, lead, merged, filled["reason"])


class ReadAloudActions(SheetActions):
    """Shows a number in full to be read aloud to a second person, and records who read it."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, session, window)
        self._reading = Latest(kit.runner, self, window)
        self._reader = ""

    def ask(self) -> None:
        """Let the person choose a number; it is then shown in full, which the history tells."""
        numbers = numbers_of(self._kit, self.sheet) if self.sheet is not None else ()
        dialog = NumbersDialog(self._kit, self._window, numbers)
        dialog.chosen.connect(self._reveal)
        dialog.open()

    def _reveal(self, number: CaseNumber) -> None:
        if self.sheet is None:
            return
        case = self.sheet.file.case.id
        work = partial(_reveal, self._session, case, number)
        self._reading.start("db", work, self._show_number, self._failed)

    def _show_number(self, shown: tuple[CaseId, CaseNumber]) -> None:
        case, number = shown
        if self.sheet is None or self.sheet.file.case.id != case:
            return  # a whole number is shown to nobody who looks at another case by now
        dialog = ReadAloudDialog(
            self._kit,
            self._window,
            number.text,
            reader=self._reader,
            confirm=partial(self._confirm, case, number.text),
        )
        dialog.open()

    def _confirm(self, case: CaseId, number: str, reader: str) -> None:
        """Recorded at once, so that a refused reader is said in the dialog."""
        record_read_aloud(self._session, case, number, reader)
        self._reader = reader
        toast(self._kit, self._window, "read_aloud.done", reader=reader)
        self.changed.emit()


def _reveal(
    session: Session, case: CaseId, number: CaseNumber, _progress: Progress
) -> tuple[CaseId, CaseNumber]:
    reveal_case(session, case)
    return case, number


class EvidenceSink(ExtractionSink):
    """``sheet``: the case that is shown."""

    def __init__(self, kit: Kit, session: Session, owner: QObject) -> None:
        super().__init__(owner)
        self._kit = kit
        self._session = session
        self._taking = 0
        self.sheet: CaseSheet | None = None

    def known(self) -> tuple[TransferText, ...]:
        """The transfers of the case."""
        return form_of_file(self.sheet.file).transfers if self.sheet is not None else ()

    def holder(self) -> str:
        """The victim."""
        return self.sheet.file.case.victim.name if self.sheet is not None else ""

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        """New parts only."""
        return offers_beside(self.sheet.file, reading) if self.sheet is not None else ()

    def take(self, picked: Picked) -> None:
        """Record it. What is sent off while the former is being recorded is let go: it was placed beside the case as
        it stood before, and may be the same."""
        if self.sheet is None or self._taking:
            return
        self._taking = picked.count
        typed = evidence_supplement(picked, self._kit.ticks.now())
        work = work_of(_record, self._session, self.sheet, typed)
        self._kit.runner.start("db", work, self._done, self._refused)

    def _done(self, sheet: CaseSheet) -> None:
        count, self._taking = self._taking, 0
        if self.sheet is not None and self.sheet.file.case.id == sheet.file.case.id:
            self.sheet = sheet
        self.taken.emit(count)

    def _refused(self, error: Exception) -> None:
        self._taking = 0
        self.failed.emit(error)


def _record(session: Session, sheet: CaseSheet, typed: SupplementText) -> CaseSheet:
    """Record, and the case as it stands then: what is picked next is placed beside that."""
    add_supplement(session, sheet.file.case.id, typed)
    return renew_sheet(session, sheet)


class PasteActions(SheetActions):
    """Opens the window on the clipboard and records what was chosen."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, session, window)
        self._paste: PasteDialog | None = None

    def ask(self) -> None:
        """Open the window."""
        if self.sheet is None:
            return
        dialog = self._paste = PasteDialog(self._kit, self._window, records=True)
        dialog.text_changed.connect(self._look)
        dialog.accepted_offers.connect(self._record)
        self._show(dialog, "supplement.dialog.done")
        dialog.set_text(QGuiApplication.clipboard().text())

    def _look(self, text: str) -> None:
        if text.strip():
            work = work_of(read_pasted, self._session, text)
            self._kit.runner.start("files", work, self._found, self._refused)

    def _found(self, reading: Extraction) -> None:
        dialog = self._paste
        if dialog is not None and isValid(dialog) and self.sheet is not None:
            dialog.show_offers(reading, offers_beside(self.sheet.file, reading))

    def _refused(self, error: Exception) -> None:
        if self._paste is not None and isValid(self._paste):
            self._paste.show_error(error)

    def _record(self, offers: tuple[Offer, ...]) -> None:
        if self.sheet is not None and self._paste is not None:
            typed = supplement_of(offers, self._paste.text, self._kit.ticks.now())
            self._do(partial(add_supplement, self._session, self.sheet.file.case.id, typed))


class SupplementActions(SheetActions):
    """Opens the dialog and records what was typed."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: StoryCard) -> None:
        super().__init__(kit, session, window)
        card.add.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the dialog."""
        if self.sheet is not None:
            dialog = SupplementDialog(self._kit, self._window)
            case = self.sheet.file.case.id
            self._ask(
                dialog,
                lambda typed: add_supplement(self._session, case, typed),
                "supplement.dialog.done",
            )


class CaseWorks(QObject):
    """Works on the case that is shown. ``changed``: read it anew. ``failed(error)``. ``ordered``: an order stands."""

    changed = Signal()
    failed = Signal(object)
    ordered = Signal()

    def __init__(
        self,
        kit: Kit,
        session: Session,
        navigator: CaseNavigator,
        page: QWidget,
        overview: Overview,
    ) -> None:
        super().__init__(page)
        self._sheet: CaseSheet | None = None
        self.case = CaseActions(kit, session, page)
        self.handouts = OrderHandouts(kit, session, page)
        self.ordering = OrderActions(kit, session, page)
        self._procedure = ProcedureActions(kit, session, page)
        self._reading = ReadAloudActions(kit, session, page)
        self._tasks = TaskActions(kit, session, page, overview.tasks)
        self._merges = MergeActions(kit, session, navigator, page, overview.merge)
        self._supplements = SupplementActions(kit, session, page, overview.story)
        self._pastes = PasteActions(kit, session, page)
        self._holder_actions = HolderActions(kit, session, page, overview.holder)
        self.objections = ObjectionActions(kit, session, page, overview.objections, self.ordering)
        self.sink = EvidenceSink(kit, session, page)
        self._on_sheet: tuple[SheetActions, ...] = (
            self.case, self._reading, self._tasks, self._merges, self._supplements, self._pastes, self._holder_actions,
            self.objections,
        )  # fmt: skip
        for actions in (*self._on_sheet, self.handouts, self.ordering, self._procedure):
            actions.changed.connect(self.changed)
            actions.failed.connect(self.failed)
        self.handouts.paper_ready.connect(navigator.open_paper)
        self.sink.taken.connect(self.changed)
        self.sink.evidence_changed.connect(self.changed)
        self.case.ordered.connect(self.ordered)
        self.ordering.ordered.connect(self.ordered)
        self.ordering.paper_ready.connect(navigator.open_paper)
        self._holder_actions.paper_ready.connect(navigator.open_paper)
        overview.stop_wanted.connect(self.case.ask_stop)
        overview.decided.connect(self.case.resolve)
        overview.mismatches.act_wanted.connect(self.ordering.ask_act)
        overview.procedure.step_wanted.connect(self._ask_step)
        overview.procedure.official_wanted.connect(self._ask_official)
        overview.procedure.withdraw_wanted.connect(self._ask_withdraw)

    def show(self, sheet: CaseSheet | None) -> None:
        """What is done, is done to the case that is shown."""
        self._sheet = sheet
        self.sink.sheet = sheet
        for actions in self._on_sheet:
            actions.sheet = sheet

    def holder_key(self) -> tuple[str, str, Callable[[], object]]:
        """(name, keys, action) of what changes whose case it is."""
        return "case_holder.key", "Ctrl+Shift+K", self._holder_actions.ask

    def call_key(self) -> tuple[str, str, Callable[[], object]]:
        """(name, keys, action) of the message to whoever called."""
        return "calls.message.title", "Ctrl+Shift+N", self._holder_actions.tell

    def dissuasion_key(self) -> tuple[str, str, Callable[[], object]]:
        """(name, keys, action) of how a call to who is warned went."""
        return "calls.dissuade.title", "Ctrl+Shift+U", self._holder_actions.dissuade

    def keyed(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """(name, keys, action) of what is written into a case by a key of its own."""
        return (
            ("steps.card.record", "Ctrl+R", self._ask_step),
            ("steps.official.button", "Ctrl+G", self._ask_official),
            ("tasks.add", "Ctrl+T", self._tasks.ask),
            ("tasks.take_all", "Ctrl+Shift+T", self._tasks.take_all),
            ("read_aloud.action_case", "F10", self._reading.ask),
            ("supplement.key", "Ctrl+B", self._supplements.ask),
            ("paste.open", "Ctrl+Shift+V", self._pastes.ask),
            ("merge.key", "Ctrl+Shift+M", self._merges.ask),
            self.holder_key(),
            self.dissuasion_key(),
            ("objection.key", "Ctrl+J", self.objections.ask),
        )

    def show_slips(self, orders: tuple[Order, ...]) -> None:
        """Several orders on one slip."""
        self.handouts.show_slip(*orders)

    def ask_order(self, *, revealed: bool) -> None:
        """A new order about something in the case; ``revealed``: numbers unmasked."""
        if self._sheet is not None:
            self.ordering.ask_new(self._sheet.file, revealed=revealed)

    def _ask_step(self) -> None:
        if self._sheet is not None:
            self._procedure.ask_step(self._sheet.file.case.id)

    def _ask_official(self) -> None:
        if self._sheet is not None:
            case = self._sheet.file.case
            self._procedure.ask_official(case.id, case.official)

    def _ask_withdraw(self, step: ProcedureStep) -> None:
        if self._sheet is not None:
            self._procedure.ask_withdraw(self._sheet.file.case.id, step)
