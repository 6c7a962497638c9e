"""A screen over a desk in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import Drive
from desktop.ui.sync.sync_screen import SyncScreen
from tests.support.held_runner import HeldRunner
from tests.ui.pages.sync import SyncPage
from tests.ui.sync.fakes import CardboardDrives, MemorySync, Papers

MakePage = Callable[[], SyncPage]
STICK = Drive(Path("/media/zyl/STICK"), "STICK", 58 << 30)


@pytest.fixture
def port() -> MemorySync:
    """A desk with something to send."""
    return MemorySync()


@pytest.fixture
def drives() -> CardboardDrives:
    """One stick is plugged in."""
    return CardboardDrives(STICK)


@pytest.fixture
def papers() -> Papers:
    """The window around the screen."""
    return Papers()


@pytest.fixture
def make_page(
    qtbot: QtBot, kit: Kit, port: MemorySync, drives: CardboardDrives, papers: Papers
) -> MakePage:
    """Show the screen when called, so that a test can fill the port first."""

    def make() -> SyncPage:
        screen = SyncScreen(kit, port, papers, drives)
        qtbot.addWidget(screen)
        page = SyncPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return make


@pytest.fixture
def slow(
    qtbot: QtBot, kit: Kit, port: MemorySync, drives: CardboardDrives, papers: Papers
) -> tuple[SyncPage, HeldRunner]:
    """The screen with work that waits to be run."""
    runner = HeldRunner()
    screen = SyncScreen(replace(kit, runner=runner), port, papers, drives)
    qtbot.addWidget(screen)
    page = SyncPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    runner.run_all()
    return page, runner
