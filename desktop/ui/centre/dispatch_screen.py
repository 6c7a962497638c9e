"""The dispatch desk: orders of all stations by their clocks, what the banks answered, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.hand_over_slip import handover_of
from desktop.centre.replies import ReplyBundle, reply, write_replies
from desktop.centre.waiting_slips import waiting_slips
from desktop.domain.orders.order import WAITING
from desktop.domain.progress import Progress
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_dispatch import DispatchView, dispatch_view, more_of_dispatch
from desktop.services.ports import COUNTED, OrdersOnly
from desktop.services.session import Session
from desktop.ui.centre.claiming import Claiming, ClaimLine
from desktop.ui.centre.element_list import copy_elements
from desktop.ui.centre.listed_orders import centre_state, order_columns, view_of_row
from desktop.ui.centre.on_call import OnCallLine
from desktop.ui.centre.order_detail import DispatchOrderDetail
from desktop.ui.centre.order_elements import order_elements
from desktop.ui.centre.order_evidence import OrderEvidence
from desktop.ui.centre.slip_card import SlipCard
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.revealing import Cases, Revealing
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import ClockLimits, span, still_text
from desktop.ui.shared.orders.order_filter_bar import OrderFilterBar
from desktop.ui.shared.orders.order_texts import (
    kind_text,
    kind_tone,
    state_tone,
)
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.orders.ordering.reply_flow import ReplyFlow
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.bundle_texts import problem_line
from desktop.ui.shared.text.datetime_text import local_day
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"kind": 108, "amount": 96, "unit": 140, "state": 108, "clock": 150}
_OF_SEATS = {"amount": 84, "unit": 112, "state": 92, "clock": 128, "hand": 84}


class ReplyWriting(QWidget):
    """Target and button in a row; progress and outcome go to the page's own strip."""

    written = Signal()

    def __init__(
        self,
        kit: Kit,
        session: Session,
        drives: Drives,
        write: Action,
        news: tuple[WorkCard, Banner],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._action = write
        card, self._banner = news
        self._work = OneWork(kit, card, self)
        self._folder = Path()
        row = Row(kit, self)
        self.target = TargetCombo(kit, drives, "dispatch_target")
        row.addWidget(self.target)
        row.addWidget(Button.of(kit, write, icon="usb", name="dispatch_write"))
        self.target.target_changed.connect(self._allow)
        self._work.stirred.connect(self._allow)
        self._allow()

    def start(self) -> None:
        """Write to the chosen target."""
        folder = self.target.target()
        if folder is None or self._work.busy:
            return
        self._folder = folder
        self._banner.clear()
        work = self.target.guarded(partial(write_replies, self._session, folder))
        self._work.start("centre.writing", work, self._done, self._banner.show_error)

    def _done(self, done: tuple[ReplyBundle, ...]) -> None:
        bundles = [item for item in done if item.error is None]
        failed = [(item.unit_name, item.error) for item in done if item.error is not None]
        self._banner.show_found(
            Tone.OK if len(bundles) == len(done) else Tone.WARN,
            "centre.written" if bundles else "centre.written_none",
            lambda: [problem_line(self._kit, name, error) for name, error in failed],
            units=len({bundle.unit_name for bundle in bundles}),
            bundles=len(bundles),
            volumes=sum(len(bundle.volumes) for bundle in bundles),
            folder=str(self._folder),
        )
        self.written.emit()

    def _allow(self) -> None:
        self.target.setEnabled(not self._work.busy)
        self._action.set_enabled(enabled=not self._work.busy and self.target.target() is not None)


class DispatchTable(Listing[OrderRow]):
    """Kind, target, amount, station, state, time left. ``end_near``: the end of what was read comes into sight."""

    end_near = Signal()

    def __init__(self, kit: Kit, limits: ClockLimits, claiming: Claiming) -> None:
        self._limits = limits
        self._claiming = claiming
        widths = {**_WIDTHS, **_OF_SEATS} if claiming.offered else _WIDTHS
        super().__init__(
            kit, "dispatch_table", "centre.dispatch.title", self._columns(kit), _order_id, widths
        )
        tell_of_end(self, self.end_near)

    def _columns(self, kit: Kit) -> tuple[TableColumn[OrderRow], ...]:
        return (
            TableColumn("kind", "centre.column.kind", self._kind, chip=True, tone=_kind_tone),
            *order_columns(kit, view_of_row, ("target", "amount", "unit")),
            TableColumn(
                "state", "centre.column.state", self._state, tip=self._state, tone=_state_tone
            ),
            TableColumn(
                "clock", "centre.column.clock", self._still, tone=_still_tone, clock=self._clock
            ),
            *self._of_seats(),
        )

    def _of_seats(self) -> tuple[TableColumn[OrderRow], ...]:
        """Who has it in hand, where several may."""
        if not self._claiming.offered:
            return ()
        hand, tip = self._hand, self._hand_line
        return (TableColumn("hand", "centre.column.hand", hand, tone=self._hand_tone, tip=tip),)

    def _hand(self, row: OrderRow) -> str:
        return self._claiming.hand(row.view.order.id)

    def _hand_line(self, row: OrderRow) -> str:
        return self._claiming.line(row.view.order.id)

    def _hand_tone(self, row: OrderRow) -> Tone | None:
        return self._claiming.tone(row.view.order.id)

    def _kind(self, row: OrderRow) -> str:
        return kind_text(self._kit, row.view)

    def _state(self, row: OrderRow) -> str:
        return centre_state(self._kit, row.view)

    def _clock(self, row: OrderRow) -> ClockSpan | None:
        return span(row, self._limits, self._kit.ticks.now())

    def _still(self, row: OrderRow) -> str:
        return still_text(self._kit, row, self._kit.ticks.now())


def _order_id(row: OrderRow) -> str:
    return row.view.order.id


def _kind_tone(row: OrderRow) -> Tone:
    return kind_tone(row.view)


def _state_tone(row: OrderRow) -> Tone | None:
    tone = state_tone(row.view)
    return tone if tone in (Tone.OK, Tone.BAD) else None


def _still_tone(row: OrderRow) -> Tone | None:
    return Tone.WARN if row.view.state in WAITING else None


_WAITING, _HOPS, _ALL = "waiting", "hops", "all"


class DispatchScreen(ListPage[DispatchView]):
    """Enter answers the chosen order. ``changed`` after a reply was recorded or bundles were written;
    ``case_wanted(CaseId)``: show the case of an order; ``evidence_wanted(CaseId)``: its evidence."""

    follows = True

    case_wanted = Signal(object)
    evidence_wanted = Signal(object)
    of_reckoned_cases = True

    def __init__(self, kit: Kit, session: Session, drives: Drives, limits: ClockLimits) -> None:
        super().__init__(kit, "centre.dispatch.title", "dispatch", "centre.keys.dispatch")
        self._session = session
        self._view: DispatchView | None = None
        self._more = Latest(kit.runner, self)
        self._work = WorkCard(kit, name="dispatch_work")
        self._replies = ReplyFlow(kit, session, self, reply, "centre.dispatch.recorded")
        self._answer = self.add("centre.dispatch.answer", "Ctrl+R", self._ask)
        self._ordering = OrderActions(kit, session, self)
        self._hops = self.add("centre.dispatch.stop_hops", "Ctrl+T", self._stop_hops)
        self._to_copy: OrderRow | None = None
        self._copy = self.add("centre.dispatch.copy", "Ctrl+Shift+C", self._copy_elements)
        self._revealing = Revealing(kit, session, self)
        self._reveal = self.add("case.reveal.toggle", "Ctrl+Shift+H", self._revealing.toggle)
        self._open = self.add("centre.dispatch.open_case", "Ctrl+O", self._open_case)
        look = self.add("centre.dispatch.look", "Ctrl+J", self._look_at_evidence)
        self.bar = OrderFilterBar(kit, "dispatch", "", whole=False)
        self.add("centre.dispatch.find", "Ctrl+F", self.bar.take_keyboard)
        write = self.add("centre.dispatch.write", "Ctrl+E", self._write)
        self._writing = ReplyWriting(kit, session, drives, write, (self._work, self.banner))
        self._claiming = Claiming(kit, session, self)
        self._turn = self._of_seats("centre.claim.turn", "Ctrl+Shift+B", self._turn_claim)
        self._of_seats("centre.claim.hand_over.key", "Ctrl+Shift+U", self._claiming.hand_over)
        self.table = DispatchTable(kit, limits, self._claiming)
        self.slips = SlipCard(kit, session, limits, self)
        self._waiting = Latest(kit.runner, self)
        self._handed = Latest(kit.runner, self)
        self.detail = DispatchOrderDetail(
            kit,
            limits,
            (
                ((self._answer, "dispatch_reply"), (self._hops, "dispatch_hops")),
                ((self._open, "dispatch_case"), (self._copy, "dispatch_copy")),
                *((((self._turn, "dispatch_claim"),),) if self._turn is not None else ()),
            ),
            OrderEvidence(kit, session, look),
            ClaimLine(kit, self._claiming),
            OnCallLine(kit, session),
        )
        self._filter = Segmented(
            kit,
            (
                Option(_WAITING, key="centre.dispatch.waiting"),
                Option(_HOPS, key="centre.dispatch.hops"),
                Option(_ALL, key="centre.dispatch.all"),
            ),
            "dispatch_filter",
            "centre.dispatch.filter",
        )
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        self._figures.setObjectName("dispatch_figures")
        self._empty = EmptyState(kit, "check_circle", "centre.dispatch.none_waiting")
        self._list = ListOrEmpty(self.table, self._empty, self.table.rows)
        self._build()
        self._connect()
        self._row_changed()

    def _of_seats(self, key: str, keys: str, handler: Callable[[], object]) -> Action | None:
        """An action that only a list with several people at it has."""
        return self.add(key, keys, handler) if self._claiming.offered else None

    def work(self) -> Callable[[Progress], DispatchView]:
        """The first orders of those that were chosen, as many as were shown before."""
        only, view = self._only(), self._view
        shown = len(view.rows) if view is not None and view.only == only else 0
        today = local_day(self.kit.ticks.now(), self.kit.zone)
        return partial(dispatch_view, self._session, only, today, shown)

    def reload(self) -> None:
        """Read the drives too."""
        super().reload()
        self._writing.target.refresh()

    def first_focus(self) -> QWidget | None:
        """The table; with nothing left to answer, where the replies are written to."""
        return self._writing.target if self._list.currentWidget() is self._empty else self.table

    def show_view(self, view: DispatchView) -> None:
        """Show a reading."""
        other = self._view is not None and self._view.only != view.only
        self._view = view
        self._claiming.claims = view.claims
        self._more.stop()
        slips = work_of(waiting_slips, self._session)
        self._waiting.start("survey", slips, self.slips.show_slips, self.fail)
        self.bar.offer(view.choices)
        self._arrange()
        if other:  # what the keys act on is in sight
            self.table.show_chosen()

    def _only(self) -> OrdersOnly:
        """What was chosen."""
        only, chosen = self.bar.value().only, self._filter.value()
        waits = True if chosen == _WAITING else None
        return replace(only, waits=waits, hops=chosen == _HOPS)

    def _build(self) -> None:
        kit = self.kit
        row = Row(kit, gap="card_gap")
        left = Column(kit, gap="card_gap")
        left.addWidget(self.banner)
        left.addWidget(self._work)
        left.addWidget(self.slips)
        card = Card(kit)
        head = Row(kit)
        head.addWidget(self._filter)
        head.addStretch(1)
        head.addWidget(self._writing)
        card.body.addLayout(head)
        card.body.addWidget(self.bar)
        card.body.addWidget(self._figures)
        card.body.addWidget(self._list, 1)
        left.addWidget(card, 1)
        row.addLayout(left, 1)
        self.detail.setFixedWidth(kit.theme.space("side_card_wide"))
        row.addWidget(self.detail)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._filter.chosen.connect(self.reload)
        self.bar.changed.connect(self.reload)
        self.bar.left.connect(self._leave_bar)
        self.table.end_near.connect(self._show_more)
        self.table.current_changed.connect(self._row_changed)
        self.table.activated_row.connect(self._activated)
        self.detail.reveal_wanted.connect(self._revealing.toggle)
        self._revealing.changed.connect(self._turn_numbers)
        self._revealing.failed.connect(self.fail)
        self._replies.follow.connect(self._ordering.follow)
        for actions in (self._replies, self._ordering, self._claiming):
            actions.changed.connect(self._recorded)
            actions.failed.connect(self.fail)
        self._writing.written.connect(self.changed)
        self.kit.ticks.ticked.connect(self._tick)
        self.kit.texts.changed.connect(self._show_figures)

    def _arrange(self) -> None:
        view = self._view
        if view is None:
            return
        none = "hops" if view.only.hops else "waiting"
        found = self.bar.chooses or self._filter.value() == _ALL
        self._empty.set_key(f"centre.dispatch.none_{'found' if found else none}")
        held = self.window().focusWidget() is self.table
        self.table.show_rows(view.rows, choose=True)
        if held and not view.rows:
            self._writing.target.setFocus()
        self._show_figures()
        self._row_changed()

    def _show_more(self) -> None:
        """What follows is read before the end is reached."""
        view = self._view
        if (
            view is not None
            and view.last is not None
            and not self._more.waits
            and not self._reading.waits
        ):
            work = work_of(more_of_dispatch, self._session, view)
            self._more.start("survey", work, self._more_came, self.fail)

    def _more_came(self, view: DispatchView) -> None:
        self._view = view
        self._claiming.claims = view.claims
        self.table.show_rows(view.rows)

    def _show_figures(self) -> None:
        view, texts = self._view, self.kit.texts
        if view is None:
            return
        counts = view.counts
        figures = texts.text(
            "centre.dispatch.figures",
            waiting=counts.waiting,
            golden=counts.savable,
            hops=counts.hops,
            stopped=yuan(counts.caught_fen),
        )
        if self.bar.chooses:
            many = "_many" if view.count > COUNTED else ""
            found = texts.text(f"centre.dispatch.found{many}", count=min(view.count, COUNTED))
            figures = f"{found} · {figures}"
        self._figures.set_text(figures)

    def _row_changed(self) -> None:
        row = self.table.selected()
        if (row.view.order.id if row is not None else "") != self.detail.order:
            self._revealing.begin(*((row.view.case,) if row is not None else ()))
        self.detail.show_order(row)
        self._handed.stop()
        if row is not None:
            handed = work_of(handover_of, self._session, row.view.order.id)
            self._handed.start("survey", handed, self.detail.show_handover, self.fail)
        self._answer.set_enabled(enabled=row is not None)
        if self._turn is not None:
            self._turn.set_enabled(enabled=row is not None)
        self._hops.set_enabled(enabled=row is not None and bool(row.open_hops))
        self._copy.set_enabled(enabled=row is not None)
        self._reveal.set_enabled(enabled=row is not None)
        self._open.set_enabled(enabled=row is not None)

    def _activated(self, row: OrderRow) -> None:
        self._claiming.before(row.view.order.id, partial(self._replies.ask, row.view))

    def _ask(self) -> None:
        row = self.table.selected()
        if row is not None:
            self._activated(row)

    def _stop_hops(self) -> None:
        row = self.table.selected()
        if row is not None and row.open_hops:
            stop = partial(self._ordering.stop_hops, row.view, row.open_hops)
            self._claiming.before(row.view.order.id, stop)

    def _turn_claim(self) -> None:
        row = self.table.selected()
        if row is not None:
            self._claiming.turn(row.view.order.id)

    def _copy_elements(self) -> None:
        """All of it in full, for the bank's own system: an entry first."""
        self._to_copy = self.table.selected()
        if self._to_copy is not None:
            self._revealing.record(self._to_clipboard)

    def _to_clipboard(self, cases: Cases) -> None:
        """Another order may have been asked for meanwhile: its own entry comes first."""
        row = self._to_copy
        if row is not None and cases == (row.view.case,):
            self._to_copy = None
            copy_elements(self.kit, self, order_elements(self.kit, row.view, whole=True))

    def _turn_numbers(self) -> None:
        self.detail.reveal(revealed=self._revealing.on)

    def _open_case(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.case_wanted.emit(row.view.case)

    def _look_at_evidence(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.evidence_wanted.emit(row.view.case)

    def _leave_bar(self) -> None:
        """To the list; where nothing was found there is none."""
        if self.table.rows.rows:
            self.table.setFocus()

    def _write(self) -> None:
        self._writing.start()

    def _recorded(self) -> None:
        self.reload()
        self.changed.emit()

    def _tick(self, now: datetime) -> None:
        """A clock that runs out changes the order of the rows."""
        change = self._view.counts.next_change if self._view is not None else None
        if change is not None and now >= change:
            self.reload_by_itself()
