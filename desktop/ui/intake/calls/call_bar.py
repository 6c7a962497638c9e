"""The call on the form, above its pages: who calls from where, who sent the caller, what is read back to the caller.

A call is never shown in a window that stands in the way: it is the draft on the form, and every other one is a chip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.call import BROKE_OFF, CALL, CALL_FIELDS, CameFrom
from desktop.domain.cases.case import CaseSource
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.party import reporter_among
from desktop.domain.errors import WorldError, is_server_lost
from desktop.domain.identifiers.plain import clean
from desktop.domain.orders.claim import WorkClaim, work_of_case
from desktop.domain.progress import Progress
from desktop.domain.time.clock import to_wire
from desktop.services.calls.dissuade import DueCall, due_calls
from desktop.services.calls.open_assignments import OpenAssignment, open_assignments
from desktop.services.calls.read_back import (
    ReadBack,
    confirm_read_back,
    payments_to_read_back,
)
from desktop.services.calls.waiting_calls import WaitingCall, same_caller, waiting_calls
from desktop.services.orders.claim_work import all_claims
from desktop.services.session import Session
from desktop.ui.intake.calls.call_strip import CallStrip
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.settle import phone
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_BETWEEN: Final = " / "


class ReadBackLine(QWidget):
    """Hidden while no payment has both an account and a sum."""

    def __init__(self, kit: Kit, session: Session, model: FormModel) -> None:
        super().__init__()
        self.setObjectName("read_back")
        self._kit = kit
        self._session = session
        self._model = model
        self._shown: tuple[ReadBack, ...] | None = None
        row = Row(kit, self, gap="space_m")
        self._title = Label(kit, role="label", ink="muted")
        self._groups = Label(kit, role="digits")
        self._groups.setObjectName("read_back_groups")
        self._words = ElidedLabel(kit, role="strong")
        self._words.setObjectName("read_back_words")
        self._yes = kit.actions.add(
            self, "calls.read_back.yes", "Ctrl+R", self.confirm, group_key="calls.keys"
        )
        self._button = Button.of(kit, self._yes, size=Size.COMPACT, name="read_back_yes")
        for widget in (self._title, self._groups):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        model.edited.connect(self.refresh)
        model.replaced.connect(self.refresh)
        kit.texts.changed.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        """Judge the form anew, at every key."""
        found = payments_to_read_back(self._session, self._model.form)
        if found != self._shown:
            self._shown = found
            self._show()

    def confirm(self) -> None:
        """The caller said yes to the payment that is shown."""
        payment = self._open()
        if payment is None:
            return
        for reading in confirm_read_back(self._session, payment, self._caller()):
            self._model.add_reading(reading)
        self.refresh()

    def _open(self) -> ReadBack | None:
        return next((one for one in self._shown or () if not one.confirmed), None)

    def _caller(self) -> str:
        """Who said yes: whoever reports for the victim, where somebody does."""
        form = self._model.form
        reporter = reporter_among(form.parties, form.reported_by)
        name = clean(reporter.name if reporter is not None else form.victim.name)
        return name or self._kit.texts.text("calls.read_back.caller")

    def _show(self) -> None:
        shown, texts, payment = self._shown or (), self._kit.texts, self._open()
        self.setVisible(bool(shown))
        self._button.setVisible(payment is not None)
        done = sum(one.confirmed for one in shown)
        self._title.set_text(texts.text("calls.read_back.title", done=done, count=len(shown)))
        self._groups.set_text(_BETWEEN.join(payment.groups) if payment else "")
        self._groups.setVisible(payment is not None)
        if payment is None:
            self._words.set_text(texts.text("calls.read_back.done"))
            return
        name = payment.payee or texts.text("calls.read_back.no_name")
        words = texts.text("calls.read_back.words", sum=payment.sum_in_words, payee=name)
        self._words.set_text(words)


_PATH: Final = f"answers.{CALL}"
_BROKE_OFF: Final = f"answers.{BROKE_OFF}"
_SOURCES: Final = ("", CaseSource.CALL.value, CaseSource.POLICE_110.value)
"""Sources of a case that follow from who sent the caller; any other was chosen by a person."""
_GROUP: Final = "calls.keys"


@dataclass(frozen=True, slots=True)
class _OpenCalls:
    """The calls that are open, and what is in hand; ``away``: a centre's server does not answer, and these are no more
    than those of this PC."""

    calls: tuple[WaitingCall, ...]
    claims: Mapping[str, WorkClaim]
    away: bool = False


def _calls(session: Session, _progress: Progress) -> _OpenCalls:
    calls: tuple[WaitingCall, ...] = ()
    try:
        calls = waiting_calls(session)
        return _OpenCalls(calls, all_claims(session))
    except WorldError as error:
        if not is_server_lost(error):
            raise
        return _OpenCalls(calls, {}, away=True)


def _cases(session: Session, _progress: Progress) -> tuple[DueCall | OpenAssignment, ...]:
    return (*due_calls(session), *open_assignments(session))


def _same(session: Session, form: IntakeForm, _progress: Progress) -> WaitingCall | None:
    return same_caller(session, form)


class CallBar(Card):
    """``wanted(case)``: another call is to come on the form; ``broken_off``: the line went, the next may come;
    ``case_wanted(case)``: a case that no station took on yet is to be looked at; ``number_taken``: Enter was pressed in
    the number of the caller, and what is asked next stands on the page."""

    wanted = Signal(str)
    broken_off = Signal()
    case_wanted = Signal(str)
    number_taken = Signal()

    def __init__(self, kit: Kit, session: Session, model: FormModel, fields: FormFields) -> None:
        super().__init__(kit)
        self.setObjectName("call_bar")
        self._kit = kit
        self._session = session
        self._model = model
        self._reached = ""
        self.strip = CallStrip(kit)
        self._claiming = Claiming(kit, session, self)
        self._claiming.failed.connect(self._not_taken)
        self._asked = ""
        self._claiming.changed.connect(self.refresh)
        self.strip.chosen.connect(self._take)
        self.strip.case_chosen.connect(self.case_wanted)
        self._add_fields(kit, fields)
        model.changed.connect(self._changed)
        kit.ticks.ticked.connect(self._tick)

    def _add_fields(self, kit: Kit, fields: FormFields) -> None:
        add = kit.actions.add
        onward = add(self, "calls.next", "Ctrl+PgDown", self.strip.next_call, group_key=_GROUP)
        self._broke = add(self, "calls.broke_off", "Ctrl+B", self.break_off, group_key=_GROUP)
        row = Row(kit)
        caller = TextField(kit, f"{_PATH}caller", "calls.caller", digits=True)
        callback = TextField(kit, f"{_PATH}callback", "calls.callback", digits=True)
        sent = [Option("", key="intake.unset")]
        sent += [Option(one.value, key=f"calls.came_from.{one}") for one in CameFrom]
        came_from = ComboField(kit, f"{_PATH}came_from", "calls.came_from.label", sent)
        three_way = TextField(kit, f"{_PATH}three_way", "calls.three_way")
        for field, name, settle in (
            (caller, "caller", phone),
            (callback, "callback", phone),
            (came_from, "came_from", None),
            (three_way, "three_way", None),
        ):
            bound = fields.add(field, f"{_PATH}{name}", settle)
            row.addWidget(field, 1)
            if field is caller:
                bound.gone_on.connect(self.number_taken)
        self.first_editor = caller.editor
        for field in (caller, callback):
            field.committed.connect(self._look_for_first)
        for action, name in ((onward, "call_next"), (self._broke, "call_broke_off")):
            button = Button.of(kit, action, name=name)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(_framed(kit, self.strip))
        self.body.addLayout(row)
        self.body.addWidget(ReadBackLine(kit, self._session, self._model))

    def refresh(self) -> None:
        """Which calls are open by now."""
        work = partial(_calls, self._session)
        self._kit.runner.start("input", work, self._show, self._not_read)

    def refresh_cases(self) -> None:
        """Which cases no station took on by now."""
        self.refresh()
        work = partial(_cases, self._session)
        self._kit.runner.start("input", work, self.strip.show_cases, self._not_read)

    def _take(self, case: str) -> None:
        """Two never go on with one call: from a colleague who is at it only with a reason."""
        self._asked = case
        self._claiming.before(work_of_case(case), partial(self.wanted.emit, case))

    def _not_taken(self, error: Exception) -> None:
        """A call goes on without the server; who else is at it, nobody can say then."""
        if is_server_lost(error):
            self.wanted.emit(self._asked)
        else:
            present(self._kit, self, error)

    def loaded(self) -> None:
        """Another form is here; whoever called again was reached by it."""
        if self._model.form.case_id == self._reached:
            self._model.put(_BROKE_OFF, "")
        self._reached = ""
        self.refresh_cases()

    def break_off(self) -> None:
        """The line went: the call waits to be called back, and the next one may come. Told again, it goes on."""
        if self._model.value(_BROKE_OFF):
            self._model.put(_BROKE_OFF, "")
            self.refresh()
            return
        if self._model.form.untouched:
            toast(self._kit, self.window(), "calls.nothing_yet", tone=Tone.INFO)
            return
        self._model.put(_BROKE_OFF, to_wire(self._kit.ticks.now()))
        toast(self._kit, self.window(), "calls.will_call_back", tone=Tone.OK)
        self.broken_off.emit()

    def _changed(self, path: str) -> None:
        if not path.startswith(_PATH):
            return
        if self._model.value(path) and not self._model.value(f"{_PATH}at"):
            self._model.put(f"{_PATH}at", to_wire(self._kit.ticks.now()))
        source = self._model.value("source")
        if path == f"{_PATH}came_from" and source in _SOURCES:
            of_110 = self._model.value(path) == CameFrom.POLICE_110
            self._model.put("source", CaseSource.POLICE_110 if of_110 else CaseSource.CALL)

    def _look_for_first(self, _text: str) -> None:
        work = partial(_same, self._session, self._model.form)
        self._kit.runner.start("input", work, self._found_first, self._not_read)

    def _found_first(self, first: WaitingCall | None) -> None:
        """The same number again: with nothing else typed the first call comes on the form, else it is only told."""
        form = self._model.form
        if first is None or first.case == form.case_id:
            return
        others = tuple((name, text) for name, text in form.answers if not name.startswith(CALL))
        bare = replace(form, answers=others, source="")
        if not bare.untouched:
            toast(self._kit, self.window(), "calls.same_waits", tone=Tone.WARN)
            return
        for name in CALL_FIELDS:
            self._model.put(f"{_PATH}{name}", "")
        self._model.put("source", "")
        self._reached = first.case
        toast(self._kit, self.window(), "calls.same_opened", tone=Tone.OK)
        self._take(first.case)

    def _show(self, found: _OpenCalls) -> None:
        """Calls that only the server has stay while it does not answer: nobody ends one of them meanwhile."""
        here = {one.case for one in found.calls}
        if found.away:
            before = tuple(one for one in self.strip.calls if one.case not in here)
        else:
            before, self._claiming.claims = (), found.claims
        calls = (*found.calls, *before)
        holders = {str(one.case): self._claiming.others(work_of_case(one.case)) for one in calls}
        old = frozenset(one.case for one in before)
        self.strip.show_calls(calls, self._model.form.case_id, holders, old)

    def _tick(self, _now: object) -> None:
        if self.isVisible():
            self.strip.refresh()

    def _not_read(self, _error: Exception) -> None:
        """The strip keeps what it showed; whatever is wrong with the data is told by the form itself."""


def _framed(kit: Kit, strip: CallStrip) -> ScrollArea:
    """Many calls never make the window wider than the screen; without any there is no line for them."""
    frame = ScrollArea(kit, strip)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    frame.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    frame.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    frame.setMinimumWidth(1)
    frame.setFixedHeight(kit.theme.space(Size.COMPACT.value))
    strip.shown.connect(frame.setVisible)
    frame.hide()
    return frame
