"""The list of orders over a real desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.ids import CaseId
from desktop.domain.orders.order import Order
from desktop.services.look_up import history
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import OrdersView
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.counted_orders import whole_view
from tests.support.held_runner import HeldRunner
from tests.support.sessions import a_form
from tests.ui.orders import samples
from tests.ui.pages.orders import OrdersPage


@dataclass
class Bench:
    """Everything a test of the screen holds in its hands."""

    page: OrdersPage
    session: Session
    runner: HeldRunner
    clock: HandClock
    kit: Kit
    opened: list[CaseId] = field(default_factory=list)
    papers: list[tuple[str, bytes]] = field(default_factory=list)

    def show(self, rows: tuple[OrderRow, ...]) -> None:
        """The screen over invented orders in every state, which it reads anew as if the desk held them."""
        screen = self.page.widget
        screen.work = lambda: lambda _progress: self._view(rows)  # type: ignore[method-assign]  # of this one screen
        screen.show_view(self._view(rows))

    def _view(self, rows: tuple[OrderRow, ...]) -> OrdersView:
        return whole_view(rows, samples.LIMITS, self.clock.now(), self.kit.zone)

    def tick(self) -> None:
        """A second passed on the wall; what is read because of it is here."""
        self.kit.ticks.tick()
        self.runner.run_all()

    def read(self) -> None:
        """The screen reads what its desk holds."""
        self.page.widget.opened()
        self.runner.run_all()

    def stop(self, name: str) -> Order:
        """A stop for another victim."""
        return issue_stop(self.session, a_form(self.session, name), 0, confirmed=True).order

    def kinds(self, case: CaseId) -> list[str]:
        """What was done in a case."""
        return [row.kind for row in history(self.session, case)]


@pytest.fixture
def desk(kit: Kit, qtbot: QtBot, session: Session) -> Bench:
    """The screen over a real desk that holds nothing yet."""
    runner = HeldRunner()
    held = replace(kit, runner=runner)
    opened: list[CaseId] = []
    papers: list[tuple[str, bytes]] = []

    def show(pdf: Pdf, title: str) -> None:
        papers.append((title, pdf.data))

    screen = OrdersScreen(held, session, opened.append, show, samples.LIMITS)
    qtbot.addWidget(screen)
    screen.make_whole()  # as in the pauses after it was first shown
    page = OrdersPage(qtbot, screen)
    page.show(1366 - 72, 768 - 48 - 28)
    clock = held.ticks.clock
    assert isinstance(clock, HandClock)
    return Bench(page, session, runner, clock, held, opened, papers)


@pytest.fixture
def bench(desk: Bench) -> Bench:
    """The screen over invented orders in every state."""
    desk.show(samples.rows())
    return desk
