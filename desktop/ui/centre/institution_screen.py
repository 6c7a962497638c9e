"""The page of a clerk of a bank or carrier: the orders to the own institution, answered and printed one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.order_words import words_in
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
from desktop.ui.centre.answering.answering_page import AnsweringPage
from desktop.ui.centre.order_detail import DispatchOrderDetail
from desktop.ui.centre.rota import OnCallLine
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.claiming import ClaimLine
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Row

_WAITING, _ALL = "waiting", "all"


class InstitutionScreen(AnsweringPage[InstitutionView]):
    """Enter answers the chosen order. ``open_paper``: shows a sheet to print."""

    goes_on = False

    def __init__(
        self,
        kit: Kit,
        session: Session,
        open_paper: Callable[[Pdf, str], None],
        limits: ClockLimits,
    ) -> None:
        super().__init__(
            kit, session, limits, "centre.institution.title", "institution", "centre.keys.institution",
            "centre.institution.none_waiting",
        )  # fmt: skip
        self._open_paper = open_paper
        self._drawing = Latest(kit.runner, self)
        answer = self._add_answer()
        sheet = self._add_of_order("centre.institution.print", "Ctrl+P", self._print)
        copy, turn = self._add_copy(), self._add_turn()
        self.add("centre.dispatch.find", "Ctrl+F", self._take_keyboard)
        self._add_reveal()
        self.detail = DispatchOrderDetail(
            kit,
            limits,
            (
                ((answer, "institution_reply"), (sheet, "institution_print")),
                (
                    (copy, "institution_copy"),
                    *(((turn, "institution_claim"),) if turn is not None else ()),
                ),
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
        self._took_in(view)
        self._more.stop()
        self._offer(view)
        chosen = self._filter.value() == _ALL or bool(view.only.words)
        self._empty.set_key(f"centre.institution.none_{'found' if chosen else 'waiting'}")
        self.table.show_rows(view.rows, choose=True)
        self._show_figures()
        self._row_changed()
        if other:
            self.table.show_chosen()

    def more_work(self, view: InstitutionView) -> Callable[[Progress], InstitutionView]:
        """What follows in the list."""
        return work_of(more_of_institution, self._session, view)

    def figures(self, view: InstitutionView) -> str:
        """Whose orders these are, and how many wait."""
        return self.kit.texts.text(
            "centre.institution.figures_many"
            if view.waiting > COUNTED
            else "centre.institution.figures",
            name=view.institution,
            count=f"{min(view.waiting, COUNTED):,}",
        )

    def narrowed(self) -> bool:
        """Whether words were searched for."""
        return self._view is not None and bool(self._view.only.words)

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
        self.which.setObjectName("institution_which")
        texts.bind(self.which.setAccessibleName, "centre.institution.which")
        set_shown(self.which, shown=False)
        self.text.setObjectName("institution_find")
        self.text.setClearButtonEnabled(True)
        for tell in (self.text.setPlaceholderText, self.text.setAccessibleName):
            texts.bind(tell, "centre.institution.find")
        head = Row(kit)
        for part in (self._filter, self.which):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.text, 1)
        self._lay_out((), head, ())

    def _connect(self) -> None:
        self._follow_list()
        self._filter.chosen.connect(self.reload)
        self.which.currentIndexChanged.connect(self.reload)
        self.text.textChanged.connect(self.reload)

    def _print(self) -> None:
        row = self.table.selected()
        if row is not None:
            work = work_of(_sheet, self._session, row)
            self._drawing.start("db", work, self._drawn, self.fail)

    def _drawn(self, drawn: tuple[str, Pdf]) -> None:
        title, pdf = drawn
        self._open_paper(pdf, title)

    def _take_keyboard(self) -> None:
        self.text.setFocus()
        self.text.selectAll()


def _sheet(session: Session, row: OrderRow) -> tuple[str, Pdf]:
    return row.view.order.number, draw_order_sheet(session, row.view.order.id)
