"""What was changed outside the program is shown line by line; one key puts it right, and approving it takes a look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.bound_files import FileChange, FileState
from desktop.domain.errors import WorldError
from desktop.services.ports import Pdf
from desktop.ui.bound_files.bound_now_dialog import BoundNowDialog
from desktop.ui.bound_files.changed_files_dialog import ChangedFilesDialog
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from tests.ui.pages.window_page import WindowPage

PROFILE = FileChange(
    "profile.toml",
    FileState.CHANGED,
    'role = "desk"\nunit_code = "620102540000"\n',
    'role = "desk"\nunit_code = "620102990000"\n',
)
TEMPLATE = FileChange("forms/stop_application.typ", FileState.ADDED, None, "#text[收款账号 6222]\n")
GONE = FileChange("forms/phrases.toml", FileState.MISSING, "x\n", None)
PIPE = FileChange("scripts/own.toml", FileState.UNREADABLE, "x\n", None, "not_a_file")


class Port:
    """Notes what was asked."""

    def __init__(self, *, may_approve: bool = True) -> None:
        self.may_approve = may_approve
        self.calls: list[tuple[str | None, ...]] = []
        self.failing: Exception | None = None
        self.pages = 1

    def restore(self) -> tuple[str, ...]:
        if self.failing is not None:
            raise self.failing
        self.calls.append(("restore",))
        return ("profile.toml",)

    def trial(self, path: str, said: str) -> Pdf:
        if self.failing is not None:
            raise self.failing
        self.calls.append(("trial", path, said))
        return Pdf(b"%PDF", self.pages)

    def approve(self, path: str, said: str | None) -> str:
        self.calls.append(("approve", path, said))
        return ""


class Shown:
    """The window, the dialog, and the pages it opened."""

    def __init__(self, kit: Kit, qtbot: QtBot) -> None:
        self.kit = kit
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = WindowPage(qtbot, self.host)
        self.page.show()
        self.papers: list[DialogFrame] = []

    def open(self, port: Port, *changes: FileChange) -> ChangedFilesDialog:
        dialog = ChangedFilesDialog(self.kit, self.host, port, changes, self.show_page)
        dialog.open()
        return dialog

    def show_page(self, parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        paper = DialogFrame(self.kit, parent, "paper.title")
        paper.setObjectName(f"{title} {pdf.pages}")
        self.papers.append(paper)
        paper.open()
        return paper


@pytest.fixture
def shown(kit: Kit, qtbot: QtBot) -> Shown:
    return Shown(kit, qtbot)


def texts(dialog: QWidget) -> str:
    return "\n".join(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))


def button(dialog: QWidget, name: str) -> QPushButton:
    found = dialog.findChild(QWidget, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_lines_that_differ_stand_side_by_side_and_enter_restores(shown: Shown) -> None:
    port = Port()
    dialog = shown.open(port, PROFILE, TEMPLATE, GONE, PIPE)
    told = texts(dialog)
    for part in (
        "620102540000",
        "620102990000",
        "收款账号 6222",
        "forms/phrases.toml",
        "scripts/own.toml",
    ):
        assert part in told
    assert 'role = "desk"' not in told
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert port.calls == [("restore",)]
    assert not dialog.isVisible()


def test_escape_leaves_it_for_later(shown: Shown) -> None:
    port = Port()
    dialog = shown.open(port, PROFILE)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (port.calls, dialog.isVisible()) == ([], False)


def test_only_files_of_the_unit_are_offered_and_only_to_who_may(shown: Shown) -> None:
    changes = PROFILE, TEMPLATE, GONE, PIPE

    def offered(port: Port) -> list[str]:
        dialog = shown.open(port, *changes)
        names = [
            card.change.path
            for number, card in enumerate(dialog.cards)
            if dialog.findChild(QWidget, f"changed_file_approve_{number}")
        ]
        dialog.reject()
        return names

    assert offered(Port()) == [TEMPLATE.path, GONE.path]
    assert offered(Port(may_approve=False)) == []


def test_approving_shows_the_test_page_first_and_then_asks(shown: Shown) -> None:
    port = Port()
    dialog = shown.open(port, PROFILE, TEMPLATE)
    button(dialog, "changed_file_approve_1").click()
    assert port.calls == [("trial", TEMPLATE.path, TEMPLATE.found)]
    (paper,) = shown.papers
    paper.reject()
    question = shown.page.dialog("confirm_dialog")
    question.click("confirm_accept")
    assert port.calls[1:] == [("approve", TEMPLATE.path, TEMPLATE.found)]
    assert [card.change for card in dialog.cards] == [PROFILE]
    assert dialog.isVisible()


def test_who_thinks_better_of_it_approves_nothing(shown: Shown) -> None:
    port = Port()
    port.pages = 0
    dialog = shown.open(port, TEMPLATE)
    button(dialog, "changed_file_approve_0").click()
    assert shown.papers == []
    shown.page.dialog("confirm_dialog").click("confirm_cancel")
    assert [call[0] for call in port.calls] == ["trial"]
    assert dialog.isVisible()


def test_taking_a_file_away_needs_no_page(shown: Shown) -> None:
    port = Port()
    dialog = shown.open(port, GONE)
    button(dialog, "changed_file_approve_0").click()
    shown.page.dialog("confirm_dialog").click("confirm_accept")
    assert port.calls == [("approve", GONE.path, None)]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "act",
    [lambda d: d.restore_button.click(), lambda d: button(d, "changed_file_approve_0").click()],
)
def test_what_fails_is_told_and_nothing_closes(
    shown: Shown, act: Callable[[ChangedFilesDialog], None]
) -> None:
    port = Port()
    port.failing = WorldError("disk.full")
    dialog = shown.open(port, TEMPLATE)
    act(dialog)
    assert dialog.isVisible()
    assert dialog.banner.isVisible()
    assert dialog.restore_button.isEnabled()


def test_a_hundred_files_and_long_lines_keep_the_buttons_on_the_screen(shown: Shown) -> None:
    many = [
        FileChange(
            f"forms/{'长' * 60}{n}.typ", FileState.CHANGED, "a\n" * 50, ("b" * 5000 + "\n") * 50
        )
        for n in range(100)
    ]
    dialog = shown.open(Port(), *many)
    assert len(dialog.cards) == 20
    bottom = dialog.restore_button.mapTo(dialog, dialog.restore_button.rect().bottomLeft()).y()
    assert bottom <= 768
    assert dialog.width() <= 1366


def test_what_was_bound_is_shown_once(shown: Shown) -> None:
    dialog = BoundNowDialog(shown.kit, shown.host, {"profile.toml": 'unit_name = "张掖路派出所"\n'})
    dialog.open()
    assert "张掖路派出所" in texts(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
