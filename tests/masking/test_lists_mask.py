"""No list, no search and no page shows a whole number of identity, a telephone or an address; the act that does is an
entry."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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

from desktop.app.windows.window import Program
from desktop.cli.main import build_parser
from desktop.domain.case_file.case_filter import ANY_CASE
from desktop.journal.kinds import DATA_REVEALED
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.look_up import case_file, find_case
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shell.main_window import MainWindow
from tests.cli.conftest import clock
from tests.cli.terminal import Terminal
from tests.support.clocks import CountingIds, HandClock
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    machine,
    make_centre,
    make_desk,
)
from tests.support.journals import written
from tests.support.personal_data import SUSPECT_PHONE, record_personal, whole_in

__all__ = ["clock"]

CASE, ORDER = "CASE", "ORDER"
CENTRE_OFFICER = "620001"
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
EVIDENCE = "case 6"
"""Names of files and what was recorded of them are compared with the items themselves, so they stand as recorded."""
W = TypeVar("W", bound=QWidget)
Opened = tuple[Program, Callable[[], None]]
LISTS: dict[str, tuple[str, ...]] = {
    "audit list": (),
    "bundle conflicts": (),
    "bundle quarantine": (),
    "case object": ("list", CASE),
    "clock list": (),
    "evidence due": (),
    "evidence facts": (CASE,),
    "evidence list": (CASE,),
    "evidence verify": (CASE,),
    "forms compare": (),
    "forms list": (),
    "officer list": (),
    "order list": (),
    "order show": (ORDER,),
    "pack list": (),
    "print": ("--list",),
    "report interview": (CASE,),
    "report list": ("--find", "客服"),
    "report show": (CASE,),
    "rules list": (),
    "series": (),
    "series people": (CASE,),
    "trust changes": (),
    "trust keys": (),
    "trust list": (),
    "verify": (),
}
"""What is listed or shown of records, with arguments to do it; of the case and an order of it by their numbers."""
OF_A_CENTRE: dict[str, tuple[str, ...]] = {
    "centre chase": (),
    "centre inbox": (),
    "centre replies": ("--queue",),
    "task list": ("--view", "all"),
}
"""What only a centre lists."""
NOTHING_YET = {"bundle status", "clock compare", "clock show"}
"""They tell of no record."""
TYPED = {"check", "read", "suggest", "flow trace", "flow patterns", "report template"}
"""They say what they are given."""
NAMES = {
    "list", "show", "conflicts", "inbox", "due", "facts", "status", "people", "keys", "quarantine", "changes",
    "object", "verify", "chase", "series", "replies", "check", "read", "suggest", "trace", "patterns", "compare",
    "interview",
}  # fmt: skip
"""Names by which lists are called."""


@dataclass(frozen=True, slots=True)
class Place:
    """A station or centre with such records, and the numbers of a case and of an order of it."""

    terminal: Terminal
    case_number: str
    order_number: str

    def words(self, *names: str) -> list[str]:
        """Arguments as they are typed here."""
        own = {CASE: self.case_number, ORDER: self.order_number}
        return [own.get(name, name) for name in names]


@pytest.fixture(scope="module")
def places(clock: HandClock, quick_disk: Path) -> dict[str, Place]:
    """A station with such records, and a centre that took them in."""
    desk = make_desk(quick_disk / "personal", own=machine(clock, CountingIds("ab")))
    hall = make_centre(quick_disk / "hall", own=machine(clock, CountingIds("ce")))
    session, centre = desk.sign_in(OFFICER, PASSWORD), hall.sign_in(CENTRE_OFFICER, PASSWORD)
    file = case_file(session, record_personal(session))
    numbers = file.case.number, file.orders[0].order.number
    introduce(session, centre)
    desk.close()
    hall.close()
    stick = quick_disk / "stick"
    stick.mkdir()
    made = {
        "station": Place(Terminal(desk.paths.root), *numbers),
        "centre": Place(Terminal(hall.paths.root), *numbers),
    }
    made["station"].terminal.json("bundle", "export", "--to", stick)
    taken = made["centre"].terminal.json("centre", "ingest", stick)
    assert taken["problems"] == []
    return made


@pytest.fixture
def place(request: pytest.FixtureRequest, places: dict[str, Place]) -> Place:
    """One of them, by its name."""
    return places[request.param]


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
    assert listing - elsewhere == (set(LISTS) | set(OF_A_CENTRE) | NOTHING_YET | TYPED) & listing


COMMANDS = [
    *(("station", name, words) for name, words in LISTS.items()),
    *(("centre", name, words) for name, words in (LISTS | OF_A_CENTRE).items()),
]


@pytest.mark.parametrize(("place", "command", "words"), COMMANDS, indirect=["place"])
def test_no_list_of_the_command_line_tells_more(
    place: Place, command: str, words: tuple[str, ...]
) -> None:
    asked = place.words(*command.split(), *words)
    plain, document = place.terminal.say(*asked), place.terminal.say("--json", *asked)
    assert plain.status == document.status == 0, plain.err
    assert whole_in(plain.out + document.out) == []


@pytest.mark.parametrize("place", ["station", "centre"], indirect=True)
@pytest.mark.parametrize(
    "command",
    [
        "order list",
        "order show ORDER",
        "series",
        "series people CASE",
        "report show CASE",
        "evidence list CASE",
    ],
)
def test_shown_in_full_it_is_an_entry(place: Place, command: str) -> None:
    terminal = place.terminal
    words = place.words(*command.split())
    before = len(terminal.json("audit", "list", "--kind", DATA_REVEALED)["entries"])
    assert whole_in(terminal.say(*words, "--reveal").out)
    after = terminal.json("audit", "list", "--kind", DATA_REVEALED)["entries"]
    assert len(after) > before


@contextmanager
def in_a_window(qapp: QApplication, root: Path, officer: str) -> Iterator[Program]:
    """The window of a profile, whose officer has just signed in."""
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    program.start()
    program.open_desk(program.installation.sign_in(officer, PASSWORD))
    yield program
    if program.front is not None:
        program.front.close()
    program.shut_down()


@pytest.fixture
def opened(qapp: QApplication, quick_folder: Path) -> Iterator[Opened]:
    """A desk with such records, and what opens a case."""
    root = quick_folder / "desk"
    made = make_desk(root)
    case = record_personal(made.sign_in(OFFICER, PASSWORD))
    made.close()
    with in_a_window(qapp, root, OFFICER) as program:
        assert program.desk_window is not None
        yield program, partial(program.desk_window.navigator.open_case, case)


@pytest.fixture
def opened_centre(
    qapp: QApplication, places: dict[str, Place], quick_folder: Path
) -> Iterator[Opened]:
    """A centre that took such records in, and what opens a case."""
    root = quick_folder / "centre"
    shutil.copytree(places["centre"].terminal.profile, root)
    with in_a_window(qapp, root, CENTRE_OFFICER) as program:
        assert program.centre_window is not None
        case = find_case(program.installation.session, places["centre"].case_number)
        yield program, partial(program.centre_window.navigator.open_case, case)


def test_a_search_answers_without_them(opened: Opened) -> None:
    window = opened[0].front
    assert isinstance(window, MainWindow)
    search = window._top.search._search
    for wanted in ("客服", "城关区", "西固区", "8693", "又来电", SUSPECT_PHONE[:5]):
        hits = search(wanted, ANY_CASE).hits
        assert hits, wanted
        assert [whole_in(f"{hit.title} {hit.detail}") for hit in hits] == [[]] * len(hits), wanted


def visible(window: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def shown_texts(widget: QWidget) -> Iterator[str]:
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


def whole_numbers(window: MainWindow, open_case: Callable[[], None]) -> set[str]:
    """Where a page shows one, whichever of its rows is chosen."""
    found: set[str] = set()

    def look(page: str) -> None:
        for widget in visible(window, QWidget):
            place = f"{page}: {type(widget).__name__} {widget.objectName()}"
            found.update(
                f"{place} {whole_in(text)}" for text in shown_texts(widget) if whole_in(text)
            )

    for page in looked(window, open_case):
        if page == EVIDENCE:
            continue
        look(page)
        for view in visible(window, QAbstractItemView):
            for row in range(min(view.model().rowCount(), 5) if view.model() is not None else 0):
                view.setCurrentIndex(view.model().index(row, 0))
                look(page)
    return found


def reveals(program: Program) -> int:
    """Entries of having looked."""
    return sum(entry.kind == DATA_REVEALED for entry in written(program.installation.session))


@pytest.mark.parametrize("fixture", ["opened", "opened_centre"])
def test_no_page_shows_them(request: pytest.FixtureRequest, fixture: str) -> None:
    program, open_case = request.getfixturevalue(fixture)
    window = program.front
    assert isinstance(window, MainWindow)
    before = reveals(program)
    found = whole_numbers(window, open_case)
    assert not found, "\n".join(sorted(found))
    assert reveals(program) == before
    open_case()
    reveal = window.findChild(QAbstractButton, "case_reveal")
    assert reveal is not None
    reveal.click()
    shown = [text for widget in visible(window, QWidget) for text in shown_texts(widget)]
    assert whole_in("\n".join(shown))
    assert reveals(program) == before + 1


def test_a_dispatcher_sees_and_copies_them_by_an_act(opened_centre: Opened) -> None:
    program, _ = opened_centre
    window = program.front
    assert isinstance(window, MainWindow)
    window.show_page("dispatch")
    page = window._pages["dispatch"]
    assert isinstance(page, DispatchScreen)
    orders = page.table.rows
    traces = [row for row in range(orders.rowCount()) if orders.row_at(row).view.order.terms]
    page.table.selectRow(traces[0])
    before = reveals(program)
    QTest.keyClick(page.table, Qt.Key.Key_H, CONTROL_SHIFT)
    assert whole_in(
        "\n".join(text for label in visible(page, QLabel) for text in shown_texts(label))
    )
    QTest.keyClick(page.table, Qt.Key.Key_C, CONTROL_SHIFT)
    assert whole_in(QApplication.clipboard().text())
    assert reveals(program) == before + 2
    QTest.keyClick(page.table, Qt.Key.Key_H, CONTROL_SHIFT)
    assert not whole_in(
        "\n".join(text for label in visible(page, QLabel) for text in shown_texts(label))
    )
