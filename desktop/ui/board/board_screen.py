"""The board of cases: six columns or a table, filtered, always with live clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.case_file.card_clock import lacks_freeze
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.orders.claim_work import has_seats
from desktop.services.ports import BoardOrder
from desktop.services.session import Session
from desktop.ui.board.board_asking import Asked, BoardReading, ListName, More, lists_of
from desktop.ui.board.board_filter import COLUMNS, Arranged
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.board_table import BoardTable
from desktop.ui.board.board_work import BoardWork
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.card_texts import CardTexts
from desktop.ui.board.deck import Deck
from desktop.ui.board.filter_bar import TABLE, BoardFilterBar
from desktop.ui.board.lanes import Lanes
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import Runner, work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.texts.label import Label


class ColumnMove(QObject):
    """Remembers which case was moved where, so that the board can keep or take back exactly that."""

    settled = Signal(object)
    refused = Signal(object, object)
    """(this move, the error)"""

    def __init__(self, case: CaseId, state: CaseState, parent: QObject) -> None:
        super().__init__(parent)
        self.case = case
        self.state = state

    def start(self, runner: Runner, work: BoardWork) -> None:
        """Send it to the database."""
        runner.start("db", work_of(work.move, self.case, self.state), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self.settled.emit(self)
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.refused.emit(self, error)
        self.deleteLater()


class BoardNavigator(Protocol):
    """The ways out of the board."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...

    def new_intake(self) -> None:
        """Begin a new report."""
        ...

    def continue_draft(self, case: CaseId) -> None:
        """Take up a saved draft in the wizard."""
        ...


class BoardScreen(ListPage[BoardReading]):
    """Loads off the GUI thread; shows moves at once and takes them back when the database refuses."""

    follows = True

    def __init__(
        self,
        kit: Kit,
        work: BoardWork,
        navigator: BoardNavigator,
        rules: BoardRules,
        centre: Session | None = None,
    ) -> None:
        """``centre``: the session of a centre, whose cases are of many stations."""
        super().__init__(kit, "board.title", "board", "board.keys.title")
        self._claiming = Claiming(kit, centre, self) if centre is not None else None
        self._reckoning = Latest(kit.runner, self)
        self._more = Latest(kit.runner, self)
        self._work = work
        self._navigator = navigator
        self._rules = rules
        self._deck = Deck(rules)
        self._loaded = False
        self._stale_at: datetime | None = None
        self._last_tick = kit.ticks.now()
        self.cards = CardPainter(kit, rules)
        self.filters = BoardFilterBar(
            kit, rules.officer, rules.type_name, rules.own, of_centre=centre is not None,
            seats=centre is not None and has_seats(centre),
        )  # fmt: skip
        self.lanes = Lanes(kit, self.cards, CardTexts(kit, rules), moves=rules.moves)
        self.table = BoardTable(kit, rules, self._claiming)
        self._table_card = Card(kit)
        self.notice = Banner(kit, "board_notice", closable=True)
        """What the window has to say to who looks at the board; it takes no keyboard."""
        self._waiting = Label(kit, role="hint", ink="muted")
        self._waiting.setObjectName("board_waiting")
        self._waiting.hide()
        self._no_cases = EmptyState(kit, "board", "board.empty.none", self._new_action())
        self._no_match = EmptyState(kit, "filter", "board.empty.filtered", self._clear_action())
        self._stack = QStackedWidget()
        self._wants_keyboard = False
        self._build()
        self._add_actions()
        self._connect()

    def opened(self) -> None:
        """Read the cases anew; what is shown stays until they are here. Then the keyboard is on a card."""
        self._wants_keyboard = True
        super().opened()

    def first_focus(self) -> QWidget | None:
        """The first column; once the cases are here, its first card."""
        return self.lanes.lane(COLUMNS[0]).view

    def work(self) -> Callable[[Progress], BoardReading]:
        """Drafts and the first cards of what is in sight, as many as were shown before."""
        return partial(self._work.load, self._asked())

    def _asked(self, *, wait: bool = False) -> Asked:
        wanted, types = self.filters.value(), self._deck.reading.types
        table = self.table.sort if self._in_table else None
        lists = lists_of(wanted, self.kit.ticks.now(), table, types, self._rules.type_name)
        shown = self._deck.shown() if wanted == self._deck.reading.wanted else {}
        return Asked(lists, shown, wanted, wait)

    def show_view(self, view: BoardReading) -> None:
        """Show these cases and drafts. Where many cases are to be reckoned yet, that is done then."""
        self._loaded = True
        self._more.stop()
        self.banner.clear()
        unasked = view.types - self._deck.reading.types
        self._deck.replace(view)
        self.filters.offer_types(view.types)
        if self._claiming is not None:
            self._claiming.claims = view.claims
            self.filters.offer_units(view.units)
            self.filters.offer_who_works(view.claims.values())
        self.filters.offer_desks(several=view.several)
        self.table.show_desks(several=view.several)
        self._arrange()
        self._show_waiting(view.waiting)
        if unasked and not view.waiting and self._goes_by_types:
            self.reload()
        if self._wants_keyboard:
            self._wants_keyboard = False
            self._take_keyboard()

    @property
    def _goes_by_types(self) -> bool:
        """Whether what is asked for names types: cases of one that was not known then are in no list."""
        sorts = self._in_table and self.table.sort.order is BoardOrder.TYPE
        return sorts or bool(self.filters.value().text.strip())

    def _show_waiting(self, waiting: int) -> None:
        set_shown(self._waiting, shown=bool(waiting))
        if waiting:
            self._waiting.set_text(self.kit.texts.text("board.waiting", count=waiting))
            work = partial(self._work.load, self._asked(wait=True))
            self._reckoning.start("survey", work, self.show_view, self._not_read)

    def _want_more(self, name: ListName) -> None:
        rest = self._deck.reading.rests.get(name)
        if rest is not None and not self._more.waits and not self._reading.waits:
            work = work_of(self._work.more, name, rest)
            self._more.start("survey", work, self._more_came, self.fail)

    def _more_came(self, more: More) -> None:
        self._deck.extend(more)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever left waits for no clocks."""
        owed = self._reckoning.waits
        super().hideEvent(event)
        if not event.spontaneous():
            self._owed = self._owed or owed
            self._reckoning.stop()
            self._more.stop()

    def _take_keyboard(self) -> None:
        if self._in_table:
            self.table.setFocus()
            return
        last = self.lanes.last_current()
        if last is None or not self.lanes.focus_case(last.id):
            self.lanes.focus_first()

    def items(self) -> tuple[BoardItem, ...]:
        """Every card, filtered ones and unconfirmed moves included."""
        return self._deck.items

    def current(self) -> BoardItem | None:
        """The card the keyboard stands on."""
        return self.table.selected() if self._in_table else self.lanes.current()

    def open_item(self, item: BoardItem) -> None:
        """Open the case, or take up the draft."""
        if item.card is None:
            self._navigator.continue_draft(item.id)
        else:
            self._navigator.open_case(item.id)

    def move_case(self, case: CaseId, state: CaseState) -> None:
        """Show the case in that column now, and record it."""
        found = self._deck.item(case)
        if found is None or found.card is None or found.state is state:
            return
        self._deck.move(case, state)
        self._arrange()
        self._keep_on(case)
        move = ColumnMove(case, state, self)
        move.settled.connect(self._move_settled)
        move.refused.connect(self._move_refused)
        move.start(self.kit.runner, self._work)

    @property
    def _in_table(self) -> bool:
        return self.filters.mode.value() == TABLE

    def _arrange(self) -> None:
        """Filter, sort and show; done again when a clock runs out."""
        if not self._loaded:
            return
        wanted = self.filters.value()
        arranged = self._deck.arranged(wanted, self.kit.ticks.now())
        self._stale_at = arranged.next_change
        if self._in_table:
            self.table.show_items(arranged.all())
        else:
            self.lanes.show_columns(arranged.columns, self._deck.counts(wanted, arranged))
        self._stack.setCurrentWidget(self._page_for(arranged))
        if not self._in_table:
            self.lanes.settle_focus()

    def _filter_changed(self) -> None:
        """Of what was read, what passes stands there at once; the rest follows."""
        self._arrange()
        if self._loaded:
            self.reload()

    def _page_for(self, arranged: Arranged) -> QWidget:
        if not self._deck.items and not self._deck.reading.some:
            return self._no_cases
        if not any(arranged.columns.values()):
            return self._no_match
        return self._table_card if self._in_table else self.lanes

    def _keep_on(self, case: CaseId) -> None:
        if self._in_table:
            self.table.select_key(case)
        else:
            self.lanes.focus_case(case)

    def _move_settled(self, move: ColumnMove) -> None:
        self._deck.settle(move.case, move.state)
        found = self._deck.item(move.case)
        card = found.card if found is not None else None
        if (
            move.state is CaseState.FROZEN
            and card is not None
            and lacks_freeze(card, self.kit.ticks.now())
        ):
            toast(self.kit, self, "board.moved.no_freeze", tone=Tone.WARN)
        else:
            toast(self.kit, self, f"board.moved.{move.state.value}")

    def _move_refused(self, move: ColumnMove, error: Exception) -> None:
        self._deck.undo(move.case, move.state)
        self._arrange()
        self._keep_on(move.case)
        self.banner.show_error(error)

    def _ticked(self, now: datetime) -> None:
        """Repaint clocks; sort anew once one has run out, or when the clock was set back, and read again. All that is
        for who looks: out of sight nothing is sorted."""
        if not self.isVisible():
            return
        turned = now < self._last_tick
        stale = turned or _is_over(self._stale_at, now)
        self._last_tick = now
        if stale:
            self._arrange()
        if (stale or _is_over(self._deck.reading.next_change, now)) and not self._reckoning.waits:
            self.reload_by_itself()
        if not self._in_table:
            self.lanes.tick()

    def _appearance_changed(self) -> None:
        self.cards.forget()
        self.lanes.repaint_cards()

    def _mode_chosen(self, _mode: str) -> None:
        case = self.current_case_of_other_mode()
        self._arrange()
        if case is not None:
            self._keep_on(case)
        self.reload()

    def current_case_of_other_mode(self) -> CaseId | None:
        """The case that was current before the switch between board and table."""
        item = self.lanes.last_current() if self._in_table else self.table.selected()
        return item.id if item is not None else None

    def _move_left(self) -> None:
        self._shift(-1)

    def _move_right(self) -> None:
        self._shift(1)

    def _shift(self, step: int) -> None:
        item = self.current()
        if item is None:
            return
        place = COLUMNS.index(item.state) + step
        if 0 <= place < len(COLUMNS):
            self.move_case(item.id, COLUMNS[place])

    def _find(self) -> None:
        self.filters.text.setFocus()
        self.filters.text.selectAll()

    def _leave_filters(self) -> None:
        target = self.table if self._in_table else self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_mode(self) -> None:
        self.filters.toggle_mode()

    def _add_actions(self) -> None:
        moves = (
            ("move_left", "Ctrl+Left", self._move_left),
            ("move_right", "Ctrl+Right", self._move_right),
        )
        for name, keys, handler in (
            *(moves if self._rules.moves else ()),
            ("find", "Ctrl+F", self._find),
            ("toggle", "Ctrl+T", self._toggle_mode),
        ):
            self.add(f"board.keys.{name}", keys, handler)

    def _new_action(self) -> Action:
        return Action.elsewhere(self, "board.new", "Ctrl+N", self._new_intake)

    def _clear_action(self) -> Action:
        action = Action(self, "board.filter.clear", "")
        action.triggered.connect(self.filters.clear)
        return action

    def _new_intake(self) -> None:
        self._navigator.new_intake()

    def _build(self) -> None:
        self._table_card.body.addWidget(self.table)
        for page in (self.lanes, self._table_card, self._no_cases, self._no_match):
            self._stack.addWidget(page)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._waiting)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter_changed)
        self.filters.mode_chosen.connect(self._mode_chosen)
        self.filters.intake_wanted.connect(self._new_intake)
        self.filters.left.connect(self._leave_filters)
        self.lanes.opened.connect(self.open_item)
        self.lanes.moved.connect(self.move_case)
        self.table.activated_row.connect(self.open_item)
        self.table.sort_chosen.connect(self.reload)
        self.table.end_near.connect(partial(self._want_more, None))
        self.lanes.more_wanted.connect(self._want_more)
        self.kit.ticks.ticked.connect(self._ticked)
        self.kit.theme.changed.connect(self._appearance_changed)
        self.kit.texts.changed.connect(self._appearance_changed)


def _is_over(end: datetime | None, now: datetime) -> bool:
    return end is not None and now >= end
