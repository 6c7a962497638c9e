"""A program with windows over many cases, for what is typed there key by key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtWidgets import QApplication

from desktop.app.windows.window import Program
from desktop.bench.desks.make_desk import PASSWORD
from desktop.bench.material import Material, machine_without_counter, many_cases
from desktop.bench.windows.waiting import let_run
from desktop.domain.installation.profile import FirstRun, InstallationRole

OFFICER: Final = "1001"
PAUSE_MS: Final = 700
"""Until a window has come to the front, or has let go of what it waited for."""


@contextmanager
def new_program(made: Material, role: InstallationRole, unit: str, cases: int) -> Iterator[Program]:
    """Of a desk or centre of its own with so many cases, to which ``OFFICER`` is signed in; closed afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("keys need a program with windows")
    folder = made.folder / f"typed-{role.value}"
    program = Program(app, folder, machine=machine_without_counter())
    first = FirstRun(role, unit, "测速", "B", OFFICER, "测速", PASSWORD)
    program.installation.create(first)
    session = program.installation.sign_in(OFFICER, PASSWORD)
    many_cases(session, cases)
    program.open_desk(session)
    try:
        yield program
    finally:
        if program.front is not None:
            program.front.close()
        let_run(PAUSE_MS)
        program.shut_down()
