"""值班台: what wants somebody at a centre, who has it in hand since when, who is there, and giving it to another; how
fast institutions answer, and which stops lapse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Officer
from desktop.domain.progress import Progress
from desktop.services.calls.waiting_calls import WaitingCall
from desktop.services.orders.shift.lead_shift import (
    DutyView,
    duty_view,
    reassign_work,
    receivers_of_work,
)
from desktop.services.session import Session
from desktop.ui.centre.duty_tables import (
    DutyItem,
    DutyPart,
    DutyTable,
    LapsingCard,
    ReplyTimesTable,
    SeatTable,
    duty_items,
    parts_of,
)
from desktop.ui.centre.rota import (
    OnCallActions,
    OnCallLine,
    RotaActions,
    approvals_text,
    shift_text,
)
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormText, Input, choice
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import local_day
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.label import Label

_READ_EVERY: Final = timedelta(seconds=30)
"""Somebody who falls silent writes nothing."""


class DutyScreen(ListPage[DutyView]):
    """Enter takes an order in hand. ``case_wanted(CaseId)``: show the case; ``call_wanted(CaseId)``: go on with a call
    that broke off; ``chase_wanted(receiver)``: ask it once more for what is overdue;
    ``handover_wanted``: what this shift leaves to the next, for printing."""

    follows = True
    of_reckoned_cases = True
    case_wanted = Signal(object)
    call_wanted = Signal(object)
    chase_wanted = Signal(str)
    handover_wanted = Signal()

    def __init__(self, kit: Kit, session: Session, limits: ClockLimits) -> None:
        super().__init__(kit, "centre.duty.title", "duty", "centre.keys.duty")
        self._session = session
        self._view: DutyView | None = None
        self._read_at: datetime | None = None
        self._claiming = Claiming(kit, session, self)
        self._assigning = _Assigning(kit, session, self)
        self._take = self.add("centre.duty.take", "Ctrl+Shift+B", self._take_it)
        self._assign = self.add("centre.duty.assign", "Ctrl+A", self._ask_whom)
        self._open = self.add("centre.duty.open", "Ctrl+O", self._open_it)
        self._contacts, self._planning = (
            OnCallActions(kit, session, self),
            RotaActions(kit, session, self),
        )
        self._contact = self.add("centre.on_call.key", "Ctrl+T", self._ask_contact)
        self._plan = self.add("centre.rota.key", "Ctrl+L", self._planning.ask)
        self._hand = self.add("orders.handover.key", "Ctrl+Shift+H", self.handover_wanted.emit)
        self._chase = self.add("centre.duty.chase", "Ctrl+Shift+W", self._ask_chase)
        self._look = self.add("centre.duty.look_lapsing", "Ctrl+J", self._look_at_lapsing)
        self.table = DutyTable(kit, session.rules, limits, self._claiming)
        self.seats = SeatTable(kit)
        self.times = ReplyTimesTable(kit)
        self._lapsing = LapsingCard(kit, self._look)
        self._on_call = OnCallLine(kit, session, says_none=True)
        self._part = Segmented(
            kit,
            [Option(part.value, key=f"centre.duty.part.{part.value}") for part in DutyPart],
            "duty_part",
            "centre.duty.title",
        )
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        self._figures.setObjectName("duty_figures")
        self._shifts = {
            name: Label(kit, role="small", wrap=True) for name in ("current", "next", "approvals")
        }
        self._empty = EmptyState(kit, "check_circle", "centre.duty.none")
        self._build()
        self._connect()
        self._row_changed()

    def work(self) -> Callable[[Progress], DutyView]:
        """The queue and the seats."""
        today = local_day(self.kit.ticks.now(), self.kit.zone)
        return partial(duty_view, self._session, today)

    def show_view(self, view: DutyView) -> None:
        """Show a reading."""
        self._view, self._read_at = view, self.kit.ticks.now()
        self._claiming.claims = view.orders.claims
        self.seats.show_rows(view.seats)
        self.times.show_rows(view.times)
        self._lapsing.show_rows(view.lapsing)
        self._show_part()

    def first_focus(self) -> QWidget | None:
        """The queue."""
        return self.table

    def _build(self) -> None:
        kit = self.kit
        row, left, right = (
            Row(kit, gap="card_gap"),
            Column(kit, gap="card_gap"),
            Column(kit, gap="card_gap"),
        )
        left.addWidget(self.banner)
        card, acts = Card(kit), Row(kit)
        card.body.addWidget(self._part)
        card.body.addWidget(self._figures)
        card.body.addWidget(ListOrEmpty(self.table, self._empty, self.table.rows), 1)
        card.body.addWidget(self._on_call)
        for place, (action, name) in enumerate(
            (
                (self._take, "duty_take"),
                (self._assign, "duty_assign"),
                (self._open, "duty_open"),
                (self._chase, "duty_chase"),
                (self._contact, "duty_contact"),
            )
        ):
            variant = Variant.PLAIN if place else Variant.PRIMARY
            acts.addWidget(Button.of(kit, action, variant=variant, name=name))
        acts.addStretch(1)
        card.body.addLayout(acts)
        left.addWidget(card, 1)
        row.addLayout(left, 1)
        seats, times = Card(kit, "centre.duty.seats"), Card(kit, "centre.duty.times")
        rota = Card(kit, "centre.rota.card")
        for name, label in self._shifts.items():
            label.setObjectName(f"duty_{name}")
            rota.body.addWidget(label)
        for action, name in ((self._hand, "duty_handover"), (self._plan, "duty_plan")):
            rota.header.addWidget(Button.of(kit, action, size=Size.COMPACT, name=name))
        right.addWidget(rota)
        seats.body.addWidget(self.seats, 1)
        none = EmptyState(kit, "check_circle", "centre.duty.no_times")
        times.body.addWidget(ListOrEmpty(self.times, none, self.times.rows), 1)
        right.addWidget(seats, 3)
        right.addWidget(times, 2)
        right.addWidget(self._lapsing)
        side = QWidget()
        side.setLayout(right)
        side.setFixedWidth(kit.theme.space("side_card_wide") - kit.theme.space("space_xl"))
        row.addWidget(side)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._part.chosen.connect(self._show_part)
        self.table.current_changed.connect(self._row_changed)
        self.table.activated_row.connect(self._activated)
        for actions in (self._claiming, self._assigning, self._contacts, self._planning):
            actions.changed.connect(self._recorded)
            actions.failed.connect(self.fail)
        self.kit.ticks.ticked.connect(self._tick)
        self.kit.texts.changed.connect(self._show_part)

    def _show_part(self) -> None:
        view = self._view
        if view is None:
            return
        parts = {item: frozenset(parts_of(item, view, self._claiming)) for item in duty_items(view)}
        chosen, texts = DutyPart(self._part.value()), self.kit.texts
        self.table.show_rows([item for item in parts if chosen in parts[item]], choose=True)
        for part in DutyPart:
            count = sum(part in of for of in parts.values())
            words = texts.text(f"centre.duty.part.{part.value}")
            self._part.set_words(part.value, f"{words} {count}")
        self._show_figures(view)
        for key, shift in (("current", view.rota.now), ("next", view.rota.next)):
            self._shifts[key].set_text(shift_text(self.kit, key, shift, view.names))
        asked = approvals_text(self.kit, view.approvals, view.rota.now, view.names)
        self._shifts["approvals"].set_text(asked)
        self._shifts["approvals"].setVisible(bool(asked))
        self._row_changed()

    def _show_figures(self, view: DutyView) -> None:
        """Of all orders, in the list or not."""
        of_all, more = view.orders.counts, "_more" if view.orders.last is not None else ""
        words = self.kit.texts.text(
            f"centre.duty.figures{more}",
            stopped=yuan(of_all.caught_fen),
            golden=f"{of_all.savable:,}",
            all=f"{of_all.waiting:,}",
            shown=len(view.orders.rows),
        )
        self._figures.set_text(words)

    def _row_changed(self) -> None:
        item = self.table.selected()
        order = item.first_order if item is not None else ""
        self._take.set_enabled(enabled=item is not None and self._claiming.offered)
        self._assign.set_enabled(enabled=item is not None and self._claiming.offered)
        self._open.set_enabled(enabled=item is not None)
        self._chase.set_enabled(enabled=bool(self._late_receiver()))
        self._look.set_enabled(enabled=self._view is not None and bool(self._view.lapsing))
        self._on_call.show_order(item.first_order if item is not None else "")
        self._contact.set_enabled(enabled=bool(order))

    def _activated(self, item: DutyItem) -> None:
        if self._claiming.offered:
            self._claiming.turn(item.work)
        else:
            self._open_it()

    def _take_it(self) -> None:
        item = self.table.selected()
        if item is not None:
            self._claiming.turn(item.work)

    def _ask_whom(self) -> None:
        item = self.table.selected()
        if item is not None:
            words = self.table.words(item)
            self._assigning.ask(item.work, words, self._claiming.line(item.work))

    def _ask_contact(self) -> None:
        item = self.table.selected()
        if item is not None and item.first_order:
            self._contacts.ask(item.first_order)

    def _late_receiver(self) -> str:
        """Of a batch that is late, and of an order in one."""
        item, late = self.table.selected(), self._view.late if self._view is not None else ()
        if item is None:
            return ""
        if isinstance(item.thing, DispatchBatch):
            return item.thing.receiver
        return next(
            (
                one.receiver
                for one in late
                for view in one.unanswered
                if view.order.id == item.order
            ),
            "",
        )

    def _ask_chase(self) -> None:
        receiver = self._late_receiver()
        if receiver:
            self.chase_wanted.emit(receiver)

    def _look_at_lapsing(self) -> None:
        self._part.set_value(DutyPart.LAPSING)
        self._show_part()
        self.table.setFocus()

    def _open_it(self) -> None:
        item = self.table.selected()
        if item is None:
            return
        if isinstance(item.thing, WaitingCall):
            self._claiming.before(item.work, partial(self.call_wanted.emit, item.case))
        elif isinstance(item.thing, DispatchBatch):
            self._ask_chase()
        else:
            self.case_wanted.emit(item.case)

    def _recorded(self) -> None:
        self.recorded()
        self.changed.emit()

    def _tick(self, now: datetime) -> None:
        """Clocks run out and seats fall silent by themselves."""
        if self._read_at is not None and abs(now - self._read_at) >= _READ_EVERY:
            self._read_at = now
            self.reload_by_itself()


class _Assigning(DialogActions):
    """Give an order, a case or a batch to another seat, with a reason."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session
        self._receivers = Latest(kit.runner, self)
        self._about = self._words = self._hand = ""

    def ask(self, about: str, words: str, hand: str) -> None:
        """Ask to whom and why; ``words``: what it is, ``hand``: who has it now."""
        self._about, self._words, self._hand = about, words, hand
        work = work_of(receivers_of_work, self._session, about)
        self._receivers.start("db", work, self._ask_form_of, self._failed)

    def _ask_form_of(self, officers: Sequence[Officer]) -> None:
        about = self._about
        if not officers:
            self._failed(UserInputError("claim.nobody"))
            return
        options = tuple(
            Option(
                officer.number,
                text="　".join((officer.name, officer.number, *officer.institutions)),
            )
            for officer in officers
        )
        rows = (
            FormText(text=self._words, role="strong", ink=""),
            FormText(text=self._hand or self._kit.texts.text("centre.duty.nobody")),
            Input("to", "centre.claim.hand_over.to", make=choice(options), needed=True),
            Input("reason", "centre.claim.take.reason", needed=True),
        )
        form = Form(
            "assign_order",
            "centre.duty.assign_title",
            "centre.duty.assign_accept",
            rows,
            focus="to",
        )

        def act(filled: FilledForm) -> object:
            return reassign_work(self._session, about, filled["to"], filled["reason"])

        self._ask_form(form, act, "centre.duty.assigned")
