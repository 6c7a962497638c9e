"""Screens over a centre in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import Drive
from tests.ui.centre.fakes import LIMITS, MemoryCentre
from tests.ui.pages.centre import DispatchPage, InboxPage
from tests.ui.sync.fakes import CardboardDrives

MakeInbox = Callable[[], InboxPage]
MakeDispatch = Callable[[], DispatchPage]
STICK = Drive(Path("/media/c/STICK"), "STICK", 58 << 30)


@pytest.fixture
def port() -> MemoryCentre:
    """A centre without stations."""
    return MemoryCentre()


@pytest.fixture
def make_inbox(qtbot: QtBot, kit: Kit, port: MemoryCentre) -> MakeInbox:
    """Show the inbox when called."""

    def make() -> InboxPage:
        screen = InboxScreen(
            kit, port, lambda _pdf, title: port.calls.append(f"paper {title}"), LIMITS
        )
        qtbot.addWidget(screen)
        page = InboxPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return make


@pytest.fixture
def make_dispatch(qtbot: QtBot, kit: Kit, port: MemoryCentre) -> MakeDispatch:
    """Show the dispatch desk when called."""

    def make() -> DispatchPage:
        screen = DispatchScreen(kit, port, CardboardDrives(STICK), LIMITS)
        qtbot.addWidget(screen)
        page = DispatchPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return make
