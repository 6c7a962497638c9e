"""What the page does about the desk in charge: hand over, take on, refuse, take back, take over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Visit
from desktop.domain.cases.dissuasion import LEVEL, OUTCOME, SAVED
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import CaseId, DeviceId
from desktop.services.calls.assign_case import assign_case
from desktop.services.calls.confirmation_text import (
    call_slip_facts,
    draw_call_slip,
    message_text,
)
from desktop.services.calls.dissuade import CallOut, record_call_out
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.change_holder import (
    ASSIGN,
    DISSUADE,
    OFFER,
    TAKE_ON,
    TELL,
    WITHDRAW,
    HolderState,
    change_holder,
)
from desktop.services.cases.changes.propose_station import ProposedStation
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.case.holder.card import KEYED, HolderCard
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.shared.codes.code_picture import CodePicture
from desktop.ui.shared.dialogs.form_dialog import (
    AHEAD,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    several_lines,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.pages.toast import toast

_NOTE_LINES = 2


def dissuasion_form(kit: Kit, session: Session, file: CaseFile) -> Form:
    """What is asked about a call; what was answered before stands there."""
    known = dict(file.case.answers)
    rows = (
        FormText("calls.dissuade.script"),
        (
            Input(
                "level",
                "calls.dissuade.level",
                choice(_options(kit, session, LEVEL)),
                known.get(LEVEL, ""),
            ),
            Input(
                "outcome",
                "calls.dissuade.outcome",
                choice(_options(kit, session, OUTCOME)),
                needed=True,
            ),
        ),
        (
            Input("saved", "calls.dissuade.saved", value=known.get(SAVED, "")),
            Input("next", "calls.dissuade.next", AHEAD),
        ),
        Input("note", "calls.dissuade.note", several_lines(_NOTE_LINES)),
    )
    return Form(
        "dissuade", "calls.dissuade.title", "calls.dissuade.accept", rows, focus="outcome",
        width="dialog_width_form",
    )  # fmt: skip


def record_typed(kit: Kit, session: Session, case: CaseId, filled: FilledForm) -> None:
    """Record the call as it was typed."""
    task = kit.texts.text("calls.dissuade.task")
    next_at = filled.at("next")
    call = CallOut(
        filled["level"], filled["outcome"], task, filled["saved"], next_at, filled["note"]
    )
    record_call_out(session, case, call)


def _options(kit: Kit, session: Session, question: str) -> list[Option]:
    """The answers that the script offers."""
    lines = session.scripts.visit(Visit.DISSUASION).questions
    choices = next((line.choices for line in lines if line.id == question), ())
    language = kit.texts.language
    found = [Option(choice_mark(one.id), text=one.text(language)) for one in choices]
    return [Option("", key="intake.unset"), *found]


_AT_ONCE = (TAKE_ON, WITHDRAW)
"""Acts that need no words."""


class HolderActions(SheetActions):
    """Bound to the card; ``sheet`` is the case shown. ``paper_ready(pdf, title)``: to be shown for printing."""

    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: HolderCard) -> None:
        super().__init__(kit, session, window)
        self._asked: CaseSheet | None = None
        card.wanted.connect(self._act)
        self.failed.connect(self._may_ask_again)

    def ask(self) -> None:
        """The one act the key stands for."""
        state = self.sheet.holder if self.sheet is not None else None
        may = state.acts if state is not None else frozenset[str]()
        act = next((act for act in KEYED if act in may), "")
        if act:
            self._act(act)

    def _act(self, act: str) -> None:
        sheet = self.sheet
        if sheet is None or sheet.holder is None:
            return
        case = sheet.file.case.id
        if act in _AT_ONCE:
            if self._asked is sheet:
                return  # a second press, before the page tells what came of the first
            self._asked = sheet
            work = work_of(change_holder, self._session, case, act, DeviceId(""), "")
            self._run_alone(work, done_key=f"case_holder.done.{act}")
            return
        if act == ASSIGN:
            self._assign(case, sheet.holder)
            return
        if act == DISSUADE:
            self._call_out(sheet.file)
            return
        if act == TELL:
            self._show_message(sheet)
            return
        desks = [
            Option(peer.card.device, text=self._desk_text(peer))
            for peer in (sheet.holder.colleagues if act == OFFER else ())
        ]
        words = f"case_holder.ask.{act}"
        rows = (
            FormText(f"{words}.question", ink=""),
            Input("desk", "case_holder.ask.offer.desk", choice(desks), when=lambda _: bool(desks)),
            Input("reason", f"{words}.reason", needed=True),
        )
        self._ask_form(
            Form("charge", f"{words}.title", f"{words}.accept", rows, focus="reason"),
            lambda filled: change_holder(
                self._session, case, act, DeviceId(filled["desk"]), filled["reason"]
            ),
            f"case_holder.done.{act}",
        )

    def tell(self) -> None:
        """What may be sent to whoever called, where the case is the centre's."""
        state = self.sheet.holder if self.sheet is not None else None
        if state is not None and TELL in state.acts:
            self._act(TELL)

    def dissuade(self) -> None:
        """How a call to who is warned went, where the case is one of dissuasion."""
        state = self.sheet.holder if self.sheet is not None else None
        if state is not None and DISSUADE in state.acts:
            self._act(DISSUADE)

    def _call_out(self, file: CaseFile) -> None:
        form = dissuasion_form(self._kit, self._session, file)
        record = partial(record_typed, self._kit, self._session, file.case.id)
        self._ask_form(form, record, f"case_holder.done.{DISSUADE}")

    def _show_message(self, sheet: CaseSheet) -> None:
        facts = call_slip_facts(self._session, sheet.file)
        message = message_text(self._kit.texts.text, facts)
        rows = (
            FormText(text=message, ink="", name="call_message"),
            *self._code_rows(facts.code),
            FormText("calls.message.hint", role="small"),
        )
        form = Form("message", "calls.message.title", "calls.message.copy", rows, closes=True)
        dialog = FormDialog(self._kit, self._window, form)
        dialog.given.connect(lambda _filled: self._copy(message))
        printing = dialog.add_button(
            "calls.message.print", name="message_print", keys="Ctrl+P", closes=False
        )
        printing.clicked.connect(dialog.reject)
        printing.clicked.connect(partial(self._draw_slip, sheet.file))
        dialog.open()

    def _code_rows(self, png: bytes) -> tuple[QWidget | FormText, ...]:
        """The code and what it is for; nothing for a case whose number has no mark."""
        if not png:
            return ()
        code = CodePicture(self._kit, "calls.message.code")
        code.show_png(png)
        return code, FormText("calls.message.scan", role="small")

    def _draw_slip(self, file: CaseFile, _checked: object = None) -> None:
        work = work_of(draw_call_slip, self._session, file)
        self._kit.runner.start("db", work, self._slip_drawn, self._failed)

    def _slip_drawn(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._kit.texts.text("documents.form.call_slip"))

    def _copy(self, message: str) -> None:
        QGuiApplication.clipboard().setText(message)
        toast(self._kit, self._window, "calls.message.copied", tone=Tone.OK)

    def _assign(self, case: CaseId, state: HolderState) -> None:
        stations = [Option(one.unit_code, text=self._station_text(one)) for one in state.stations]
        words = "case_holder.ask.assign"
        first = stations[0].value
        why = {one.unit_code: self._reason_text(one) for one in state.stations}
        rows = (
            FormText(f"{words}.question", ink=""),
            Input("station", f"{words}.station", choice(stations), value=first, needed=True),
            Input("reason", f"{words}.reason"),
        )
        self._ask_form(
            Form(
                "assign",
                f"{words}.title",
                f"{words}.accept",
                rows,
                focus="station",
                width="dialog_width_form",
            ),
            lambda filled: assign_case(
                self._session, case, filled["station"], filled["reason"] or why[filled["station"]]
            ),
            f"case_holder.done.{ASSIGN}",
        )

    def _station_text(self, one: ProposedStation) -> str:
        key = f"case_holder.station.{one.reason}"
        name, place, count = one.unit_name, one.place, one.in_hand
        return self._kit.texts.text(key, name=name, place=place, count=count)

    def _reason_text(self, one: ProposedStation) -> str:
        return self._kit.texts.text(f"case_holder.station_reason.{one.reason}", place=one.place)

    def _desk_text(self, peer: Peer) -> str:
        device = peer.card.device
        return self._kit.texts.text(
            "case_holder.desk.one",
            letter=peer.card.device_letter,
            fingerprint=f"{device[:4]} {device[4:8]} …",
        )

    def _may_ask_again(self, _error: Exception) -> None:
        self._asked = None
