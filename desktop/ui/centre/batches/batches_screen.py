"""Dispatch batches: orders out to banks, institutions and carriers, and their answered tables back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.orders.sending.answer import QueuedAnswer
from desktop.domain.progress import Progress
from desktop.services.orders.answers.answer_queue import queued_answers
from desktop.services.orders.answers.dispatch_batches import (
    Receiver,
    SentBatches,
    more_batches,
    receivers,
    sent_batches,
)
from desktop.services.orders.answers.slip_batches import count_slips_to_send
from desktop.services.orders.claim_work import all_claims
from desktop.services.ports import BatchPlace
from desktop.services.session import Session
from desktop.ui.centre.answering.answer_actions import AnswerActions, TakeFiles
from desktop.ui.centre.answering.answer_card import AnswerCard
from desktop.ui.centre.answering.assigning import ReadParts
from desktop.ui.centre.batches.batch_dialog import BatchDialog
from desktop.ui.centre.batches.batch_sending import Sending, WriteBatches
from desktop.ui.centre.batches.batch_table import BatchTable, batch_key, work_of
from desktop.ui.centre.batches.receiver_naming import ReceiverDialog
from desktop.ui.centre.rota import OnCallLine
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.orders.order_clock import ClockLimits, span, waited_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_SEND_WIDTHS = {"orders": 80, "amount": 120}


class SendTable(Listing[Receiver]):
    """Receiver, how many orders, how much money, the first clock."""

    def __init__(self, kit: Kit, limits: ClockLimits) -> None:
        self._limits = limits
        columns = (
            TableColumn("receiver", "centre.batches.receiver", self._name, tip=self._name),
            TableColumn("orders", "centre.batches.orders", _count, align_right=True, digits=True),
            TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
            TableColumn("clock", "centre.column.clock", self._still, clock=self._clock),
        )
        super().__init__(
            kit,
            "send_table",
            "centre.batches.to_send",
            columns,
            _send_key,
            _SEND_WIDTHS,
            whole=("clock",),
        )

    def _name(self, row: Receiver) -> str:
        return row.name or self._kit.texts.text("centre.batches.nobody")

    def _clock(self, row: Receiver) -> ClockSpan | None:
        return span(row.first, self._limits, self._kit.ticks.now())

    def _still(self, row: Receiver) -> str:
        """Where no clock runs any more: that the golden window is over, and how long the oldest order has waited."""
        kit = self._kit
        waited = waited_text(kit, kit.ticks.now() - row.oldest)
        return kit.texts.text("centre.batches.missed", waited=waited) if row.missed else waited


def _send_key(row: Receiver) -> str:
    return row.name


def _count(row: Receiver) -> str:
    return str(row.count)


def _amount(row: Receiver) -> str:
    return yuan(row.amount_fen) if row.amount_fen else ""


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """What reads and writes files for the screen: ``write`` the letter and the table of each batch, ``take`` files of
    answers, ``parts`` what can be read of an answer that could not be read as a whole."""

    write: WriteBatches
    take: TakeFiles
    parts: ReadParts


_LATE, _OPEN, _ALL = "late", "open", "all"


@dataclass(frozen=True, slots=True)
class BatchesView:
    """One reading."""

    to_send: tuple[Receiver, ...]
    batches: tuple[DispatchBatch, ...]
    queue: tuple[QueuedAnswer, ...]
    last: BatchPlace | None = None
    """Where the batches go on that are answered in full."""
    slips: int = 0
    """Orders known by their slip alone that could go out."""
    claims: Mapping[str, WorkClaim] = field(default_factory=dict)


class BatchesScreen(ListPage[BatchesView]):
    """``changed`` after batches were made or answers taken."""

    of_reckoned_cases = True
    follows = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        drives: Drives,
        limits: ClockLimits,
        files: BatchFiles,
    ) -> None:
        super().__init__(kit, "centre.batches.title", "packs", "centre.keys.packs")
        self._session = session
        self._batches: tuple[DispatchBatch, ...] = ()
        self._last: BatchPlace | None = None
        self._chased = ""
        """The receiver whose late batch is to be chosen once it is here."""
        self._more = Latest(kit.runner, self)
        self._card = WorkCard(kit, "items", name="packs_work")
        self._work = OneWork(kit, self._card, self)
        self._actions = AnswerActions(
            kit, session, self, (self._work, self.banner), files.take, files.parts
        )
        self._send = self.add("centre.batches.send", "Ctrl+D", self._send_all)
        self._send_one = self.add("centre.batches.send_one", "Ctrl+Shift+D", self._send_chosen)
        self._send_slips = self.add(
            "centre.batches.send_slips", "Ctrl+Shift+Q", self._sending_slips
        )
        self._name = self.add("centre.batches.name_receiver", "Ctrl+B", self._name_receiver)
        self._again = self.add("centre.batches.again", "Ctrl+W", self._write_again)
        self._remind = self.add("centre.batches.remind", "Ctrl+Shift+W", self._sending_reminders)
        self._assign = self.add("centre.batches.assign", "Ctrl+R", self._assign_answer)
        self._aside = self.add("centre.batches.aside", "Ctrl+Shift+R", self._set_aside)
        self._take = self.add("centre.batches.take", "Ctrl+I", self._actions.choose)
        self._claiming = Claiming(kit, session, self)
        self._turn = self._add_turn()
        self.to_send = SendTable(kit, limits)
        self.sent = BatchTable(kit, session.rules, self._claiming)
        self.answers = AnswerCard(kit, self._take, self._assign, self._aside)
        self._target = TargetCombo(kit, drives, "packs_target")
        self._sending = Sending(kit, session, files.write, self._target, self._work, self.banner)
        self._of_one = (
            Button.of(kit, self._name, name="packs_name"),
            Button.of(kit, self._send_one, name="packs_send_one"),
        )
        self._slips = 0
        self._of_slips = Button.of(
            kit, self._send_slips, size=Size.COMPACT, icon="qr", name="packs_send_slips"
        )
        self._on_call, self._figures = (
            OnCallLine(kit, session),
            Label(kit, role="small", ink="muted", wrap=True),
        )
        self._figures.setObjectName("packs_figures")
        self._filter = _open_first(kit)
        self._build()
        self._connect()
        self._allow()

    def work(self) -> Callable[[Progress], BatchesView]:
        """What waits, what was sent, what was answered."""
        return partial(read_batches, self._session)

    def reload(self) -> None:
        """Read the drives too."""
        super().reload()
        self._target.refresh()

    def first_focus(self) -> QWidget | None:
        """What waits to be sent."""
        return self.to_send

    def show_view(self, view: BatchesView) -> None:
        """Show a reading."""
        self._batches, self._last, self._slips = view.batches, view.last, view.slips
        self._claiming.claims = view.claims
        self._more.stop()
        self.to_send.show_rows(view.to_send)
        self.answers.show_answers(view.queue)
        self._figures.set_key(
            "centre.batches.figures_slips" if view.slips else "centre.batches.figures",
            receivers=len(view.to_send),
            orders=sum(row.count for row in view.to_send),
            slips=view.slips,
        )
        self._arrange()

    def chase(self, receiver: str) -> None:
        """Stand on the batch of this receiver that is late, ready to write reminders."""
        self._filter.set_value(_LATE)
        self._chased = receiver
        self._arrange()
        self.sent.setFocus()

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take these files of answers."""
        self._actions.take(paths)

    def _build(self) -> None:
        kit = self.kit
        row, left = Row(kit, gap="card_gap"), Column(kit, gap="card_gap")
        left.addWidget(self.banner)
        left.addWidget(self._card)
        left.addWidget(self._send_card(), 2)
        left.addWidget(self._sent_card(), 3)
        row.addLayout(left, 1)
        self.answers.setFixedWidth(kit.theme.space("side_card_wide"))
        row.addWidget(self.answers)
        self.body.addLayout(row, 1)

    def _add_turn(self) -> Action | None:
        """Taking a batch in hand and handing over all; None where nobody else is at it."""
        if not self._claiming.offered:
            return None
        self.add("centre.claim.hand_over.key", "Ctrl+Shift+U", self._claiming.hand_over)
        return self.add("centre.claim.turn", "Ctrl+Shift+B", self._turn_claim)

    def _send_card(self) -> Card:
        kit = self.kit
        card = Card(kit, "centre.batches.to_send")
        card.header.addWidget(self._target)
        for button in self._of_one:
            card.header.addWidget(button)
        send = Button.of(kit, self._send, variant=Variant.PRIMARY, icon="usb", name="packs_send")
        card.header.addWidget(send)
        line = Row(kit)
        line.addWidget(self._figures, 1)
        line.addWidget(self._of_slips)
        card.body.addLayout(line)
        empty = EmptyState(kit, "check_circle", "centre.batches.none_waiting")
        card.body.addWidget(ListOrEmpty(self.to_send, empty, self.to_send.rows), 1)
        return card

    def _sent_card(self) -> Card:
        kit = self.kit
        card = Card(kit, "centre.batches.sent")
        card.header.addWidget(self._filter)
        card.header.addWidget(Button.of(kit, self._remind, name="packs_remind"))
        card.header.addWidget(Button.of(kit, self._again, name="packs_again"))
        empty = EmptyState(kit, "archive", "centre.batches.none_sent")
        card.body.addWidget(ListOrEmpty(self.sent, empty, self.sent.rows), 1)
        below = Row(kit)
        below.addWidget(self._on_call, 1)
        if self._turn is not None:
            below.addStretch(1)
            claim = Button.of(kit, self._turn, size=Size.COMPACT, name="packs_claim")
            below.addWidget(claim)
        card.body.addLayout(below)
        return card

    def _connect(self) -> None:
        self._filter.chosen.connect(self._arrange)
        self._target.target_changed.connect(self._allow)
        self.to_send.current_changed.connect(self._allow)
        self.sent.current_changed.connect(self._allow)
        self.to_send.activated_row.connect(self._activated)
        self.sent.activated_row.connect(self._open)
        self.sent.end_near.connect(self._show_more)
        self._work.stirred.connect(self._allow)
        for signal in (self._sending.sent, self._actions.changed, self._claiming.changed):
            signal.connect(self._changed)
        self._claiming.failed.connect(self.fail)

    def _arrange(self) -> None:
        chosen = self._filter.value()
        shown = [batch for batch in self._batches if chosen == _ALL or batch.unanswered]
        if chosen == _LATE:
            shown = [batch for batch in shown if self._is_late(batch)]
        ordered = sorted(shown, key=_urgency)
        self.sent.show_rows(ordered)
        chased = next((batch for batch in ordered if batch.receiver == self._chased), None)
        if chased is not None:
            self.sent.select_key(batch_key(chased))
            self._chased = ""
        self._allow()

    def _show_more(self) -> None:
        """What follows is read before the end is reached."""
        if self._last is not None and not self._more.waits and not self._reading.waits:
            work = partial(more_batches, self._session, self._last)
            self._more.start("survey", work, self._more_came, self.fail)

    def _more_came(self, more: SentBatches) -> None:
        known = {batch_key(batch) for batch in self._batches}
        new = (batch for batch in more.batches if batch_key(batch) not in known)
        self._batches, self._last = (*self._batches, *new), more.last
        self._arrange()

    def _is_late(self, batch: DispatchBatch) -> bool:
        return bool(batch.unanswered) and batch.due_at <= self.kit.ticks.now()

    def _allow(self) -> None:
        self._target.setEnabled(not self._work.busy)
        ready, chosen = self._sending.ready, self.to_send.selected()
        rows = self.to_send.rows.rows
        self._send.set_enabled(enabled=ready and any(row.name for row in rows))
        self._send_one.set_enabled(enabled=ready and chosen is not None and bool(chosen.name))
        nameless = chosen is not None and not chosen.name
        set_shown(self._of_slips, shown=self._slips > 0)
        self._send_slips.set_enabled(enabled=ready and self._slips > 0)
        # The one that goes first: for a moment with both the window would grow.
        set_shown(self._of_one[nameless], shown=False)
        set_shown(self._of_one[not nameless], shown=True)
        self._name.set_enabled(enabled=ready and any(not row.name for row in rows))
        self._take.set_enabled(enabled=not self._work.busy)
        self._remind.set_enabled(enabled=ready and any(map(self._is_late, self._batches)))
        self._again.set_enabled(enabled=ready and self.sent.selected() is not None)
        batch = self.sent.selected()
        late = batch is not None and self._is_late(batch)
        self._on_call.show_order(batch.orders[0].order.id if batch is not None and late else "")
        if self._turn is not None:
            self._turn.set_enabled(enabled=batch is not None)

    def _send_all(self) -> None:
        self._sending.send(())

    def _sending_slips(self) -> None:
        self._sending.send_slips()

    def _name_receiver(self) -> None:
        nobody = next((row for row in self.to_send.rows.rows if not row.name), None)
        if nobody is not None and self._sending.ready:
            directories = self._session.directories
            dialog = ReceiverDialog(self.kit, self, nobody.nameless, directories)
            dialog.given.connect(self._sending.send_named)
            dialog.open()

    def _activated(self, row: Receiver) -> None:
        if not row.name:
            self._name_receiver()

    def _send_chosen(self) -> None:
        chosen = self.to_send.selected()
        if chosen is not None:
            self._sending.send((chosen.name,))

    def _sending_reminders(self) -> None:
        self._sending.remind()

    def _write_again(self) -> None:
        batch = self.sent.selected()
        if batch is not None:
            self._sending.write_again(batch)

    def _turn_claim(self) -> None:
        self.sent.with_selected(lambda batch: self._claiming.turn(work_of(batch)))

    def _open(self, batch: DispatchBatch) -> None:
        BatchDialog(self.kit, self, batch).open()

    def _assign_answer(self) -> None:
        item = self.answers.table.selected()
        if item is not None:
            self._actions.assign(item)

    def _set_aside(self) -> None:
        item = self.answers.table.selected()
        if item is not None:
            self._actions.set_aside(item)

    def _changed(self) -> None:
        self.reload()
        self.changed.emit()


def _open_first(kit: Kit) -> Segmented:
    """Which batches are listed: at first those of which an answer is missing."""
    options = [Option(name, key=f"centre.batches.{name}") for name in (_LATE, _OPEN, _ALL)]
    made = Segmented(kit, options, "packs_filter", "centre.batches.filter")
    made.set_value(_OPEN)
    return made


def _urgency(batch: DispatchBatch) -> tuple[bool, float, str]:
    """Unanswered ones by when to ask again, then the newest; those of one sending by their number."""
    if batch.unanswered:
        return False, batch.due_at.timestamp(), batch.number
    return True, -batch.made_at.timestamp(), batch.number


def read_batches(session: Session, progress: Progress) -> BatchesView:
    """All three."""
    sent = sent_batches(session, progress)
    return BatchesView(
        receivers(session, progress),
        sent.batches,
        queued_answers(session),
        sent.last,
        count_slips_to_send(session),
        all_claims(session),
    )
