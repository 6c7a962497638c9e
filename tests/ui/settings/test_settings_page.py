"""Choices that take effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.runtime.texts.settings import Settings, ThemeChoice
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from tests.ui.pages.window_page import WindowPage


def test_each_choice_is_live_and_signalled(kit: Kit, qtbot: QtBot) -> None:
    chosen = ChosenSettings(Settings(theme=ThemeChoice.LIGHT))
    widget = SettingsPage(kit, chosen)
    qtbot.addWidget(widget)
    page = WindowPage(qtbot, widget)
    page.show(1294, 692)
    told: list[Settings] = []
    chosen.changed.connect(told.append)
    page.click("language_en")
    assert kit.texts.language == "en"
    page.click("theme_dark")
    assert kit.theme.dark
    widget.first_focus().setFocus()
    page.click("idle_minutes_3")
    assert told[-1] == Settings(language="en", theme=ThemeChoice.DARK, idle_lock_minutes=3)
    assert chosen.settings == told[-1]
    qtbot.waitUntil(lambda: clipped_texts(widget) == [])
    assert overlaps(widget) == []


def test_by_keyboard(kit: Kit, qtbot: QtBot) -> None:
    widget = SettingsPage(kit, ChosenSettings(Settings(theme=ThemeChoice.LIGHT)))
    qtbot.addWidget(widget)
    page = WindowPage(qtbot, widget)
    page.show(1294, 692)
    widget.first_focus().setFocus()
    page.press(Qt.Key.Key_Right)
    assert kit.texts.language == "en"
    page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Right)
    assert kit.theme.dark


def test_the_language_that_the_window_has_is_the_chosen_one(kit: Kit, qtbot: QtBot) -> None:
    """Whatever was chosen before: a window may be opened in another by ``--lang``."""
    kit.texts.set_language("en")
    widget = SettingsPage(kit, ChosenSettings(Settings(language="zh_CN")))
    qtbot.addWidget(widget)
    assert widget.first_focus().objectName() == "language_en"
