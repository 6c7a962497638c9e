"""The manual beside the work: contents, links, finding, both languages, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.app.windows.manual import manual_text
from desktop.ui.manual.manual_window import ManualWindow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme


@pytest.fixture
def window(kit: Kit, qtbot: QtBot) -> Iterator[ManualWindow]:
    made = ManualWindow(kit, lambda language: manual_text(language, None))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def first_line(window: ManualWindow) -> str:
    return window.pages.document().firstBlock().text()


def test_it_opens_at_the_first_book_and_follows_the_contents(
    window: ManualWindow, qtbot: QtBot
) -> None:
    assert first_line(window) == "民警手册"
    model = window.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    books = [index for index in rows if not str(index.data()).startswith("　")]
    assert len(books) == 7
    window.list.setCurrentIndex(books[2])
    assert first_line(window) == books[2].data()


def test_a_link_to_another_book_opens_it(window: ManualWindow) -> None:
    window.pages.anchorClicked.emit(QUrl("#station-it"))
    assert first_line(window) == "派出所信息员手册"
    window.pages.anchorClicked.emit(QUrl("https://example.com/"))
    assert first_line(window) == "派出所信息员手册", "nothing outside is followed"


def test_words_are_found_in_other_books_and_round_again(window: ManualWindow) -> None:
    window.field.setText("pg_hba.conf")
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    assert first_line(window) == "反诈中心建设手册"
    assert window.pages.textCursor().selectedText() == "pg_hba.conf"
    window.field.setText("没有这样的话")
    window.find_next()
    assert not window.note.isHidden()
    window.field.setText("民警手册")
    window.find_next()
    assert first_line(window) == "民警手册"
    assert window.note.isHidden()


def test_the_language_and_the_theme_are_switched_where_one_reads(
    window: ManualWindow, kit: Kit
) -> None:
    window.go_to("centre")
    kit.texts.set_language("en")
    assert first_line(window) == "Centre set-up"
    light = window.pages.document().defaultStyleSheet()
    kit.theme.set_scheme(Scheme.DARK)
    assert window.pages.document().defaultStyleSheet() != light
    assert first_line(window) == "Centre set-up"


def test_pictures_are_drawn_as_wide_as_there_is_room_and_nothing_else_is_loaded(
    window: ManualWindow,
) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = window.pages.loadResource(kind, QUrl("../pictures/zh_CN/board.png"))
    assert 0 < picture.width() < window.pages.viewport().width()
    style = QTextDocument.ResourceType.StyleSheetResource.value
    assert window.pages.loadResource(style, QUrl("file:///etc/passwd")) is None


def test_an_installation_without_its_books_says_so(
    kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "program" / "resources"
    monkeypatch.setattr("desktop.runtime.files.resources.resource_root", lambda: empty)
    told: list[str] = []
    monkeypatch.setattr(
        "desktop.ui.manual.manual_window.warn", lambda _kit, _window, error: told.append(error.code)
    )
    made = ManualWindow(kit, lambda language: manual_text(language, None))
    qtbot.addWidget(made)
    assert told == ["install.incomplete"]
