"""The card of the database: it looks, says what it found, and tells others what nobody asked for."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import Progress
from desktop.ui.settings.data import DatabaseCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import START
from tests.ui.pages.window_page import WindowPage


class Database:
    """Sound until told otherwise."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.last: datetime | None = None

    def check(self, _progress: Progress) -> None:
        if self.error is not None:
            raise self.error
        self.last = START

    def checked_at(self) -> datetime | None:
        return self.last


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, database: Database) -> WindowPage:
    host = QWidget()
    qtbot.addWidget(host)
    DatabaseCard(kit, database.check, database.checked_at, host).resize(900, 300)
    page = WindowPage(qtbot, host)
    page.show(900, 400)
    return page


def test_a_look_says_that_it_is_sound_and_when(kit: Kit, page: WindowPage) -> None:
    assert page.text("database_when") == kit.texts.text("settings.database.never")
    QTest.mouseClick(page.find("database_check"), Qt.MouseButton.LeftButton)
    assert page.text("database_when") == "2026-11-24 10:31"
    said = page.find("database_banner").findChildren(QLabel)
    assert kit.texts.text("settings.database.sound") in {label.text() for label in said}


def test_only_what_nobody_asked_for_is_told_elsewhere(page: WindowPage, database: Database) -> None:
    card = page.widget.findChild(DatabaseCard)
    assert card is not None
    told: list[Exception] = []
    card.unsound.connect(told.append)
    database.error = WorldError("database.damaged")
    QTest.mouseClick(page.find("database_check"), Qt.MouseButton.LeftButton)
    assert told == []
    card.check_quietly()
    assert told == [database.error]
    database.error = Cancelled()
    card.check_quietly()
    assert len(told) == 1
