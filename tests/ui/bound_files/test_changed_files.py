"""What was changed outside the program is shown line by line; one key puts it right, and approving it takes a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.profile.bound_folder import ProfileFolder
from desktop.app.profile.profile_file import profile_text
from desktop.domain.errors import WorldError
from desktop.domain.installation.bound_files import PROFILE, FileChange, FileState
from desktop.domain.installation.officer import Officer, Role
from desktop.runtime.files.paths import ProfilePaths
from desktop.services.bound.bind_files import bind_present_files
from desktop.services.bound.check_files import changed_files
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.dialogs import BoundNowDialog, ChangedFilesDialog
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import Seat
from tests.ui.pages.window_page import WindowPage

TEMPLATE = "forms/stop_application.typ"
WORDING = "forms/phrases.toml"
TYPES = "scripts/own.toml"


class Files:
    """The files of a desk that steer it, bound as they stood, and what somebody did to them since."""

    def __init__(self, seat: Seat, root: Path) -> None:
        root.mkdir()
        self.root = root
        self.session = replace(seat.session, bound=ProfileFolder(ProfilePaths(root)))
        self.put(PROFILE, profile_text(seat.session.profile))
        self.put(WORDING, "x\n")
        self.put(TYPES, 'version = "1"\n')
        bind_present_files(self.session, self.session.bound.found())

    def put(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def text(self, path: str) -> str | None:
        file = self.root / path
        return file.read_text("utf-8") if file.is_file() else None

    def spoil(self) -> None:
        """One changed, one added, one taken away, one that is no file."""
        said = self.text(PROFILE)
        assert said is not None
        self.put(PROFILE, said.replace("620102540000", "620102990000"))
        self.put(TEMPLATE, "#text[收款账号 6222]\n")
        (self.root / WORDING).unlink()
        (self.root / TYPES).unlink()
        (self.root / TYPES).mkdir()

    @property
    def changes(self) -> tuple[FileChange, ...]:
        return changed_files(self.session)

    @property
    def changed(self) -> list[str]:
        return [change.path for change in self.changes]


@pytest.fixture
def files(seat: Seat, quick_folder: Path) -> Files:
    return Files(seat, quick_folder / "profile")


class Shown:
    """The window, the dialog, and the pages it opened."""

    def __init__(self, kit: Kit, qtbot: QtBot) -> None:
        self.kit = kit
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = WindowPage(qtbot, self.host)
        self.page.show()
        self.papers: list[DialogFrame] = []

    def open(self, session: Session, *changes: FileChange) -> ChangedFilesDialog:
        dialog = ChangedFilesDialog(self.kit, self.host, session, changes, self.show_page)
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


def test_the_lines_that_differ_stand_side_by_side_and_enter_restores(
    shown: Shown, files: Files
) -> None:
    bound = files.text(PROFILE)
    files.spoil()
    dialog = shown.open(files.session, *files.changes)
    told = texts(dialog)
    for part in ("620102540000", "620102990000", "收款账号 6222", WORDING, TYPES):
        assert part in told
    assert 'role = "desk"' not in told
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert files.changed == []
    assert files.text(PROFILE) == bound
    assert not dialog.isVisible()


def test_escape_leaves_it_for_later(shown: Shown, files: Files) -> None:
    files.spoil()
    dialog = shown.open(files.session, *files.changes)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(files.changed) == 4
    assert not dialog.isVisible()


def test_only_files_of_the_unit_are_offered_and_only_to_who_may(shown: Shown, files: Files) -> None:
    files.spoil()

    def offered(session: Session) -> list[str]:
        dialog = shown.open(session, *files.changes)
        names = [
            card.change.path
            for number, card in enumerate(dialog.cards)
            if dialog.findChild(QWidget, f"changed_file_approve_{number}")
        ]
        dialog.reject()
        return names

    assert offered(files.session) == [WORDING, TEMPLATE]
    front_desk = Officer("620177", "马晓梅", (Role.FRONT_DESK,))
    assert offered(replace(files.session, officer=front_desk)) == []


def test_approving_shows_the_test_page_first_and_then_asks(shown: Shown, files: Files) -> None:
    files.spoil()
    dialog = shown.open(files.session, *files.changes)
    place = files.changed.index(TEMPLATE)
    button(dialog, f"changed_file_approve_{place}").click()
    (paper,) = shown.papers
    assert paper.objectName() == "stop_application.typ 1"
    assert TEMPLATE in files.changed, "looking approves nothing"
    paper.reject()
    question = shown.page.dialog("confirm_dialog")
    question.click("confirm_accept")
    assert TEMPLATE not in files.changed
    assert files.text(TEMPLATE) == "#text[收款账号 6222]\n"
    assert [card.change.path for card in dialog.cards] == files.changed
    assert dialog.isVisible()


def test_who_thinks_better_of_it_approves_nothing(shown: Shown, files: Files) -> None:
    """What is no form has no page to look at."""
    files.put(TYPES, 'version = "2"\ntype = []\n')
    dialog = shown.open(files.session, *files.changes)
    button(dialog, "changed_file_approve_0").click()
    assert shown.papers == []
    shown.page.dialog("confirm_dialog").click("confirm_cancel")
    assert files.changed == [TYPES]
    assert dialog.isVisible()


def test_taking_a_file_away_needs_no_page(shown: Shown, files: Files) -> None:
    (files.root / WORDING).unlink()
    dialog = shown.open(files.session, *files.changes)
    button(dialog, "changed_file_approve_0").click()
    shown.page.dialog("confirm_dialog").click("confirm_accept")
    assert files.changed == []
    assert files.text(WORDING) is None
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "act",
    [lambda d: d.restore_button.click(), lambda d: button(d, "changed_file_approve_0").click()],
)
def test_what_fails_is_reported_and_nothing_closes(
    shown: Shown,
    files: Files,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[ChangedFilesDialog], None],
) -> None:
    def full(*_arguments: object) -> None:
        raise WorldError("disk.full")

    for name in ("restore_files", "trial_pages"):
        monkeypatch.setattr(f"desktop.ui.bound_files.dialogs.{name}", full)
    files.put(TEMPLATE, "#text[收款账号 6222]\n")
    dialog = shown.open(files.session, *files.changes)
    act(dialog)
    assert dialog.isVisible()
    assert dialog.banner.isVisible()
    assert dialog.restore_button.isEnabled()


def test_a_hundred_files_and_long_lines_keep_the_buttons_on_the_screen(
    shown: Shown, session: Session
) -> None:
    many = [
        FileChange(
            f"forms/{'长' * 60}{n}.typ", FileState.CHANGED, "a\n" * 50, ("b" * 5000 + "\n") * 50
        )
        for n in range(100)
    ]
    dialog = shown.open(session, *many)
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
