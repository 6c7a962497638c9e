"""One run of the program with its window, from the start of Qt to the exit status."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.app.qt.input_method import ChineseInput
from desktop.app.qt.quiet_qt import keep_nothing_outside
from desktop.app.qt.window_kit import DESKTOP_FILE, program_icon
from desktop.app.windows.first_window import pass_files_to_first_window
from desktop.app.windows.window import Program
from desktop.domain.errors import WorldError
from desktop.runtime.files.paths import ProfilePaths
from desktop.runtime.processes.telemetry import remove_telemetry
from desktop.runtime.texts.log import open_log
from desktop.ui.shared.kit.held_keys import watch_held_keys
from desktop.ui.shared.kit.secret_clipboard import SecretClipboard

if TYPE_CHECKING:
    from desktop.app.windows.manual import CommandReference


def run_window(
    folder: Path,
    commands: CommandReference | None = None,
    files: Iterable[Path] = (),
    language: str = "",
) -> int:
    """Run until the last window is closed; returns the exit status. ``files`` are looked into once an officer signed
    in. Where a window has the profile open already, that one comes forward with them and this run ends. ``language`` is
    that of this run; where it is empty, the one of the settings."""
    remove_telemetry()  # from where caches lie before they are led elsewhere
    keep_nothing_outside(ProfilePaths(folder).cache, os.environ)
    chinese = ChineseInput(os.environ)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("fanzha")
    app.setDesktopFileName(DESKTOP_FILE)
    app.setWindowIcon(program_icon())
    if pass_files_to_first_window(folder, files):
        chinese.close()
        return 0
    watch_held_keys(app)
    SecretClipboard(app)
    program = Program(
        app, folder, lacks_chinese=chinese.lacking, commands=commands, language=language
    )
    if program.installation.paths.logs.is_dir():
        with contextlib.suppress(WorldError):  # a desk without a log is better than none
            open_log(program.installation.paths.log)
    program.given.add(files)
    program.start(maximised=True)
    status = app.exec()
    program.shut_down()
    chinese.close()
    return status
