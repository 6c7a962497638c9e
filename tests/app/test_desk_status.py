"""The window of a centre whose database is on a server says whether the server answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.windows.status import StatusReader
from desktop.domain.errors import WorldError
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.tables.search_results import SearchHits
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.top_bar import PlaceChip
from desktop.ui.shell.window_host import WindowHost
from tests.support.held_runner import HeldRunner


def window_of(kit: Kit, session: Session, qtbot: QtBot) -> tuple[MainWindow, PlaceChip]:
    host = WindowHost(
        "王建国", "620134", "市反诈中心", lambda _typed: SearchHits(()), lambda _password: None, tuple,
        on_server=session.profile.on_server,
    )  # fmt: skip
    window = MainWindow(kit, host, idle_minutes=10)
    qtbot.addWidget(window)
    (chip,) = window.findChildren(PlaceChip)
    return window, chip


def silent() -> None:
    raise WorldError("database.server_gone")


def test_a_silent_server_is_seen_without_a_key_pressed_and_so_is_its_return(
    centre: Session, kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = replace(centre, profile=replace(centre.profile, on_server=True))
    window, chip = window_of(kit, centre, qtbot)
    StatusReader(kit, centre, window).refresh()
    words: Callable[[str], str] = kit.texts.text
    clock = centre.clock.now()

    def look_after(seconds: int) -> None:
        kit.ticks.ticked.emit(clock + timedelta(seconds=seconds))

    def says(key: str) -> None:
        qtbot.waitUntil(lambda: chip.accessibleName() == words(key))

    look_after(11)
    says("shell.server")
    with monkeypatch.context() as broken:
        broken.setattr(type(centre.store), "read", lambda _store: silent())
        look_after(22)
        says("shell.server_silent")
    look_after(33)
    says("shell.server")


def test_a_server_that_nobody_waited_for_is_not_called_silent(
    centre: Session, kit: Kit, qtbot: QtBot
) -> None:
    """Who goes and is asked about what could not be saved sees the window again."""
    centre = replace(centre, profile=replace(centre.profile, on_server=True))
    runner = HeldRunner()
    kit = replace(kit, runner=runner)
    window, chip = window_of(kit, centre, qtbot)
    reader = StatusReader(kit, centre, window)
    reader.refresh()
    qtbot.waitUntil(lambda: runner.busy)
    runner.cancel_all("survey")
    runner.run_all()
    assert chip.accessibleName() == kit.texts.text("shell.server")


def test_a_centre_on_this_pc_asks_nobody(
    centre: Session, kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, chip = window_of(kit, centre, qtbot)
    StatusReader(kit, centre, window).refresh()
    monkeypatch.setattr(type(centre.store), "read", lambda _store: silent())
    kit.ticks.ticked.emit(centre.clock.now() + timedelta(seconds=60))
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert chip.accessibleName() == kit.texts.text("shell.offline")
