"""A main window over invented answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.case_filter import CaseFilter
from desktop.domain.errors import UserInputError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.tables.search_results import SearchHit, SearchHits
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.window_host import LockClock, WindowHost
from tests.support.clocks import START
from tests.ui.pages.shell import ShellPage

HIT = SearchHit("case", "李秀兰 刷单返利", "1124-A-0017", "case/17")


@dataclass
class Answers:
    """What the application would answer, and what it was asked."""

    password: str = "Right-word-7"
    tries: int = 5
    searches: list[str] = field(default_factory=list)
    running: tuple[LockClock, ...] = ()

    def search(self, text: str, _only: CaseFilter) -> SearchHits:
        self.searches.append(text)
        return SearchHits((HIT,))

    def unlock(self, password: str) -> None:
        if password != self.password:
            self.tries -= 1
            raise UserInputError("password.wrong", tries=self.tries)

    def clocks(self) -> tuple[LockClock, ...]:
        soon = ClockSpan(START + timedelta(seconds=688), timedelta(hours=6), timedelta(hours=24))
        return self.running or (LockClock("紧急止付 1124-A-0017", soon),)


class SamplePage(Page):
    """A page with one editor that counts its openings."""

    def __init__(self, kit: Kit, title_key: str) -> None:
        super().__init__(kit, title_key)
        self.editor = QLineEdit("李秀兰")
        self.body.addWidget(self.editor)
        self.times_opened = 0

    def first_focus(self) -> QWidget:
        return self.editor

    def opened(self) -> None:
        self.times_opened += 1


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def make_shell(kit: Kit, qtbot: QtBot, answers: Answers) -> Callable[[Kit], ShellPage]:
    """Makes a shown window of three pages from a kit."""

    def make(some_kit: Kit) -> ShellPage:
        host = WindowHost(
            officer_name="王建国",
            officer_number="620134",
            unit_name="兰州市公安局城关分局 · 张掖路派出所",
            search=answers.search,
            unlock=answers.unlock,
            clocks=answers.clocks,
        )
        window = MainWindow(some_kit, host, idle_minutes=10)
        qtbot.addWidget(window)
        for number, (key, icon) in enumerate((("intake", "intake"), ("board", "board")), start=1):
            make = partial(SamplePage, some_kit, f"shell.page.{key}")
            window.add_page(key, icon, f"shell.page.{key}", make, f"Ctrl+{number}")
        window.add_page(
            "settings", "settings", "shell.page.settings",
            partial(Page, some_kit, "shell.page.settings"), "Ctrl+9", bottom=True,
        )  # fmt: skip
        window.add_page(
            "case", "", "", partial(SamplePage, some_kit, "shared.search.kind.case"), under="board"
        )
        window.add_page(
            "briefing",
            "",
            "",
            partial(SamplePage, some_kit, "shared.search.kind.case"),
            under="board",
        )
        shell = ShellPage(qtbot, window)
        window.show_page("intake")
        shell.show()
        qtbot.waitUntil(window.isActiveWindow)
        return shell

    return make


@pytest.fixture
def shell(kit: Kit, make_shell: Callable[[Kit], ShellPage]) -> ShellPage:
    return make_shell(kit)
