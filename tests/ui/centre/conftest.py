"""The screens of a centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.drives import Drive
from tests.support.sessions import Seat
from tests.ui.centre.bench import CentreBench
from tests.ui.centre.samples import LIMITS
from tests.ui.pages.centre import DispatchPage, InboxPage
from tests.ui.sync.samples import CardboardDrives

MakeInbox = Callable[[], InboxPage]
MakeDispatch = Callable[[], DispatchPage]
STICK = Drive(Path("/media/c/STICK"), "STICK", 58 << 30)


@pytest.fixture
def bench(centre_seat: Seat, monkeypatch: pytest.MonkeyPatch) -> CentreBench:
    """A centre without stations."""
    return CentreBench(centre_seat.session, monkeypatch)


@pytest.fixture
def make_inbox(qtbot: QtBot, kit: Kit, bench: CentreBench) -> MakeInbox:
    """Show the inbox when called."""

    def make() -> InboxPage:
        screen = InboxScreen(
            kit,
            bench.session,
            lambda _pdf, title: bench.calls.append(f"paper {title}"),
            LIMITS,
            bench.scan,
        )
        qtbot.addWidget(screen)
        page = InboxPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return make


@pytest.fixture
def make_dispatch(qtbot: QtBot, kit: Kit, bench: CentreBench) -> MakeDispatch:
    """Show the dispatch desk when called."""

    def make() -> DispatchPage:
        session = replace(bench.session, clock=kit.ticks.clock)
        screen = DispatchScreen(kit, session, CardboardDrives(STICK), LIMITS)
        qtbot.addWidget(screen)
        page = DispatchPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return make
