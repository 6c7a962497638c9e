"""The page of a clerk of a bank or carrier: the orders to the own institution, answered and printed one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.centre.replies import reply
from desktop.domain.case_file.order_words import words_in
from desktop.domain.progress import Progress
from desktop.services.orders.institution_orders import (
    InstitutionView,
    institution_view,
    more_of_institution,
)
from desktop.services.orders.list_orders import OrderRow
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.ports import ANY_ORDER, COUNTED, OrdersOnly, Pdf
from desktop.services.session import Session
from desktop.ui.centre.claiming import Claiming, ClaimLine
from desktop.ui.centre.dispatch_screen import DispatchTable
from desktop.ui.centre.element_list import copy_elements
from desktop.ui.centre.on_call import OnCallLine
from desktop.ui.centre.order_detail import DispatchOrderDetail
from desktop.ui.centre.order_elements import order_elements
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.revealing import Cases, Revealing
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.ordering.reply_flow import ReplyFlow
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.label import Label

_WAITING, _ALL = "waiting", "all"


class InstitutionScreen(ListPage[InstitutionView]):
    """Enter answers the chosen order. ``open_paper``: shows a sheet to print."""

    follows = True
    of_reckoned_cases = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        open_paper: Callable[[Pdf, str], None],
        limits: ClockLimits,
    ) -> None:
        super().__init__(kit, "centre.institution.title", "institution", "centre.keys.institution")
        self._session = session
        self._open_paper = open_paper
        self._view: InstitutionView | None = None
        self._more, self._drawing = Latest(kit.runner, self), Latest(kit.runner, self)
        self._to_copy: OrderRow | None = None
        self._replies = ReplyFlow(
            kit, session, self, reply, "centre.dispatch.recorded", goes_on=False
        )
        self._revealing = Revealing(kit, session, self)
        self._claiming = Claiming(kit, session, self)
        self._actions = self._add_actions()
        self.table = DispatchTable(kit, limits, self._claiming)
        answer, sheet, copy, *turn = self._actions
        self.detail = DispatchOrderDetail(
            kit,
            limits,
            (
                ((answer, "institution_reply"), (sheet, "institution_print")),
                ((copy, "institution_copy"), *((one, "institution_claim") for one in turn[:1])),
            ),
            None,
            ClaimLine(kit, self._claiming),
            OnCallLine(kit, session),
        )
        self._filter = Segmented(
            kit,
            (
                Option(_WAITING, key="centre.dispatch.waiting"),
                Option(_ALL, key="centre.dispatch.all"),
            ),
            "institution_filter",
            "centre.dispatch.filter",
        )
        self.which = Combo(kit)
        self.text = LineEdit(kit)
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        self._empty = EmptyState(kit, "check_circle", "centre.institution.none_waiting")
        self._list = ListOrEmpty(self.table, self._empty, self.table.rows)
        self._build()
        self._connect()
        self._row_changed()

    def work(self) -> Callable[[Progress], InstitutionView]:
        """The first orders that were chosen, as many as were shown before."""
        only, view = self._only(), self._view
        shown = len(view.rows) if view is not None and self._asked_again(view, only) else 0
        return partial(institution_view, self._session, only, shown)

    def first_focus(self) -> QWidget | None:
        """The table; what is searched by where it is empty."""
        return self.text if self._list.currentWidget() is self._empty else self.table

    def show_view(self, view: InstitutionView) -> None:
        """Show a reading."""
        other = self._view is not None and not self._asked_again(self._view, view.only)
        self._view = view
        self._claiming.claims = view.claims
        self._more.stop()
        self._offer(view)
        chosen = self._filter.value() == _ALL or bool(view.only.words)
        self._empty.set_key(f"centre.institution.none_{'found' if chosen else 'waiting'}")
        self.table.show_rows(view.rows, choose=True)
        self._show_figures()
        self._row_changed()
        if other:
            self.table.show_chosen()

    def _add_actions(self) -> tuple[Action, ...]:
        """What is done with the chosen order, its button first where it has one."""
        add = self.add
        found = [
            add("centre.dispatch.answer", "Ctrl+R", self._ask),
            add("centre.institution.print", "Ctrl+P", self._print),
            add("centre.dispatch.copy", "Ctrl+Shift+C", self._copy_elements),
        ]
        if self._claiming.offered:
            found.append(add("centre.claim.turn", "Ctrl+Shift+B", self._turn_claim))
            add("centre.claim.hand_over.key", "Ctrl+Shift+U", self._claiming.hand_over)
        add("centre.dispatch.find", "Ctrl+F", self._take_keyboard)
        found.append(add("case.reveal.toggle", "Ctrl+Shift+H", self._revealing.toggle))
        return tuple(found)

    def _only(self) -> OrdersOnly:
        waits = True if self._filter.value() == _WAITING else None
        return replace(
            ANY_ORDER, waits=waits, receiver=self.which.value(), words=words_in(self.text.text())
        )

    @staticmethod
    def _asked_again(view: InstitutionView, only: OrdersOnly) -> bool:
        """Whether the same was asked for; the first institution is asked for without a name."""
        return view.only == replace(only, receiver=only.receiver or view.institution)

    def _offer(self, view: InstitutionView) -> None:
        """One institution needs no choice."""
        set_shown(self.which, shown=len(view.institutions) > 1)
        self.which.blockSignals(True)
        self.which.set_options([Option(name, text=name) for name in view.institutions])
        self.which.set_value(view.institution)
        self.which.blockSignals(False)

    def _build(self) -> None:
        kit, texts = self.kit, self.kit.texts
        self._figures.setObjectName("institution_figures")
        self.which.setObjectName("institution_which")
        texts.bind(self.which.setAccessibleName, "centre.institution.which")
        set_shown(self.which, shown=False)
        self.text.setObjectName("institution_find")
        self.text.setClearButtonEnabled(True)
        for tell in (self.text.setPlaceholderText, self.text.setAccessibleName):
            texts.bind(tell, "centre.institution.find")
        row, left, head = Row(kit, gap="card_gap"), Column(kit, gap="card_gap"), Row(kit)
        left.addWidget(self.banner)
        card = Card(kit)
        for part in (self._filter, self.which):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.text, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._figures)
        card.body.addWidget(self._list, 1)
        left.addWidget(card, 1)
        row.addLayout(left, 1)
        self.detail.setFixedWidth(kit.theme.space("side_card_wide"))
        row.addWidget(self.detail)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._filter.chosen.connect(self.reload)
        self.which.currentIndexChanged.connect(self.reload)
        self.text.textChanged.connect(self.reload)
        self.table.end_near.connect(self._show_more)
        self.table.current_changed.connect(self._row_changed)
        self.table.activated_row.connect(self._activated)
        self.detail.reveal_wanted.connect(self._revealing.toggle)
        self._revealing.changed.connect(self._turn_numbers)
        self._revealing.failed.connect(self.fail)
        for actions in (self._replies, self._claiming):
            actions.changed.connect(self.reload)
            actions.failed.connect(self.fail)
        self.kit.texts.changed.connect(self._show_figures)

    def _show_more(self) -> None:
        view = self._view
        if view is None or view.last is None or self._more.waits or self._reading.waits:
            return
        work = work_of(more_of_institution, self._session, view)
        self._more.start("survey", work, self._more_came, self.fail)

    def _more_came(self, view: InstitutionView) -> None:
        self._view = view
        self._claiming.claims = view.claims
        self.table.show_rows(view.rows)

    def _show_figures(self) -> None:
        view, texts = self._view, self.kit.texts
        if view is None:
            return
        figures = texts.text(
            "centre.institution.figures_many"
            if view.waiting > COUNTED
            else "centre.institution.figures",
            name=view.institution,
            count=min(view.waiting, COUNTED),
        )
        if view.only.words:
            many = "_many" if view.count > COUNTED else ""
            found = texts.text(f"centre.dispatch.found{many}", count=min(view.count, COUNTED))
            figures = f"{found} · {figures}"
        self._figures.set_text(figures)

    def _row_changed(self) -> None:
        row = self.table.selected()
        if (row.view.order.id if row is not None else "") != self.detail.order:
            self._revealing.begin(*((row.view.case,) if row is not None else ()))
        self.detail.show_order(row)
        for action in self._actions:
            action.set_enabled(enabled=row is not None)

    def _activated(self, row: OrderRow) -> None:
        self._claiming.before(row.view.order.id, partial(self._replies.ask, row.view))

    def _ask(self) -> None:
        row = self.table.selected()
        if row is not None:
            self._activated(row)

    def _turn_claim(self) -> None:
        row = self.table.selected()
        if row is not None:
            self._claiming.turn(row.view.order.id)

    def _print(self) -> None:
        row = self.table.selected()
        if row is not None:
            work = work_of(_sheet, self._session, row)
            self._drawing.start("db", work, self._drawn, self.fail)

    def _drawn(self, drawn: tuple[str, Pdf]) -> None:
        title, pdf = drawn
        self._open_paper(pdf, title)

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

    def _take_keyboard(self) -> None:
        self.text.setFocus()
        self.text.selectAll()


def _sheet(session: Session, row: OrderRow) -> tuple[str, Pdf]:
    return row.view.order.number, draw_order_sheet(session, row.view.order.id)
