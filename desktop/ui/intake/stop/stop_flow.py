"""From F9 to an order: check every transfer that has none yet, ask, send one after the other."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import AppError, RuleError, is_server_lost
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.ids import CaseId
from desktop.domain.orders.sending.way_orders import CALLED_BACK
from desktop.domain.problems import Problem, Severity, needs_reason
from desktop.domain.progress import Progress
from desktop.services.orders.answers.hand_over_order import TelephoneCall
from desktop.services.orders.issue_order import Issued, check_stop, issue_stop, pressing_stop
from desktop.services.session import Session
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.stop.phone_stop import (
    calls_noted,
    hand_over_called,
    phone_form,
    with_last_line,
)
from desktop.ui.intake.stop.stop_candidate import StopCandidate, unstopped
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.form_dialog import FilledForm, FormDialog
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import is_in_front
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.sending_problems import TONES, ClockReason, DespiteField
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_SEVERITIES = {
    Severity.BLOCK: "intake.stop.blocks",
    Severity.WRONG: "intake.stop.wrong",
    Severity.WARN: "intake.stop.warns",
}


_SEND = "intake.stop.send", "intake.stop.send_many"
_SEND_ANYWAY = "intake.stop.send_anyway", "intake.stop.send_many_anyway"
"""What the button says, of one and of several."""


class _ProblemRow(QWidget):
    """One problem: how grave, what, and the way to its field."""

    jump = Signal(str)

    def __init__(self, kit: Kit, problem: Problem, name: str) -> None:
        super().__init__()
        self._path = problem.field
        row = Row(kit, self, gap="space_s")
        row.addWidget(
            Chip(
                kit,
                _SEVERITIES[problem.severity],
                tone=TONES[problem.severity],
            )
        )
        words = Label(kit, wrap=True)
        words.set_key(f"problems.{problem.code}", **dict(problem.params))
        row.addWidget(words, 1)
        self.button = Button(kit, "intake.stop.go", size=Size.COMPACT, name=name)
        self.button.clicked.connect(self._go)
        row.addWidget(self.button)

    def _go(self) -> None:
        self.jump.emit(self._path)


class CandidateCard(Card):
    """One transfer, to be ticked: payee, amount and time as the bank will compare them."""

    jump = Signal(str)
    toggled = Signal()

    def __init__(self, kit: Kit, candidate: StopCandidate) -> None:
        super().__init__(kit)
        self.candidate = candidate
        self.rows: list[_ProblemRow] = []
        transfer = candidate.transfer
        number = candidate.index + 1
        self.box = CheckBox(
            kit, "intake.stop.transfer", name=f"stop_pick_{candidate.index}", number=number
        )
        self.box.setChecked(not candidate.blocked)
        self.box.setEnabled(not candidate.blocked)
        self.box.toggled.connect(self.toggled)
        head = Row(kit, gap="space_m")
        head.addWidget(self.box)
        head.addStretch(1)
        time = Label(kit, role="digits", ink="muted")
        time.set_text(transfer.time)
        head.addWidget(time)
        self.body.addLayout(head)
        self._add_way(transfer.way_kind)
        target = group_account(transfer.payee_account) or transfer.order_number
        if target:
            account = Label(kit, role="figure")
            account.set_text(target)
            self.body.addWidget(account)
        if transfer.payee_account and transfer.order_number:
            order = Label(kit, role="digits")  # of a masked account it is what the stop goes by
            order.set_key("intake.stop.order", number=transfer.order_number)
            self.body.addWidget(order)
        dot = kit.texts.text("intake.dot")
        self._add_line(dot.join(t for t in (transfer.payee_name, transfer.payee_bank) if t))
        self._add_amount(candidate)
        for place, problem in enumerate(candidate.problems):
            row = _ProblemRow(kit, problem, f"stop_jump_{candidate.index}_{place}")
            row.jump.connect(self.jump)
            self.rows.append(row)
            self.body.addWidget(row)

    @property
    def picked(self) -> bool:
        """Whether it is to be sent."""
        return self.box.isChecked() and not self.candidate.blocked

    def _add_way(self, way: str) -> None:
        """Who is asked for what, where no stop reaches the money."""
        if way in CALLED_BACK:
            self._add_line(self._kit.texts.text(f"ways.ask.{way}"))
            self.body.addWidget(Label(self._kit, f"ways.note.{way}", ink="amber", wrap=True))

    def _add_line(self, text: str) -> None:
        if text:
            label = ElidedLabel(self._kit)
            label.set_text(text)
            self.body.addWidget(label)

    def _add_amount(self, candidate: StopCandidate) -> None:
        if not candidate.capitals:
            return
        row = Row(self._kit, gap="space_m")
        figures, words = Label(self._kit, role="amount"), Label(self._kit, ink="muted")
        figures.set_key("intake.yuan", amount=candidate.transfer.amount)
        words.set_text(candidate.capitals)
        row.addWidget(figures)
        row.addWidget(words)
        row.addStretch(1)
        self.body.addLayout(row)


class StopDialog(DialogFrame):
    """``confirmed(indices, reason)`` sends the ticked ones; ``jump(path)`` goes to a field instead.

    F9 again sends: two presses from a complete form to the order. Where something stands against that, the keyboard is
    on the way to its field and Enter sends nothing; what is wrong goes out only with a reason.
    """

    confirmed = Signal(tuple, str)
    jump = Signal(str)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        candidates: tuple[StopCandidate, ...],
    ) -> None:
        super().__init__(kit, parent, "intake.stop.title", wide=True)
        self.setObjectName("stop_dialog")
        self.body.addWidget(Label(kit, "intake.stop.read_back", ink="muted", wrap=True))
        column = Column(kit, gap="space_s")
        self.cards = [CandidateCard(kit, candidate) for candidate in candidates]
        for card in self.cards:
            column.addWidget(card)
            card.jump.connect(self._jumped)
            card.toggled.connect(self._weigh)
        self.body.addLayout(column)
        needed = "intake.stop.despite_needed"
        self.despite = DespiteField(kit, "stop_despite", "intake.stop.despite", needed)
        self.body.addWidget(self.despite)
        self._clock = ClockReason(kit, self.despite)
        self.body.addWidget(self._clock)
        back = self.add_button("intake.stop.back", name="stop_back")
        self._action = Action(self, "intake.stop.send", "F9")
        self._action.triggered.connect(self._send)
        self._button = Button.of(kit, self._action, variant=Variant.DANGER, name="stop_send")
        self.buttons.addWidget(self._button)
        self._weigh()
        self._first_focus(back)

    def _first_focus(self, back: Button) -> None:
        """The way to what is gravest; where there is nothing, the sending."""
        against = [
            (item.severity, row)
            for card in self.cards
            for item, row in zip(card.candidate.problems, card.rows, strict=True)
        ]
        order = list(Severity)
        gravest = min(against, key=lambda pair: order.index(pair[0]), default=None)
        if gravest is not None:
            gravest[1].button.setFocus()
        elif self._action.enabled:
            self._button.setFocus()
        else:
            back.setFocus()

    def _weigh(self) -> None:
        """The button says what it will do."""
        picked = [card for card in self.cards if card.picked]
        warned = any(card.candidate.problems for card in picked)
        self.despite.setVisible(self._needs_reason())
        self._clock.show_for(item for card in picked for item in card.candidate.problems)
        self.set_default(None if warned else self._button)
        self._action.set_enabled(enabled=bool(picked))
        calls_back = any(card.candidate.transfer.way_kind in CALLED_BACK for card in picked)
        one, many = ("ways.send", "ways.send_many") if calls_back else _SEND
        if warned:
            one, many = _SEND_ANYWAY
        self._button.set_key(many if len(picked) > 1 else one, count=len(picked))

    def _needs_reason(self) -> bool:
        return any(needs_reason(card.candidate.problems) for card in self.cards if card.picked)

    def _send(self) -> None:
        wrong = self._needs_reason()
        if wrong and not self.despite.is_given():
            return
        reason = self.despite.value() if wrong else ""
        indices = tuple(card.candidate.index for card in self.cards if card.picked)
        self.accept()
        self.confirmed.emit(indices, reason)

    def _jumped(self, path: str) -> None:
        self.reject()
        self.jump.emit(path)


_Checked = tuple[StopCandidate, ...]
_Outcome = tuple[IntakeForm, tuple[Issued, ...], Exception | None]
_Unsent = tuple[_Checked, str]
"""What was confirmed while a centre's server was away, and the reason that was given for it."""
_Calls = Mapping[str, TelephoneCall]
_NO_CALLS: _Calls = MappingProxyType({})
"""Payment → whom its stop was read to over the telephone."""


def _check(
    session: Session, form: IntakeForm, indices: tuple[int, ...], _progress: Progress
) -> _Checked:
    """What can still be saved stands first, and is sent first."""
    now = session.clock.now()
    ordered = sorted(indices, key=lambda index: pressing_stop(session, form, index).urgency(now))
    return tuple(
        StopCandidate(index, form.transfers[index], check_stop(session, form, index))
        for index in ordered
    )


def _issue(
    session: Session,
    form: IntakeForm,
    indices: tuple[int, ...],
    despite: str,
    calls: _Calls,
    _progress: Progress,
) -> _Outcome:
    """Each order is a transaction of its own: what was sent before a failure stands, and is told."""
    issued: list[Issued] = []
    failed: Exception | None = None
    try:
        for index in indices:
            issued.append(issue_stop(session, form, index, confirmed=True, despite=despite))
            form = form.recorded()
    except Exception as error:  # noqa: BLE001 - shown beside what was sent
        failed = error
    if calls and not (failed is not None and is_server_lost(failed)):
        with contextlib.suppress(AppError):  # the story has it; until then they wait to be sent
            hand_over_called(session, CaseId(form.case_id), calls)
    return form, tuple(issued), failed


class StopFlow(QObject):
    """``issued(orders)`` follows when at least one order stands; ``jump(path)`` when the person goes to mend; ``left``
    when the report was left before it was checked: over another one its check would be read as that one's. ``checked``:
    what is missing was named."""

    issued = Signal(tuple)
    checked = Signal()
    left = Signal()
    jump = Signal(str)
    nothing_to_stop = Signal()
    busy_changed = Signal(bool)
    server_wanted = Signal()
    """A centre's server was not there: the order waits until :meth:`server_back`."""

    def __init__(
        self, kit: Kit, host: QWidget, model: FormModel, session: Session, record: CaseRecord
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._model = model
        self._session = session
        self._record = record
        self._busy = False
        self._case_id = ""
        self._candidates: _Checked = ()
        self._asked: _Checked = ()
        self._despite = ""
        self._again = False
        self._unsent: dict[str, _Unsent] = {}
        self._called: dict[str, _Calls] = {}

    def start(self) -> None:
        """Check before sending."""
        if self._busy:
            return
        form = self._model.form
        begun = unstopped(form, self._record.ordered())
        if not begun:
            self.nothing_to_stop.emit()
            return
        self._set_busy(busy=True)
        self._case_id = form.case_id
        self._unsent.pop(form.case_id, None)
        work = partial(_check, self._session, form, begun)
        self._kit.runner.start("input", work, self._checked, self._failed)

    def _checked(self, candidates: _Checked) -> None:
        self._set_busy(busy=False)
        if self._model.form.case_id != self._case_id or not is_in_front(self._host):
            self.left.emit()
            return
        self._candidates = candidates
        dialog = StopDialog(self._kit, self._host, candidates)
        dialog.confirmed.connect(self._send)
        dialog.jump.connect(self.jump)
        dialog.open()
        self.checked.emit()

    def _send(self, indices: tuple[int, ...], despite: str, *, again: bool = False) -> None:
        form = self._model.form
        places = self._places(form, indices)
        if len(places) != len(indices):
            present(self._kit, self._host, RuleError("order.not_as_checked"))
            return
        self._set_busy(busy=True)
        self._asked = tuple(item for item in self._candidates if item.index in indices)
        self._despite, self._again = despite, again
        calls = self._called.get(form.case_id, _NO_CALLS)
        work = partial(_issue, self._session, form, places, despite, calls)
        self._kit.runner.start("input", work, self._sent, self._failed)

    def _places(self, form: IntakeForm, indices: tuple[int, ...]) -> tuple[int, ...]:
        """Where the transfers that were read back stand now. A report that was asked for meanwhile is on the form by
        now, or another payment in the place: what nobody saw is never sent."""
        if form.case_id != self._case_id:
            return ()
        at = {transfer.id: place for place, transfer in enumerate(form.transfers)}
        picked = [item for item in self._candidates if item.index in indices]
        found = [(item, at[item.transfer.id]) for item in picked if item.transfer.id in at]
        return tuple(place for item, place in found if item.tells(form.transfers[place]))

    def _sent(self, outcome: _Outcome) -> None:
        self._set_busy(busy=False)
        form, issued, error = outcome
        left = self._asked[len(issued) :]
        if issued:
            self._model.recorded(form)
            self.issued.emit(issued)
        if error is not None and is_server_lost(error):
            self._wait_for_server(form.case_id, left, error)
        elif self._again and isinstance(error, RuleError) and error.code == "order.stop_exists":
            self._record.refresh()  # it had reached the server in its last moment; the others did not
            self._unsent[form.case_id] = left[1:], self._despite
            self.resend()
        elif error is not None:
            present(self._kit, self._host, error)

    def _wait_for_server(self, case: str, left: _Checked, error: Exception) -> None:
        """The bank is called instead; what was confirmed goes out by itself when the server is back."""
        self._unsent[case] = left, self._despite
        self.server_wanted.emit()
        if self._again:
            return
        why = words_of(self._kit, error).what
        form = phone_form(why, left, self._session.directories, self._kit.texts.text)
        dialog = FormDialog(self._kit, self._host, form)
        dialog.given.connect(partial(self._note_call, case, left))
        dialog.open()

    def _note_call(self, case: str, left: _Checked, filled: FilledForm) -> None:
        """Who the bank's clerk was stands in the story, where everybody finds it, and goes with the order."""
        now, texts = self._kit.ticks.now(), self._kit.texts
        calls = calls_noted(filled, left, now)
        self._called[case] = {**self._called.get(case, _NO_CALLS), **calls}
        if self._model.form.case_id != case:
            return
        for call in dict.fromkeys(calls.values()):
            at, bank = show_local(now, self._kit.zone), call.to or texts.text("calls.phone.no_bank")
            words = texts.text("calls.phone.noted_line", at=at, bank=bank, who=call.who)
            self._model.put("narrative", with_last_line(words, self._model.value("narrative")))

    def resend(self) -> None:
        """Send what was confirmed on this form while a centre's server was away, if anything was."""
        case = self._model.form.case_id
        if self._busy or case not in self._unsent:
            return
        self._candidates, despite = self._unsent.pop(case)
        self._case_id = case
        if self._candidates:
            self._send(tuple(item.index for item in self._candidates), despite, again=True)

    def server_back(self) -> None:
        """The same once the server answers, and say where other calls still wait."""
        waiting = len(self._unsent)
        if self._model.form.case_id in self._unsent:
            self.resend()
        elif waiting:
            toast(self._kit, self._host, "calls.phone.waiting", tone=Tone.WARN, count=waiting)

    def _failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        present(self._kit, self._host, error)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
