"""Who takes over a desk: a line above the board that is in nobody's way, and a page whose lines open their cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from desktop.app.pages.backup_card import Copies
from desktop.app.windows.screens import ClosedPage, DeskWindow, Parts
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.shift_briefing import NewsKind
from desktop.domain.installation.officer import Role
from desktop.runtime.texts.settings import Settings
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.session import Session
from desktop.ui.settings.settings_page import ChosenSettings
from desktop.ui.shared.kit.kit import Kit
from tests.services.test_since_left import MA, back, colleague
from tests.support.clocks import HandClock
from tests.support.sessions import Seat, a_form, take_seat
from tests.ui.pages.shell import let_in


def never(*_: object) -> NoReturn:
    raise NotImplementedError


@pytest.fixture
def seat(kit: Kit, tmp_path: Path) -> Seat:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    return take_seat(tmp_path / "desk", "A", clock=clock)


def opened(qtbot: QtBot, kit: Kit, session: Session) -> DeskWindow:
    made = DeskWindow(
        Parts(
            kit,
            session,
            ChosenSettings(Settings()),
            (),
            never,
            never,
            Copies(never, never, never),
            never,
        )
    )
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    made.window.show_page("board")
    settle()
    return made


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def returned(seat: Seat) -> Session:
    """The officer comes back after a colleague's shift."""
    back(seat.session)
    seat.clock.advance(hours=1)
    hers = colleague(seat.session)
    register_report(hers, a_form(hers, "马强"))
    seat.clock.advance(hours=11)
    return back(seat.session)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    settle()


def test_the_line_says_it_and_its_page_opens_the_case(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    window = opened(qtbot, kit, returned(seat))
    notice = window.board.notice
    assert "新接 1" in notice.message.text()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not notice.isAncestorOf(focus)
    for language in ("en", "zh_CN"):
        kit.texts.set_language(language)
        settle()
        assert clipped_texts(window.window) == []
        assert overlaps(window.window) == []
    press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.window.current_page == "absence"
    table = window.window.findChild(QTableView, "absence_table")
    assert isinstance(table, QTableView)
    assert table.hasFocus()
    model = table.model()
    cells = [str(model.index(0, column).data()) for column in range(1, 4)]
    assert cells[:2] == ["马强", "1124-A-0001"]
    assert "新接报案 ¥ 98,000" in cells[2]
    press(Qt.Key.Key_Return)
    assert window.window.current_page == "case"
    window.window.show_page("board")
    settle()
    assert notice.isHidden(), "it was read"


def test_a_report_begins_from_either_page_at_once(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    window = opened(qtbot, kit, returned(seat))
    assert not window.board.notice.isHidden()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.window.current_page == "intake"
    window.window.show_page("absence")
    settle()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.window.current_page == "intake"


def test_put_away_it_stays_away(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    window = opened(qtbot, kit, returned(seat))
    window.board.notice.clear()
    kit.texts.set_language("en")
    settle()
    assert window.board.notice.isHidden()


def test_a_long_lock_is_an_absence_and_a_short_one_is_none(
    qtbot: QtBot, kit: Kit, seat: Seat
) -> None:
    window = opened(qtbot, kit, back(seat.session))
    notice = window.board.notice
    for hours, told in ((1, False), (9, True)):
        window.window.lock()
        hers = replace(seat.session, officer=replace(seat.session.officer, number=MA))
        register_report(hers, a_form(hers, f"来人{hours}"))
        seat.clock.advance(hours=hours)
        let_in(window.window)
        settle()
        assert notice.isHidden() is not told
    assert "新接 2" in notice.message.text()


def test_nobody_learns_of_cases_he_may_not_read(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    session = returned(seat)
    admin = replace(session, officer=replace(session.officer, roles=(Role.ADMINISTRATOR,)))
    window = opened(qtbot, kit, admin)
    assert window.board.notice.isHidden()
    press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.window.current_page == "board"
    assert isinstance(window.window.page("board"), ClosedPage)


def test_what_the_line_does_not_count_makes_no_line(qtbot: QtBot, kit: Kit, seat: Seat) -> None:
    form = a_form(seat.session, "马强", visit="enquiry", transfers=())
    register_report(seat.session, form)
    back(seat.session)
    seat.clock.advance(hours=1)
    register_report(colleague(seat.session), replace(form, narrative="补充"))
    seat.clock.advance(hours=11)
    session = back(seat.session)
    (case,) = shift_briefing(session).cases
    assert {item.kind for item in case.news} == {NewsKind.WORKED}
    assert opened(qtbot, kit, session).board.notice.isHidden()
