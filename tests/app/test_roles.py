"""The window of an officer whose roles open less than everything: calm words, no errors, nothing personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.installation import Installation
from desktop.app.window import Program
from desktop.domain.officer import Role
from desktop.domain.profile import FirstRun, InstallationRole
from desktop.ui.shared.dialogs.error_presenter import ErrorDialog
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shell.closed_page import ClosedPage
from tests.support.installations import OFFICER, PASSWORD, machine

CLOSED = {
    Role.ADMINISTRATOR: {"intake", "board", "case", "orders"},
    Role.AUDITOR: {"intake"},
    Role.FRONT_DESK: set[str](),
}


@pytest.mark.parametrize("role", CLOSED)
def test_what_a_role_does_not_open_is_closed_calmly(
    qapp: QApplication, quick_folder: Path, role: Role
) -> None:
    root = quick_folder / "desk"
    Installation(root, machine()).create(
        FirstRun(
            InstallationRole.DESK, "620102540000", "张掖路派出所", "A", OFFICER, "王建国",
            PASSWORD, (role,),
        )
    )  # fmt: skip
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        assert program.desk_window is not None
        window = program.desk_window.window
        pages = ("intake", "board", "case", "orders", "sync", "settings")
        for key in pages:
            window.show_page(key)
            qapp.sendPostedEvents()
        closed = {key for key in pages if isinstance(window.page(key), ClosedPage)}
        assert closed == CLOSED[role]
        program.desk_window.navigator.new_intake()
        assert window.findChildren(ErrorDialog) == []
    finally:
        program.shut_down()


@pytest.mark.parametrize(
    ("role", "at", "writes"),
    [
        (Role.FRONT_DESK, InstallationRole.DESK, True),
        (Role.AUDITOR, InstallationRole.DESK, False),
        (Role.DISPATCHER, InstallationRole.CENTRE, False),
    ],
)
def test_the_page_of_a_case_offers_writing_to_who_may_write_there(
    qapp: QApplication, quick_folder: Path, role: Role, at: InstallationRole, *, writes: bool
) -> None:
    root = quick_folder / "place"
    Installation(root, machine()).create(
        FirstRun(at, "620102540000", "某单位", "A", OFFICER, "王建国", PASSWORD, (role,))
    )
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        window = program.desk_window or program.centre_window
        assert window is not None
        edit = window.case.findChild(QWidget, "case_edit")
        assert edit is not None
        assert edit.isHidden() is not writes
    finally:
        program.shut_down()
