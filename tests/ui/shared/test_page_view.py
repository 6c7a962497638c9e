"""The pages of a paper: the picture stays until the next is there, and what comes late is not shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.ports import Pdf
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.views.page_view import PageView
from tests.support.held_runner import HeldRunner
from tests.ui.case.fakes import draw_page


def test_pages_stay_until_the_next_is_drawn_and_late_ones_are_dropped(
    kit: Kit, qtbot: QtBot
) -> None:
    runner = HeldRunner()
    asked: list[tuple[bytes, int]] = []

    def draw(data: bytes, page: int, width: int) -> bytes:
        asked.append((data, page))
        return draw_page(data, page, width)

    view = PageView(replace(kit, runner=runner), draw, "pages")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_pdf(Pdf(b"one", 3), "受案回执")
    runner.run_all()
    assert view.filled
    view.turn(5)
    assert (view.page, view.filled) == (2, True)
    view.show_pdf(Pdf(b"two", 2), "受案回执")
    assert view.page == 1, "a shorter paper has no third page"
    runner.run_all()
    assert asked[-1] == (b"two", 1)
    assert (b"one", 2) not in asked, "nobody waits for it any more"
    assert view.accessibleName() == "受案回执 2/2"
    view.show_pdf(Pdf(b"three", 4), "询问笔录")
    assert view.page == 0, "another paper is read from its head"
    view.show_text(partial(kit.texts.text, "papers.choose"))
    runner.run_all()
    assert (view.filled, view.pages) == (False, 0)
    kit.texts.set_language("en")
    assert view.accessibleName() == kit.texts.text("papers.choose")


def test_a_page_that_cannot_be_drawn_says_so(kit: Kit, qtbot: QtBot) -> None:
    from desktop.documents.pages.pictures import render_pdf_page  # noqa: PLC0415 - the real one refuses

    view = PageView(kit, render_pdf_page, "pages")
    qtbot.addWidget(view)
    view.show_pdf(Pdf(b"no pdf", 1), "受案回执")
    assert not view.filled
    assert view.accessibleName() not in {"", "受案回执 1/1"}


def test_a_ring_shows_that_the_keyboard_is_at_the_page(kit: Kit, qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    view, button = PageView(kit, draw_page, "pages"), QPushButton()
    for part in (view, button):
        part.setParent(room)
    view.setGeometry(0, 0, 300, 300)
    room.show()
    room.activateWindow()
    QApplication.processEvents()
    view.show_pdf(Pdf(b"one", 3), "受案回执")
    button.setFocus()
    without = view.grab().toImage()
    view.setFocus()
    assert view.grab().toImage() != without
    button.setFocus()
    assert view.grab().toImage() == without
