"""The window of a centre whose database is on a server says whether the server answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.windows.status import StatusReader
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply
from desktop.domain.errors import WorldError
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import limits_on
from desktop.ui.shared.widgets.input.drives import SystemDrives
from desktop.ui.shared.widgets.tables.search_results import SearchHits
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.top_bar import PlaceChip
from desktop.ui.shell.window_host import WindowHost
from tests.support.clocks import START, CountingIds
from tests.support.held_runner import HeldRunner
from tests.support.sessions import KEY, RULES, Seat, a_form


def window_of(kit: Kit, session: Session, qtbot: QtBot) -> tuple[MainWindow, PlaceChip]:
    host = WindowHost(
        "王建国", "620134", "市反诈中心", lambda _typed, _only: SearchHits(()), lambda _password: None, tuple,
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


def test_what_a_colleague_records_comes_to_the_page_in_front_by_itself(
    session: Session, centre_seat: Seat, centre: Session, kit: Kit, qtbot: QtBot, quick_folder: Path
) -> None:
    """Also while another reading goes on; and where nothing was recorded nothing is read."""
    order = issue_stop(session, a_form(session), 0, confirmed=True).order
    export_bundle(session, quick_folder, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [quick_folder], SILENT)
    centre = replace(centre, profile=replace(centre.profile, on_server=True))
    window, _ = window_of(kit, centre, qtbot)
    screen = DispatchScreen(kit, centre, SystemDrives(), limits_on(RULES, centre.today))
    readings = Mock(wraps=screen.work)
    screen.work = readings  # type: ignore[method-assign]  # counted
    window.add_page("dispatch", "clock", "centre.dispatch.title", lambda: screen, "F3")
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(screen.view_shown):
        window.show_page("dispatch")
    reader = StatusReader(kit, centre, window)
    assert [row.view.state for row in screen.table.rows.rows] == [OrderState.ACKNOWLEDGED]

    def look_after(seconds: int) -> None:
        with qtbot.waitSignal(reader.was_read):
            kit.ticks.ticked.emit(centre.clock.now() + timedelta(seconds=seconds))

    look_after(2)
    look_after(4)
    assert readings.call_count == 1
    store = SqlStore.open(centre_seat.root / "desk.db", KEY, centre.profile, centre_seat.clock)
    colleague = replace(centre, store=store, ids=CountingIds("d2"))
    done = OrderReply(
        ReplyResult.DONE,
        9_800_000,
        0,
        START,
        START + timedelta(hours=48),
        "中国农业银行",
        "",
        "",
        START,
    )
    reply(colleague, order.id, done, ReplyBaseline(None))
    screen.reload()
    look_after(6)
    qtbot.waitUntil(lambda: [row.view.state for row in screen.table.rows.rows] == [])
    store.close()


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
