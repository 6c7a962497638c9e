"""What the pages share on which replies of banks and carriers are recorded: a list of orders beside the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.centre.replies import reply
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.progress import Progress
from desktop.services.orders.list_orders import OrderRow
from desktop.services.ports import COUNTED, OrderPlace
from desktop.services.session import Session
from desktop.ui.centre.dispatch_table import DispatchTable
from desktop.ui.centre.order_detail import DispatchOrderDetail
from desktop.ui.centre.order_elements import copy_elements, order_elements
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.revealing import Cases, Revealing
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.ordering.reply_flow import ReplyFlow
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.label import Label


class ListedOrders(Protocol):
    """A reading of the first orders of those that were chosen."""

    @property
    def rows(self) -> tuple[OrderRow, ...]:
        """Those that were read."""
        ...

    @property
    def last(self) -> OrderPlace | None:
        """Where to read on; None at the end."""
        ...

    @property
    def count(self) -> int:
        """How many there are, up to one more than ``COUNTED``."""
        ...

    @property
    def claims(self) -> Mapping[str, WorkClaim]:
        """Who has which order in hand."""
        ...


Read = TypeVar("Read", bound=ListedOrders)


class AnsweringPage(ListPage[Read]):
    """Enter answers the chosen order; what follows is read before the end of the list is reached. ``none``: the text
    where nothing waits.

    A page says how it reads on in :meth:`more_work` and how its list is summed up in :meth:`figures`. It adds its
    actions, makes ``detail`` and then calls :meth:`_lay_out` and :meth:`_follow_list`.
    """

    follows = True
    of_reckoned_cases = True
    goes_on: ClassVar[bool] = True
    """Whether the next payments of a reply may be stopped from here."""
    detail: DispatchOrderDetail

    def __init__(
        self,
        kit: Kit,
        session: Session,
        limits: ClockLimits,
        title_key: str,
        name: str,
        keys: str,
        none: str,
    ) -> None:
        super().__init__(kit, title_key, name, keys)
        self._session = session
        self._view: Read | None = None
        self._more = Latest(kit.runner, self)
        self._to_copy: OrderRow | None = None
        self._of_order: list[Action] = []
        self._replies = ReplyFlow(
            kit, session, self, reply, "centre.dispatch.recorded", goes_on=self.goes_on
        )
        self._revealing = Revealing(kit, session, self)
        self._claiming = Claiming(kit, session, self)
        self.table = DispatchTable(kit, limits, self._claiming)
        self._figures = Label(kit, role="small", ink="muted", wrap=True)
        self._figures.setObjectName(f"{name}_figures")
        self._empty = EmptyState(kit, "check_circle", none)
        self._list = ListOrEmpty(self.table, self._empty, self.table.rows)

    def more_work(self, view: Read) -> Callable[[Progress], Read]:
        """What reads on after ``view``, off the GUI thread."""
        raise NotImplementedError

    def figures(self, view: Read) -> str:
        """What the whole list comes to."""
        raise NotImplementedError

    def narrowed(self) -> bool:
        """Whether how many were found is said before the figures."""
        raise NotImplementedError

    def _add_of_order(self, key: str, keys: str, handler: Callable[[], object]) -> Action:
        """An action that needs a chosen order."""
        self._of_order.append(self.add(key, keys, handler))
        return self._of_order[-1]

    def _add_answer(self) -> Action:
        return self._add_of_order("centre.dispatch.answer", "Ctrl+R", self._ask)

    def _add_copy(self) -> Action:
        return self._add_of_order("centre.dispatch.copy", "Ctrl+Shift+C", self._copy_elements)

    def _add_reveal(self) -> Action:
        return self._add_of_order("case.reveal.toggle", "Ctrl+Shift+H", self._revealing.toggle)

    def _add_turn(self) -> Action | None:
        """Taking in hand and letting go, and handing over all; None where no list has several people at it."""
        if not self._claiming.offered:
            return None
        turn = self._add_of_order("centre.claim.turn", "Ctrl+Shift+B", self._turn_claim)
        self.add("centre.claim.hand_over.key", "Ctrl+Shift+U", self._claiming.hand_over)
        return turn

    def _lay_out(self, above: Sequence[QWidget], head: Row, narrowing: Sequence[QWidget]) -> None:
        """The list below its ``head`` and what narrows it, beside the chosen order; ``above``: in the list's column."""
        row, left = Row(self.kit, gap="card_gap"), Column(self.kit, gap="card_gap")
        for part in (self.banner, *above):
            left.addWidget(part)
        card = Card(self.kit)
        card.body.addLayout(head)
        for part in (*narrowing, self._figures):
            card.body.addWidget(part)
        card.body.addWidget(self._list, 1)
        left.addWidget(card, 1)
        row.addLayout(left, 1)
        self.detail.setFixedWidth(self.kit.theme.space("side_card_wide"))
        row.addWidget(self.detail)
        self.body.addLayout(row, 1)

    def _follow_list(self) -> None:
        self.table.end_near.connect(self._show_more)
        self.table.current_changed.connect(self._row_changed)
        self.table.activated_row.connect(self._activated)
        self.detail.reveal_wanted.connect(self._revealing.toggle)
        self._revealing.changed.connect(self._turn_numbers)
        self._revealing.failed.connect(self.fail)
        for actions in (self._replies, self._claiming):
            actions.changed.connect(self._recorded)
            actions.failed.connect(self.fail)
        self.kit.texts.changed.connect(self._show_figures)

    def _took_in(self, view: Read) -> None:
        """``view`` is what is shown from now on."""
        self._view = view
        self._claiming.claims = view.claims

    def _show_more(self) -> None:
        view = self._view
        if view is None or view.last is None or self._more.waits or self._reading.waits:
            return
        self._more.start("survey", self.more_work(view), self._more_came, self.fail)

    def _more_came(self, view: Read) -> None:
        self._took_in(view)
        self.table.show_rows(view.rows)

    def _show_figures(self) -> None:
        view, texts = self._view, self.kit.texts
        if view is None:
            return
        figures = self.figures(view)
        if self.narrowed():
            many = "_many" if view.count > COUNTED else ""
            found = texts.text(
                f"centre.dispatch.found{many}", count=f"{min(view.count, COUNTED):,}"
            )
            figures = f"{found} · {figures}"
        self._figures.set_text(figures)

    def _row_changed(self) -> None:
        row = self.table.selected()
        if (row.view.order.id if row is not None else "") != self.detail.order:
            self._revealing.begin(*((row.view.case,) if row is not None else ()))
        self.detail.show_order(row)
        for action in self._of_order:
            action.set_enabled(enabled=row is not None)

    def _activated(self, row: OrderRow) -> None:
        self._claiming.before(row.view.order.id, partial(self._replies.ask, row.view))

    def _ask(self) -> None:
        self.table.with_selected(self._activated)

    def _turn_claim(self) -> None:
        self.table.with_selected(lambda row: self._claiming.turn(row.view.order.id))

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
            copy_elements(self.kit, self, order_elements(self.kit, row.view, revealed=True))

    def _turn_numbers(self) -> None:
        self.detail.reveal(revealed=self._revealing.on)

    def _recorded(self) -> None:
        self.recorded()
        self.changed.emit()
