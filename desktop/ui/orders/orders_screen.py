"""Orders and clocks: what runs out next, and how quick we are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.domain.case_file.shift_briefing import CaseNews
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.kinds import STOPS
from desktop.domain.progress import Progress
from desktop.services.look_up import officer_names
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import (
    OrdersAsked,
    OrdersOfFlow,
    OrdersView,
    more_orders,
    orders_view,
)
from desktop.services.orders.shift.shift_handover import print_handover, shift_facts
from desktop.services.ports import HandoverFacts, Pdf
from desktop.services.session import Session
from desktop.ui.orders.order_lines import Line, joined, lines_of
from desktop.ui.orders.orders_table import OrdersTable, line_key
from desktop.ui.orders.shift_handover_dialog import ShiftHandoverDialog
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.handouts import OrderHandouts
from desktop.ui.shared.orders.news_texts import case_sentence
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.order_filter_bar import OrderFilterBar
from desktop.ui.shared.orders.order_signs import OrderClock, OrderSigns
from desktop.ui.shared.orders.order_texts import (
    account_money_text,
    alone_text,
    state_text,
    target_text,
)
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.orders.sending_problems import sent_despite_text
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import local_day
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.layout.tab_order import tab_as_laid_out
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.tile import Tile
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.clock_face import clock_text, read_span
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from desktop.ui.shared.widgets.texts.measured_time import span_text

_Loaded = tuple[HandoverFacts, Mapping[str, str]]


class OrderDetail(QWidget):
    """Follows the tick; ``show_order`` shows another order. ``actions`` stand beside it, ``others`` below."""

    def __init__(
        self, kit: Kit, limits: ClockLimits, actions: Sequence[Button], others: Sequence[Button]
    ) -> None:
        super().__init__()
        self.setObjectName("order_detail")
        self._kit = kit
        self._row: OrderRow | None = None
        self._signs = OrderSigns(kit, limits, self)
        self._signs.clock.connect(self._show_clock)
        self._what = ElidedLabel(kit, role="strong")
        self._what.setObjectName("order_detail_what")
        self._state = ElidedLabel(kit, ink="muted")
        self._left = Label(kit, role="clock")
        self._left.setObjectName("order_detail_left")
        self._rule = ElidedLabel(kit, role="hint", ink="muted")
        self._rule.setObjectName("order_detail_rule")
        self._money = ElidedLabel(kit, role="hint", ink="muted")
        self._money.setObjectName("order_detail_money")
        # a sum is whole before the words of a rule are
        self._money.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._despite = ElidedLabel(kit, role="hint", ink="amber")
        self._despite.setObjectName("order_detail_despite")
        self.bridge = StopToFreezeBar(kit)
        body = Column(kit, self, gap="space_s")
        top = Row(kit)
        top.addWidget(self._signs.kind, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._what, 3)
        top.addWidget(self._state, 2)
        body.addLayout(top)
        below = Row(kit)
        below.addWidget(self._left)
        below.addWidget(self._rule, 1)
        below.addWidget(self._money)
        for line, some in ((top, actions), (below, others)):
            for button in some:
                line.addWidget(button)
        body.addLayout(below)
        body.addWidget(self._despite)
        body.addWidget(self.bridge)
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_order(self, row: OrderRow | None) -> None:
        """Tell of another order, or of none."""
        self._row = row
        self._signs.show_order(row)
        self.bridge.set_window(row.bridge if row is not None else None)
        self._refresh()

    def _refresh(self) -> None:
        row, kit = self._row, self._kit
        self._signs.kind.setVisible(row is not None)
        money = account_money_text(kit, row)
        set_shown(self._money, shown=bool(money))
        self._money.set_text(money)
        despite = row.view.despite if row is not None else None
        set_shown(self._despite, shown=despite is not None)
        if despite is not None:
            self._despite.set_text(sent_despite_text(kit, despite, revealed=False))
        if row is None:
            self._what.set_key("orders.detail.none")
            self._state.set_text("")
            return
        order = row.view.order
        amount = (
            kit.texts.text("orders.amount", amount=yuan(order.amount_fen))
            if order.amount_fen
            else ""
        )
        parts = (target_text(order), amount, row.view.victim)
        self._what.set_text("　".join(part for part in parts if part))
        facts = (state_text(kit, row.view), alone_text(kit, order, row.approval), order.number)
        self._state.set_text(" · ".join(part for part in facts if part))

    def _show_clock(self, clock: OrderClock) -> None:
        texts = self._kit.texts
        if clock.span is None:
            self._left.set_text("")
            self._rule.set_text(texts.text("orders.detail.no_clock") if self._row else "")
            return
        reading = read_span(clock.span, self._kit.ticks.now())
        self._left.set_text(f"{clock.name} {clock_text(texts, reading)}")
        self._left.set_tone(reading.tone)
        self._rule.set_text(clock.rule)


class ShiftHandoverFlow(DialogActions):
    """``begin`` opens the window of what the shift leaves; ``paper_ready(pdf, title)``: the sheet, once it is drawn."""

    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session

    def begin(self) -> None:
        """Read what is to be handed over, then show it."""
        tell = partial(case_sentence, self._kit)
        work = partial(_load, self._session, self._name, tell)
        self._kit.runner.start("survey", work, self._open, self._failed)

    def _name(self, clock: str) -> str:
        return self._kit.texts.text(f"deadlines.{clock}")

    def _open(self, loaded: _Loaded) -> None:
        dialog = ShiftHandoverDialog(self._kit, self._window, *loaded)
        dialog.given.connect(self._print)
        self._show(dialog, "")

    def _print(self, facts: HandoverFacts) -> None:
        self._run(work_of(print_handover, self._session, facts), then=self._printed)

    def _printed(self, action: RunningAction, pdf: Pdf) -> None:
        """It is in the journal, so it is shown even if nobody waited for it in the dialog."""
        self._action_done(action, pdf)
        self.paper_ready.emit(pdf, self._kit.texts.text("orders.handover.sheet"))


def _load(
    session: Session,
    name_of: Callable[[str], str],
    tell: Callable[[CaseNews], str],
    progress: Progress,
) -> _Loaded:
    return shift_facts(session, name_of, tell, progress), officer_names(session)


_TILES = ("due_soon", "unreceived", "unconfirmed", "stopped_today", "median", "broken")
_UNKNOWN = "—"
"""Until something was read: a nought would be a claim."""
_LATER = ("bar", "tiles", "detail")
"""What is made once the list is drawn, each in a pause of its own, while the orders are read."""


class OrdersScreen(ListPage[OrdersView]):
    """Enter opens the case of an order; Ctrl+Enter what can be done next with it; Ctrl+T stops where its money went on;
    Ctrl+Q shows its code; Ctrl+P prints its form. Who may not order looks and prints. ``open_paper`` shows a finished
    paper of that title."""

    follows = True
    of_reckoned_cases = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        open_case: Callable[[CaseId], None],
        open_paper: Callable[[Pdf, str], None],
        limits: ClockLimits,
    ) -> None:
        super().__init__(kit, "orders.title", "orders", "orders.keys.title")
        self._session = session
        self._open_case = open_case
        self._open_paper = open_paper
        self._limits = limits
        self._may_order = session.may(Permission.ISSUE_ORDERS)
        self._view: OrdersView | None = None
        self._more = Latest(kit.runner, self)
        self._last_tick = kit.ticks.now()
        self.add("orders.filter.find", "Ctrl+F", self._find)
        self.table = OrdersTable(kit, limits)
        self._handouts = OrderHandouts(kit, session, self)
        self._slip_action = self.add("orders.slip", "Ctrl+Q", self._show_slip)
        self._paper_action = self.add("orders.paper", "Ctrl+P", self._print_form)
        self._handing = ShiftHandoverFlow(kit, session, self)
        self._shift_action = self.add("orders.handover.key", "Ctrl+Shift+H", self._handing.begin)
        self._open_action = self.add("orders.open", "Ctrl+O", self._open_chosen)
        self._act_action = self.add("ordering.act.button", "Ctrl+Return", self._act)
        self._hops_action = self.add("orders.stop_hops", "Ctrl+T", self._stop_hops)
        self._ordering = OrderActions(kit, session, self)
        self._figures = Row(kit, gap="card_gap")
        self._stack = QStackedWidget()
        self._card = Card(kit)
        self._build()
        self._connect()
        self._offer_actions(None)

    @cached_property
    def bar(self) -> OrderFilterBar:
        """What is asked for."""
        made = OrderFilterBar(self.kit, "orders", self._session.officer.number, whole=True)
        self._card.body.insertWidget(0, made)
        tab_as_laid_out(self._card, self.table)  # the table was there first
        made.changed.connect(self.reload)
        made.left.connect(self._leave_bar)
        return made

    @cached_property
    def tiles(self) -> Mapping[str, Tile]:
        """What is counted, by name."""
        hours = self._limits.red_under // timedelta(hours=1)
        made = {name: Tile(self.kit, f"orders.tile.{name}", hours=hours) for name in _TILES}
        for tile in made.values():
            _show_unknown(tile)
            self._figures.addWidget(tile, 1)
        return made

    @cached_property
    def detail(self) -> OrderDetail:
        """The chosen order."""
        buttons = self._buttons()
        made = OrderDetail(self.kit, self._limits, buttons[:2], buttons[2:])
        self._card.body.addWidget(divider(self.kit))
        self._card.body.addWidget(made)
        made.show_order(self.table.chosen())
        return made

    @cached_property
    def _empty(self) -> EmptyState:
        """In the place of the list where there is no order at all."""
        made = EmptyState(self.kit, "clock", "orders.none")
        self._stack.addWidget(made)
        return made

    def make_one(self) -> bool:
        """The bar, the figures or the chosen order."""
        name = next((name for name in _LATER if name not in vars(self)), None)
        if name is not None:
            getattr(self, name)
        return name is not None

    def showEvent(self, event: QShowEvent) -> None:
        """What waits is made once the rest is drawn."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._make_on)

    def _make_on(self) -> None:
        if self.make_one():
            QTimer.singleShot(0, self, self._make_on)

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def work(self) -> Callable[[Progress], OrdersView]:
        """The most urgent orders, as many of each flow as were shown before."""
        asked, view = self._asked(), self._view
        flows = view.flows if view is not None and view.asked == asked else ()
        shown = {part.flow: len(part.rows) for part in flows}
        today = local_day(self.kit.ticks.now(), self.kit.zone)
        soon = self._limits.red_under
        return partial(orders_view, self._session, soon, today, shown, asked=asked)

    def show_view(self, view: OrdersView) -> None:
        """Show these orders."""
        self._view = view
        self.make_whole()
        self._more.stop()
        self.table.orders_model.set_rows(lines_of(view))
        self.bar.offer(view.choices)
        self._stack.setCurrentWidget(self._card if view.some or self.bar.chooses else self._empty)
        self._show_figures()
        self._selection_changed()

    def _show_more(self, flow: OrderFlow) -> None:
        view = self._view
        last = {part.flow: part.last for part in view.flows}.get(flow) if view is not None else None
        if view is not None and last is not None and not self._more.waits:
            work = work_of(more_orders, self._session, view, flow, last)
            self._more.start("survey", work, self._more_came, self.fail)

    def _more_came(self, more: OrdersOfFlow) -> None:
        if self._view is None:
            return
        self._view = joined(self._view, more)
        asked = not isinstance(self.table.selected(), OrderRow)
        self.table.orders_model.set_rows(lines_of(self._view))
        if asked and more.rows:
            self.table.select_key(line_key(more.rows[0]))

    def _show_figures(self) -> None:
        if self._view is None:
            for tile in self.tiles.values():
                _show_unknown(tile)
            return
        counts = self._view.counts
        soon, unreceived = self.tiles["due_soon"], self.tiles["unreceived"]
        soon.show_figure(
            counts.due_soon,
            tone=Tone.BAD if counts.due_soon else None,
            count=counts.due_soon,
        )
        waits = counts.unreceived or counts.unsent
        unreceived.show_figure(
            counts.unreceived, tone=Tone.WARN if waits else None, count=counts.unsent
        )
        self.tiles["unconfirmed"].show_figure(
            counts.unconfirmed,
            tone=Tone.WARN if counts.unconfirmed else None,
            count=counts.unconfirmed,
        )
        amount = self.kit.texts.text("orders.amount", amount=yuan(counts.stopped_today_fen))
        self.tiles["stopped_today"].show_figure(
            amount, tone=Tone.OK if counts.stopped_today else None, count=counts.stopped_today
        )
        self.tiles["median"].show_figure(
            self._median_text(counts.median), of=self._looked_at(counts.median_of)
        )
        broken = self.tiles["broken"]
        broken.show_figure(
            counts.broken, tone=Tone.BAD if counts.broken else None, count=counts.broken
        )

    def _median_text(self, took: timedelta | None) -> str:
        if took is None:
            return self.kit.texts.text("orders.tile.no_median")
        return span_text(self.kit.texts, took)

    def _looked_at(self, newest: int | None) -> str:
        if newest is None:
            return self.kit.texts.text("orders.tile.median_lately")
        return self.kit.texts.text("orders.tile.median_newest", count=f"{newest:,}")

    def _ticked(self, now: datetime) -> None:
        """Read anew once a clock has run out, or when the clock was set back."""
        change = self._view.counts.next_change if self._view is not None else None
        if now < self._last_tick or (change is not None and now >= change):
            self.reload_by_itself()
        self._last_tick = now

    def _asked(self) -> OrdersAsked:
        """All orders, until somebody can choose."""
        return self.bar.value() if "bar" in vars(self) else OrdersAsked()

    def _find(self) -> None:
        self.bar.take_keyboard()

    def _selection_changed(self) -> None:
        row = self.table.chosen()
        self._offer_actions(row)
        self.detail.show_order(row)

    def _offer_actions(self, row: OrderRow | None) -> None:
        stop = row is not None and row.view.order.kind in STOPS
        may = row is not None and self._may_order
        self._slip_action.set_enabled(enabled=stop and may)
        self._paper_action.set_enabled(enabled=stop)
        self._open_action.set_enabled(enabled=row is not None)
        self._act_action.set_enabled(enabled=row is not None)
        self._hops_action.set_enabled(enabled=may and row is not None and bool(row.open_hops))

    def _open(self, line: Line) -> None:
        if isinstance(line, OrderRow):
            self._open_case(line.view.case)

    def _open_chosen(self) -> None:
        self.table.with_chosen(self._open)

    def _act(self) -> None:
        self.table.with_chosen(lambda row: self._ordering.ask_act(row.view))

    def _stop_hops(self) -> None:
        row = self.table.chosen()
        if row is not None and row.open_hops:
            self._ordering.stop_hops(row.view, row.open_hops)

    def _show_slip(self) -> None:
        self.table.with_chosen(lambda row: self._handouts.show_slip(row.view.order))

    def _print_form(self) -> None:
        self.table.with_chosen(lambda row: self._handouts.print_form(row.view.order))

    def _clear_bar(self) -> None:
        self.bar.clear()

    def _leave_bar(self) -> None:
        """To the list; where nothing was found there is none."""
        if self.table.orders_model.rowCount():
            self.table.setFocus()

    def _worked(self) -> None:
        """The list read anew, and the keyboard back on it; what is read by itself as clocks run out takes no word
        away."""
        self.recorded()
        self.table.setFocus()

    def _buttons(self) -> list[Button]:
        return [
            Button.of(self.kit, action, size=Size.COMPACT, icon=icon, name=name)
            for action, icon, name in (
                (self._act_action, "arrow_right", "orders_act"),
                (self._hops_action, "stop", "orders_stop_hops"),
                (self._open_action, "folder", "orders_open"),
                (self._slip_action, "qr", "orders_slip"),
                (self._paper_action, "print", "orders_paper"),
                (self._shift_action, "table", "orders_handover"),
            )
        ]

    def _build(self) -> None:
        self.body.addLayout(self._figures)
        self.body.addWidget(self.banner)
        clear = Action(self, "orders.filter.clear", "")
        clear.triggered.connect(self._clear_bar)
        none = EmptyState(self.kit, "filter", "orders.filter.none", clear)
        self._card.body.addWidget(ListOrEmpty(self.table, none, self.table.orders_model), 1)
        self._stack.addWidget(self._card)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.table.activated_row.connect(self._open)
        self.table.current_changed.connect(self._selection_changed)
        self.table.more_wanted.connect(self._show_more)
        self._ordering.changed.connect(self._worked)
        for actions in (self._ordering, self._handing, self._handouts):
            actions.failed.connect(self.fail)
            actions.paper_ready.connect(self._open_paper)
        self.kit.ticks.ticked.connect(self._ticked)
        self.kit.texts.changed.connect(self._show_figures)


def _show_unknown(tile: Tile) -> None:
    tile.show_figure(_UNKNOWN, count=_UNKNOWN, of="")
