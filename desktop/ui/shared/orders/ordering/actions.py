"""What the page does with orders: new ones, and the next step of those that stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.case_file.orders.order_rules import is_filed
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.errors import AppError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.machine import REPLIES, OrderStep
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import record_approval
from desktop.services.orders.case_orders import Ordered, order_all, propose_orders
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.order_options import Options, options_in
from desktop.services.orders.order_request import About, OrderRequest
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    TEXT,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    shown_text,
)
from desktop.ui.shared.dialogs.two_officers import SecondOfficerDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.order_texts import alone_text, kind_text, state_text, target_text
from desktop.ui.shared.orders.ordering.about import TargetChoice, target_choices
from desktop.ui.shared.orders.ordering.form import (
    OrderFormDialog,
    approval_form,
    order_line,
    typed_approval,
    whom_to_ask,
)
from desktop.ui.shared.orders.ordering.reply_flow import ReplyFlow
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.column_keys import move_focus
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, let_go
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

_MOST_SEEN = 8
"""Rows that stand open before the list scrolls."""


REPLY, NUMBER, SHEET, CONFIRM = "reply", "number", "sheet", "confirm"
_REPLIES = frozenset(REPLIES.values())
_TAKEN_BACK = frozenset({OrderStep.WITHDRAW, OrderStep.CALL_OFF})
_DANGER = _TAKEN_BACK | {OrderStep.REFUSE}


@dataclass(frozen=True, slots=True)
class Act:
    """One button. ``name``: a step's value, ``confirm``, ``reply``, ``number`` or ``sheet``; ``kind``: an order that
    follows."""

    name: str
    kind: OrderKind | None = None
    hop: int = -1
    """The next-tier account the order is about."""


def acts_of(options: Options) -> tuple[Act, ...]:
    """The most usual first."""
    steps = set(options.steps)
    acts = [Act(CONFIRM)] if options.confirm else []
    acts += [Act(step.value) for step in (OrderStep.APPROVE, OrderStep.REFUSE) if step in steps]
    if steps & _REPLIES:
        acts.append(Act(REPLY))
    acts += [Act("hop", OrderKind.STOP, place) for place in options.hops]
    acts += [Act("order", kind) for kind in options.follow_ups]
    acts += [Act(NUMBER)] if options.numbered else []
    acts += [Act(SHEET)] if options.out else []
    acts += [Act(s.value) for s in (OrderStep.CALL_OFF, OrderStep.WITHDRAW) if s in steps]
    return tuple(acts)


class OrderActDialog(DialogFrame):
    """``chosen(Act)``; Up and Down go through the buttons, Enter presses one."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, view: OrderView, options: Options) -> None:
        super().__init__(kit, parent, "ordering.act.title")
        self.setObjectName("order_act_dialog")
        what = Label(kit, role="strong", wrap=True)
        what.set_text(f"{kind_text(kit, view)}　{view.order.number}")
        self.body.addWidget(what)
        where = Label(kit, ink="muted", wrap=True)
        parts = (
            target_text(view.order),
            state_text(kit, view),
            alone_text(kit, view.order, options.approval),
            whom_to_ask(kit, options),
        )
        where.set_text("　".join(part for part in parts if part))
        self.body.addWidget(where)
        self._buttons: list[Button] = []
        reply = view.order.reply
        for act in acts_of(options):
            button = Button(kit, "", name=f"act_{act.name}_{act.kind.value if act.kind else ''}")
            if act.hop >= 0 and reply is not None:
                hop = reply.hops[act.hop]
                target = "　".join(part for part in (hop.name, hop.bank, hop.account) if part)
                button.set_text(kit.texts.text("ordering.act.hop", account=target))
            elif act.kind is not None:
                kind = kit.texts.text(f"orders.kind.{act.kind.value}")
                button.set_text(kit.texts.text("ordering.act.order", kind=kind))
            else:
                button.set_text(kit.texts.text(f"ordering.act.{act.name}"))
            if act.name in _DANGER:
                button.set_variant(Variant.QUIET)
            button.clicked.connect(partial(self._choose, act))
            self._buttons.append(button)
            self.body.addWidget(button)
        self.add_button("shared.cancel", name="act_cancel")
        self._buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down, beside Esc and Enter."""
        if not move_focus(event, self._buttons, around=True):
            super().keyPressEvent(event)

    def _enter(self) -> None:
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        if focused is not None:
            focused.click()

    def _choose(self, act: Act) -> None:
        self.accept()
        self.chosen.emit(act)


def word_form(kit: Kit, view: OrderView, name: str) -> Form:
    """One line, the field ``""``: for ``withdraw`` the reason, for ``number`` the official number."""
    withdraws = name == "withdraw"
    make, value = (TEXT, "") if withdraws else (DIGITS, view.order.official)
    rows = (
        order_line(kit, view),
        FormText(f"ordering.{name}.text"),
        Input("", f"ordering.{name}.label", make, value, needed=withdraws),
    )
    title, accept = f"ordering.{name}.title", f"ordering.{name}.accept"
    return Form("order_word", title, accept, rows, danger=withdraws)


class OrderNewDialog(FormDialog):
    """``given((OrderKind, tuple[About, …]))``. What has no such order yet is ticked already."""

    def __init__(
        self, kit: Kit, parent: QWidget, file: CaseFile, kind: OrderKind, *, revealed: bool
    ) -> None:
        self._file = file
        self._revealed = revealed
        self._choices: tuple[TargetChoice, ...] = ()
        self._ticks: list[CheckBox] = []
        options = [Option(item.value, key=f"orders.kind.{item.value}") for item in OrderKind]
        self._note = shown_text(kit, FormText(name="order_kind_note"))
        targets = QWidget()
        self._column = Column(kit, targets, gap="space_xs")
        self._scroll = ScrollArea(kit, targets)
        rows = (
            Input("kind", "ordering.new.kind", choice(options), kind.value, then=self._show_kind),
            self._note,
            self._scroll,
        )
        form = Form(
            "order", "ordering.new.title", "ordering.new.next", rows, width="dialog_width_wide",
            closes=True, accept_name="new_next", back_name="new_cancel",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.setObjectName("order_new_dialog")
        self._show_kind(self)

    def judge(self, _changed: object = None) -> None:
        """Once something is ticked."""
        self.accept_button.setEnabled(any(tick.isChecked() for tick in self._ticks))

    def outcome(self, filled: FilledForm) -> tuple[OrderKind, tuple[About, ...]]:
        """The kind, and what it is about."""
        pairs = zip(self._choices, self._ticks, strict=True)
        abouts = tuple(choice.about for choice, tick in pairs if tick.isChecked())
        return OrderKind(filled["kind"]), abouts

    def _show_kind(self, _dialog: FormDialog) -> None:
        kind = OrderKind(self.filled()["kind"])
        self._tell(kind)
        let_go(self._column, *self._ticks)
        self._choices = target_choices(self.kit, self._file, kind, revealed=self._revealed)
        fresh = [choice for choice in self._choices if not choice.ordered]
        self._ticks = [self._tick(place, choice) for place, choice in enumerate(self._choices)]
        if fresh:
            self._ticks[self._choices.index(fresh[0])].setChecked(True)
        row = self.kit.theme.space("control_compact") + self.kit.theme.space("space_xs")
        self._scroll.setFixedHeight(row * min(max(len(self._ticks), 1), _MOST_SEEN))
        self.judge()

    def _tell(self, kind: OrderKind) -> None:
        """What the kind does; where it has to wait for the filing, before anybody fills in its form."""
        waits = SPECS[kind].after_filing and not is_filed(self._file.steps)
        self._note.set_key("ordering.new.unfiled" if waits else f"ordering.about.{kind.value}")
        self._note.set_ink("amber" if waits else "muted")

    def _tick(self, place: int, choice: TargetChoice) -> CheckBox:
        key = "ordering.new.standing" if choice.ordered else "ordering.new.plain"
        tick = CheckBox(self.kit, key, name=f"order_about_{place + 1}", text=choice.text)
        tick.toggled.connect(self.judge)
        self._column.insertWidget(place, tick)
        return tick


Done = TypeVar("Done")
_Blank = tuple[tuple[OrderRequest, ...], tuple[Evidence, ...]]


class OrderActions(DialogActions):
    """``ordered``: orders were issued. ``paper_ready(pdf, title)``: to be shown by the window for printing."""

    ordered = Signal()
    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session
        self._case = CaseId("")
        self._view: OrderView | None = None
        self._approver: Officer | None = None
        self._reading = Latest(kit.runner, self, window)
        self._asked: Callable[..., Ordered] | None = None
        self._named = ""
        self._seconding: SecondOfficerDialog | None = None
        self._replies = ReplyFlow(kit, session, window, record_reply, "ordering.replied")
        self._replies.changed.connect(self.changed)
        self._replies.failed.connect(self.failed)
        self._replies.follow.connect(self.follow)

    def ask_new(self, file: CaseFile, *, revealed: bool) -> None:
        """Open the choice of a kind and of what it is about."""
        self._case = file.case.id
        self._reading.stop()
        dialog = OrderNewDialog(self._kit, self._window, file, OrderKind.STOP, revealed=revealed)
        dialog.given.connect(lambda given: self._propose(*given))
        dialog.open()

    def propose(self, case: CaseId, kind: OrderKind, abouts: Sequence[About]) -> None:
        """The form of orders about these, open at once."""
        self._case = case
        self._propose(kind, tuple(abouts))

    def stop_hops(self, view: OrderView, places: Sequence[int]) -> None:
        """The stop of where the money went on, one order for each account; the form is open at once."""
        self._case, self._view = view.case, view
        self._propose(OrderKind.STOP, tuple(About(order=view.order.id, hop=p) for p in places))

    def follow(self, view: OrderView) -> None:
        """Stop what the reply just recorded names next. Of an order known by its slip alone nobody knows that."""
        if view.case:
            self._case, self._view = view.case, view
            self._start(partial(options_in, self._session, view.case, view.order.id), self._follow)

    def ask_act(self, view: OrderView) -> None:
        """Ask the desk what may be done with an order, then the person."""
        self._case, self._view = view.case, view
        work = partial(options_in, self._session, view.case, view.order.id)
        self._start(work, self._show_acts)

    def ask_to_withdraw(self, view: OrderView) -> None:
        """Ask how an order that nobody has carried out is taken back; where it can not be, what else may be done."""
        self._case, self._view = view.case, view
        work = partial(options_in, self._session, view.case, view.order.id)
        self._start(work, self._withdraw)

    def _withdraw(self, options: Options) -> None:
        back = [act for act in acts_of(options) if act.name in _TAKEN_BACK]
        if back:
            self._act(back[0])
        else:
            self._show_acts(options)

    def _show_acts(self, options: Options) -> None:
        self._approver = options.approver
        if self._view is not None:
            dialog = OrderActDialog(self._kit, self._window, self._view, options)
            dialog.chosen.connect(self._act)
            dialog.open()

    def _act(self, act: Act) -> None:
        view = self._view
        if view is None:
            return
        if act.kind is not None:
            self._propose(act.kind, (_about(view, act),))
        elif act.name == CONFIRM:
            confirm = work_of(confirm_order, self._session, view.order.id)
            self._run_alone(confirm, done_key="ordering.confirmed")
        elif act.name == REPLY:
            self._replies.ask(view)
        elif act.name == SHEET:
            work = work_of(_sheet_of, self._session, view)
            self._kit.runner.start("db", work, self._sheet_made, self._failed)
        elif act.name in {OrderStep.APPROVE, OrderStep.REFUSE}:
            self._ask_approval(view, refusing=act.name == OrderStep.REFUSE)
        elif act.name == OrderStep.CALL_OFF:
            self._ask_call_off(view)
        else:
            self._ask_word(view, act)

    def _ask_approval(self, view: OrderView, *, refusing: bool) -> None:
        self._ask_form(
            approval_form(
                self._kit,
                view,
                refusing=refusing,
                approver=self._approver,
                own=self._session.officer.number,
            ),
            lambda filled: record_approval(self._session, view.order.id, typed_approval(filled)),
            "ordering.refuse.done" if refusing else "ordering.approve.done",
        )

    def _ask_word(self, view: OrderView, act: Act) -> None:
        name = "number" if act.name == NUMBER else "withdraw"
        dialog = FormDialog(self._kit, self._window, word_form(self._kit, view, name))
        dialog.setObjectName(f"order_{name}_dialog")
        record = set_official_number if act.name == NUMBER else withdraw_order
        self._ask(
            dialog,
            lambda filled: record(self._session, view.order.id, filled[""]),
            f"ordering.{name}.done",
        )

    def _ask_call_off(self, view: OrderView) -> None:
        ask(
            self._kit,
            self._window,
            "ordering.call_off.title",
            "ordering.call_off.text",
            "ordering.call_off.accept",
            self._call_off,
            danger=True,
            number=view.order.number,
        )

    def _sheet_made(self, made: tuple[str, Pdf]) -> None:
        number, pdf = made
        self.paper_ready.emit(pdf, self._kit.texts.text("ordering.sheet", number=number))
        self.changed.emit()

    def _propose(self, kind: OrderKind, abouts: tuple[About, ...]) -> None:
        work = partial(_blank_form, self._session, self._case, kind, abouts)
        self._start(work, self._show_form)

    def _show_form(self, blank: _Blank) -> None:
        dialog = OrderFormDialog(self._kit, self._window, *blank)
        dialog.given.connect(self._order)
        self._show(dialog, "ordering.issued")

    def _order(self, given: tuple[tuple[OrderRequest, ...], bool, str]) -> None:
        requests, confirmed, despite = given
        of = self._session, self._case, requests
        self._asked = partial(order_all, *of, confirmed=confirmed, despite=despite)
        self._named = next((item.second_officer for item in requests if item.second_officer), "")
        self._run(work_of(self._asked), then=self._ordered)

    def _ask_second(self, over: OrderFormDialog) -> None:
        """The order names a second officer, who has to prove to be there."""
        what = self._kit.texts.text("ordering.second_confirms")
        self._seconding = SecondOfficerDialog(self._kit, over, what, self._named)
        self._seconding.given.connect(self._order_by_two)
        self._seconding.open()

    def _order_by_two(self, typed: TypedSecond) -> None:
        if self._asked is not None:
            self._run(work_of(partial(self._asked, second=typed)), then=self._ordered)

    def _seconded(self) -> SecondOfficerDialog | None:
        """The question for the second officer, while it is open."""
        dialog = self._seconding
        return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None

    def _ordered(self, action: RunningAction, ordered: Ordered) -> None:
        seconding = self._seconded()
        if seconding is not None:
            seconding.accept()
        if ordered.orders:
            self._action_done(action, ordered)
            self.ordered.emit()
        elif isinstance(action.dialog, OrderFormDialog):
            action.dialog.show_problems(ordered.problems)

    def _action_refused(self, action: RunningAction, error: Exception) -> None:
        form, seconding = action.dialog, self._seconded()
        if isinstance(form, OrderFormDialog) and seconding is not None:
            seconding.show_error(error)
            return
        if isinstance(form, OrderFormDialog) and _wants_second(error):
            self._ask_second(form)
            return
        super()._action_refused(action, error)

    def _follow(self, options: Options) -> None:
        if self._view is not None and options.hops:
            self.stop_hops(self._view, options.hops)

    def _call_off(self) -> None:
        if self._view is not None:
            work = work_of(call_off, self._session, self._view.order.id)
            self._run_alone(work, done_key="ordering.call_off.done")

    def _start(self, work: Callable[[], Done], done: Callable[[Done], None]) -> None:
        """Read, then ``done``. Dialogs speak of the order that was asked for last, so only that one's may open, and
        only over the page it was asked for on."""
        self._reading.start("db", work_of(work), done, self._failed)


def _wants_second(error: Exception) -> bool:
    return isinstance(error, AppError) and error.code == "second.needed"


def _sheet_of(session: Session, view: OrderView) -> tuple[str, Pdf]:
    """All that waits for the same institution, on one sheet."""
    return view.order.number, draw_order_sheet(session, view.order.id)


def _blank_form(session: Session, case: CaseId, kind: OrderKind, abouts: Sequence[About]) -> _Blank:
    """The requests as the case has them, and the evidence that may go along."""
    return propose_orders(session, case, kind, abouts), whole_file(session, case)[0].evidence


def _about(view: OrderView, act: Act) -> About:
    """The same target as the order before, or the next tier."""
    order = view.order
    if act.hop >= 0:
        return About(order=order.id, hop=act.hop)
    return About(again=order.id)
