"""F8 on the page of a registered case: what is picked becomes a supplement, and leads back to where it was read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import EvidenceParts, evidence_of
from desktop.domain.ids import EvidenceId
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.look_up import case_file
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.evidence.items_card import EvidenceGrid
from desktop.ui.extraction.pictures_flow import PicturesDialog
from desktop.ui.extraction.statement_dialog import StatementDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.picture_octets import png_octets
from desktop.ui.shared.kit.ticks import TickSource
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat, a_form
from tests.ui.case.fakes import SETUP, Ways
from tests.ui.evidence.fakes import fake_decoders
from tests.ui.evidence.passwords import known_password
from tests.ui.extraction.bills import wechat_bill

_RGB = QImage.Format.Format_RGB32
_CONTROL = Qt.KeyboardModifier.ControlModifier


def _no_paper(_pdf: object, _title: str) -> None:
    """Nobody prints here."""


@pytest.fixture
def screen(qtbot: QtBot, kit: Kit, seat: Seat) -> CaseScreen:
    """The page of a case over a real desk."""
    return make_screen(qtbot, kit, seat)


def make_screen(qtbot: QtBot, kit: Kit, seat: Seat) -> CaseScreen:
    desk_kit = replace(kit, ticks=TickSource(seat.clock))
    parts = EvidenceParts(desk_kit, fake_decoders(), known_password, _no_paper)
    pane = partial(evidence_of, parts, seat.session)
    setup = replace(SETUP, evidence_factory=pane, type_name=str, scripts=seat.session.scripts)
    screen = CaseScreen(desk_kit, seat.session, Ways(), setup)
    qtbot.addWidget(screen)
    screen.resize(1366 - 72, 768 - 76)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def grid_of(screen: CaseScreen) -> EvidenceGrid:
    found = screen.findChild(EvidenceGrid)
    assert found is not None
    return found


def read(qtbot: QtBot, screen: CaseScreen, item: EvidenceId) -> StatementDialog:
    grid = grid_of(screen)
    assert grid.choose(item)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_F8)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StatementDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_rows_become_a_supplement_and_lead_back(
    qtbot: QtBot, screen: CaseScreen, seat: Seat
) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "聊天.txt", b"text")
    item = attach_picture(session, case, "微信账单.csv", wechat_bill()).evidence.id
    screen.open_case(case, Tab.EVIDENCE)
    dialog = read(qtbot, screen, item)
    assert dialog.rows.table.select_key(10)
    QTest.keyClick(dialog.rows.table, Qt.Key.Key_Space)
    QTest.keyClick(dialog.rows.table, Qt.Key.Key_Return, _CONTROL)
    file = case_file(session, case)
    added = file.transfers[-1]
    assert (len(file.transfers), added.amount_fen) == (2, 20_000_00)
    assert added.origin == f"evidence/{item}#row=10"
    assert "微信账单.csv" in file.supplements[-1].text
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert screen.parts.money.table.rows.rows[-1].id == added.id, "read anew"
    grid_of(screen).setCurrentIndex(grid_of(screen).model().index(0, 0))
    screen.header.tabs.choose(Tab.MONEY)
    screen.parts.money.table.select_key(added.id)
    QTest.keyClick(screen.parts.money.table, Qt.Key.Key_Return)
    assert screen.header.tabs.value() is Tab.EVIDENCE
    current = grid_of(screen).current()
    assert current is not None
    assert current.id == item


def test_a_window_that_opens_by_itself_waits_for_its_page(
    qtbot: QtBot, kit: Kit, seat: Seat
) -> None:
    """It opened over whatever was worked on meanwhile, and the next key there was pressed in it."""
    runner = HeldRunner()
    screen = make_screen(qtbot, replace(kit, runner=runner), seat)
    cases = [register_report(seat.session, a_form(seat.session)).case for _ in range(2)]
    item = attach_picture(seat.session, cases[0], "微信账单.csv", wechat_bill()).evidence.id

    def begin_to_read() -> None:
        screen.open_case(cases[0], Tab.EVIDENCE)
        runner.run_all()
        grid = grid_of(screen)
        assert grid.choose(item)
        QTest.keyClick(grid, Qt.Key.Key_F8)

    for tasks in (0, 1):  # while it looks what the item is, and while it reads it
        begin_to_read()
        for _ in range(tasks):
            runner.run_next()
        screen.header.tabs.choose(Tab.MONEY)
        runner.run_all()
        assert QApplication.activeModalWidget() is None
        screen.header.tabs.choose(Tab.EVIDENCE)
        runner.run_all()
        qtbot.waitUntil(
            lambda: (
                isinstance(QApplication.activeModalWidget(), StatementDialog) or bool(runner.tasks)
            )
        )
        runner.run_all()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StatementDialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    begin_to_read()
    screen.open_case(cases[1], Tab.EVIDENCE)
    runner.run_all()
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None, "of another case it opens nowhere"


def test_asked_for_twice_a_picture_opens_once(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    """Behind the second window stood the first, and nothing in it did anything."""
    runner = HeldRunner()
    screen = make_screen(qtbot, replace(kit, runner=runner), seat)
    case = register_report(seat.session, a_form(seat.session)).case
    item = attach_picture(
        seat.session, case, "截图.png", png_octets(QImage(20, 20, _RGB))
    ).evidence.id
    screen.open_case(case, Tab.EVIDENCE)
    runner.run_all()
    assert grid_of(screen).choose(item)
    for _ in range(2):
        QTest.keyClick(grid_of(screen), Qt.Key.Key_F8)
    runner.run_all()
    opened = [top for top in QApplication.topLevelWidgets() if isinstance(top, PicturesDialog)]
    assert sum(dialog.isVisible() for dialog in opened) == 1
    opened[-1].close()


def test_the_page_counts_what_was_taken_in(qtbot: QtBot, screen: CaseScreen, seat: Seat) -> None:
    case = register_report(seat.session, a_form(seat.session)).case
    screen.open_case(case, Tab.EVIDENCE)
    QGuiApplication.clipboard().setImage(QImage(20, 20, QImage.Format.Format_RGB32))
    QTest.keyClick(screen, Qt.Key.Key_V, _CONTROL)
    tab = screen.findChild(QAbstractButton, "case_tab_evidence")
    assert tab is not None
    qtbot.waitUntil(lambda: tab.text().endswith("1"))
