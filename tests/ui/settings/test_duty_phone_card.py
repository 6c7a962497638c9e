"""Saying the duty telephone on the settings page, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app.profile.profile_file import profile_text
from desktop.services.duty_phone import duty_phone
from desktop.services.session import Session
from desktop.ui.settings.duty_phone_card import DutyPhoneCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.banner import Banner
from tests.support.sessions import take_seat


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return take_seat(tmp_path / "desk", "A").session


def editor_of(kit: Kit, session: Session, qtbot: QtBot) -> tuple[DutyPhoneCard, QLineEdit]:
    card = DutyPhoneCard(kit, session, profile_text)
    qtbot.addWidget(card)
    card.show()
    editor = card.findChild(QLineEdit, "duty_phone")
    assert editor is not None
    editor.setFocus()
    return card, editor


def test_enter_keeps_the_number_and_the_next_window_shows_it(
    kit: Kit, session: Session, qtbot: QtBot
) -> None:
    _, editor = editor_of(kit, session, qtbot)
    QTest.keyClicks(editor, "0931 - 8888888")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert duty_phone(session) == editor.text() == "0931-8888888"
    _, again = editor_of(kit, session, qtbot)
    assert again.text() == "0931-8888888"


def test_what_is_no_number_stays_and_says_why(kit: Kit, session: Session, qtbot: QtBot) -> None:
    card, editor = editor_of(kit, session, qtbot)
    QTest.keyClicks(editor, "ask the head")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "ask the head"
    assert duty_phone(session) == ""
    banner = card.findChild(Banner, "duty_phone_banner")
    assert banner is not None
    assert banner.isVisible()
