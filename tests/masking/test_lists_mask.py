"""No list, no search and no page shows a whole number of identity, a telephone or an address; the act that does is an
entry."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.app.window import Program
from desktop.cli.main import build_parser
from desktop.journal.kinds import DATA_REVEALED
from desktop.runtime.catalogue import Catalogue
from desktop.services.look_up import case_file
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shell.main_window import MainWindow
from tests.cli.conftest import clock
from tests.cli.terminal import Terminal
from tests.support.clocks import CountingIds, HandClock
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.journals import written
from tests.support.personal_data import SUSPECT_PHONE, record_personal, told

__all__ = ["clock"]

CASE = "CASE"
EVIDENCE = "case 6"
"""Names of files and what was recorded of them are compared with the items themselves, so they stand as recorded."""
W = TypeVar("W", bound=QWidget)
Opened = tuple[Program, Callable[[], None]]
LISTS: dict[str, tuple[str, ...]] = {
    "audit list": (),
    "bundle conflicts": (),
    "bundle quarantine": (),
    "clock list": (),
    "evidence due": (),
    "evidence facts": (CASE,),
    "evidence list": (CASE,),
    "evidence verify": (CASE,),
    "forms list": (),
    "officer list": (),
    "order list": (),
    "pack list": (),
    "print": ("--list",),
    "report list": ("--find", "客服"),
    "report show": (CASE,),
    "series": (),
    "series people": (CASE,),
    "trust changes": (),
    "trust keys": (),
    "trust list": (),
    "verify": (),
}
"""What is listed or shown of records, with arguments to do it at a station."""
OF_A_CENTRE = {"centre inbox", "centre chase", "centre replies"}
NOTHING_YET = {"bundle status", "clock show"}
"""They tell of no record."""
TYPED = {"check", "read", "suggest", "flow trace", "flow patterns", "report template"}
"""They say what they are given."""
NAMES = {
    "list", "show", "conflicts", "inbox", "due", "facts", "status", "people", "keys", "quarantine", "changes",
    "verify", "chase", "series", "replies", "check", "read", "suggest", "trace", "patterns",
}  # fmt: skip
"""Names by which lists are called."""


@pytest.fixture(scope="module")
def station(clock: HandClock, quick_disk: Path) -> tuple[Terminal, str]:
    """A station with such records, and the number of a case."""
    root = quick_disk / "personal"
    made = make_desk(root, own=machine(clock, CountingIds("ab")))
    session = made.sign_in(OFFICER, PASSWORD)
    case = record_personal(session)
    number = case_file(session, case).case.number
    made.close()
    return Terminal(root), number


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    """Every command that does something."""
    if parser.get_default("run"):
        yield name
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, inner in action.choices.items():
                yield from leaves(inner, f"{name} {verb}".strip())


def test_every_command_that_lists_is_tried() -> None:
    listing = {
        name for name in leaves(build_parser(Catalogue.load("en"))) if name.split()[-1] in NAMES
    }
    elsewhere = {
        "bundle verify",
        "evidence check",
        "escrow show",
    }  # files that were brought, a code
    assert listing - elsewhere == (set(LISTS) | OF_A_CENTRE | NOTHING_YET | TYPED) & listing


@pytest.mark.parametrize("command", LISTS)
def test_no_list_of_the_command_line_tells_more(
    station: tuple[Terminal, str], command: str
) -> None:
    terminal, number = station
    words = [*command.split(), *(number if word == CASE else word for word in LISTS[command])]
    plain, document = terminal.say(*words), terminal.say("--json", *words)
    assert plain.status == document.status == 0, plain.err
    assert told(plain.out + document.out) == []


@pytest.mark.parametrize(
    "command",
    ["order list", "series", "series people CASE", "report show CASE", "evidence list CASE"],
)
def test_shown_in_full_it_is_an_entry(station: tuple[Terminal, str], command: str) -> None:
    terminal, number = station
    words = [number if word == CASE else word for word in command.split()]
    before = len(terminal.json("audit", "list", "--kind", DATA_REVEALED)["entries"])
    assert told(terminal.say(*words, "--reveal").out)
    after = terminal.json("audit", "list", "--kind", DATA_REVEALED)["entries"]
    assert len(after) > before


@pytest.fixture
def opened(qapp: QApplication, quick_folder: Path) -> Iterator[Opened]:
    """A desk with such records, whose officer has just signed in, and what opens a case."""
    root = quick_folder / "desk"
    make_desk(root)
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    program.start()
    session = program.installation.sign_in(OFFICER, PASSWORD)
    case = record_personal(session)
    program.open_desk(session)
    assert program.desk_window is not None
    yield program, partial(program.desk_window.navigator.open_case, case)
    if program.front is not None:
        program.front.close()
    program.shut_down()


def test_a_search_answers_without_them(opened: Opened) -> None:
    window = opened[0].front
    assert isinstance(window, MainWindow)
    search = window._top.search._search
    for wanted in ("客服", "城关区", "西固区", "8693", "又来电", SUSPECT_PHONE[:5]):
        hits = search(wanted)
        assert hits, wanted
        assert [told(f"{hit.title} {hit.detail}") for hit in hits] == [[]] * len(hits), wanted


def visible(window: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def said(widget: QWidget) -> Iterator[str]:
    """What a visible control shows, its hints too."""
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        yield widget.text()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.toPlainText()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cells(widget.model(), QModelIndex())


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(
            1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        ):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.data(index, role) or "")
        yield from cells(model, model.index(row, 0, parent))


def looked(window: MainWindow, open_case: Callable[[], None]) -> Iterator[str]:
    """Bring every page and every part of a case to the front; its name. Intake holds what is being typed."""
    for page in window._pages:
        if page == "intake":
            continue
        window.show_page(page)
        yield page
        if page == "case":
            open_case()
            for digit in "1234567890":
                QTest.keyClick(
                    window.focusWidget(), Qt.Key(ord(digit)), Qt.KeyboardModifier.AltModifier
                )
                yield f"case {digit}"


def test_no_page_shows_them(opened: Opened) -> None:
    program, open_case = opened
    window = program.front
    assert isinstance(window, MainWindow)
    found: list[str] = []
    for page in looked(window, open_case):
        if page == EVIDENCE:
            continue
        for view in visible(window, QAbstractItemView):
            if view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        for widget in visible(window, QWidget):
            place = f"{page}: {type(widget).__name__} {widget.objectName()}"
            found += [f"{place} {told(text)}" for text in said(widget) if told(text)]
    assert not found, "\n".join(found)
    assert not [
        entry for entry in written(program.installation.session) if entry.kind == DATA_REVEALED
    ]
    open_case()
    reveal = window.findChild(QAbstractButton, "case_reveal")
    assert reveal is not None
    reveal.click()
    shown = [text for widget in visible(window, QWidget) for text in said(widget)]
    assert told("\n".join(shown))
    assert [entry for entry in written(program.installation.session) if entry.kind == DATA_REVEALED]
