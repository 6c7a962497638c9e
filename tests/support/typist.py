"""A child process that types into the real window until it is killed; says on standard output what was saved."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop.app.windows.window import Program
from desktop.demo.driver import Driver
from desktop.ui.shared.kit.thread_runner import TaskRunner
from tests.support.installations import OFFICER, PASSWORD, machine


def type_for_ever(root: Path) -> None:
    """Sign in, begin a report, add one character after another to the narrative; print each length once saved."""
    app = QApplication([])
    runner = TaskRunner()
    program = Program(app, root, machine=machine(), runner=runner)
    driver = Driver(runner)
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert program.desk_window is not None
    intake = program.desk_window.intake
    program.desk_window.navigator.new_intake()
    driver.rest()  # the blank form comes from the database
    intake.go_to(2)
    driver.rest()
    editor = driver.find("narrative")
    for count in range(1, 10_000):
        driver.type(editor, "骗" if count % 2 else "x")
        driver.until(lambda: not intake.unsaved, "the draft was not saved")
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]))
